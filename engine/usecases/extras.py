"""Optional parts of the installation, asked for before the work that needs them."""

from __future__ import annotations

from importlib.util import find_spec

from engine.model.problem import InputError, Problem


def require_extra(extra: str, module: str) -> None:
    """InputError that says what to install where an extra's module is missing."""
    if find_spec(module) is None:
        raise InputError([Problem("extra_missing", values={"extra": extra})])
