"""What was understood of a table, column by column, for people to check before it is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from crawlers.files.columns import UNKEPT
from crawlers.files.complaints import DATE_FIELDS, channel_of, columns_dates, status_of
from crawlers.files.moments import MomentError, moment_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from crawlers.files.complaints import FileContext
    from crawlers.files.moments import Dates
    from crawlers.files.table import Table

_SAMPLES = 3
_MOST_SHOWN = 40  # characters of a sample
_PERSONAL = (*UNKEPT, "name", "account", "account_id")
_SHAPED = (*_PERSONAL, "url", "id")  # an address or a key may name an account
_WORDS = ("text", "title", "reply", "reason")
_MOST_VALUES = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        header: its name as it stands there.
        field: our word for what it holds; None if nothing is read from it.
        filled: share of rows in which it is not empty, 0 to 1.
        samples: some of its values, masked; of columns with personal data only their shape
            (letters as x, digits as 9).
        dates: for a column of dates, their order and where it is known from; else empty.
        not_understood: values that cannot be used, masked, with their number.
        note: what becomes of it, in Indonesian; empty if it is simply stored.
    """

    header: str
    field: str | None
    filled: float
    samples: tuple[str, ...] = ()
    dates: str = ""
    not_understood: dict[str, int] | None = None
    note: str = ""


def understood(table: Table, about: FileContext, mask: Callable[[str], str]) -> tuple[Column, ...]:
    """Describe every column of a table, the unread ones too. Pure.

    Args:
        table: as read.
        about: its context.
        mask: masks personal data in a text.
    """
    fields = {at: field for field, at in table.columns.items()}
    dates = columns_dates(table, about)
    return tuple(
        _column(table, at, header, fields.get(at), about, mask, dates)
        for at, header in enumerate(table.header)
        if header or at in fields
    )


def shape(value: str) -> str:
    """Show what a value looks like without saying what it is: `Budi 081` becomes `Xxxx 999`."""
    return re.sub(r"[^\W\d_]", lambda m: "X" if m.group().isupper() else "x", re.sub(r"\d", "9", value))


def _column(
    table: Table, at: int, header: str, field: str | None, about: FileContext,
    mask: Callable[[str], str], dates: dict[str, Dates],
) -> Column:  # fmt: skip
    values = [row.cells[at] for row in table.rows if at < len(row.cells) and row.cells[at]]
    show: Callable[[str], str] = shape if field is None or field in _SHAPED else mask
    distinct = dict.fromkeys(islice(_nameless(table, at, field), 1000))
    samples = tuple(_short(show(value)) for value in islice(distinct, _SAMPLES))
    order = _order(dates[field]) if field in DATE_FIELDS else ""
    bad = _not_understood(field, values, about, dates)
    return Column(
        header,
        field,
        len(values) / len(table.rows) if table.rows else 0.0,
        samples,
        order,
        {_short(mask(value)): count for value, count in bad.items()},
        _note(field),
    )


def _nameless(table: Table, at: int, field: str | None) -> Iterator[str]:
    """Yield a column's values; out of words, the name of whoever wrote the row is taken."""
    for row in table.rows:
        value = row.cells[at] if at < len(row.cells) else ""
        if field in _WORDS:
            for word in table.get(row, "name").split():
                if len(word) >= 4:
                    value = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "[NAMA]", value, flags=re.IGNORECASE)
        if value:
            yield value


def _note(field: str | None) -> str:
    if field is None:
        return "tidak dibaca"
    if field in UNKEPT:
        return "hanya diperiksa; tidak disimpan"
    return "disimpan sebagai samaran" if field in _PERSONAL else ""


def _order(dates: Dates) -> str:
    names = {"dmy": "hari/bulan/tahun", "mdy": "bulan/hari/tahun", None: "TIDAK DAPAT DIPASTIKAN"}
    return f"{names[dates.order]} ({dates.why})"


def _not_understood(
    field: str | None, values: list[str], about: FileContext, dates: dict[str, Dates]
) -> dict[str, int]:
    """Count the values of a column that cannot be used; the commonest few of them."""
    counts: dict[str, int] = {}
    for value in _strange(field, values, about, dates):
        counts[value] = counts.get(value, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: -item[1])[:_MOST_VALUES])


def _strange(
    field: str | None, values: list[str], about: FileContext, dates: dict[str, Dates]
) -> Iterator[str]:
    complaints = about.complaints
    known: dict[str, Callable[[str], bool]] = {
        "status": lambda value: status_of(value, about) is not None,
        "channel": lambda value: channel_of(value, complaints) != "lain",
        "kind": lambda value: " ".join(value.lower().split()) in complaints.classifications,
        **dict.fromkeys(DATE_FIELDS, lambda value: _is_date(value, dates[field or ""], about)),
    }
    test = known.get(field or "")
    if test is not None:
        yield from (value for value in values if not test(value))


def _is_date(value: str, dates: Dates, about: FileContext) -> bool:
    try:
        return moment_of(value, "", dates, now=about.now, zone=about.zone) is not None
    except MomentError:
        return False


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MOST_SHOWN else plain[: _MOST_SHOWN - 1] + "…"
