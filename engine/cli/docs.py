"""`xinyong docs`: policies and the catalogue as the annexes of official documents."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.options import Command, Option, as_of_option, lang_option, policies_option, policy_paths
from engine.cli.text_output import output_to
from engine.reading.library_cache import load_library
from engine.rendering.annex.quotes import READINGS, Reading
from engine.usecases.annexes import annex_text, annexes, require_annex, write_annexes
from engine.usecases.output.checked import check_outputs, policy_files
from engine.usecases.output.tables import kind_of

ENDINGS = (".md", ".html", ".docx", ".pdf", ".xlsx")


@click.command(cls=Command)
@click.argument("names", nargs=-1, metavar="[POLICY…]")
@click.option("--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--reading", cls=Option, type=click.Choice(READINGS), default="below", show_default=True)
@click.option("--own", cls=Option, is_flag=True)
@click.option("--policy", "read_by", cls=Option, multiple=True, metavar="ID")
@as_of_option
@policies_option
@lang_option
def docs(
    names: tuple[str, ...], output: Path | None, reading: Reading, own: bool, read_by: tuple[str, ...], as_of: int,
    policies: Path | None,
) -> int:  # fmt: skip
    """For the versions in force on the as-of date, a part each."""
    ending = kind_of(output, ENDINGS, ".md") if output is not None else ".md"
    require_annex(ending)
    folders = policy_paths(policies, warn=True)
    check_outputs([output], policy_files(folders))
    document = annexes(load_library(folders), names, as_of, reading, own, read_by)
    if output is not None and ending in (".docx", ".pdf", ".xlsx"):
        write_annexes(document, output, ending)
        return 0
    with output_to(output) as write:
        write(annex_text(document, ending))
    return 0
