"""Values of filters as people call them → the codes that a `DocumentFilter` holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from warehouse.queries.documents import DocumentFilter
from warehouse.search.compiling import LISTS
from warehouse.search.names import code
from warehouse.search.schema import Marker


def by_name(
    wanted: DocumentFilter, given: Mapping[str, Sequence[str] | None], marker: Marker
) -> DocumentFilter:
    """A filter with values that were given by name.

    Args:
        wanted: what it holds besides.
        given: field of the filter to codes or names.
        marker: of the index: it knows the names.

    Raises:
        QueryError: a name is not known.
    """
    codes: dict[str, Any] = {
        field: tuple(code(LISTS[field], text, marker.names) for text in values)
        for field, values in given.items()
        if values
    }
    return replace(wanted, **codes)
