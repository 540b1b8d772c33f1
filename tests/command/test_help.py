"""Help: every command and every option of ours says what it is, in both languages, and the catalogue says nothing of others."""

from __future__ import annotations

import importlib

import click
import pytest
from click.testing import CliRunner

from engine.cli.main import GROUPS, cli
from engine.cli.options import Option, SharedOption
from engine.rendering.sentences import Lang, Sentences

NAMES = [name for commands in GROUPS.values() for name in commands]


def options(name: str) -> list[Option]:
    command = getattr(importlib.import_module(f"engine.cli.{name}"), name)
    assert isinstance(command, click.Command)
    return [option for option in command.params if isinstance(option, Option) and not option.help]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_option_has_help(name: str, lang: Lang) -> None:
    text = "".join(CliRunner().invoke(cli, [name, "--lang", lang, "--help"], standalone_mode=False).stdout.split())
    for option in options(name):
        area = "options" if isinstance(option, SharedOption) else name
        assert "".join(Sentences("command").sentence(f"{area}.{option.name}", lang).split()) in text


def test_nothing_of_other_options() -> None:
    ours = {f"{it.area or name}.{it.name}" for name in NAMES for it in options(name)}
    assert {name for name in Sentences("command").ids("zh") if "." in name} == ours
