"""Spark as a backend of Ibis, for what one machine cannot hold."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryFile, mkdtemp
from typing import Any
from weakref import WeakSet
from zipfile import ZipFile

import ibis
from ibis.backends import BaseBackend as Connection

import engine

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # what overflows is an error, neither null nor another number
    "spark.sql.adaptive.enabled": "true",
    "spark.sql.execution.arrow.pyspark.enabled": "true",  # without Arrow, whole numbers beside nulls become null
}


def session(master: str) -> Connection:
    """The backend of a master: `local[4]`, `local-cluster[2,1,1024]`, `spark://HOST:PORT`, `yarn` and what else Spark knows.

    One that is there already is taken as it is. What a cluster's own settings say beyond these holds; a master on this
    machine shuffles in a few parts, since 200 parts of a few rows take their time.
    """
    from pyspark.sql import SparkSession

    settings = dict(_SETTINGS)
    if master.startswith("local"):
        settings["spark.sql.shuffle.partitions"] = str(2 * (os.cpu_count() or 1))
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    if master.startswith("local-cluster"):
        os.environ["SPARK_HOME"] = _home()
    builder = SparkSession.builder.master(master).appName("xinyong")
    for key, value in settings.items():
        builder = builder.config(key, value)
    with _unheard():
        return ibis.pyspark.connect(builder.getOrCreate())


def ship_package(session: Any, folder: Path) -> None:
    """What this package says in Python, to every process that works for a session; the folder is for the archive of it.

    NumPy, pyarrow and msgspec have to be there already.
    """
    context = session.sparkContext
    if context in _SHIPPED:
        return
    package = Path(engine.__file__ or "").parent
    archive = folder / "engine.zip"
    with ZipFile(archive, "w") as packed:
        for file in sorted(package.rglob("*.py")):
            packed.write(file, file.relative_to(package.parent))
    context.addPyFile(str(archive))
    _SHIPPED.add(context)


_SHIPPED: WeakSet[Any] = WeakSet()
"""The contexts whose processes have the package."""


def _home() -> str:
    """Spark's folder as links in a temporary one, for the workers of a local cluster write into `work` beside its programs."""
    import pyspark

    shipped = Path(os.environ.get("SPARK_HOME") or Path(pyspark.__file__).parent)
    home = Path(mkdtemp(prefix="spark-"))
    atexit.register(rmtree, home, ignore_errors=True)
    for part in shipped.iterdir():
        if part.name != "work":
            (home / part.name).symlink_to(part)
    return str(home)


@contextmanager
def _unheard() -> Iterator[None]:
    """What Java says from its start on does not reach the user; where it does not start, it is a note of the error."""
    sys.stderr.flush()
    heard = os.dup(2)
    with TemporaryFile() as output:
        os.dup2(output.fileno(), 2)
        try:
            yield
        except Exception as error:
            output.seek(0)
            error.add_note(output.read().decode(errors="replace"))
            raise
        finally:
            os.dup2(heard, 2)
            os.close(heard)
