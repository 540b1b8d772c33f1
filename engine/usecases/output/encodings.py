"""Characters that an encoding lacks, written otherwise: in a text so that it reads the same, in JSON as escapes."""

from __future__ import annotations

import codecs
from collections.abc import Mapping

from engine.rendering.visible import escaped

SUBSTITUTES: Mapping[str, str] = {
    "−": "-", "–": "-", "—": "-", "≥": ">=", "≤": "<=", "≠": "!=", "×": "x", "÷": "/", "→": "->", "·": "-", "…": "...",
    "‘": "'", "’": "'", "“": '"', "”": '"', "✓": "v", "✗": "x", "✅": "[ok]", "❌": "[x]", "⚠": "!", "⬅": "<-", "\ufe0f": "",
    "\xa0": " ", "\u3000": " ",
}  # fmt: skip
"""What stands for a character of ours that an encoding lacks: it reads the same."""


def _substituted(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    return "".join(SUBSTITUTES.get(character) or escaped(character) for character in lacking), error.end


def _json_escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2)), error.end


codecs.register_error("xinyong_text", _substituted)
codecs.register_error("xinyong_json", _json_escaped)


def fitting(text: str, encoding: str | None, errors: str = "xinyong_text") -> str:
    """The text with what an encoding lacks written otherwise."""
    encoding = encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, errors).decode(encoding)
    return text
