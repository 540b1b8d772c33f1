"""Whether what reads the results of a model follows them."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from engine.model.policy import Policy, RejectMissing
from engine.model.proof import NEVER_BETTER, PROVED, READ_OTHERWISE, READERS, RESULT, UNKNOWN
from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder
from engine.reviewing.proof.readers import read_by_others, readers_follow
from engine.reviewing.proof.version_pairs import compare_versions

AS_OF = date(2025, 12, 31).toordinal()


def policies() -> dict[str, Policy]:
    return load_library([resource_folder("policies")]).in_force(AS_OF)


@pytest.mark.parametrize(
    "name",
    [
        ("transport", "operator"),
        ("composite", "person"),
        *(
            pytest.param(name, marks=pytest.mark.long)
            for name in (("legal", "lawyer"), ("eldercare", "worker"), ("bidding", "bidder"))
        ),
    ],
)
def test_shipped(name: tuple[str, str]) -> None:
    """No composite evaluation, park or joint measure is better for a result that is worse."""
    assert read_by_others(policies(), name)
    assert readers_follow(policies(), name, AS_OF, 9.5)


def test_none_reads() -> None:
    assert not read_by_others(policies(), ("housekeeping", "consumer"))


def test_who_loses_a_result_may_gain_by_it() -> None:
    """To be rejected is worse, but what is not there counts for nothing in the composite evaluation."""
    old = policies()["bidding"]
    model = old.models["bidder"]
    name, fact = next((name, fact) for name, fact in model.facts.items() if isinstance(fact.if_missing, RejectMissing))
    looser = replace(model, facts={**model.facts, name: replace(fact, if_missing=100_000)})
    new = replace(old, models={"bidder": looser}, digest="other")
    proofs = {(proof.claim, proof.about): proof for proof in compare_versions(new, old, AS_OF, beside=policies().values())}
    assert proofs[NEVER_BETTER, RESULT].answer == PROVED
    assert (proofs[NEVER_BETTER, READERS].answer, proofs[NEVER_BETTER, READERS].reason) == (UNKNOWN, READ_OTHERWISE)
