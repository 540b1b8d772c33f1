"""A mapping that stays as it is: what a result of the door for programs holds may be read by any number of threads."""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class ReadOnly(dict[K, V]):
    """Reads, compares, pickles and turns into JSON as a dict does; TypeError where somebody would change it."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("a result is not changed: dict(...) gives a copy that is")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type, tuple[dict[K, V]]]:
        return ReadOnly, (dict(self),)
