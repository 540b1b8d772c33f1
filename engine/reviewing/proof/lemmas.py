"""What holds between the parts of two evaluations, each proved alone, so that the whole can be proved from the parts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence

import z3
from msgspec import Struct, field
from z3 import ExprRef as Term

from engine.evaluating.symbolic.arithmetic import Amount
from engine.evaluating.symbolic.evaluate import Symbolic
from engine.model.condition import facts_in

OLDER, NEWER = 2, 6
"""The solver's ways with whole numbers. On our questions the older one is mostly the quicker, and each is at times lost."""

EACH = 1.0
"""Seconds for one lemma; what takes longer is not one."""


class Rules(Struct):
    """Terms, and the names of the variables in each."""

    terms: list[Term] = field(default_factory=list)
    reads: list[set[str]] = field(default_factory=list)

    def add(self, terms: Iterable[Term]) -> None:
        for term in terms:
            self.terms.append(term)
            self.reads.append(lemma_names(term))


def bearing_on(known: set[str], *groups: Rules) -> list[Term]:
    """The rules that bear on some variables, by what they have in common."""
    left = [pair for group in groups for pair in zip(group.terms, group.reads, strict=True)]
    chosen: list[Term] = []
    while True:
        near = [pair for pair in left if pair[1] & known]
        if not near:
            return chosen
        left = [pair for pair in left if not pair[1] & known]
        chosen += [term for term, _ in near]
        known = known.union(*(reads for _, reads in near))


class Lemmas(Struct):
    """Rules that hold of all subjects, what was proved beside them, and which terms new names stand for.

    `hidden` and `facts` are pairs of a term and its name, what is made of facts and facts themselves. `outside` is what
    was proved with the first hidden, `inside` with both.
    """

    premises: Rules
    ends: float
    falling: bool
    proved: list[Term] = field(default_factory=list)
    hidden: list[tuple[Term, Term]] = field(default_factory=list)
    facts: list[tuple[Term, Term]] = field(default_factory=list)
    outside: Rules = field(default_factory=Rules)
    inside: Rules = field(default_factory=Rules)


def lemmas(
    rules: Sequence[Term], old: Symbolic, new: Symbolic, timeout: float, related: Mapping[str, Term] | None = None
) -> Lemmas:  # fmt: skip
    """Of facts, of points, then of shares, which is the greater; of conditions, which implies the other.

    Where it is given how facts are `related`, nobody asks whether the points of the new side are more.
    """
    proved = Lemmas(Rules(), time.monotonic() + timeout, related is not None)
    proved.premises.add(rules)
    _facts(proved, old, new, related or {})
    whens = [veto.id for veto in new.model.vetoes if "score" not in set(facts_in(veto.when))]
    _conditions(proved, {name: old.vetoes[name] for name in whens if name in old.vetoes}, new.vetoes)
    if old.scored is None or new.scored is None:
        return proved
    _conditions(proved, old.scored.counts, new.scored.counts)
    before = {indicator.id: indicator.points for indicator in old.model.indicators()}
    most = {
        indicator.id: max(indicator.points, before[indicator.id])
        for indicator in new.model.indicators()
        if indicator.id in before
    }
    _amounts(proved, old.scored.points, new.scored.points, most)
    _amounts(proved, old.scored.shares, new.scored.shares, {})
    return proved


def from_parts(proved: Lemmas, goal: Term) -> list[list[Term]]:
    """The goal with its parts, and with its facts too, hidden behind what was proved of them.

    If nothing is as one of them says, nothing is as the goal says.
    """
    outside = _hide(proved.hidden, goal)
    inside = _hide(proved.facts, outside)
    return [
        [inside, *bearing_on(lemma_names(inside), proved.inside)],
        [outside, *bearing_on(lemma_names(outside), proved.premises, proved.outside)],
    ]


def _facts(proved: Lemmas, old: Symbolic, new: Symbolic, related: Mapping[str, Term]) -> None:
    named: list[tuple[Term, Term]] = []
    for name in [name for name in new.facts if name in old.facts]:
        was, now = old.facts[name], new.facts[name]
        left, right = (value.term if isinstance(value, Amount) else value for value in (was, now))
        if left.sort() != right.sort():
            continue
        if name in related:
            _keep(proved, [related[name]])
        elif not left.eq(right) and (not related or (name in new.model.facts and set(new.model.facts[name].needs()))):
            _prove(proved, _orders(left, right))
        for side, value in (("old", was), ("new", now)):
            named += _name(value.count if isinstance(value, Amount) else value, f"{name} {side}", named)
    proved.facts = named
    _again(proved)


