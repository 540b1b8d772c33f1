"""The door for Python programs: load policies, check them, evaluate and explain subjects by them, compare versions of them.

Days are `datetime.date`, numbers `decimal.Decimal` of at most 4 decimals. Ids and codes are English; sentences and titles
that are made here are in `lang`, `zh` or `en`. Nothing here reads the clock or prints. What a caller can mend is raised as
XinyongError (of engine.model.problem): `findings(error.problems)` says it. TypeError and ValueError say that an argument is
none that a function takes. Anything else that is raised is a bug.

Threads: a library, a plan and every result are never changed once they are there, so any number of threads may share them.
`check`, `evaluate_tables`, `diff`, `explain` and `follow` share nothing between calls but files, and the solver: proofs take turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from datetime import date
from decimal import Decimal
from os import PathLike, fspath
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from engine.evaluating import order
from engine.evaluating.order import Plan
from engine.model.condition import Plain
from engine.model.evaluation import Evaluation, NotEvaluated, Outcome, Rejection
from engine.model.library import Library
from engine.model.number import shortest, two_decimals
from engine.model.problem import Problem
from engine.model.read_only import ReadOnly
from engine.model.totals import ModelTotals
from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder
from engine.rendering.explanation.explained import Reader
from engine.rendering.messages import message, remedy
from engine.rendering.sentences import Lang
from engine.rendering.snippet import path_text
from engine.usecases.arguments import check_language, check_memory, check_width, limits, ordinal, paths
from engine.usecases.documents import Documents, documents_of, read_documents
from engine.usecases.evaluate import evaluate_documents
from engine.usecases.listener import Listener, Silent
from engine.usecases.policies import require_policy

File = str | PathLike[str]
Value = Decimal | bool | str
Document = Mapping[str, object]
Subjects = Document | File | Iterable[Document] | Iterable[File]
"""A subject document as a mapping (its keys as in a file, days as dates or ISO texts), a file of them, or several of either."""


class Finding(Struct, frozen=True):
    """A problem as a sentence.

    `path` is where in the document or policy, such as `records[0].date`; file, line and column (from 1) are there where it
    was read from a file. `help` says what may be meant or done, where that can be told; `near` are known names like the one
    that is not known.
    """

    code: str
    message: str
    severity: str  # error or warning
    path: str
    help: str = ""
    near: tuple[str, ...] = ()
    file: str | None = None
    line: int | None = None
    column: int | None = None


class Result(Struct, frozen=True):
    """What came of one subject by one model; `document` is the whole of it as JSON, with the reasoning: schema/evaluation.schema.json.

    `valid_until` is the last day on which it holds with nothing new, None where nothing ends it. `score` is in points of
    the scale, with 2 decimals; it, `level` and `grade` are None where the model gives none, or the outcome is not
    `evaluated`. `vetoes`, `measures` and `alerts` are the ids of those that hold, `exclusions` why the model leaves the
    subject out, `problems` why it is rejected. Policy and model are None of a document that cannot be read so far.
    """

    subject: str | None
    policy: str | None
    model: str | None
    as_of: date
    valid_until: date | None
    outcome: Literal["evaluated", "not_evaluated", "rejected"]
    _document: Mapping[str, Any]
    score: Decimal | None = None
    level: str | None = None
    grade: str | None = None
    facts: Mapping[str, Value] = ReadOnly()
    vetoes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    exclusions: tuple[str, ...] = ()
    problems: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()

    @property
    def document(self) -> dict[str, Any]:
        """A new copy each time, which is the caller's."""
        return deepcopy(dict(self._document))


class Explanation(Struct, frozen=True):
    """The results of one subject, and the report of them for a person, which ends its lines with a line feed.

    Of a document that cannot be read there is a result that is `rejected`, and nothing in the report.
    """

    results: tuple[Result, ...]
    text: str


class Counts(Struct, frozen=True):
    """How many subjects came to what by a model; `levels` are all levels of the scale, best first, by name."""

    policy: str
    model: str
    levels: Mapping[str, int]
    ungraded: int
    not_evaluated: int
    rejected: int
    vetoes: Mapping[str, int]
    measures: Mapping[str, int]


class TablesResult(Struct, frozen=True):
    """The figures of a run over tables.

    `refused` counts what was refused by table and problem code, `problems` are the first of it, `idle` the subjects that no
    policy applies to. `changed` is how many were evaluated anew where the others' results stood, else None.
    """

    subjects: int
    records: int
    models: tuple[Counts, ...]
    refused: Mapping[tuple[str, str], int]
    problems: tuple[Finding, ...]
    idle: int
    changed: int | None


