"""Whether what reads the results of a model follows them."""

from __future__ import annotations

from datetime import date

import pytest

from engine.model.policy import Policy
from engine.reading.cache import load_library
from engine.reading.shipped import shipped
from engine.reviewing.proof.readers import follow, read_by_others

AS_OF = date(2025, 12, 31).toordinal()


def policies() -> dict[str, Policy]:
    return load_library([shipped("policies")]).in_force(AS_OF)


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
    assert follow(policies(), name, AS_OF, 9.5)


def test_none_reads() -> None:
    assert not read_by_others(policies(), ("housekeeping", "consumer"))