def _orders(left: Term, right: Term, falling: bool = False) -> list[Term]:
    """What one may be to the other."""
    if z3.is_bool(left):
        return [z3.Implies(left, right), z3.Implies(right, left)]
    return [left >= right] if falling else [left <= right, left >= right]


def _amounts(proved: Lemmas, old: Mapping[str, Amount], new: Mapping[str, Amount], most: Mapping[str, int]) -> None:
    """Relations of amounts by name, which are then hidden."""
    hidden: list[tuple[Term, Term]] = []
    for name in [name for name in new if name in old]:
        was, now = old[name], new[name]
        if not was.term.eq(now.term):
            _prove(proved, _orders(was.term, now.term, proved.falling))
        for side, amount in (("old", was), ("new", now)):
            if name in most:
                _keep(proved, [amount.term >= 0, amount.term <= most[name]])
            hidden += _name(amount.count, f"{name} {side}", hidden)
    proved.hidden = hidden + proved.hidden
    _again(proved)


def _conditions(proved: Lemmas, old: Mapping[str, Term], new: Mapping[str, Term]) -> None:
    hidden: list[tuple[Term, Term]] = []
    for name in [name for name in new if name in old]:
        was, now = old[name], new[name]
        if not was.eq(now):
            _prove(proved, _orders(was, now))
        for side, term in (("old", was), ("new", now)):
            hidden += _name(term, f"{name} {side}", hidden)
    proved.hidden = hidden + proved.hidden
    _again(proved)


def _name(term: Term, name: str, known: Sequence[tuple[Term, Term]]) -> list[tuple[Term, Term]]:
    """A name that stands for a term, once; constants are told, not named."""
    if not lemma_names(term) or any(each.eq(term) for each, _ in known):
        return []
    return [(term, z3.FreshConst(term.sort(), name))]


def _keep(proved: Lemmas, claims: Sequence[Term]) -> None:
    proved.proved += claims
    outside = [_hide(proved.hidden, claim) for claim in claims]
    proved.outside.add(outside)
    proved.inside.add(_hide(proved.facts, change) for change in outside)


def _again(proved: Lemmas) -> None:
    """What was proved, with what is hidden now."""
    claims, proved.proved = proved.proved, []
    proved.outside, proved.inside = Rules(), Rules()
    _keep(proved, claims)


def _prove(proved: Lemmas, claims: Sequence[Term]) -> None:
    """Keeps those claims that follow from what is known of facts, or else from all rules."""
    for claim in claims:
        outside = _hide(proved.hidden, z3.Not(claim))
        inside = _hide(proved.facts, outside)
        if (proved.facts and _nothing(proved, inside, proved.inside)) or _nothing(
            proved, outside, proved.premises, proved.outside
        ):
            _keep(proved, [claim])


def _nothing(proved: Lemmas, claim: Term, *rules: Rules) -> bool:
    left = min(EACH, proved.ends - time.monotonic())
    if left <= 0.01:
        return False
    solver = solver_for(left)
    solver.add([claim, *bearing_on(lemma_names(claim), *rules)])
    return bool(solver.check() == z3.unsat)


def solver_for(seconds: float, arithmetic: int = OLDER, seed: int = 0) -> z3.Solver:
    """A solver for so long, by one of its two ways with whole numbers."""
    solver = z3.SimpleSolver()
    solver.set("arith.solver", arithmetic)
    solver.set("random_seed", seed)
    solver.set("timeout", int(seconds * 1000))
    return solver


def _hide(hidden: Sequence[tuple[Term, Term]], term: Term) -> Term:
    return z3.substitute(term, *hidden) if hidden else term


def lemma_names(term: Term) -> set[str]:
    """The names of the variables in a term; by the solver's own handles, which is several times as quick."""
    names: set[str] = set()
    seen: set[int] = set()
    context, rest = term.ctx_ref(), [term.as_ast()]
    while rest:
        each = rest.pop()
        number = z3.Z3_get_ast_id(context, each)
        if number in seen or z3.Z3_get_ast_kind(context, each) != z3.Z3_APP_AST:
            continue
        seen.add(number)
        app = z3.Z3_to_app(context, each)
        many = z3.Z3_get_app_num_args(context, app)
        if many == 0:
            what = z3.Z3_get_app_decl(context, app)
            if z3.Z3_get_decl_kind(context, what) == z3.Z3_OP_UNINTERPRETED:
                names.add(z3.Z3_get_symbol_string(context, z3.Z3_get_decl_name(context, what)))
        else:
            rest += [z3.Z3_get_app_arg(context, app, at) for at in range(many)]
    return names