class Checked(Struct, frozen=True):
    """What was found of so many policy files; `claims` are what was proved, as JSON has it (schema/check.schema.json).

    `failed` is whether there is an error, or a claim that must hold does not.
    """

    files: int
    findings: tuple[Finding, ...]
    claims: tuple[Mapping[str, Any], ...]
    failed: bool


class Change(Struct, frozen=True):
    """One thing that differs: what it is, how, and the words for what it was and is.

    `direction` is looser, stricter, mixed, neutral or text; `outside` says that the declared intent does not cover it.
    """

    policy: str
    model: str | None
    what: str
    how: str
    id: str
    title: str
    direction: str
    outside: bool
    old: str | None
    new: str | None


class Comparison(Struct, frozen=True):
    """How two versions differ; `document` is the whole of it as JSON: schema/diff.schema.json.

    The verdict is equal, declared, beyond, unknown, or exceeded where a limit is.
    """

    verdict: str
    changes: tuple[Change, ...]
    _document: Mapping[str, Any]

    @property
    def document(self) -> dict[str, Any]:
        """A new copy each time, which is the caller's."""
        return deepcopy(dict(self._document))


def load(policies: File | Sequence[File] | None = None) -> Library:
    """The policies of a folder, or of files; those that ship with the package where nothing is named.

    PolicyError with every problem where one is not sound, InputError where there is none. A library is as the files were:
    load again where they change.
    """
    if policies is None:
        return load_library([resource_folder("policies")])
    return load_library(paths(policies))


def prepare(library: Library, as_of: date) -> Plan:
    """The policies in force on a day, compiled: milliseconds of work, done once for each day.

    A plan is for any number of subjects, and for any number of threads at once.
    """
    return order.plan(library, ordinal(as_of))


def evaluate(
    plan: Plan, subjects: Subjects, policy: str | None = None, lang: Lang = "en", listener: Listener | None = None
) -> tuple[Result, ...]:
    """The results of subjects in their order, each by every model that applies to it, or by those of one policy.

    Whoever cannot be evaluated has a result that is `rejected`, and the others go on; a subject that no policy applies to
    has none. Composite results read those of the subjects that are given together. `listener` is told how far it is, and
    of whom nothing applies to. InputError where a file cannot be read.
    """
    check_language(lang)
    listener = listener or Silent()
    if policy is not None:
        require_policy(plan.library, policy)
    documents = _documents(plan.library, subjects, plan.as_of, listener)
    outcomes = evaluate_documents(plan, documents, listener, policy=policy)
    return tuple(_result(outcome, lang) for outcome in outcomes)


def evaluate_tables(
    library: Library, source: File, as_of: date, output: File | None = None, *, rejects: File | None = None,
    report: File | None = None, since: File | None = None, updated: str | None = None, policy: str | None = None,
    memory: str | None = None, reasoning: bool | None = None, headers: Literal["words", "codes"] = "codes", lang: Lang = "en", listener: Listener | None = None,
) -> TablesResult:  # fmt: skip
    """Evaluates the tables of a folder, database or workbook to a table of results, and counts.

    `output` ends in .parquet, .csv, .jsonl, .xlsx or .duckdb, or is a folder; it takes the place of what stood there when it is
    whole. Refused rows go to `rejects` (.csv, .xlsx), figures with charts to `report` (.html), both in `lang`. `since` is
    the last table of results, of which stands what has not changed or ended; `updated` is the column with the day of a
    row's last change. `memory` is what the database may use at most, such as `8GB`. The `reasoning`, facts and points, is a
    table a model beside the results, where the output is a folder, .duckdb or .xlsx; False leaves it out. It needs the extra
    `columnar`. A workbook has `headers` and contents in words, in `lang`, or the codes that programs know.

    InputError where tables cannot be read or an output cannot be written; nothing is put in place then. An output that would take the
    place of the source is refused.
    """
    from engine.usecases.batch.run import evaluate_batch  # Ibis takes a third of a second
    from engine.usecases.output.checked import check_outputs, read_besides
    from engine.usecases.request import EvaluationRequest

    check_language(lang)
    check_memory(memory)
    if policy is not None:
        require_policy(library, policy)
    named = {"output": output, "rejects": rejects, "page": report, "since": since}
    files = {name: None if file is None else Path(file) for name, file in named.items()}
    request = EvaluationRequest(
        (Path(source),), ordinal(as_of), files["output"], policy=policy, page=files["page"], rejects=files["rejects"],
        memory=memory, since=files["since"], updated=updated, reasoning=reasoning, headers=headers, lang=lang,
    )  # fmt: skip
    check_outputs(
        (request.output, request.page, request.rejects), (*request.inputs, *read_besides(request.since, request.output))
    )
    result = evaluate_batch(library, request, listener or Silent())
    totals = result.totals
    models = tuple(_counts(model) for model in totals.models)
    problems = findings(result.first_problems, lang)
    return TablesResult(
        totals.subjects, totals.records or 0, models, ReadOnly(totals.refused), problems, totals.idle, totals.changed
    )  # fmt: skip


