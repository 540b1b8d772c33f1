"""Which models run for which subjects, in dependency order, and how a result becomes a record of the next."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from engine.evaluating import single
from engine.evaluating.single import Compiled, Evaluator, Judge, compile_model
from engine.model.catalogue import MEMBER, PREVIOUS
from engine.model.condition import Plain
from engine.model.evaluation import Evaluation, Outcome, Previous, Rejection
from engine.model.library import Library, Name
from engine.model.names import nearest_names
from engine.model.number import ONE, divide
from engine.model.outline import Reads, outline
from engine.model.period import NEVER
from engine.model.policy import Policy
from engine.model.problem import Problem
from engine.model.subject import Record, Subject

JudgeOf = Callable[[Compiled], Judge]

Function = Callable[[Subject, Previous | None, Sequence[Record], int, tuple[Problem, ...]], Outcome]
"""A model's generated function."""

WORTH = 500
"""So many evaluations without reasoning by one model take longer than generating its function."""


class Plan(Struct, frozen=True):
    """A library as of a day: the models in running order, bound to it, and which results each one reads.

    A plan is not changed once it is made, so threads may share it.
    """

    library: Library
    as_of: int
    policies: Mapping[str, Policy]
    models: Mapping[Name, Evaluator]
    reads: Mapping[Name, Reads]
    judges: Mapping[Name, Judge]
    expires: Mapping[str, int]
    generated: Callable[[Name], Function | None]  # the function of a model, generated where it is first asked for
    worth: int = WORTH


def plan(library: Library, as_of: int, judge_of: JudgeOf = single.judge, worth: int = WORTH) -> Plan:
    """What runs on a day. `judge_of` chooses the evaluator of conditions.

    From `worth` evaluations without reasoning by one model, its generated function evaluates, where it has one.
    """
    around = outline(library, as_of)
    return plan_of(library, as_of, around.on(as_of), around.changes(as_of), judge_of, worth)


def plan_of(
    library: Library, as_of: int, reads: Mapping[Name, Reads], expires: Mapping[str, int], judge_of: JudgeOf = single.judge,
    worth: int = WORTH,
) -> Plan:  # fmt: skip
    """What runs on a day of some models of a library, in running order, each with what it reads, and when its policy changes."""
    policies = library.in_force(as_of)
    compiled = {name: compile_model(policies[name[0]], policies[name[0]].models[name[1]]) for name in reads}
    models = {name: model.at(as_of) for name, model in compiled.items()}
    judges = {name: judge_of(model) for name, model in compiled.items()}
    generated = _generated(models) if judge_of is single.judge else _none_generated
    return Plan(library, as_of, policies, models, reads, judges, expires, generated, worth)


def on_day(plan: Plan, as_of: int, names: Container[Name]) -> Plan:
    """Some of a plan's models bound to another day, on which the same versions must be in force."""
    models = {name: evaluator.compiled.at(as_of) for name, evaluator in plan.models.items() if name in names}
    return replace(plan, as_of=as_of, models=models, generated=_none_generated)


def _generated(models: Mapping[Name, Evaluator]) -> Callable[[Name], Function | None]:
    """By model its function; None where it has none."""

    @cache
    def generated(name: Name) -> Function | None:
        from engine.evaluating.generated.evaluate import compile_generated  # a document alone does not wait for it

        compiled, as_of = models[name].compiled, models[name].as_of
        function = compile_generated(compiled.policy, compiled.model)
        return function.at(as_of) if function else None

    return generated


def _none_generated(name: Name) -> None:
    """Where conditions are judged otherwise."""


Results = dict[tuple[str, Name], Outcome]


def evaluations(plan: Plan, subjects: Sequence[Subject]) -> int:
    """How many there will be."""
    return sum(len(_concerned(model.compiled, subjects)) for model in plan.models.values())


def evaluate_all(
    plan: Plan, subjects: Sequence[Subject], reasoning: bool = True, step: Callable[[], object] = lambda: None,
    stand: Results | None = None,
) -> Results:  # fmt: skip
    """Every model for every subject that it applies to, by subject and model, model by model in running order.

    `step` is called after each evaluation; results that `stand` are not made again.
    """
    results: Results = dict(stand or {})
    known = {subject.id for subject in subjects}
    for subject in subjects:
        for text in subject.models:
            refused = _refused(plan, subject, text)
            if refused:
                results[subject.id, _name(text)] = refused
    for name, evaluator in plan.models.items():
        mine = _concerned(evaluator.compiled, subjects)
        generated = plan.generated(name) if not reasoning and len(mine) >= plan.worth else None
        for subject in mine:
            if (subject.id, name) not in results:
                results[subject.id, name] = _outcome(plan, name, evaluator, subject, results, known, reasoning, generated)
                step()
    return results


def _name(text: str) -> Name:
    policy, _, model = text.partition("/")
    return policy, model


def _concerned(compiled: Compiled, subjects: Sequence[Subject]) -> list[Subject]:
    """The subjects that a model applies to: those that name it, and all of its kind where it is for these."""
    model = compiled.model
    name = f"{compiled.policy.id}/{model.id}"
    if model.always:
        return [subject for subject in subjects if subject.kind == model.kind or name in subject.models]
    return [subject for subject in subjects if name in subject.models]


def _refused(plan: Plan, subject: Subject, text: str) -> Rejection | None:
    """Why a model that a subject names cannot run: not known, not in force, or of another kind."""
    name = policy, model = _name(text)
    problem = why_not_run(plan.library, plan.policies, plan.as_of, name, subject.kind)
    if problem is None:
        return None
    expires = plan.expires.get(policy, NEVER)
    return Rejection(subject.id, policy, model, plan.as_of, expires - 1 if expires < NEVER else None, (problem,))


