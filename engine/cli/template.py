"""`xinyong template`: an empty workbook for the subjects of a policy and their records."""

from __future__ import annotations

from pathlib import Path

import click

from engine.cli.evaluate import known_policy
from engine.cli.options import (
    Command,
    Option,
    as_of_option,
    fail,
    lang_option,
    language,
    policies_option,
    policy_paths,
    require_extra,
)
from engine.cli.output.checked import check_outputs, policy_files
from engine.cli.output.placing import put_in_place
from engine.cli.output.tables import kind_of
from engine.cli.output.target import target
from engine.cli.output.workspace import disk_of, workspace
from engine.model.problem import Problem
from engine.reading.library_cache import load_library


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
    folders = policy_paths(policies)
    kind_of(output, (".xlsx",), ".xlsx")
    check_outputs([output], policy_files(folders))
    library = load_library(folders)
    known_policy(library, policy)
    chosen = library.in_force(as_of).get(policy)
    if chosen is None:
        fail(Problem("policy_not_in_force", values={"policy": policy, "as_of": as_of}))
    require_extra("workbook", "xlsxwriter")
    from engine.rendering.workbook_template import write_template

    with workspace(output) as folder, disk_of(output):
        made = folder / "made.xlsx"
        write_template(made, chosen, library.catalogue, language())
        if _is_filled(output, made):
            fail(Problem("template_filled", values={"file": str(output)}))
        put_in_place(made, output)
    return 0


def _is_filled(output: Path, made: Path) -> bool:
    """Whether something stands there that the empty workbook would be the end of."""
    goal = target(output)
    if not goal.is_file or goal.state is None or goal.state.st_size == 0:
        return False
    return goal.place.read_bytes() != made.read_bytes()
