"""Run a mart's own definition over a few rows of its tables.

Words lie in one large table. A page shows twenty of them, and the planner cannot know that the twenty
ids it will find are better asked for than every text read; so the ids are found first, in the narrow
tables, and the definition is then run over those rows alone. What a number is stays in the mart.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from warehouse.definitions import reads_of
from warehouse.lake import Lake

if TYPE_CHECKING:
    import pandas as pd

Values = Mapping[str, Collection[Any]]


def narrowed(lake: Lake, mart: str, only: Mapping[str, Values]) -> pd.DataFrame:
    """All rows of a mart, read from few rows of its tables.

    Args:
        lake: an open lake.
        mart: name of the mart.
        only: by table, or by a mart that it reads: the values that each of some columns may have.
            They may only exclude what the wanted rows do not need. No values exclude everything.

    Returns:
        The columns of the mart, in no order.
    """
    place = lake.value("SELECT current_catalog()")
    params: dict[str, Any] = {}
    tables = [
        f'{table} AS (FROM "{place}".{table} WHERE {among(table, values, params)})'
        for table, values in only.items()
    ]
    views = [
        f"{one.name} AS (\n{one.sql})" for one in reads_of(mart) if not one.is_macro and one.name not in only
    ]
    return lake.frame(f"WITH {', '.join(tables + views)} FROM {mart}", params)


def among(table: str, values: Values, params: dict[str, Any]) -> str:
    """A condition on the columns of a table; its values are added to `params`."""
    parts = []
    for column, wanted in values.items():
        names: list[str] = []
        for value in dict.fromkeys(wanted):
            # one parameter per value: constants are what lets files be left unopened
            names.append(f"{table}_{column}_{len(names)}")
            params[names[-1]] = value
        one_of = ", ".join("$" + name for name in names)
        parts.append(f"{column} IN ({one_of})" if names else "false")
        if column == "day" and len(names) > 1:
            # IN leaves out files and groups of rows only; this leaves out rows before their words are read
            parts.append(f"list_contains([{one_of}], {column})")
    return " AND ".join(parts)
