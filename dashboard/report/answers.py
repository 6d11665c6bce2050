"""Answers of `warehouse.queries` that remember how they were asked.

A number in the report is never loose: it is picked from an `Answer`, and the pick can be
written down (query, parameters, row, field) and asked again later against the same snapshot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar

import pandas as pd

from dashboard import format as fmt
from warehouse import Lake, queries

T = TypeVar("T")
ALL = "*"
"""Begins the field of evidence that holds a whole column of a frame, in its order."""

_READ: Final = {
    "week": queries.Week.parse,
    "first": queries.Week.parse,
    "last": queries.Week.parse,
    "period": queries.CalendarPeriod.parse,
}
"""How arguments that are no plain values are read again."""

Plain = str | int | float | bool | None | list[Any]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where one value came from.

    Attributes:
        query: name of a function of `warehouse.queries`.
        parameters: its arguments; a week in its ISO name.
        row: column values that name one row of a frame; empty for a record.
        field: column or attribute; after `ALL`, a whole column.
        value: what was found there.
    """

    query: str
    parameters: Mapping[str, Plain]
    row: Mapping[str, Plain]
    field: str
    value: Plain


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """One record a query returned."""

    query: str
    parameters: Mapping[str, Plain]
    value: T

    def cite(self, *fields: str) -> tuple[Evidence, ...]:
        """Evidence for some fields of the record."""
        return tuple(
            Evidence(self.query, self.parameters, {}, name, plain(getattr(self.value, name)))
            for name in fields
        )


@dataclass(frozen=True, slots=True)
class Table:
    """The frame a query returned, as rows of plain values."""

    query: str
    parameters: Mapping[str, Plain]
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, Any], ...] = field(repr=False)

    def cite(self, row: Mapping[str, Any], key: str, *fields: str) -> tuple[Evidence, ...]:
        """Evidence for some columns of the row that `key` names."""
        where = {key: plain(row[key])}
        return tuple(Evidence(self.query, self.parameters, where, name, plain(row[name])) for name in fields)

    def cite_keys(self, key: str) -> tuple[Evidence, ...]:
        """Evidence for which rows there are, and in which order: the values of one column, first to last."""
        return (Evidence(self.query, self.parameters, {}, ALL + key, [plain(row[key]) for row in self.rows]),)

    def frame(self) -> pd.DataFrame:
        """The rows as a frame again, for the charts."""
        return pd.DataFrame([dict(row) for row in self.rows], columns=list(self.columns))


def ask(lake: Lake, query: str, **parameters: Any) -> Answer[Any]:  # noqa: ANN401 - any query's arguments
    """Call a query that returns a record."""
    value = getattr(queries, query)(lake, **parameters)
    return Answer(query, _written(parameters), value)


def ask_table(lake: Lake, query: str, **parameters: Any) -> Table:  # noqa: ANN401 - same
    """Call a query that returns a frame."""
    found: pd.DataFrame = getattr(queries, query)(lake, **parameters)
    columns = tuple(str(name) for name in found.columns)
    rows = tuple(
        {name: _python(value) for name, value in zip(columns, row, strict=True)}
        for row in found.itertuples(index=False, name=None)
    )
    return Table(query, _written(parameters), columns, rows)


def repeat(lake: Lake, evidence: Evidence) -> Answer[Any] | Table:
    """Ask the query behind some evidence again.

    Raises:
        LookupError: there is no such query.
    """
    if evidence.query not in queries.__all__:
        raise LookupError(f"no query {evidence.query!r}")
    parameters = {
        key: _READ[key](str(value)) if key in _READ else value for key, value in evidence.parameters.items()
    }
    again = ask_table if evidence.row or evidence.field.startswith(ALL) else ask
    return again(lake, evidence.query, **parameters)


def pick(answer: Answer[Any] | Table, evidence: Evidence) -> Plain:
    """The value that stands in an answer where the evidence says.

    Raises:
        LookupError: the row is not there.
    """
    if isinstance(answer, Answer):
        return plain(getattr(answer.value, evidence.field))
    if evidence.field.startswith(ALL):
        return [plain(row[evidence.field.removeprefix(ALL)]) for row in answer.rows]
    for row in answer.rows:
        if all(plain(row[key]) == value for key, value in evidence.row.items()):
            return plain(row[evidence.field])
    raise LookupError(f"{evidence.query}: no row {dict(evidence.row)}")


def plain(value: Any) -> Plain:  # noqa: ANN401 - any value of a query
    """A value as JSON has it: dates and moments in ISO 8601, nothing for what is missing."""
    value = _python(value)
    if isinstance(value, queries.Week | queries.CalendarPeriod):
        return value.iso
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value  # type: ignore[no-any-return]


def _python(value: Any) -> Any:  # noqa: ANN401 - same
    """Numpy and pandas scalars as Python's own; a naive midnight is a calendar day."""
    if isinstance(value, list | tuple):
        return value
    if hasattr(value, "tolist") and not isinstance(value, pd.Timestamp):
        value = value.tolist()
    if not isinstance(value, list) and fmt.is_missing(value):
        return None
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.date()
    return value


def _written(parameters: Mapping[str, Any]) -> dict[str, Plain]:
    return {key: plain(value) for key, value in parameters.items()}
