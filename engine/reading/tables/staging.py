"""Inputs under plain names in the work folder, since a database takes brackets and stars in a name for a pattern."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path as File


def stage_files(file: File, workspace: File, ending: str) -> File:
    """A link to a file, or else a copy of it, whose name means nothing but itself."""
    link = next(path for number in count() if not os.path.lexists(path := workspace / f"input-{number}{ending}"))
    real = os.path.realpath(file)
    for make in (os.symlink, os.link) if real.isprintable() and "?" not in real else (os.link,):  # a link is looked through
        try:
            make(real, link)
            return link
        except OSError:
            continue
    shutil.copyfile(file, link)
    return link


def table_name(file: File) -> str:
    """A path as a text that can be stored, also where it is not UTF-8."""
    return os.fsencode(file).decode("utf-8", "backslashreplace")
