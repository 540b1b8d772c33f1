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

    given: Rules
    ends: float
    falling: bool
    proved: list[Term] = field(default_factory=list)
    hidden: list[tuple[Term, Term]] = field(default_factory=list)
    facts: list[tuple[Term, Term]] = field(default_factory=list)
    outside: Rules = field(default_factory=Rules)
    inside: Rules = field(default_factory=Rules)


def lemmas(
    given: Sequence[Term], old: Symbolic, new: Symbolic, timeout: float, related: Mapping[str, Term] | None = None
) -> Lemmas:  # fmt: skip
    """Of facts, of points, then of shares, which is the greater; of conditions, which implies the other.

    Where it is given how facts are `related`, nobody asks whether the points of the new side are more.
    """
    made = Lemmas(Rules(), time.monotonic() + timeout, related is not None)
    made.given.add(given)
    _facts(made, old, new, related or {})
    whens = [one.id for one in new.model.vetoes if "score" not in set(facts_in(one.when))]
    _conditions(made, {name: old.vetoes[name] for name in whens if name in old.vetoes}, new.vetoes)
    if old.scored is None or new.scored is None:
        return made
    _conditions(made, old.scored.counts, new.scored.counts)
    before = {one.id: one.points for one in old.model.indicators()}
    most = {one.id: max(one.points, before[one.id]) for one in new.model.indicators() if one.id in before}
    _amounts(made, old.scored.points, new.scored.points, most)
    _amounts(made, old.scored.shares, new.scored.shares, {})
    return made


def from_parts(made: Lemmas, goal: Term) -> list[list[Term]]:
    """The goal with its parts, and with its facts too, hidden behind what was proved of them.

    If nothing is as one of them says, nothing is as the goal says.
    """
    outside = _hide(made.hidden, goal)
    inside = _hide(made.facts, outside)
    return [
        [inside, *bearing_on(lemma_names(inside), made.inside)],
        [outside, *bearing_on(lemma_names(outside), made.given, made.outside)],
    ]


def _facts(made: Lemmas, old: Symbolic, new: Symbolic, related: Mapping[str, Term]) -> None:
    named: list[tuple[Term, Term]] = []
    for name in [name for name in new.facts if name in old.facts]:
        one, other = old.facts[name], new.facts[name]
        left, right = (value.term if isinstance(value, Amount) else value for value in (one, other))
        if left.sort() != right.sort():
            continue
        if name in related:
            _keep(made, [related[name]])
        elif not left.eq(right) and (not related or set(new.model.facts[name].needs())):
            _prove(made, _orders(left, right))
        for side, value in (("old", one), ("new", other)):
            named += _name(value.count if isinstance(value, Amount) else value, f"{name} {side}", named)
    made.facts = named
    _again(made)


def _orders(left: Term, right: Term, falling: bool = False) -> list[Term]:
    """What one may be to the other."""
    if z3.is_bool(left):
        return [z3.Implies(left, right), z3.Implies(right, left)]
    return [left >= right] if falling else [left <= right, left >= right]


def _amounts(made: Lemmas, old: Mapping[str, Amount], new: Mapping[str, Amount], most: Mapping[str, int]) -> None:
    """Relations of amounts by name, which are then hidden."""
    hidden: list[tuple[Term, Term]] = []
    for name in [name for name in new if name in old]:
        one, other = old[name], new[name]
        if not one.term.eq(other.term):
            _prove(made, _orders(one.term, other.term, made.falling))
        for side, amount in (("old", one), ("new", other)):
            if name in most:
                _keep(made, [amount.term >= 0, amount.term <= most[name]])
            hidden += _name(amount.count, f"{name} {side}", hidden)
    made.hidden = hidden + made.hidden
    _again(made)


def _conditions(made: Lemmas, old: Mapping[str, Term], new: Mapping[str, Term]) -> None:
    hidden: list[tuple[Term, Term]] = []
    for name in [name for name in new if name in old]:
        one, other = old[name], new[name]
        if not one.eq(other):
            _prove(made, _orders(one, other))
        for side, term in (("old", one), ("new", other)):
            hidden += _name(term, f"{name} {side}", hidden)
    made.hidden = hidden + made.hidden
    _again(made)


def _name(term: Term, name: str, known: Sequence[tuple[Term, Term]]) -> list[tuple[Term, Term]]:
    """A name that stands for a term, once; constants are told, not named."""
    if not lemma_names(term) or any(one.eq(term) for one, _ in known):
        return []
    return [(term, z3.FreshConst(term.sort(), name))]


def _keep(made: Lemmas, claims: Sequence[Term]) -> None:
    made.proved += claims
    outside = [_hide(made.hidden, one) for one in claims]
    made.outside.add(outside)
    made.inside.add(_hide(made.facts, one) for one in outside)


def _again(made: Lemmas) -> None:
    """What was proved, with what is hidden now."""
    claims, made.proved = made.proved, []
    made.outside, made.inside = Rules(), Rules()
    _keep(made, claims)


def _prove(made: Lemmas, claims: Sequence[Term]) -> None:
    """Keeps those claims that follow from what is known of facts, or else from all rules."""
    for claim in claims:
        outside = _hide(made.hidden, z3.Not(claim))
        inside = _hide(made.facts, outside)
        if (made.facts and _nothing(made, inside, made.inside)) or _nothing(made, outside, made.given, made.outside):
            _keep(made, [claim])


def _nothing(made: Lemmas, asked: Term, *rules: Rules) -> bool:
    left = min(EACH, made.ends - time.monotonic())
    if left <= 0.01:
        return False
    solver = solver_for(left)
    solver.add([asked, *bearing_on(lemma_names(asked), *rules)])
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
    found: set[str] = set()
    seen: set[int] = set()
    context, rest = term.ctx_ref(), [term.as_ast()]
    while rest:
        one = rest.pop()
        number = z3.Z3_get_ast_id(context, one)
        if number in seen or z3.Z3_get_ast_kind(context, one) != z3.Z3_APP_AST:
            continue
        seen.add(number)
        app = z3.Z3_to_app(context, one)
        many = z3.Z3_get_app_num_args(context, app)
        if many == 0:
            what = z3.Z3_get_app_decl(context, app)
            if z3.Z3_get_decl_kind(context, what) == z3.Z3_OP_UNINTERPRETED:
                found.add(z3.Z3_get_symbol_string(context, z3.Z3_get_decl_name(context, what)))
        else:
            rest += [z3.Z3_get_app_arg(context, app, at) for at in range(many)]
    return found
