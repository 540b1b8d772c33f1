"""Standard output that nobody reads any more."""

from __future__ import annotations


class ClosedStream(Exception):
    """Whoever read standard output is gone; it is no problem that a user could mend."""
