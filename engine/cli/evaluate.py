"""`xinyong evaluate`: every policy that applies to the subjects of the inputs, dependencies first."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import click

from engine.cli.engines import MANY, engine_named
from engine.cli.options import (
    Command,
    Option,
    as_of_option,
    fail,
    lang_option,
    language,
    localized,
    memory_option,
    policies_option,
    policy_paths,
    print_problems,
    require_extra,
)
from engine.cli.output.checked import check_outputs, policy_files
from engine.cli.output.tables import TABLES, UTF_8_MARKED, rejects_beside
from engine.cli.output.text import json_text, output_to
from engine.cli.progress import Progress, count_items
from engine.evaluating.order import JudgeOf, Results, evaluate_all, evaluations, in_order, plan
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Library
from engine.model.names import nearest_names
from engine.model.problem import Problem
from engine.model.subject import Subject
from engine.reading.inputs import LINES, RefusedDocument, holds_tables, read_inputs
from engine.reading.library_cache import load_library
from engine.rendering.visible import visible_in


@click.command(
    cls=Command,
    help="评价主体。INPUT 是主体文件（.json、.yaml）、每行一个主体的 .jsonl、工作簿（.xlsx），或有 subjects 和 records 两表的"
    "文件夹（Parquet、CSV）、数据库（DuckDB、SQLite）。适用于主体的政策全部运行，被依赖的在先。 || "
    "Evaluates subjects. INPUT is a subject document (.json, .yaml), many, one a line (.jsonl), a workbook (.xlsx), or a "
    "folder (Parquet, CSV) or database (DuckDB, SQLite) with the tables subjects and records. "
    "Every policy that applies is run, dependencies first.",
)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT…")
@click.option("--policy", cls=Option, metavar="ID", help="只要这个政策的结果 || the results of this policy alone")
@as_of_option
@click.option(
    "--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE",
    help="写入文件；以 .parquet、.csv、.jsonl、.xlsx、.duckdb 结尾的写成结果表 || "
    "write to a file; one that ends in .parquet, .csv, .jsonl, .xlsx or .duckdb is a table of results",
)  # fmt: skip
@click.option(
    "--format", "form", cls=Option, type=click.Choice(["text", "json"]),
    help="text 给人看（默认），json 给程序 || text for people (the default), json for programs",
)  # fmt: skip
@click.option(
    "--engine", cls=Option, type=click.Choice(["single", "rules", "columnar"]),
    help="评价器，结果相同；默认 2 万个主体以内用 single，更多的用 columnar || "
    "the evaluator; the result is the same; single up to 20,000 subjects, beyond that columnar, unless given",
)  # fmt: skip
@click.option(
    "--report", "page", cls=Option, type=click.Path(path_type=Path), metavar="F.html",
    help="另写一页带图的统计 || also write a page of figures with charts",
)  # fmt: skip
@click.option(
    "--rejects", cls=Option, type=click.Path(path_type=Path), metavar="FILE",
    help="退回的行写入何处：.csv 或 .xlsx，默认在结果旁边 || where refused rows go, as .csv or .xlsx, beside the output unless given",
)  # fmt: skip
@click.option(
    "--since", cls=Option, type=click.Path(path_type=Path), metavar="LAST",
    help="上次的结果表；只评价有变动或结果到期的主体，其余沿用 || "
    "the last table of results; only who changed or whose result ended is evaluated, the rest is kept",
)  # fmt: skip
@click.option(
    "--updated", cls=Option, metavar="COLUMN",
    help="记载各行更新日期的列，配合 --since 更快 || the column with the day of a row's last change, to find changes faster",
)  # fmt: skip
@click.option(
    "--backend", cls=Option, type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True,
    help="columnar 用什么算 || what columnar computes with",
)  # fmt: skip
@click.option("--master", cls=Option, metavar="URL", help="Spark 集群的地址 || the Spark cluster, such as spark://HOST:7077")
@memory_option
@click.option(
    "--encoding", cls=Option, type=click.Choice(["utf-8-sig", "utf-8", "gb18030"]),
    help="CSV 文件的编码：utf-8-sig 有 Excel 认得的标记（默认），utf-8 没有 || "
    "of CSV files: utf-8-sig has the mark by which Excel knows it (the default), utf-8 has none",
)  # fmt: skip
@policies_option
@lang_option
def evaluate(
    inputs: tuple[Path, ...], policy: str | None, as_of: int, output: Path | None, form: str | None, engine: str | None,
    page: Path | None, rejects: Path | None, since: Path | None, updated: str | None, backend: str, master: str | None, memory: str | None, encoding: str | None,
    policies: Path | None,
) -> int:  # fmt: skip
    """Exit code 1 where a subject is rejected or a row refused."""
    folders = policy_paths(policies)
    if form == "json" and (page or rejects or since):
        fail(Problem("columnar_json"))
    if encoding is not None and (form == "json" or not (output or rejects)):
        raise click.UsageError(localized("--encoding 只用于写 CSV 文件 || --encoding is of CSV files that are written") or "")
    many = form != "json" and bool(
        page or rejects or since or backend == "spark" or engine == "columnar" or _is_table(output, form)
        or any(map(_are_many, inputs))
    )  # fmt: skip
    refused = rejects or (rejects_beside(output) if many else None)
    check_outputs((output, page, refused), (*inputs, *filter(None, [since]), *policy_files(folders)))
    library = load_library(folders)
    if policy is not None:
        known_policy(library, policy)
    if many:
        require_extra("columnar", "ibis")
        if backend == "spark":
            require_extra("spark", "pyspark")
            master = master or "local[*]"
        from engine.cli.backend import EvaluationRequest
        from engine.cli.batch import evaluate_many

        wanted = EvaluationRequest(
            inputs, as_of, output, engine, policy, page, refused, memory, since, updated, master, encoding or UTF_8_MARKED
        )
        return evaluate_many(library, wanted)
    if engine == "columnar":
        fail(Problem("columnar_json"))
    documents = read_documents(library, inputs, as_of)
    outcomes = evaluate_documents(library, documents, as_of, engine_named(engine), reasoning=form == "json")
    if policy is not None:
        outcomes = of_policy(outcomes, policy)
    with output_to(output) as write:
        for text in _texts(outcomes, form or "text", output):
            write(text)
    rejected = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    if form != "json":
        print_problems(problem for outcome in rejected for problem in outcome.problems if problem.place)
    return 1 if rejected else 0


def _is_table(output: Path | None, form: str | None) -> bool:
    return output is not None and form is None and output.suffix.lower() in TABLES


def _are_many(path: Path) -> bool:
    """Whether an input is tables, or more documents than are evaluated one by one."""
    if not path.name.lower().endswith(LINES):
        return holds_tables(path)
    try:
        with gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb") as lines:
            return find_spec("ibis") is not None and any(number >= MANY for number, _ in enumerate(lines))
    except (OSError, EOFError, zlib.error):
        return False  # which the reader tells


def read_documents(library: Library, inputs: tuple[Path, ...], as_of: int) -> list[Subject | RefusedDocument]:
    """The subjects of inputs in their order, the refused ones in their places; of tables too, where they are not many."""
    if any(map(holds_tables, inputs)):
        require_extra("columnar", "ibis")
        from engine.cli.small_tables import tables_as_documents

        documents = tables_as_documents(library, inputs, as_of)
    else:
        policies = {policy.id for policy in library.policies}
        watched = partial(count_items, what=("已读主体", "subjects read"))
        documents = read_inputs(inputs, library.catalogue, policies, watched)
    if not documents:
        fail(Problem("no_input"))
    return documents


def evaluate_documents(
    library: Library, documents: list[Subject | RefusedDocument], as_of: int, judges: JudgeOf, reasoning: bool = True
) -> list[Outcome]:
    """The outcomes of all documents in their order, the refused ones in their places."""
    subjects = [document for document in documents if isinstance(document, Subject)]
    made = plan(library, as_of, judges)
    progress = Progress(("已评价", "evaluated"), evaluations(made, subjects))
    results = evaluate_all(made, subjects, reasoning, progress.step)
    progress.end()
    evaluated = in_order(made, subjects, results)
    print_problems(_idle(subjects, results))
    if len(subjects) == len(documents):
        return list(evaluated)
    by_subject: dict[str, list[Outcome]] = {}
    for outcome in evaluated:
        by_subject.setdefault(str(outcome.subject), []).append(outcome)
    found: list[Outcome] = []
    for document in documents:
        found += _refusals(document, as_of) if isinstance(document, RefusedDocument) else by_subject.get(document.id, [])
    return found


def _idle(subjects: list[Subject], results: Results) -> Iterator[Problem]:
    """A warning for each subject that no policy applies to."""
    busy = {subject for subject, _ in results}
    for subject in subjects:
        if subject.id not in busy:
            yield Problem("nothing_applies", ("model",), {"id": subject.id}, "warning")


def _refusals(document: RefusedDocument, as_of: int) -> Iterator[Rejection]:
    """A line for each of its models, or one where they are not known."""
    for name in document.models:
        policy, _, model = name.partition("/")
        yield Rejection(document.subject, policy, model, as_of, None, document.problems)
    if not document.models:
        yield Rejection(document.subject, None, None, as_of, None, document.problems)


def known_policy(library: Library, policy: str) -> None:
    known = list(dict.fromkeys(one.id for one in library.policies))
    if policy not in known:
        fail(Problem("policy_unknown", values={"policy": policy, "known": known}, near=nearest_names(policy, known)))


def of_policy(outcomes: list[Outcome], policy: str) -> list[Outcome]:
    """The outcomes of one policy, and of documents whose models are not known."""
    return [one for one in outcomes if (one.policy if isinstance(one, Rejection) else one.policy.id) in (policy, None)]


def _texts(outcomes: list[Outcome], form: str, output: Path | None) -> Iterator[str]:
    if form == "text":
        from engine.rendering.evaluate_text import evaluate_text

        yield evaluate_text(visible_in(outcomes), language())
        return
    from engine.rendering.evaluation_json import evaluation_json

    for outcome in outcomes:
        yield json_text(evaluation_json(outcome, language()), output) + "\n"
