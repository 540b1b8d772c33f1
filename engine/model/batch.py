"""Whole subjects as arrays: the columns that reading prepares and the array evaluator reads.

Subjects have ordinals, in the order of their ids; records are apart by category, in the order of their subjects. Days are
ordinals of the calendar, numbers counts of 0.0001.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pyarrow import StringArray

    Array: TypeAlias = NDArray[Any]


class ArrayColumn(Struct, frozen=True):
    """A value a row: numbers of 64 bits, truth, or of texts the position in `words`, -1 where there is none.

    `there` says which rows of numbers and truth have one; None where all have.
    """

    values: Array
    there: Array | None = None
    words: tuple[str, ...] | None = None


class RecordArrays(Struct, frozen=True):
    """The records of one category, by the ordinal of their subject (`owner`), with a column each field that it has.

    `ids` gives those of some rows; `this_run` says which are results of this run, None where none is.
    """

    owner: Array
    date: Array
    last_day: Array
    last_day_repaired: Array
    fields: Mapping[str, ArrayColumn]
    source: ArrayColumn
    ids: Callable[[Array], Sequence[str]]
    this_run: Array | None = None


class Batch(Struct, frozen=True):
    """Subjects with all their records. `models` are texts: ` POLICY/MODEL … `, each between spaces.

    `ids` are an Arrow array of texts. `members` are pairs of ordinals, owner and member, each pair as often as it is there; `member_count` counts those too that
    are no subject here. `guests` says who is here only because others read their results; None where nobody is.
    """

    ids: StringArray
    kinds: ArrayColumn
    models: ArrayColumn
    member_count: Array
    attributes: Mapping[str, ArrayColumn]
    records: Mapping[str, RecordArrays]
    members: tuple[Array, Array] | None = None
    guests: Array | None = None


class ColumnsRead(Struct, frozen=True):
    """What is put into arrays: attributes, and by category the fields of records.

    `firsts` are the categories of which every record is, others only those whose last day is not before `as_of`.
    """

    as_of: int
    attributes: Collection[str]
    fields: Mapping[str, Collection[str]]
    firsts: Collection[str] = ()
