"""The known names that one which is not known may be meant for: those like it, and those whose title it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Titled = tuple[str, str]
"""An id, and what people call it."""

_LIKE = 0.6
_CHINESE = r"[\u4e00-\u9fff]"
_AROUND = r"[\uff08(][^\uff08\uff09()]*[\uff09)]|[\W_]+"


def nearest_names(name: str, known: Iterable[str], titles: Iterable[Titled] = ()) -> tuple[str, ...]:
    """Up to three known names that look like `name`, best first; or else those of which it is the title, nearly.

    >>> nearest_names("penaltys", ["penalties", "staff"])
    ('penalties',)
    >>> nearest_names("处罚", ["penalty", "survey"], [("penalty", "行政处罚"), ("survey", "调查"), ("other", "处罚")])
    ('penalty',)
    """
    from difflib import get_close_matches  # only where something is wrong

    known = list(known)
    near = tuple(get_close_matches(name, known, 3, _LIKE))
    if near or not titles:
        return near
    usable = frozenset(known)
    return ids_titled(name, ((key, title) for key, title in titles if key in usable))


def ids_titled(written: str, titles: Iterable[Titled]) -> tuple[str, ...]:
    """Up to three ids that a Chinese text may name: those it is the title of, else of whose title it is a part, or nearly so."""
    text = _bare(written)
    if not re.search(_CHINESE, text):
        return ()
    by_rank: dict[int, dict[str, None]] = {}
    for key, title in titles:
        for rank in _ranks(text, _bare(title)):
            by_rank.setdefault(rank, {})[key] = None
    return tuple(by_rank[min(by_rank)])[:3] if by_rank else ()


def _ranks(text: str, title: str) -> Iterator[int]:
    """How near a text is to a title, 0 nearest; nothing where it is not near."""
    from difflib import SequenceMatcher

    if not title:
        return
    if text == title:
        yield 0
    elif title.endswith(text) or (len(title) > 1 and text.endswith(title)):
        yield 1
    elif text in title or (len(title) > 1 and title in text):
        yield 2
    elif SequenceMatcher(None, text, title).ratio() >= _LIKE:
        yield 3


def _bare(text: str) -> str:
    """A title without its unit and signs."""
    return re.sub(_AROUND, "", text)
