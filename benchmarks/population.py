"""A made-up population for the shipped policies: python benchmarks/population.py FOLDER --subjects 1000000.

The folder gets `subjects` and `records` as Parquet files in the layout that `xinyong evaluate` reads, the same for the same
seed. Organisations are all in housekeeping, three in ten in a second industry too; persons are in one of the industries.
Eight records a subject on average, of the categories that the catalogue allows; what is adverse is rarer.
"""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from engine.model.catalogue import Category, Field
from engine.model.library import Library
from engine.model.number import ONE
from engine.reading.library_cache import load_library
from engine.reading.resources import resource_folder

AS_OF = date(2025, 12, 31)
CHUNK = 250_000
A_SUBJECT = 8
COMMON = {
    "administrative_inspection": 30, "satisfaction_survey": 14, "credit_commitment": 12, "complaint": 8, "training_hours": 8,
    "customer_rating": 8, "public_evaluation": 8, "market_evaluation": 4, "honour": 3, "annual_check": 6, "daily_monitoring": 6,
    "administrative_penalty": 4, "bid_submission": 6, "claim_review": 4, "health_certificate": 6, "skill_certificate": 4,
    "background_check": 5, "volunteer_service": 4, "personal_credit_score": 6,
}  # fmt: skip
"""How often a category comes up; the others have weight 1."""

