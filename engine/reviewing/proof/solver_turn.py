"""One proof at a time: all threads of a program share the solver's terms, and it bears no two of them at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from threading import Lock
from typing import ParamSpec, TypeVar

import z3

P = ParamSpec("P")
T = TypeVar("T")

_TURN = Lock()


def in_turn(prove: Callable[P, list[T]]) -> Callable[P, list[T]]:
    """The function, which waits until nobody else proves; how long it may take counts from there."""

    @wraps(prove)
    def waiting(*arguments: P.args, **options: P.kwargs) -> list[T]:
        with _TURN:
            _let_terms_go()
            return prove(*arguments, **options)

    return waiting


@cache
def _let_terms_go() -> None:
    """Lets any thread give up terms while another proves, for Python may collect them in whichever it likes."""
    z3.Z3_enable_concurrent_dec_ref(z3.main_ctx().ref())
