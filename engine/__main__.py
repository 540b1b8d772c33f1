"""`python -m engine` is the command `xinyong`."""

from engine.cli.main import main

main()
