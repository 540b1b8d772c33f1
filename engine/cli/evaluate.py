"""`xinyong evaluate`: every policy that applies to the subjects of the inputs, dependencies first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from engine.cli.options import (
    Command,
    Option,
    as_of_option,
    lang_option,
    language,
    localized,
    memory_option,
    policies_option,
    policy_paths,
    print_problems,
)
from engine.cli.progress import TERMINAL
from engine.cli.text_output import json_text, output_to
from engine.evaluating.order import plan
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Library
from engine.model.problem import InputError, Problem
from engine.reading.library_cache import load_library
from engine.rendering.visible import visible_in
from engine.usecases.documents import read_documents
from engine.usecases.engines import engine_named
from engine.usecases.evaluate import are_many, evaluate_documents
from engine.usecases.extras import require_extra
from engine.usecases.output.checked import check_outputs, policy_files
from engine.usecases.output.tables import TABLES, UTF_8_MARKED, rejects_beside
from engine.usecases.policies import require_policy
from engine.usecases.request import EvaluationRequest


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
        raise InputError([Problem("columnar_json")])
    if encoding is not None and (form == "json" or not (output or rejects)):
        raise click.UsageError(localized("--encoding 只用于写 CSV 文件 || --encoding is of CSV files that are written") or "")
    many = form != "json" and bool(
        page or rejects or since or backend == "spark" or engine == "columnar" or _is_table(output, form)
        or any(map(are_many, inputs))
    )  # fmt: skip
    refused = rejects or (rejects_beside(output) if many else None)
    check_outputs((output, page, refused), (*inputs, *filter(None, [since]), *policy_files(folders)))
    library = load_library(folders)
    if policy is not None:
        require_policy(library, policy)
    if many:
        master = master or ("local[*]" if backend == "spark" else None)
        request = EvaluationRequest(
            inputs, as_of, output, engine, policy, page, refused, memory, since, updated, master, encoding or UTF_8_MARKED,
            language(),
        )  # fmt: skip
        return _many(library, request, backend)
    if engine == "columnar":
        raise InputError([Problem("columnar_json")])
    documents = read_documents(library, inputs, as_of, TERMINAL)
    models = plan(library, as_of, engine_named(engine))
    outcomes = evaluate_documents(models, documents, TERMINAL, form == "json", policy)
    with output_to(output) as write:
        for text in _texts(outcomes, form or "text", output):
            write(text)
    rejected = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    if form != "json":
        print_problems(problem for outcome in rejected for problem in outcome.problems if problem.place)
    return 1 if rejected else 0


def _is_table(output: Path | None, form: str | None) -> bool:
    return output is not None and form is None and output.suffix.lower() in TABLES


def _many(library: Library, request: EvaluationRequest, backend: str) -> int:
    """To a table of results; the figures are printed."""
    require_extra("columnar", "ibis")
    if backend == "spark":
        require_extra("spark", "pyspark")
    from engine.rendering.batch_text import totals_text
    from engine.usecases.batch.run import evaluate_batch  # Ibis takes a third of a second
    from engine.usecases.output.target import target

    result = evaluate_batch(library, request, TERMINAL)
    if request.output is None and request.rejects is None:
        print_problems(result.first_problems)
    to_stdout = request.output is not None and target(request.output).is_stdout
    click.echo(totals_text(visible_in(result.totals), language()), nl=False, err=to_stdout)
    return 1 if result.refused else 0


def _texts(outcomes: list[Outcome], form: str, output: Path | None) -> Iterator[str]:
    if form == "text":
        from engine.rendering.evaluate_text import evaluate_text

        yield evaluate_text(visible_in(outcomes), language())
        return
    from engine.rendering.evaluation_json import evaluation_json

    for outcome in outcomes:
        yield json_text(evaluation_json(outcome, language()), output) + "\n"