_ALPHABET = np.array(list("0123456789ABCDEFGHJKLMNPQRTUWXY"))
_WEIGHTS = np.array([3**place % 31 for place in range(17)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--subjects", type=int, default=100_000)
    parser.add_argument("--persons", type=float, default=0.1, help="their share")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.subjects, arguments.persons, arguments.seed)


def make(folder: Path, subjects: int, persons: float = 0.1, seed: int = 1) -> None:
    """Writes the population, a file for each 250,000 subjects."""
    library = load_library([resource_folder("policies")])
    for table in ("subjects", "records"):
        (folder / table).mkdir(parents=True, exist_ok=True)
    for number, first in enumerate(range(0, subjects, CHUNK)):
        random = np.random.default_rng([seed, number])
        count = min(CHUNK, subjects - first)
        is_person = random.random(count) < persons
        rows = _subjects(library, random, first, is_person)
        pq.write_table(rows, folder / "subjects" / f"{number:04}.parquet")
        pq.write_table(_records(library, random, rows["id"], is_person), folder / "records" / f"{number:04}.parquet")


def _subjects(library: Library, random: Any, first: int, is_person: Any) -> pa.Table:
    count = len(is_person)
    ids = np.where(is_person, _person_ids(first, count), _organisation_ids(first, count))
    versions = {p.id: p for p in library.policies}.values()  # of each policy one
    models = [f"{p.id}/{m.id}" for p in versions for m in p.models.values() if m.kind == "person" and not m.always]
    second = [
        f"housekeeping/enterprise {p.id}/{m.id}"
        for p in versions
        for m in p.models.values()
        if m.kind == "organisation" and not m.always and p.id != "housekeeping"
    ]
    first_model = random.choice(np.array(models), count)
    more = np.where(random.random(count) < 0.3, random.choice(np.array(second), count), "housekeeping/enterprise")
    columns = {
        "id": pa.array(ids),
        "kind": pa.array(np.where(is_person, "person", "organisation")),
        "model": pa.array(np.where(is_person, first_model, more)),
        "name": pa.array(np.char.add("示例主体", np.arange(first, first + count).astype(str))),
    }
    for attribute in library.catalogue.attributes.values():
        absent = random.random(count) < 0.02
        for kind, who in (("person", is_person), ("organisation", ~is_person)):
            if kind not in attribute.kinds:
                absent |= who
        columns[attribute.id] = _values(random, attribute.field, count, absent)
    return pa.table(columns)


def _records(library: Library, random: Any, ids: pa.ChunkedArray, is_person: Any) -> pa.Table:
    categories = {name: category for name, category in library.catalogue.categories.items() if not category.derived}
    parts = []
    for kind, who in (("person", np.flatnonzero(is_person)), ("organisation", np.flatnonzero(~is_person))):
        allowed = [category for category in categories.values() if kind in category.kinds]
        weights = np.array([COMMON.get(category.id, 1) for category in allowed], dtype=float)
        counts = random.multinomial(len(who) * A_SUBJECT, weights / weights.sum())
        for category, count in zip(allowed, counts, strict=True):
            if count:
                parts.append(_of_category(random, category, count, random.choice(who, count)))
    table = pa.concat_tables(parts, promote_options="default")
    order = random.permutation(len(table))
    table = table.take(pa.array(order))
    subject = ids.take(table["subject"])
    number = pa.array(np.char.add("r", np.arange(len(table)).astype(str)))
    return table.set_column(0, "subject", subject).add_column(1, "id", number)


def _of_category(random: Any, category: Category, count: int, subjects: Any) -> pa.Table:
    days = AS_OF.toordinal() - random.integers(-20, 5 * 365, count)
    none = np.ones(count, dtype=bool)
    status = random.choice(np.array(["valid", "disputed", "repaired", "revoked"]), count, p=[0.92, 0.02, 0.04, 0.02])
    columns = {
        "subject": pa.array(subjects),
        "category": pa.array(np.full(count, category.id)),
        "date": _days(days, ~none),
        "until": _days(days + random.integers(30, 1200, count), random.random(count) < 0.9),
        "status": pa.array(status),
        "repaired_on": _days(days + random.integers(10, 400, count), status != "repaired"),
        "source": pa.array(random.choice(np.array(["市市场监管局", "市税务局", "市信用办"]), count)),
    }
    for name, field in category.fields.items():
        absent = (random.random(count) < 0.2) if field.optional else ~none
        columns[name] = _values(random, field, count, absent)
    return pa.table(columns)


def _values(random: Any, field: Field, count: int, absent: Any) -> pa.Array:
    if field.type == "boolean":
        return pa.array(random.random(count) < 0.9, mask=absent)
    if field.type == "date":
        return _days(AS_OF.toordinal() - random.integers(0, 12 * 365, count), absent)
    if field.type == "text":
        choices = list(field.one_of) or ["甲", "乙", "丙"]
        weights = np.array([1 / (place + 1) for place in range(len(choices))])
        return pa.array(random.choice(np.array(choices), count, p=weights / weights.sum()), mask=absent)
    low = (field.at_least or 0) // ONE
    high = field.at_most // ONE if field.at_most is not None else low + 500
    skewed = low + (high - low) * random.beta(4, 1.5, count)
    if field.type == "integer":
        return pa.array(skewed.round().astype("int64"), mask=absent)
    return pa.array(skewed.round(2), mask=absent)


def _days(ordinals: Any, absent: Any) -> pa.Array:
    return pa.array((ordinals - date(1970, 1, 1).toordinal()).astype("int32"), pa.int32(), mask=absent).cast(pa.date32())


def _organisation_ids(first: int, count: int) -> Any:
    """Unified social credit codes with their check digits."""
    numbers = np.arange(first, first + count)
    digits = np.zeros((count, 17), dtype=int)
    digits[:, :10] = [9, 1, 4, 3, 0, 5, 0, 0, 21, 10]
    for place in range(16, 9, -1):
        digits[:, place] = numbers % 31
        numbers = numbers // 31
    check = (31 - digits @ _WEIGHTS % 31) % 31
    return np.apply_along_axis("".join, 1, _ALPHABET[np.column_stack([digits, check])])


def _person_ids(first: int, count: int) -> Any:
    """Identifiers without a rule, so that they are nobody's."""
    return np.char.add("P", np.arange(first, first + count).astype(str))


if __name__ == "__main__":
    main()
