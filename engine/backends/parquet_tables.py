"""Parquet files, or folders of them as Spark writes, read as one table."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from pathlib import Path

from ibis.backends import BaseBackend as Connection
from ibis.expr.types import Table


def read_parquet_files(files: Iterable[Path], connection: Connection) -> Table:
    """The rows of all; what stands in their names is no column."""
    if connection.name == "duckdb":
        names = [f"{file}/*.parquet" if file.is_dir() else str(file) for file in files]
        return connection.read_parquet(names, union_by_name=True, hive_partitioning=False)
    return reduce(Table.union, (connection.read_parquet(str(file)) for file in files))
