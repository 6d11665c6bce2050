"""What people say about the labels of a text they were shown: answers, second opinions, skips, undoing.

Everything is added, nothing rewritten. An answer becomes a correction of all fields (`corrections`), so
that it wins at once in every view; taking it back makes the labels before it hold again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import duckdb

from warehouse.lake import Lake
from warehouse.store import facts
from warehouse.store.arrow import MOMENT, TEXT, TEXTS, WHOLE, incoming
from warehouse.store.corrections import (
    FIELDS,
    IRRELEVANT,
    NO,
    NO_STANCE,
    YES,
    Values,
    check_values,
    put_correction,
)

REVIEW = {
    "doc_id": TEXT, "position": WHOLE, "action": TEXT, "correction": WHOLE, "relevant": TEXTS, "topic": TEXTS,
    "opd": TEXTS, "sentiment": TEXTS, "kecamatan": TEXTS, "reviewer": TEXT, "reviewed_at": MOMENT,
}  # fmt: skip
Action = Literal["answered", "second", "settled", "skipped", "undone"]
CHANGED = "Label teks ini baru saja diubah orang lain; periksa lagi sebelum menyimpan."


@dataclass(frozen=True, slots=True)
class Saved:
    """What an answer did.

    Attributes:
        changed: the fields whose labels changed.
        correction: position of its correction, to undo it by.
    """

    changed: tuple[str, ...]
    correction: int


def whole(answer: Values) -> dict[str, list[str]]:
    """An answer as it can be stored: what a topic does not have is left empty. Pure.

    A text that is not about the regency has the topic for it and nothing else; politics has neither
    office nor stance.

    Args:
        answer: values by field of `FIELDS`; a missing field is empty.
    """
    found = {name: list(answer.get(name, ())) for name in FIELDS}
    if found["relevant"] == NO or found["topic"] == [IRRELEVANT]:
        return {"relevant": NO, "topic": [IRRELEVANT], "opd": [], "sentiment": [], "kecamatan": []}
    if found["topic"] and found["topic"][0] in NO_STANCE:
        found |= {"opd": [], "sentiment": []}
    return {**found, "relevant": YES}


def answer_review(
    lake: Lake,
    doc_id: str,
    answer: Values,
    reason: str | None,
    who: str,
    *,
    action: Literal["answered", "settled"] = "answered",
    seen: int | None = None,
) -> Saved:
    """Judge all labels of one document; the answer is in force at once.

    Args:
        lake: an open lake; its "now" is when this happens.
        doc_id: the document.
        answer: values by field, as `whole` makes them.
        reason: why, **already masked**; None or empty if no reason was given.
        who: the account.
        action: ``settled`` chooses between two opinions.
        seen: position of the newest correction that the account had before its eyes, -1 for none; None
            does not ask.

    Raises:
        ValueError: with one Indonesian sentence: as `correct_labels`, or somebody else was faster.
    """

    def work(con: duckdb.DuckDBPyConnection) -> Saved:
        newest = _newest(con, doc_id)
        if seen is not None and newest != seen:
            if _said(con, doc_id, action, who, answer, newest):
                return Saved((), newest)
            raise ValueError(CHANGED)
        changed, position = put_correction(con, doc_id, answer, reason, who, confirm=True)
        if position is None:  # pragma: no cover - with `confirm` every field is written
            raise ValueError(CHANGED)
        _add(con, doc_id, action, who, answer, position)
        return Saved(tuple(changed), position)

    return lake.write(work)


def second_opinion(lake: Lake, doc_id: str, answer: Values, who: str) -> None:
    """Keep what another reader says who does not know the first answer; no label changes.

    Raises:
        ValueError: with one Indonesian sentence: nobody answered before, or the first answer is of the
            same account, or a second one is there already, or a value is not known.
    """

    def work(con: duckdb.DuckDBPyConnection) -> None:
        if _said(con, doc_id, "second", who, answer, None):
            return
        check_values(con, answer)
        found = con.execute(
            "SELECT arg_min(reviewer, position), bool_or(action = 'second') FROM label_review "
            "WHERE doc_id = ? AND action IN ('answered', 'second')",
            [doc_id],
        ).fetchall()
        first, again = found[0]
        if first is None or first == who.strip() or again:
            raise ValueError("Teks ini tidak menunggu pendapat kedua dari Anda; ambil teks berikutnya.")
        _add(con, doc_id, "second", who, answer, None)

    lake.write(work)


def skip_review(lake: Lake, doc_id: str, who: str) -> None:
    """Leave a text to others; it is not shown to this account again unless it asks."""
    lake.write(lambda con: _add(con, doc_id, "skipped", who, None, None))


def undo_review(lake: Lake, doc_id: str, correction: int, who: str) -> None:
    """Take back what an answer of one's own wrote; the labels before it hold again.

    Raises:
        ValueError: with one Indonesian sentence: there is no such answer of this account, or it was
            taken back already.
    """

    def work(con: duckdb.DuckDBPyConnection) -> None:
        found = con.execute(
            "SELECT count(*) FILTER (action IN ('answered', 'settled') AND reviewer = ?), "
            "count(*) FILTER (action = 'undone') FROM label_review WHERE doc_id = ? AND correction = ?",
            [who.strip(), doc_id, correction],
        ).fetchall()
        if found[0][0] == 0:
            raise ValueError("Hanya koreksi Anda sendiri yang dapat diurungkan.")
        if found[0][1]:
            raise ValueError("Koreksi ini sudah diurungkan.")
        _add(con, doc_id, "undone", who, None, correction)
        facts.refresh(con, [doc_id])

    lake.write(work)


def _said(
    con: duckdb.DuckDBPyConnection,
    doc_id: str,
    action: Action,
    who: str,
    answer: Values,
    correction: int | None,
) -> bool:
    """Whether this account said just that already: a form sent twice is one answer."""
    same = " AND ".join(f"{name} = ?::VARCHAR[]" for name in FIELDS)
    found = con.execute(
        "SELECT count(*) FROM label_review WHERE doc_id = ? AND action = ? AND reviewer = ? "  # noqa: S608 - names of ours
        f"AND correction IS NOT DISTINCT FROM ? AND {same}",
        [doc_id, action, who.strip(), correction, *(list(answer[name]) for name in FIELDS)],
    ).fetchall()
    return bool(found[0][0])


def _newest(con: duckdb.DuckDBPyConnection, doc_id: str) -> int:
    found = con.execute(
        "SELECT coalesce(max(position), -1) FROM label_correction_now WHERE doc_id = ?", [doc_id]
    ).fetchall()
    return int(found[0][0])


def _add(
    con: duckdb.DuckDBPyConnection,
    doc_id: str,
    action: Action,
    who: str,
    answer: Values | None,
    correction: int | None,
) -> None:
    if not who.strip():
        raise ValueError("Tidak diketahui siapa yang memeriksa; masuklah dengan akun Anda dahulu.")
    position, now = con.execute(
        "SELECT count(*), getvariable('pati_now') FROM label_review WHERE doc_id = ?", [doc_id]
    ).fetchall()[0]
    row = {
        "doc_id": doc_id, "position": position, "action": action, "correction": correction,
        **{name: list(answer[name]) if answer is not None else None for name in FIELDS},
        "reviewer": who.strip(), "reviewed_at": now,
    }  # fmt: skip
    columns = ", ".join(REVIEW)
    with incoming(con, "incoming", REVIEW, [row]):
        con.execute(f"INSERT INTO label_review ({columns}) SELECT {columns} FROM incoming")  # noqa: S608 - names of ours