def why_not_run(library: Library, policies: Mapping[str, Policy], as_of: int, name: Name, kind: str) -> Problem | None:
    """What keeps a model from running for subjects of a kind; `policies` are those in force on the day."""
    policy, model = name
    values: dict[str, object] = {"policy": policy, "model": model, "kind": kind}
    if not library.versions(policy):
        titles = [(version.id, version.title) for version in library.policies]
        known = list(dict.fromkeys(key for key, _ in titles))
        return Problem("policy_unknown", ("model",), {**values, "known": known}, near=nearest_names(policy, known, titles))
    if (last := library.ended(policy, as_of)) is not None:
        return Problem("policy_ended", ("model",), {**values, **last.end})
    if policy not in policies:
        return Problem("policy_not_in_force", ("model",), {**values, "as_of": as_of})
    models = policies[policy].models
    if model not in models:
        known, titles = list(models), [(key, named.title) for key, named in models.items()]
        return Problem("model_unknown", ("model",), {**values, "known": known}, near=nearest_names(model, known, titles))
    if models[model].kind != kind:
        return Problem("model_kind", ("model",), {**values, "needs": models[model].kind})
    return None


def _outcome(
    plan: Plan, name: Name, evaluator: Evaluator, subject: Subject, results: Results, known: set[str], reasoning: bool,
    generated: Function | None,
) -> Outcome:  # fmt: skip
    compiled = evaluator.compiled
    derived: list[Record] = []
    warnings: list[Problem] = []
    expires = plan.expires[compiled.policy.id]
    for owner, other, member in results_read(plan, name, subject):
        outcome = results.get((owner, other))
        if outcome is None:
            continue
        if outcome.valid_until is not None:
            expires = min(expires, outcome.valid_until + 1)
        if isinstance(outcome, Evaluation):
            derived.append(as_record(outcome, plan.as_of, member))
        else:
            code = "result_rejected" if isinstance(outcome, Rejection) else "result_not_evaluated"
            values = {"subject": owner, "policy": other[0], "model": other[1], "member": member}
            warnings.append(Problem(code, (), values, "warning"))
    if plan.reads[name].members:
        for absent in subject.members:
            if absent not in known:
                warnings.append(Problem("member_absent", ("members",), {"member": absent}, "warning"))
    previous = last_result(compiled, subject, plan.as_of)
    if generated:
        return generated(subject, previous, derived, expires, tuple(warnings))
    return single.evaluate(
        evaluator, subject, previous, derived=derived, expires=expires,
        warnings=tuple(warnings), reasoning=reasoning, which=plan.judges[name],
    )  # fmt: skip


def results_read(plan: Plan, name: Name, subject: Subject) -> Sequence[tuple[str, Name, bool]]:
    """Whose results a model reads of a subject, which ones, and whether they are a member's."""
    own, members = plan.reads[name].own, plan.reads[name].members
    if not own and not members:
        return ()
    mine = [(subject.id, other, False) for other in own]
    return [*mine, *((member, other, True) for other in members for member in subject.members)]


def as_record(outcome: Evaluation, as_of: int, of_member: bool) -> Record:
    """An evaluation that stands on a day as a record of its category, dated that day, the score out of 100."""
    policy, model = outcome.policy, outcome.model
    fields: dict[str, Plain] = {
        "policy": policy.id, "model": model.id, "vetoed": bool(outcome.vetoes), "weight": outcome.weight,
    }  # fmt: skip
    if outcome.score is not None:
        fields["score"] = min(divide(outcome.score * 100 * ONE, policy.scale.hundred), 100 * ONE)
    if outcome.level is not None and outcome.grade is not None:
        fields["level"], fields["grade"] = outcome.level, outcome.grade
    name = f"{policy.id}/{model.id}"
    if of_member:
        return Record(f"{outcome.subject}/{name}", MEMBER, as_of, fields, this_run=True)
    return Record(name, model.feeds or "", as_of, fields, this_run=True)


def last_result(compiled: Compiled, subject: Subject, as_of: int) -> Previous | None:
    """The newest earlier result of the model among a subject's own records, which alerts compare with."""
    if not compiled.alerts:
        return None
    own = {"policy": compiled.policy.id, "model": compiled.model.id}
    earlier = [
        record
        for record in subject.records
        if record.category == PREVIOUS
        and record.date < as_of <= record.last_day
        and all(record.fields.get(key) == value for key, value in own.items())
    ]
    if not earlier:
        return None
    fields: Mapping[str, Plain] = max(earlier, key=lambda record: (record.date, record.id)).fields
    level, score = fields.get("level"), fields.get("score")
    whole = compiled.policy.scale.hundred
    return Previous(None if level is None else str(level), None if score is None else divide(int(score) * whole, 100 * ONE))


def in_order(plan: Plan, subjects: Iterable[Subject], results: Results) -> Iterator[Outcome]:
    """The outcomes of each subject in turn, in the models' running order."""
    rank = {name: index for index, name in enumerate(plan.models)}
    groups: dict[str, list[tuple[Name, Outcome]]] = {}
    for (owner, name), outcome in results.items():
        groups.setdefault(owner, []).append((name, outcome))
    for subject in subjects:
        mine = groups.get(subject.id, [])
        yield from (outcome for _, outcome in sorted(mine, key=lambda pair: rank.get(pair[0], -1)))
