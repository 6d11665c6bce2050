"""Documents as evidence: pin, reject, clear, comment; and the packs that left the house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

import duckdb

from warehouse.access import require
from warehouse.lake import Lake
from warehouse.store.assessment import Cell, check_documents, check_words

Mark = Literal["pinned", "rejected", "cleared", "commented"]


def mark_evidence(lake: Lake, cell: Cell, doc_ids: Sequence[str], mark: Mark, comment: str = "") -> None:
    """Say what documents are to an indicator, in the name of whoever opened the lake.

    Args:
        lake: an open lake; its "now" is when this happens.
        cell: the indicator, in a year and scope.
        doc_ids: the documents.
        mark: what they are; ``commented`` changes no mark.
        comment: masked; needed to reject and to comment.

    Raises:
        AccessError: the viewer may not.
        ValueError: one Indonesian sentence: no document, an unknown one, or no comment where one is needed.
    """
    require(lake.viewer, "assess")
    if mark not in ("pinned", "rejected", "cleared", "commented"):
        raise ValueError("Tanda bukti harus 'pinned', 'rejected', 'cleared', atau 'commented'.")
    words = check_words(comment, "Tulis catatannya", needed=mark in ("rejected", "commented"))
    documents = list(dict.fromkeys(doc_ids))
    if not documents:
        raise ValueError("Pilih paling sedikit satu dokumen.")

    def work(con: duckdb.DuckDBPyConnection) -> None:
        if mark != "cleared":
            check_documents(con, documents)
        con.execute(
            """
            INSERT INTO evidence_event
            SELECT ?, ?, ?, ?, d.doc_id,
              (SELECT coalesce(max(position), -1) FROM evidence_event) + row_number() OVER (ORDER BY d.doc_id),
              ?, nullif(?, ''), ?, getvariable('pati_now')
            FROM (SELECT unnest(?::VARCHAR[]) AS doc_id) d
            """,
            [*cell.key, mark, words, lake.viewer.user, documents],
        )

    lake.write(work)


def note_pack(
    lake: Lake,
    pack_id: str,
    parts: Sequence[tuple[Cell, Sequence[str]]],
    days: tuple[date, date],
    snapshot: int,
    sha256: str,
    role: str,
) -> None:
    """Note that a pack left the house, so that an erasure can tell which packs hold a person's words.

    Args:
        lake: an open lake; its "now" is when this happens, its viewer who does it.
        pack_id: its name.
        parts: what it is about: each indicator with the documents in it.
        days: first and last day.
        snapshot: of the lake it was made from.
        sha256: of its manifest.
        role: as whom it shows complaints (`Viewer.scope`).

    Raises:
        AccessError: the viewer may not.
    """
    require(lake.viewer, "assess", pack_id)

    def work(con: duckdb.DuckDBPyConnection) -> None:
        for cell, doc_ids in parts:
            con.execute(
                "INSERT INTO evidence_pack (pack_id, instrument, year, scope, indicator, first_day, last_day, snapshot, "
                "manifest_sha256, doc_ids, person, issued_at, role) "
                "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::VARCHAR[], ?, getvariable('pati_now'), ?",
                [pack_id, *cell.key, *days, snapshot, sha256, list(doc_ids), lake.viewer.user, role],
            )

    lake.write(work)
