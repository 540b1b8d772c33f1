"""`xinyong template`: an empty workbook for the subjects of a policy and their records."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.evaluate import known_policy
from engine.cli.options import Command, Option, as_of_option, fail, lang_option, language, needs, policies_option, policy_paths
from engine.cli.output import put, workspace
from engine.model.problem import Problem
from engine.reading.cache import load_library


@click.command(
    cls=Command,
    help="写出一个空工作簿，供填写政策所评价的主体及其记录：有表头、批注和下拉列表，填好后用 evaluate 评价。 || "
    "Writes an empty workbook for the subjects that a policy evaluates and their records, with headers, comments and "
    "drop-downs; filled in, it is an input of evaluate.",
)
@click.argument("policy", metavar="POLICY")
@click.option(
    "--output", cls=Option, required=True, type=click.Path(path_type=Path), metavar="F.xlsx",
    help="写入的文件 || the file to write",
)  # fmt: skip
@as_of_option
@policies_option
@lang_option
def template(policy: str, output: Path, as_of: int, policies: Path | None) -> int:
    """For the version in force on the as-of date."""
    library = load_library(policy_paths(policies))
    known_policy(library, policy)
    chosen = library.in_force(as_of).get(policy)
    if chosen is None:
        fail(Problem("policy_not_in_force", values={"policy": policy, "as_of": as_of}))
    if output.suffix.lower() != ".xlsx":
        fail(Problem("output_kind", values={"file": str(output), "known": [".xlsx"]}))
    needs("workbook", "xlsxwriter")
    from engine.telling.template import write_template

    with workspace(output) as folder:
        made = folder / output.name
        write_template(made, chosen, library.catalogue, language())
        put(made, output)
    return 0
