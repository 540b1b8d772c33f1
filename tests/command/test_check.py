"""`check` and `test` without policies of one's own say that they look at the shipped ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from engine.cli.main import cli


@pytest.mark.parametrize("command", ["check", "test"])
@pytest.mark.parametrize(("lang", "told"), [("zh", "用的是自带的政策"), ("en", "the shipped policies are used")])
def test_shipped_policies_are_named(
    command: str, lang: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(cli, [command, "--lang", lang], standalone_mode=False)
    assert done.return_value == 0, done.output
    assert "[shipped_used]" in done.stderr
    assert told in done.stderr
