"""Work shared among processes, one a core: results come in the order of the items, and no more is held than is under way."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from engine.model.problem import InputError, Problem, XinyongError

Item = TypeVar("Item")
Result = TypeVar("Result")

FIRST, EACH = 2, 5
"""So many processes begin, and one more does after so many items: each has to learn first what it works with."""

Worker = tuple[BaseProcess, Connection]


def processes() -> int:
    """How many processes this one may share its work with: 1 where it is to do it alone.

    Only a fork, as Linux makes it, knows at once all that is there; a program with threads is not forked.
    """
    if not sys.platform.startswith("linux") or threading.active_count() > 1 or multiprocessing.current_process().daemon:
        return 1
    return len(os.sched_getaffinity(0))


def shared(work: Callable[[Item], Result], items: Iterable[Item], count: int) -> Generator[Result, None, None]:
    """The results of the items in their order, by so many processes; what one raises is raised here.

    Items and results go through pipes. InputError where a process is ended from outside.
    """
    if count == 1:
        yield from map(work, items)
        return
    rest: Iterator[Item] = iter(items)
    busy: deque[Worker] = deque()
    with _workers() as workers:

        def start() -> None:
            """One more, where the system has room for it; else its item stays for the others."""
            nonlocal rest, count
            item = next(rest, None)
            if item is None:
                return
            try:
                with _uninterrupted():
                    workers.append(_worker(work, [pipe for _, pipe in workers]))
            except OSError:
                rest, count = itertools.chain([item], rest), len(workers)
                return
            busy.append(workers[-1])
            _send(workers[-1], item)

        for _ in range(min(count, FIRST)):
            start()
        if not workers:
            yield from map(work, rest)
        for done in itertools.count(1):
            if not busy:
                return
            worker = busy.popleft()
            coming = next(rest, None)  # read while the process still works
            result = _received(worker)
            if coming is not None:
                _send(worker, coming)
                busy.append(worker)
            yield result
            if done % EACH == 0 and len(workers) < count:
                start()


@contextmanager
def _workers() -> Iterator[list[Worker]]:
    """Room for processes, which are ended with the block, however it ends."""
    workers: list[Worker] = []
    try:
        yield workers
    finally:
        for process, pipe in workers:
            pipe.close()
            process.terminate()
        for process, _ in workers:
            process.join()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Ctrl-C waits until the block is through."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _worker(work: Callable[[Any], Any], others: list[Connection]) -> Worker:
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe()
    process = fork.Process(target=_serve, args=(work, there, [here, *others]), daemon=True)
    process.start()
    there.close()
    return process, here


def _serve(work: Callable[[Any], Any], pipe: Connection, others: list[Connection]) -> None:
    """Does the work of a process until the pipe is closed, as it is too when the first process is no more.

    Ctrl-C, which reaches all of them, is that one's to answer.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in others:  # held open here, it would never be closed
        other.close()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(_answer(work, pipe.recv()))


def _answer(work: Callable[[Any], Any], item: object) -> tuple[object, Exception | None]:
    try:
        return work(item), None
    except XinyongError as error:
        return None, error
    except Exception:
        return None, RuntimeError(traceback.format_exc())


def _send(worker: Worker, item: object) -> None:
    try:
        worker[1].send(item)
    except OSError:
        _died()


def _received(worker: Worker) -> Any:
    try:
        result, error = worker[1].recv()
    except (EOFError, OSError):
        _died()
    if error is not None:
        raise error
    return result


def _died() -> None:
    raise InputError([Problem("process_ended")])
