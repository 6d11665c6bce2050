"""Saved searches: keep one, forget one, note what they find for the first time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

import duckdb

from config.zones import WIB
from warehouse.access.viewer import AccessError
from warehouse.lake import Lake
from warehouse.queries.documents import DocumentFilter
from warehouse.queries.searching import within
from warehouse.search.answer import found_ids
from warehouse.search.errors import QueryError
from warehouse.search.folder import SearchIndex, open_index
from warehouse.search.words import Words
from warehouse.store.arrow import MOMENT, TEXT, TRUTH, incoming

LOOKED_BACK = timedelta(days=30)
"""Older documents that come in late are found by search, but are no news to a subscriber."""
LONGEST_NAME = 80
_COLUMNS = "name, question, filters, saved_at, looked_at, owner, shared"
_HIT = {"name": TEXT, "doc_id": TEXT, "found_at": MOMENT, "fresh": TRUTH}


def save_search(
    lake: Lake, words: Words, name: str, wanted: DocumentFilter, now: datetime, *, shared: bool = True
) -> int:
    """Keep a search; one of the same name is replaced. What fits it already is known from the start.

    It belongs to the lake's viewer; one that an admin replaces stays whose it was.

    Args:
        lake: an open, migrated lake with an index.
        words: the analyser.
        name: how people call it.
        wanted: the question and its filters.
        now: aware moment.
        shared: whether others see it, too.

    Returns:
        How many recent documents fit it now.

    Raises:
        AccessError: there is one of this name, and it is somebody else's.
        ValueError: the name is empty or too long, or the question cannot be understood (one sentence).
        SearchIndexError: the index cannot be used.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise ValueError(f"Nama pencarian 1 sampai {LONGEST_NAME} huruf; tulis nama yang lain.")
    owner = _owner(lake, name)
    wanted = within(lake, wanted)
    known = _recent(open_index(lake.home), words, wanted, now)
    row = [name, wanted.words, json.dumps(_filters(wanted)), now, now, owner, shared]

    def work(con: duckdb.DuckDBPyConnection) -> None:
        _delete(con, name)
        con.execute(f"INSERT INTO saved_search ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - names of ours
        _put(con, name, known, now, fresh=False)

    lake.write(work)
    return len(known)


def delete_search(lake: Lake, name: str) -> bool:
    """Forget a saved search and its hits; False if there is none of this name.

    Raises:
        AccessError: it is somebody else's.
    """
    if not _is_there(lake, name):
        return False
    _owner(lake, name)
    lake.write(lambda con: _delete(con, name))
    return True


def share_search(lake: Lake, name: str, *, shared: bool) -> bool:
    """Let others see a saved search, or nobody else; False if there is none of this name.

    Raises:
        AccessError: it is somebody else's.
    """
    if not _is_there(lake, name):
        return False
    _owner(lake, name)
    lake.write(lambda con: con.execute("UPDATE saved_search SET shared = ? WHERE name = ?", [shared, name]))
    return True


def _is_there(lake: Lake, name: str) -> bool:
    return bool(lake.value("SELECT count(*) FROM saved_search WHERE name = ?", [name]))


def _owner(lake: Lake, name: str) -> str:
    """Whose a search is, or will be.

    Raises:
        AccessError: it is somebody else's, and the lake's viewer is no admin.
    """
    owners = lake.rows("SELECT owner FROM saved_search WHERE name = ?", [name])
    owner = str(owners[0][0]) if owners else lake.viewer.user
    if owner != lake.viewer.user and lake.viewer.role != "admin":
        raise AccessError(
            "Nama ini dipakai pencarian milik orang lain; hanya pemiliknya atau admin yang mengubahnya, "
            "jadi pakailah nama lain.",
            "searches",
        )
    return owner


def looked(lake: Lake, name: str, now: datetime) -> None:
    """Note that somebody looked at the hits of a saved search: they are no news from now on."""
    lake.write(lambda con: con.execute("UPDATE saved_search SET looked_at = ? WHERE name = ?", [now, name]))


def note_new_hits(lake: Lake, words: Words, now: datetime) -> dict[str, int]:
    """Note what saved searches find for the first time; a document counts once for each of them.

    Returns:
        New hits by name, also those with none.

    Raises:
        SearchIndexError: the index cannot be used.
    """
    saved = lake.rows("SELECT name, question, filters FROM saved_search ORDER BY name")
    if not saved:
        return {}
    index = open_index(lake.home)
    new: dict[str, list[str]] = {}
    for name, text, filters in saved:
        try:
            found = _recent(index, words, wanted_of(text, filters), now)
        except QueryError:
            found = []  # what it asks for is not known any more (an office renamed)
        seen = {key for (key,) in lake.rows("SELECT doc_id FROM saved_search_hit WHERE name = ?", [name])}
        new[name] = [key for key in found if key not in seen]
    if any(new.values()):
        lake.write(lambda con: _put_all(con, new, now))
    return {name: len(keys) for name, keys in new.items()}


def wanted_of(text: str, filters: str) -> DocumentFilter:
    """A saved search as it was asked."""
    given: dict[str, Any] = json.loads(filters)
    for name in ("first", "last"):
        given[name] = date.fromisoformat(given[name]) if given.get(name) else None
    lists = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return DocumentFilter(**{**given, **lists, "words": text})


def _filters(wanted: DocumentFilter) -> Mapping[str, Any]:
    plain = {name: value for name, value in asdict(wanted).items() if name != "words"}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in plain.items()}


def _recent(index: SearchIndex, words: Words, wanted: DocumentFilter, now: datetime) -> list[str]:
    since = (now - LOOKED_BACK).astimezone(WIB).date()
    first = max(since, wanted.first) if wanted.first else since
    return found_ids(index, words, replace(wanted, first=first))


def _delete(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute("DELETE FROM saved_search WHERE name = ?", [name])
    con.execute("DELETE FROM saved_search_hit WHERE name = ?", [name])


def _put_all(con: duckdb.DuckDBPyConnection, new: Mapping[str, Sequence[str]], now: datetime) -> None:
    for name, keys in new.items():
        _put(con, name, keys, now, fresh=True)


def _put(
    con: duckdb.DuckDBPyConnection, name: str, doc_ids: Sequence[str], now: datetime, *, fresh: bool
) -> None:
    rows = [{"name": name, "doc_id": key, "found_at": now, "fresh": fresh} for key in doc_ids]
    if rows:
        with incoming(con, "incoming", _HIT, rows):
            con.execute("INSERT INTO saved_search_hit SELECT name, doc_id, found_at, fresh FROM incoming")
