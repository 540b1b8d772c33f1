"""`xinyong evaluate`: every policy that applies to the subjects of the inputs, dependencies first."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from engine.cli.options import (
    Command,
    Option,
    as_of_option,
    day_after,
    lang_option,
    language,
    memory_option,
    policies_option,
    policy_paths,
    print_problems,
    sentence,
)
from engine.cli.progress import TERMINAL
from engine.cli.text_output import fitting_json, json_text, output_to, whole_output_to
from engine.model.evaluation import Outcome, Rejection
from engine.model.library import Library
from engine.model.problem import InputError, Problem
from engine.reading.inputs import WORKBOOK, holds_tables
from engine.rendering.visible import visible_in
from engine.usecases.concerned import open_concerned, plan_concerned, read_concerned
from engine.usecases.engines import engine_named
from engine.usecases.evaluate import are_bulk, are_many, evaluate_documents
from engine.usecases.extras import require_extra
from engine.usecases.output.checked import check_outputs, check_text, policy_files, read_besides
from engine.usecases.output.tables import TABLES, UTF_8_MARKED, rejects_beside
from engine.usecases.policies import require_policy

if TYPE_CHECKING:
    from engine.reading.library_cache import Shelf
    from engine.usecases.request import EvaluationRequest, Headers

FEW = 50
"""So many results are written as JSON each by itself; of more, so many at once."""


@click.command(cls=Command)
@click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="INPUT…")
@click.option("--policy", cls=Option, metavar="ID")
@as_of_option
@click.option("--output", cls=Option, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--format", "form", cls=Option, type=click.Choice(["text", "json"]))
@click.option("--reasoning", cls=Option, type=click.Choice(["all", "none"]))
@click.option("--headers", cls=Option, type=click.Choice(["words", "codes"]))
@click.option("--engine", cls=Option, type=click.Choice(["single", "rules", "columnar"]))
@click.option("--report", "page", cls=Option, type=click.Path(path_type=Path), metavar="F.html")
@click.option("--rejects", cls=Option, type=click.Path(path_type=Path), metavar="FILE")
@click.option("--forecast", "span", cls=Option, metavar="N days|months|years")
@click.option("--since", cls=Option, type=click.Path(path_type=Path), metavar="LAST")
@click.option("--updated", cls=Option, metavar="COLUMN")
@click.option("--backend", cls=Option, type=click.Choice(["duckdb", "spark"]), default="duckdb", show_default=True)
@click.option("--master", cls=Option, metavar="URL")
@memory_option
@click.option("--encoding", cls=Option, type=click.Choice(["utf-8-sig", "utf-8", "gb18030"]))
@policies_option
@lang_option
def evaluate(
    inputs: tuple[Path, ...], policy: str | None, as_of: int, output: Path | None, form: str | None, reasoning: str | None, headers: Headers | None, engine: str | None,
    page: Path | None, rejects: Path | None, span: str | None, since: Path | None, updated: str | None, backend: str, master: str | None, memory: str | None, encoding: str | None,
    policies: Path | None,
) -> int:  # fmt: skip
    """Exit code 1 where a subject is rejected or a row refused."""
    folders = policy_paths(policies)
    if form == "json" and (page or rejects or since):
        raise InputError([Problem("columnar_json")])
    if encoding is not None and (form == "json" or not (output or rejects)):
        raise click.UsageError(sentence("usage-encoding"))
    if reasoning is not None and not _is_table(output, form):
        raise click.UsageError(sentence("usage-reasoning"))
    if headers is not None and not (_is_table(output, form) and output and output.suffix.lower() == ".xlsx"):
        raise click.UsageError(sentence("usage-headers"))
    ahead = None if span is None else _ahead(as_of, span, form, since, engine, backend)
    many = form != "json" and bool(
        page or rejects or since or ahead or backend == "spark" or engine == "columnar" or _is_table(output, form)
        or any(map(are_many, inputs))
    )  # fmt: skip
    plain = form is None and not (output or page or rejects or since or ahead or engine) and backend == "duckdb"
    refused = rejects or (rejects_beside(output) if many else None)
    check_outputs((output, page, refused), (*inputs, *read_besides(since, output), *policy_files(folders)))
    shelf, left_out = open_concerned(folders, policy)
    if policy is not None and policy not in shelf.outline.policies():
        require_policy(shelf.whole(), policy)
    if left_out and (many or any(map(holds_tables, inputs))):
        raise left_out.error
    if many and plain and _is_small_workbook(inputs, shelf, as_of):
        many = False
    if many:
        from engine.usecases.request import EvaluationRequest  # not for documents alone

        master = master or ("local[*]" if backend == "spark" else None)
        request = EvaluationRequest(
            inputs, as_of, output, engine, policy, page, refused, memory, since, updated, master, encoding or UTF_8_MARKED,
            None if reasoning is None else reasoning == "all", language(), headers or "words", ahead,
        )  # fmt: skip
        return _many(shelf.whole(), request, backend)
    if engine == "columnar":
        raise InputError([Problem("columnar_json")])
    if output is not None:
        check_text(output, form or "text", TABLES[1:] if form is None else ())
    if form == "json" and engine in (None, "single") and left_out is None and are_bulk(inputs):
        from engine.usecases.bulk.evaluate import BulkRequest, evaluate_bulk  # processes and what reads many are not for a few

        some_rejected = evaluate_bulk(
            BulkRequest(shelf, inputs, as_of, policy, language()), lambda: whole_output_to(output), TERMINAL
        )
        if some_rejected is not None:
            return int(some_rejected)
    documents = read_concerned(shelf, inputs, as_of, TERMINAL, left_out)
    models = plan_concerned(shelf, documents, as_of, engine_named(engine))
    outcomes = evaluate_documents(models, documents, TERMINAL, form == "json", policy)
    with output_to(output) as write:
        for text in _texts(outcomes, form or "text", output):
            write(text)
    rejected = [outcome for outcome in outcomes if isinstance(outcome, Rejection)]
    if form != "json":
        print_problems(problem for outcome in rejected for problem in outcome.problems if problem.place)
    return 1 if rejected else 0


def _ahead(as_of: int, span: str, form: str | None, since: Path | None, engine: str | None, backend: str) -> int:
    """The last day of a forecast; it is made over arrays on one machine, of everybody."""
    if form == "json" or since is not None or engine not in (None, "columnar") or backend == "spark":
        raise click.UsageError(sentence("usage-forecast"))
    return day_after(as_of, span, "--forecast")


def _is_small_workbook(inputs: tuple[Path, ...], shelf: Shelf, as_of: int) -> bool:
    """Whether the input is one workbook of a few subjects, whose results are printed as those of documents."""
    if len(inputs) != 1 or inputs[0].suffix.lower() != WORKBOOK or not os.path.isfile(inputs[0]):
        return False
    require_extra("columnar", "ibis")
    from engine.usecases.batch.small_tables import has_few  # Ibis takes a third of a second

    return has_few(shelf.whole(), inputs[0], as_of)


def _is_table(output: Path | None, form: str | None) -> bool:
    return output is not None and form is None and output.suffix.lower() in TABLES


def _many(library: Library, request: EvaluationRequest, backend: str) -> int:
    """To a table of results; the figures are printed."""
    require_extra("columnar", "ibis")
    if backend == "spark":
        require_extra("spark", "pyspark")
    from engine.rendering.batch_text import totals_text
    from engine.rendering.refused_rows import refused_rows_text
    from engine.usecases.batch.run import evaluate_batch  # Ibis takes a third of a second
    from engine.usecases.output.target import target

    result = evaluate_batch(library, request, TERMINAL)
    file = None if request.rejects is None else str(request.rejects)
    if rows := refused_rows_text(result.first_problems, library.catalogue, language(), file):
        click.echo(rows, err=True)
    to_stdout = request.output is not None and target(request.output).is_stdout
    click.echo(totals_text(visible_in(result.totals), language()), nl=False, err=to_stdout)
    return 1 if result.refused else 0


def _texts(outcomes: list[Outcome], form: str, output: Path | None) -> Iterator[str]:
    if form == "text":
        from engine.rendering.evaluate_text import evaluate_text

        yield evaluate_text(visible_in(outcomes), language())
        return
    if len(outcomes) < FEW:
        from engine.rendering.evaluation_json import evaluation_json

        for outcome in outcomes:
            yield json_text(evaluation_json(outcome, language()), output) + "\n"
        return
    from engine.rendering.evaluation_lines import line_writer  # the same of many

    line = line_writer(language())
    for first in range(0, len(outcomes), FEW):
        yield fitting_json("".join([line(outcome) + "\n" for outcome in outcomes[first : first + FEW]]), output)
