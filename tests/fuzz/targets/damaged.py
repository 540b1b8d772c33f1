"""Containers of tables whose bytes are damaged: refused with a message, and what is cut short is never taken for whole."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from random import Random

from tests.fuzz.bench import Bench
from tests.fuzz.mutators import octets, tokens
from tests.fuzz.tables.documents import drawn
from tests.fuzz.tables.population import divided
from tests.fuzz.targets.tables import MODELS, write_container
from tests.fuzz.worlds import standing

CONTAINERS = ("csv", "parquet", "duckdb", "sqlite", "workbook")


def attempt(dice: Random, bench: Bench) -> None:
    place = standing("probe", bench.store)
    container = dice.choice(CONTAINERS)
    documents = drawn(dice, place.read.library.catalogue, MODELS, dice.choice((1, 8)))
    inputs = write_container(
        dice, bench.work, container, divided(dice, documents, place.read.library.catalogue, container == "workbook"), place
    )
    files = sorted(file for file in (inputs.rglob("*") if inputs.is_dir() else [inputs]) if file.is_file())
    broken = False
    for file in dice.sample(files, dice.randint(1, len(files))):
        content = file.read_bytes()
        if container == "workbook" and dice.random() < 0.7:
            content = in_part(dice, content)
        elif container == "csv" and dice.random() < 0.5 and not file.name.endswith(".gz"):
            content = tokens.mutated(dice, content)
        else:
            content = octets.mutated(dice, content, 2)
        file.write_bytes(content)
        broken |= file.name.endswith(".gz") and not is_whole(content)
    output = dice.choice(("results.jsonl", "results.csv", "results.parquet", "results.xlsx", "results.duckdb", "results"))
    fixed = ["--policies", str(place.folder), "--as-of", place.as_of, "--output", output]
    ran = bench.run(["evaluate", "./" + str(inputs.relative_to(bench.work)), *fixed], place.cache)
    if broken and ran.code != 2:
        bench.note("difference", "a gzip that is not whole is read", f"exit {ran.code}\n{ran.out[-500:]}")


def is_whole(content: bytes) -> bool:
    """Whether a gzip unpacks to its end."""
    try:
        gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return False
    return True


def in_part(dice: Random, content: bytes) -> bytes:
    """A workbook with the XML of one of its parts mutated."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as other:
        names = book.namelist()
        chosen = dice.choice([name for name in names if "sheet" in name] * 3 + names)
        for name in names:
            part = book.read(name)
            if name == chosen:
                part = (tokens if dice.random() < 0.6 else octets).mutated(dice, part)
            if name != chosen or dice.random() < 0.97:
                other.writestr(name, part)
    return packed.getvalue()
