"""Pages of HTML that need nothing else: templates lay out what Python prepares, and escape all of it that is no markup.

In a template `say` is a sentence of the page's area in its language; the styles stand in `styles/`, and go into the page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from engine.rendering.sentences import Lang, Sentences
from engine.rendering.visible import visible

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES, STYLES = (Path(__file__).with_name(name) for name in ("templates", "styles"))


def html_page(template: str, area: str, lang: Lang, styles: Sequence[str], **values: object) -> str:
    """The whole document that the template makes of the values, with nothing in it that a reader cannot see."""
    sentences = Sentences(area)

    def say(identifier: str, **parts: object) -> str:
        return sentences.sentence(identifier, lang, **parts)

    page = _environment().get_template(template)
    return visible(page.render(say=say, lang=lang, style=style(*styles), **values), "\n\t")


def style(*names: str) -> Markup:
    """The text of styles, one after the other."""
    texts = ((STYLES / f"{name}.css").read_text(encoding="utf-8") for name in names)
    return Markup("".join(f"\n{text}" for text in texts))  # noqa: S704 (our own files)


@cache
def _environment() -> Environment:
    """Where templates are found, and what they can do. Jinja is loaded where a page is made, and for nothing else."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, auto_reload=False,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters |= {"grouped": grouped, "backticks": backticks, "css_text": css_text}
    return environment


def grouped(number: int) -> str:
    """A count with its thousands apart.

    >>> grouped(12345)
    '12,345'
    """
    return f"{number:,}"


def backticks(text: str) -> Markup:
    """A sentence with what stands in backticks as code.

    >>> backticks("no `<b>`")
    Markup('no <code>&lt;b&gt;</code>')
    """
    return Markup(re.sub("`([^`]*)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 (escaped before)


def css_text(text: str) -> Markup:
    r"""A text in a style, none of whose characters can end it.

    >>> css_text('a"}')
    Markup('"a\\22 \\7d "')
    """
    letters = (letter if letter.isalnum() or letter in " .-" else f"\\{ord(letter):x} " for letter in text)
    return Markup(f'"{"".join(letters)}"')  # noqa: S704 (nothing but letters and their numbers)
