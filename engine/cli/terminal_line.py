"""A line of a terminal that is written anew in its place, no wider than the terminal."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console


def renews_lines(stream: TextIO) -> bool:
    """Whether a stream is a terminal that can go back on its line."""
    return stream.isatty() and os.environ.get("TERM") not in ("dumb", "unknown")


class TerminalLine:
    """What stands on the line is taken away by an empty text.

    Not by rich.progress: it hides the cursor, and work that ends in an error would leave it so.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.text = ""

    def renew(self, text: str) -> None:
        """The text in place of the one that stands there."""
        if not text and not self.text:
            return
        from rich.control import Control
        from rich.segment import ControlType
        from rich.text import Text

        self._console.control(Control(ControlType.CARRIAGE_RETURN, (ControlType.ERASE_IN_LINE, 2)))
        self._console.print(Text(text), end="", no_wrap=True, overflow="ellipsis")
        self.text = text

    @cached_property
    def _console(self) -> Console:
        from rich.console import Console  # only for work that takes more than a second

        return Console(file=self.stream)
