"""The files of a run: where they are made, and how they are put in place when all of them are there."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path

from engine.model.problem import InputError, Problem
from engine.usecases.batch.rejected_rows import RejectedRows
from engine.usecases.output.placing import put_in_place
from engine.usecases.output.target import target
from engine.usecases.output.workspace import neutral_name, workspace
from engine.usecases.request import EvaluationRequest


@contextmanager
def output_folders(request: EvaluationRequest) -> Iterator[dict[Path | None, Path]]:
    """A folder for each output, so near to it that it cannot fail to be put in place when all of them are made."""
    with ExitStack() as stack:
        folder = stack.enter_context(workspace(request.output, shared=request.master is not None))
        if request.master is None:
            folder = stack.enter_context(neutral_name(folder))
        folders: dict[Path | None, Path] = {request.output: folder}
        for file in (request.page, request.rejects):
            if file is not None and target(file).is_folder:
                raise InputError([Problem("output_exists", values={"file": str(file)})])
            if file is not None:
                folders[file] = folder if _beside(file, request.output) else stack.enter_context(workspace(file))
        yield folders


def _beside(file: Path, output: Path | None) -> bool:
    """Whether two outputs stand in one folder."""
    if output is None or target(file).is_stream or target(output).is_stream or target(output).is_folder:
        return False
    return target(file).place.parent == target(output).place.parent


def put_outputs(request: EvaluationRequest, results: Path, page: Path | None, refusals: RejectedRows) -> None:
    """The table of results, the refused rows and the page of figures, as far as they are asked for.

    Ctrl-C waits for them: who reads one is to find the others of the same run beside it.
    """
    streams = any(target(output).is_stream for output in (request.output, request.rejects, request.page) if output is not None)
    with nullcontext() if streams else _uninterrupted():
        if request.output is not None:
            put_in_place(results, request.output)
        refusals.put()
        if request.page is not None and page is not None:
            put_in_place(page, request.page)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C is passed over within; in threads, which do not hear it, nothing is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before or signal.SIG_DFL)
