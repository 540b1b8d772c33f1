"""`xinyong docs`: policies and the catalogue as the annexes of official documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from engine.cli.evaluate import known_policy
from engine.cli.options import Command, Option, as_of_option, fail, lang_option, policies_option, policy_paths, require_extra
from engine.cli.output.checked import check_outputs, policy_files
from engine.cli.output.placing import put_in_place
from engine.cli.output.tables import kind_of
from engine.cli.output.text import output_to
from engine.cli.output.workspace import disk_of, workspace
from engine.model.library import Library
from engine.model.problem import Problem
from engine.reading.library_cache import load_library
from engine.rendering.annex.catalogue import catalogue_part
from engine.rendering.annex.document import Document, Part
from engine.rendering.annex.policy import policy_part
from engine.rendering.visible import visible_in

CATALOGUE = "catalogue"
ENDINGS = (".md", ".html", ".docx", ".xlsx")


@click.command(
    cls=Command,
    help="把政策写成供印发的附件：评价指标及评分标准、分级分类监管措施。POLICY 是政策的 ID，默认为施行的全部政策；"
    "catalogue 是信用信息归集目录。附件是中文公文，格式由文件的结尾定：.md、.html、.docx、.xlsx；"
    "不写 --output 的，以 Markdown 打印。 || "
    "Writes policies as annexes for issue: indicators and how they are scored, and measures. POLICY is a policy's id, by "
    "default every policy in force; `catalogue` is the catalogue. Annexes are official documents in Chinese, in the format "
    "of the file's ending: .md, .html, .docx or .xlsx; without --output, Markdown is printed.",
)
@click.argument("names", nargs=-1, metavar="[POLICY…]")
@click.option(
    "--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE",
    help="写入的文件 || the file to write",
)  # fmt: skip
@as_of_option
@policies_option
@lang_option
def docs(names: tuple[str, ...], output: Path | None, as_of: int, policies: Path | None) -> int:
    """For the versions in force on the as-of date, a part each."""
    ending = kind_of(output, ENDINGS, ".md") if output is not None else ".md"
    if ending in (".docx", ".xlsx"):
        require_extra(*{".docx": ("annex", "docx"), ".xlsx": ("workbook", "xlsxwriter")}[ending])
    folders = policy_paths(policies, told=True)
    check_outputs([output], policy_files(folders))
    library = load_library(folders)
    document = visible_in(tuple(_parts(library, names or sorted(library.in_force(as_of)), as_of)), "\n")
    if not document:
        fail(Problem("none_in_force", values={"as_of": as_of}))
    if output is not None and ending in (".docx", ".xlsx"):
        _file(document, output, ending)
        return 0
    with output_to(output) as write:
        write(_text(document, ending))
    return 0


def _parts(library: Library, names: Sequence[str], as_of: int) -> Iterator[Part]:
    for name in dict.fromkeys(names):
        if name == CATALOGUE:
            yield catalogue_part(library.catalogue, max(policy.effective_from for policy in library.policies))
            continue
        known_policy(library, name)
        chosen = library.in_force(as_of).get(name)
        if chosen is None:
            fail(Problem("policy_not_in_force", values={"policy": name, "as_of": as_of}))
        yield policy_part(chosen)


def _text(document: Document, ending: str) -> str:
    if ending == ".html":
        from engine.rendering.annex.html import annex_page

        return annex_page(document)
    from engine.rendering.annex.markdown import markdown

    return markdown(document)


def _file(document: Document, output: Path, ending: str) -> None:
    with workspace(output) as folder, disk_of(output):
        made = folder / f"made{ending}"
        if ending == ".docx":
            from engine.rendering.annex.word_file import write_word_file

            write_word_file(made, document)
        else:
            from engine.rendering.annex.workbook import write_workbook

            write_workbook(made, document)
        put_in_place(made, output)
