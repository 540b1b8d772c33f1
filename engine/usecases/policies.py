"""A policy of a library by its id, for whoever names one."""

from __future__ import annotations

from engine.model.library import Library
from engine.model.names import nearest_names
from engine.model.policy import Policy
from engine.model.problem import InputError, Problem


def require_policy(library: Library, policy: str) -> None:
    """InputError, with names like it, where the library has no version of the policy."""
    known = list(dict.fromkeys(version.id for version in library.policies))
    if policy not in known:
        values = {"policy": policy, "known": known}
        raise InputError([Problem("policy_unknown", values=values, near=nearest_names(policy, known))])


def policy_in_force(library: Library, policy: str, as_of: int) -> Policy:
    """The version in force on a day (an ordinal); InputError where the policy is not known, or has none."""
    require_policy(library, policy)
    version = library.in_force(as_of).get(policy)
    last = library.ended(policy, as_of)
    if last is not None:
        raise InputError([Problem("policy_ended", values=last.end)])
    if version is None:
        raise InputError([Problem("policy_not_in_force", values={"policy": policy, "as_of": as_of})])
    return version