def explain(
    library: Library, subjects: Subjects, as_of: date, subject: str | None = None, policy: str | None = None,
    lang: Lang = "en", width: int = 120, reader: Reader = "company", number: str | None = None, on: date | None = None,
) -> Explanation:  # fmt: skip
    """The results of the subject named, or of the only one, with every fact, its records, points and basis.

    For a company it is a letter with a `number` and the day `on`, which are left to be filled in where they are None; for a
    clerk it is short, for an auditor it has everything. `width` is in columns, 60 or more. InputError where the subject is
    none of several, or nothing applies to it.
    """
    from engine.rendering.explanation.explained import Letter
    from engine.rendering.explanation.page import page
    from engine.rendering.explanation.text import LEAST_WIDTH, pages_text
    from engine.usecases.explain import Choice, explain_documents

    check_language(lang)
    check_width(width, LEAST_WIDTH)
    if policy is not None:
        require_policy(library, policy)
    day, listener = ordinal(as_of), Silent()
    documents = _documents(library, subjects, day, listener, subject)
    choice = Choice(subject, policy, reader)
    explanation = explain_documents(lambda when: order.plan(library, when), day, documents, listener, choice)
    letter = Letter(reader, number, None if on is None else ordinal(on))
    text = pages_text([page(outcome, view, letter, lang) for outcome, view in explanation.results], width)
    outcomes = (*explanation.refused, *(outcome for outcome, _ in explanation.results))
    return Explanation(tuple(_result(outcome, lang) for outcome in outcomes), text)


def follow(
    library: Library, subjects: Subjects, first: date, last: date, policy: str | None = None, lang: Lang = "en",
    listener: Listener | None = None,
) -> tuple[dict[str, Any], ...]:  # fmt: skip
    """How the results of subjects change from day to day with no information beside what is given: to come, or looking back.

    One document a subject and model, as schema/course.schema.json says, the caller's own; its first change is the first day
    itself. Of a subject that cannot be read there is its refusal, as `evaluate` has it. InputError where `last` is before
    `first`, or more than a hundred years after it.
    """
    from engine.rendering.course_json import course_json
    from engine.rendering.evaluation_json import evaluation_json
    from engine.usecases.course import CourseRequest, follow_documents

    check_language(lang)
    if policy is not None:
        require_policy(library, policy)
    request, listener = CourseRequest(ordinal(first), ordinal(last), policy=policy), listener or Silent()
    documents = _documents(library, subjects, request.first, listener)
    followed = follow_documents(lambda day: order.plan(library, day), documents, request, listener)
    refused = (evaluation_json(refusal, lang) for refusal in followed.refused)
    return (*(course_json(course, lang) for course in followed.courses), *refused)


def check(
    policies: File | Sequence[File], as_of: date, prove: bool = False, against: str | None = None, lang: Lang = "en"
) -> Checked:
    """All problems of policies at once: errors keep them from being used, warnings are opinions.

    With `prove`, what holds for every subject as of the day (with the extra `proof`; seconds a policy). `against` is the
    git revision that says what was published. InputError where there is nothing to check, or it cannot be read.
    """
    from engine.rendering.proofs import proof_json
    from engine.usecases.check import check_policies
    from engine.usecases.extras import require_extra

    check_language(lang)
    if prove:
        require_extra("proof", "z3")
    listener = Silent()
    result = check_policies(paths(policies), ordinal(as_of), listener, prove, against)
    claims = tuple(proof_json(proof, place) for proof, place in result.proofs)
    return Checked(result.files, findings((*listener.problems, *result.problems), lang), claims, result.failed)


