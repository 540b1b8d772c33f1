"""`xinyong template`: an empty workbook for the subjects of a policy and their records."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.options import Command, Option, as_of_option, lang_option, language, policies_option, policy_paths
from engine.reading.library_cache import load_library
from engine.usecases.output.checked import check_outputs, policy_files
from engine.usecases.output.tables import kind_of
from engine.usecases.template import write_empty_workbook


@click.command(cls=Command)
@click.argument("policy", metavar="POLICY")
@click.option("--output", cls=Option, required=True, type=click.Path(path_type=Path), metavar="F.xlsx")
@as_of_option
@policies_option
@lang_option
def template(policy: str, output: Path, as_of: int, policies: Path | None) -> int:
    """For the version in force on the as-of date."""
    folders = policy_paths(policies)
    kind_of(output, (".xlsx",), ".xlsx")
    check_outputs([output], policy_files(folders))
    write_empty_workbook(load_library(folders), policy, as_of, output, language())
    return 0
