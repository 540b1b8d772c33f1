"""A .docx made a .pdf by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from engine.model.problem import InputError, Problem

PROGRAMS = ("soffice", "libreoffice")
"""What LibreOffice is called on a computer's path."""

SECONDS = 180
"""It may take so long: the first start makes a profile."""


def require_office_program() -> Path:
    """LibreOffice; InputError with the remedy where there is none."""
    for name in PROGRAMS:
        if program := shutil.which(name):
            return Path(program)
    raise InputError([Problem("pdf_needs_office")])


def as_pdf(document: Path, folder: Path) -> Path:
    """The document beside it in the folder, by a LibreOffice that reads no user's settings; InputError where none comes of it."""
    program, result = require_office_program(), folder / f"{document.stem}.pdf"
    profile = (folder / "profile").resolve().as_uri()
    arguments = ["--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf", "--outdir", str(folder), str(document)]
    try:
        last_line = _run([str(program), f"-env:UserInstallation={profile}", *arguments])
    except subprocess.TimeoutExpired:
        raise InputError([Problem("pdf_slow", values={"program": str(program), "seconds": SECONDS})]) from None
    except OSError as error:
        raise InputError([Problem("pdf_failed", values={"program": str(program), "cause": str(error.strerror)})]) from None
    if not result.is_file() or not result.read_bytes().startswith(b"%PDF-"):
        raise InputError([Problem("pdf_failed", values={"program": str(program), "cause": last_line})])
    return result


def _run(command: list[str]) -> str:
    """The last line that it says; nothing of it stays when it takes too long, or Ctrl-C ends the wait."""
    with subprocess.Popen(  # noqa: S603 - a program of the user's own path, and names of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=os.name == "posix",
    ) as process:
        try:
            output, _ = process.communicate(timeout=SECONDS)
        except BaseException:
            _end(process)
            raise
    lines = output.decode("utf-8", "replace").split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), f"exit {process.returncode}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """With the programs that it has started, where that can be."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