def diff(
    old: File, new: File, as_of: date, today: date | None = None, population: File | Sequence[File] = (), prove: bool = False,
    allowed: Mapping[str, float | Decimal] | None = None, memory: str | None = None, lang: Lang = "en",
    listener: Listener | None = None,
) -> Comparison:  # fmt: skip
    """What changed in meaning between two files or folders of policies, or either as of a git revision (`REV:PATH`).

    With a `population` (inputs as `evaluate` takes them), whom it touches as of the day; `allowed` are limits in percent of
    a model's subjects: `downgraded`, `lost_incentives`, `new_restrictions`. Versions that had ended before `today`, by
    default the as-of day, may be gone. InputError where a side is not sound, or the population cannot be read.
    """
    from engine.rendering.changes.json import comparison_json
    from engine.usecases.diff import DiffRequest, compare_versions

    day, inputs = ordinal(as_of), tuple(paths(population))
    check_language(lang)
    check_memory(memory)
    until = day if today is None else ordinal(today)
    request = DiffRequest(
        fspath(old),
        fspath(new),
        day,
        until,
        population=inputs,
        allowed=limits(allowed or {}, bool(inputs)),
        memory=memory,
        prove=prove,
    )
    document = comparison_json(compare_versions(request, listener or Silent()), lang)
    changes = tuple(_change(policy["policy"], entry) for policy in document["policies"] for entry in policy["changes"])
    return Comparison(document["verdict"], changes, document)


def findings(problems: Iterable[Problem], lang: Lang = "en") -> tuple[Finding, ...]:
    """Problems, such as those of a XinyongError, as sentences."""
    check_language(lang)
    return tuple(_finding(problem, lang) for problem in problems)


def _finding(problem: Problem, lang: Lang) -> Finding:
    place = problem.place
    where = () if place is None else (place.file, place.line, place.column)
    path, text = path_text(problem.path), message(problem, lang)
    return Finding(problem.code, text, problem.severity, path, remedy(problem, lang) or "", problem.near, *where)


def _documents(
    library: Library, subjects: Subjects, as_of: int, listener: Listener, only: str | None = None
) -> Documents:  # fmt: skip
    """Mappings, or files; of tables `only` one subject, where it is named."""
    if isinstance(subjects, bytes | bytearray | memoryview):
        raise TypeError("documents are mappings or files, not bytes")
    several = [subjects] if isinstance(subjects, str | PathLike | Mapping) else list(subjects)
    files = [Path(each) for each in several if isinstance(each, str | PathLike)]
    if files and len(files) < len(several):
        raise TypeError("documents are mappings or files, not both")
    if files:
        return read_documents(library, tuple(files), as_of, listener, only)
    return documents_of(library, several)


def _result(outcome: Outcome, lang: Lang) -> Result:
    from engine.rendering.evaluation_json import evaluation_json

    document = evaluation_json(outcome, lang)
    as_of, valid_until = date.fromordinal(outcome.as_of), outcome.valid_until
    until = None if valid_until is None else date.fromordinal(valid_until)
    match outcome:
        case Rejection():
            return Result(
                outcome.subject, outcome.policy, outcome.model, as_of, until, "rejected", document,
                problems=findings(outcome.problems, lang),
            )  # fmt: skip
        case NotEvaluated():
            return Result(
                outcome.subject, outcome.policy.id, outcome.model.id, as_of, until, "not_evaluated", document,
                facts=_values(outcome.facts), exclusions=outcome.exclusions, warnings=findings(outcome.warnings, lang),
            )  # fmt: skip
        case Evaluation():
            score = None if outcome.score is None else Decimal(two_decimals(outcome.score))
            return Result(
                outcome.subject, outcome.policy.id, outcome.model.id, as_of, until, "evaluated", document, score,
                outcome.level, outcome.grade, _values(outcome.facts), outcome.vetoes, outcome.measures, outcome.alerts,
                warnings=findings(outcome.warnings, lang),
            )  # fmt: skip


def _values(facts: Mapping[str, Plain]) -> ReadOnly[str, Value]:
    values = ((name, value if isinstance(value, bool | str) else Decimal(shortest(value))) for name, value in facts.items())
    return ReadOnly(values)


def _counts(totals: ModelTotals) -> Counts:
    return Counts(
        totals.policy.id, totals.model.id, ReadOnly(totals.levels), totals.ungraded, totals.not_evaluated, totals.rejected,
        ReadOnly(totals.vetoes), ReadOnly(totals.measures),
    )  # fmt: skip


def _change(policy: str, entry: Mapping[str, Any]) -> Change:
    old, new = (side["text"] if side else None for side in (entry["old"], entry["new"]))
    names = ("model", "what", "how", "id", "title", "direction", "outside")
    return Change(policy, **{name: entry[name] for name in names}, old=old, new=new)
