"""A home where two offices have complaints: with an index, a saved search, an alert and accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from pipelines.searching import words_of
from tests.dashboard.seed import NOW, seeded_lake
from warehouse import Lake
from warehouse.access.accounts import add_account, change_password
from warehouse.access.wall import WalledLake
from warehouse.queries import DocumentFilter
from warehouse.reading import open_reading
from warehouse.search import refresh
from warehouse.store import AlertEvent, add_alert_events, correct_labels
from warehouse.store.saved_searches import note_new_hits, save_search

OTHERS = ("k3", "k5", "k9")
"""Complaints of `dlh` alone; the other ones are of `dpu`, k1 of both."""
WORD = "sumurgayam"
"""Stands in complaints of `dlh` only."""
PASSWORD = "kuda nil menari di pematang"  # noqa: S105 - of these tests
USERS = {
    "dpu.admin": "opd:dpu", "dlh.admin": "opd:dlh", "bupati": "pimpinan", "ana": "analis", "adm": "admin",
    "keluar": "opd:dpu",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """The home, and its lake as it is read."""

    home: Path
    lake: Lake


def _rewrite(con: duckdb.DuckDBPyConnection) -> None:
    for key in OTHERS:
        text = f"Sampah menumpuk dekat {WORD} nomor {key}, " + "bau sekali dan tidak diangkut. " * 12
        con.execute("UPDATE document SET title = ?, text = ? WHERE doc_id = ?", [f"Sampah {WORD}", text, key])
        con.execute("UPDATE complaint_event SET note = ? WHERE doc_id = ?", [f"Petugas ke {WORD}", key])


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("rights") / "home"
    seeded_lake(home)
    with Lake(home, now=NOW) as lake:
        lake.write(_rewrite)
        for key in OTHERS:
            correct_labels(lake, key, {"opd": ["dlh"]}, None, "uji")
        correct_labels(lake, "k1", {"opd": ["dpu", "dlh"]}, None, "uji")
        refresh(lake, words_of(None))
        save_search(lake, words_of(None), "sampah", DocumentFilter(words=WORD, first=date(2026, 1, 1)), NOW)
        lake.write(lambda con: con.execute("DELETE FROM saved_search_hit"))
        note_new_hits(lake, words_of(None), NOW + timedelta(minutes=1))
        day = date(2026, 11, 15)
        event = AlertEvent(
            "a9", "opened", NOW, "surge_opd", "dlh", day, day, 3, 1, "Aduan naik", doc_ids=(*OTHERS, "k0")
        )  # fmt: skip
        add_alert_events(lake, lambda: [event])
    for user, role in USERS.items():
        first = add_account(home, user, role, None)
        assert first is not None
        change_password(home, user, first, PASSWORD)
    lake, _ = open_reading(home, NOW)
    yield Place(home, lake)
    lake.close()


@pytest.fixture(scope="session")
def walled(place: Place) -> Iterator[dict[str, Lake]]:
    """The same lake as each role sees it."""
    from warehouse.access import viewer_of

    found = {role: WalledLake(place.lake, viewer_of(user, role)) for user, role in USERS.items()}
    yield dict(found)
    for wall in found.values():
        wall.close()
