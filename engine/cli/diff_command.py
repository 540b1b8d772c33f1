"""The command line that makes a report of `xinyong diff` again."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from engine.model.period import iso_text
from engine.model.preparation import Origin
from engine.reading.origin import resolved_side


def _set_options(context: click.Context) -> Mapping[str, click.Option]:
    """The options that the caller gave, by what they are called inside."""
    default = (ParameterSource.DEFAULT, ParameterSource.DEFAULT_MAP, None)
    options = [option for option in context.command.params if isinstance(option, click.Option) and option.name]
    return {str(it.name): it for it in options if context.get_parameter_source(str(it.name)) not in default}


def command_again(context: click.Context, origins: tuple[Origin, Origin], as_of: int, on: int) -> str:
    """What makes the same report again: days that were today's are named, revisions by the ids of their commits."""
    words = ["xinyong", "diff"]
    sides = zip(context.params["sides"], origins, strict=True)
    words += [resolved_side(side, origin.commit) for side, origin in sides]
    days = {"as_of": iso_text(as_of), "on": iso_text(on)}
    chosen = _set_options(context)
    for option in context.command.params:
        name = str(option.name)
        if (
            isinstance(option, click.Option)
            and (name in chosen or name in days)
            and option.opts[0] not in ("--output", "--lang")
        ):
            words += _option(option, days.get(name, context.params.get(name)))
    return shlex.join(words)


def _option(option: click.Option, value: Any) -> Iterator[str]:
    if option.is_flag:
        yield from [option.opts[0]] if value else []
        return
    for each in value if option.multiple else [value]:
        yield option.opts[0]
        yield f"{each:g}" if isinstance(each, float) else os.fspath(each) if isinstance(each, Path) else str(each)
