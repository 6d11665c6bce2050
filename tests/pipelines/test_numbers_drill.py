"""On the newsroom's lake every row of every number leads to exactly the documents it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.pipelines.conftest import Home
from warehouse import Lake, queries
from warehouse.metrics import metrics
from warehouse.reading import open_reading

pytestmark = pytest.mark.proof

SILENT = {
    # nothing of these in two weeks of the newsroom, or too little: the marts are tested elsewhere
    "i12_recurring",
}


@pytest.fixture(scope="module")
def lake(finished: Home) -> Iterator[Lake]:
    now = datetime.fromisoformat(finished.environment["PATI_NOW"])
    reading, _ = open_reading(finished.path, now)
    with reading:
        yield reading


@pytest.mark.parametrize("metric_id", metrics())
def test_every_row_leads_to_what_it_counts(lake: Lake, metric_id: str) -> None:
    one = metrics()[metric_id]
    total = lake.value(f"SELECT count(*) FROM {one.mart}")  # noqa: S608 - a name of the register
    assert total > 0 or metric_id in SILENT
    assert queries.drill_gaps(lake, metric_id) == []


def test_documents_behind_the_busiest_row(lake: Lake) -> None:
    week, n = lake.rows(
        "SELECT week, n FROM mart_week_kind WHERE kind = 'news' ORDER BY n DESC, week LIMIT 1"
    )[0]
    found = queries.drill(lake, "articles", week=week)
    assert len(set(found)) == len(found) == n > 0
    assert all(queries.document(lake, doc_id) is not None for doc_id in found[:3])


def test_names_of_offices_are_written_down(lake: Lake) -> None:
    looked, named = lake.rows(
        "SELECT count(named_opd), count(*) FILTER (len(named_opd) > 0) FROM mart_document"
    )[0]
    assert looked == lake.value("SELECT count(*) FROM mart_document WHERE topic IS NOT NULL")
    assert named > 0
