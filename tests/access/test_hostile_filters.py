"""What people type into a filter is a value, never a part of a question to the lake."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from tests.access.conftest import Place
from warehouse import queries
from warehouse.queries import ComplaintFilter, DocumentFilter

HOSTILE = (
    "'; DROP TABLE document; --",
    "') OR 1=1 --",
    '" OR ""=" ',
    "zz' UNION SELECT text FROM complaint --",
    "$kinds",
    "{0} %s ?",
)
NARROWS_ONLY_COMPLAINTS = "complaints_of"


def cases(kind: type[Any]) -> list[tuple[str, Any]]:
    """Every field of a filter that takes words, with every hostile value in the field's own shape."""
    shapes = {"str": str, "str | None": str, "tuple[str, ...]": lambda text: (text,)}
    return [
        (one.name, shapes[str(one.type)](text))
        for one in fields(kind)
        if str(one.type) in shapes and one.name != NARROWS_ONLY_COMPLAINTS
        for text in HOSTILE
    ]


@pytest.mark.parametrize(("name", "value"), cases(DocumentFilter))
def test_no_document_is_found_by_it(place: Place, name: str, value: Any) -> None:
    assert queries.documents(place.lake, DocumentFilter(**{name: value})).total == 0


@pytest.mark.parametrize(("name", "value"), cases(ComplaintFilter))
def test_no_complaint_is_found_by_it(place: Place, name: str, value: Any) -> None:
    assert queries.complaints(place.lake, ComplaintFilter(**{name: value})).total == 0


def test_everything_is_still_there(place: Place) -> None:
    before = queries.status(place.lake).n_documents
    for name, value in cases(DocumentFilter):
        queries.documents(place.lake, DocumentFilter(**{name: value}))
    assert queries.documents(place.lake, DocumentFilter(relevant_only=False)).total > 0
    assert queries.status(place.lake).n_documents == before > 0
