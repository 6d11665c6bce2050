"""Bring the index to the state of the lake: by what changed, or from nothing. Idempotent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import tantivy

from warehouse.lake import Lake
from warehouse.search import rows
from warehouse.search.errors import IndexMissingError, SearchIndexError
from warehouse.search.folder import (
    LOCK_SECONDS,
    SearchIndex,
    fresh,
    guarded,
    holding,
    open_index,
    put_in_force,
    tidy,
)
from warehouse.search.schema import STATE, VERSION, Marker, document, marker_document, schema, with_analyser
from warehouse.search.words import Words

SMALL_HEAP, LARGE_HEAP = 30_000_000, 150_000_000
"""Bytes of memory for a few documents, and for all of them."""
WORTH_ANEW = 0.5
"""A larger share of changed documents is quicker built anew, and leaves no old words behind."""
FEW = 2_000

OnDocuments = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What was done.

    Attributes:
        n_indexed: documents written.
        n_removed: documents taken out.
        n_documents: documents in the index now.
        rebuilt: why it was built anew, as an Indonesian sentence; None: it was not.
        changed: ids of the changed documents; None after a rebuild.
    """

    n_indexed: int
    n_removed: int
    n_documents: int
    rebuilt: str | None = None
    changed: frozenset[str] | None = frozenset()

    @property
    def did_nothing(self) -> bool:
        """Whether the index was up to date."""
        return self.rebuilt is None and not self.n_indexed + self.n_removed


def behind(lake: Lake, index: SearchIndex, words: Words | None = None) -> str | None:
    """Why the index does not reflect the lake's newest snapshot; None: it does.

    Args:
        lake: the lake.
        index: its index.
        words: the analyser that questions are read with; None: not compared.
    """
    marker = index.marker
    with _reading(lake) as con:
        if (reason := _unusable(con, marker, words)) is not None:
            return reason
        ids = rows.changed(con, marker.snapshot + 1, rows.snapshot(con)[0])
    if ids is None:
        return "Model label berganti."
    return f"{len(ids)} dokumen berubah sejak indeks terakhir diperbarui." if ids else None


def refresh(
    lake: Lake,
    words: Words,
    *,
    rebuild: bool = False,
    seconds: float = LOCK_SECONDS,
    on_documents: OnDocuments = lambda _: None,
) -> Refreshed:
    """Make the index reflect the newest snapshot of the lake.

    Killed at any moment, the index is as before or as after; the same call does the rest.

    Args:
        lake: an open lake, not inside a transaction.
        words: the analyser.
        rebuild: from nothing, whatever state it is in.
        seconds: how long to wait for somebody else who writes it.
        on_documents: told how many documents were read.

    Raises:
        IndexBusyError: somebody else kept writing it.
        IndexDamagedError: what was just written cannot be read (no room on the disk).
    """
    with holding(lake.home, seconds), _reading(lake) as con:
        work = _Work(con, lake.home, words, on_documents)
        if rebuild:
            return work.anew("Diminta.")
        try:
            index = open_index(lake.home)
        except IndexMissingError:
            return work.anew("Indeks belum ada.")
        except SearchIndexError as err:
            return work.anew(str(err).split(";")[0] + ".")
        if (reason := _unusable(con, index.marker, words)) is not None:
            return work.anew(reason)
        try:
            return work.update(index)
        except SearchIndexError as err:
            return work.anew(str(err).split(";")[0] + ".")


def _unusable(con: duckdb.DuckDBPyConnection, marker: Marker, words: Words | None) -> str | None:
    """Why an index cannot be brought up to date by changes; None: it can."""
    if marker.version != VERSION:
        return "Susunan indeks berganti."
    if words is not None and marker.words != words.version:
        return "Daftar kata atau aturannya berganti."
    if not rows.known(con, marker.snapshot, marker.snapshot_at):
        return "Indeks berasal dari keadaan gudang data yang tidak ada lagi."
    return None


@contextmanager
def _reading(lake: Lake) -> Iterator[duckdb.DuckDBPyConnection]:
    """One transaction: everything read rests on one snapshot."""
    lake.con.execute("BEGIN")
    try:
        yield lake.con
    finally:
        lake.con.execute("ROLLBACK")


@dataclass(frozen=True, slots=True)
class _Work:
    con: duckdb.DuckDBPyConnection
    home: Path
    words: Words
    on_documents: OnDocuments

    def anew(self, reason: str) -> Refreshed:
        folder = fresh(self.home)
        with guarded():
            index = with_analyser(tantivy.Index(schema(), str(folder)))
            writer = index.writer(LARGE_HEAP, 1)
        n = self._add(writer, None)
        self._finish(writer, n)
        put_in_force(self.home, folder)
        return Refreshed(n, 0, n, reason, None)

    def update(self, index: SearchIndex) -> Refreshed:
        number, at = rows.snapshot(self.con)
        before, there = index.marker.n_documents, rows.count(self.con)
        ids = rows.changed(self.con, index.marker.snapshot + 1, number)
        if ids is None:
            return self.anew("Model label berganti.")
        if len(ids) > max(FEW, WORTH_ANEW * before):
            return self.anew(f"{len(ids)} dari {there} dokumen berubah.")
        if not ids and (number, at) == (index.marker.snapshot, index.marker.snapshot_at):
            return Refreshed(0, 0, before)
        tidy(self.home)
        with guarded():
            writer = index.index.writer(SMALL_HEAP, 1)
            for key in ids:
                writer.delete_documents_by_term("doc_id", key)
            writer.delete_documents_by_term("what", STATE)
        added = self._add(writer, ids) if ids else 0
        self._finish(writer, there)
        index.reload()
        held = index.searcher.num_docs - 1
        if held != there:
            return self.anew(f"Indeks memuat {held} dokumen, gudang data {there}.")
        return Refreshed(added, len(ids) - added, there, None, frozenset(ids))

    def _add(self, writer: tantivy.IndexWriter, ids: Collection[str] | None) -> int:
        added = 0
        for batch in rows.rows(self.con, ids):
            with guarded():
                for row in batch:
                    writer.add_document(document(row, self.words))
            added += len(batch)
            self.on_documents(len(batch))
        return added

    def _finish(self, writer: tantivy.IndexWriter, n_documents: int) -> None:
        number, at = rows.snapshot(self.con)
        marker = Marker(VERSION, self.words.version, number, at, n_documents, rows.names(self.con))
        with guarded():
            writer.add_document(marker_document(marker))
            writer.commit()
            writer.wait_merging_threads()  # a writer that is dropped stops merging: segments would pile up
