"""What people correct about labels: appended, never rewritten; the newest wins in every view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from warehouse.lake import Lake
from warehouse.store import facts
from warehouse.store.arrow import MOMENT, TEXT, TEXTS, WHOLE, incoming

CORRECTION = {
    "doc_id": TEXT, "position": WHOLE, "field": TEXT, "old_value": TEXTS, "new_value": TEXTS,
    "reason": TEXT, "corrected_by": TEXT, "corrected_at": MOMENT,
}  # fmt: skip
FIELDS = ("relevant", "topic", "opd", "sentiment", "kecamatan")
STANCES = ("negatif", "netral", "positif")
YES, NO = ["ya"], ["bukan"]
IRRELEVANT = "tidak_relevan"
NO_STANCE = ("politik", IRRELEVANT)

Values = Mapping[str, Sequence[str]]


def settled(changes: Values, current: Values) -> dict[str, list[str]]:
    """All fields that a correction changes, so that the labels agree with each other. Pure.

    A text is irrelevant exactly when its topic is ``tidak_relevan``; politics and irrelevant texts
    have neither stance nor office; an irrelevant text has no place.

    Args:
        changes: new values by field of `FIELDS`.
        current: the values in force, of every field.

    Returns:
        New values by field, without those that are in force already.

    Raises:
        ValueError: with one Indonesian sentence: the change contradicts itself or is incomplete.
    """
    wanted = {name: list(values) for name, values in changes.items()}
    if wanted.get("relevant") == NO:
        wanted.setdefault("topic", [IRRELEVANT])
    topic = wanted.get("topic", list(current["topic"]))
    irrelevant = topic == [IRRELEVANT]
    if irrelevant != (wanted.get("relevant", NO if irrelevant else YES) == NO):
        raise ValueError(
            "Teks tidak relevan bertopik tidak_relevan, dan sebaliknya; sebutkan topik yang benar."
        )
    wanted["relevant"] = NO if irrelevant else YES
    if topic[0] in NO_STANCE:
        empty = ("opd", "sentiment", "kecamatan") if irrelevant else ("opd", "sentiment")
        if filled := [name for name in empty if wanted.get(name)]:
            raise ValueError(
                f"Teks bertopik {topic[0]} tidak mempunyai {filled[0]}; kosongkan atau ganti topiknya."
            )
        wanted |= {name: [] for name in empty}
    elif not wanted.get("sentiment", current["sentiment"]):
        raise ValueError(f"Teks bertopik {topic[0]} memerlukan sentimen: {', '.join(STANCES)}.")
    return {name: value for name, value in wanted.items() if value != list(current[name])}


def correct_labels(lake: Lake, doc_id: str, changes: Values, reason: str | None, who: str) -> list[str]:
    """Correct labels of one document.

    Args:
        lake: an open lake; its "now" is when the correction is made.
        doc_id: the document.
        changes: new values by field of `FIELDS`: ``relevant`` is ``["ya"]`` or ``["bukan"]``,
            ``sentiment`` has one value or none, ``opd`` and ``kecamatan`` any number.
        reason: why, **already masked**; None or empty if no reason was given.
        who: the account that corrects.

    Returns:
        The fields that changed; empty when the labels were so already.

    Raises:
        ValueError: with one Indonesian sentence: document, field, value or account is not known, or
            the labels would contradict each other.
    """

    def work(con: duckdb.DuckDBPyConnection) -> list[str]:
        changed, _ = put_correction(con, doc_id, changes, reason, who)
        return changed

    return lake.write(work)


def put_correction(
    con: duckdb.DuckDBPyConnection,
    doc_id: str,
    changes: Values,
    reason: str | None,
    who: str,
    *,
    confirm: bool = False,
) -> tuple[list[str], int | None]:
    """As `correct_labels`, inside a transaction.

    Args:
        con: the connection.
        doc_id: the document.
        changes: new values by field.
        reason: why, already masked.
        who: the account.
        confirm: also write down the fields that stay as they are, with the same value before and after:
            a person has judged them, so they stand above every later model.

    Returns:
        The fields that changed, and the position of the rows; None: nothing was written.

    Raises:
        ValueError: as `correct_labels`.
    """
    if not who.strip():
        raise ValueError("Tidak diketahui siapa yang mengoreksi; sebutkan nama akun Anda.")
    current = _current(con, doc_id)
    check_values(con, changes)
    new = settled(changes, current)
    written = {**current, **new} if confirm else new
    position, now = con.execute(
        "SELECT coalesce(max(position), -1) + 1, getvariable('pati_now') FROM label_correction WHERE doc_id = ?",
        [doc_id],
    ).fetchall()[0]
    rows = [
        {
            "doc_id": doc_id, "position": position, "field": name, "old_value": current[name],
            "new_value": value, "reason": reason or None, "corrected_by": who.strip(), "corrected_at": now,
        }
        for name, value in sorted(written.items())
    ]  # fmt: skip
    if rows:
        columns = ", ".join(CORRECTION)
        with incoming(con, "incoming", CORRECTION, rows):
            con.execute(f"INSERT INTO label_correction ({columns}) SELECT {columns} FROM incoming")  # noqa: S608 - names of ours
        facts.refresh(con, [doc_id])
    return sorted(new), int(position) if rows else None


def corrected_documents(lake: Lake) -> list[dict[str, Any]]:
    """Documents that somebody corrected or confirmed, with the labels in force: what later models learn from.

    Returns:
        Rows with doc_id, kind, scope, title, parent_title, text, relevant, topic, opd_ids,
        sentiment, kecamatan, desa and language, in order of doc_id. Erased documents have no words
        left and are not among them.
    """
    frame = lake.con.execute(
        """
        SELECT d.doc_id, d.kind, coalesce(s.scope, 'general') AS scope, d.title, p.title AS parent_title, d.text,
          e.relevant, e.topic, e.opd_ids, e.sentiment, e.kecamatan, e.desa, e.language
        FROM document d
        JOIN enrichment_current e ON e.doc_id = d.doc_id
        LEFT JOIN dim_source s ON s.source_id = d.source_id
        LEFT JOIN document p ON p.doc_id = d.parent_id
        WHERE d.doc_id IN (SELECT doc_id FROM label_correction_now)
          AND NOT coalesce(list_contains(d.flags, 'erased'), false)
        ORDER BY d.doc_id
        """
    )
    names = [column[0] for column in frame.description or []]
    return [dict(zip(names, row, strict=True)) for row in frame.fetchall()]


def _current(con: duckdb.DuckDBPyConnection, doc_id: str) -> dict[str, list[str]]:
    found = con.execute(
        "SELECT relevant, topic, opd_ids, sentiment, kecamatan FROM enrichment_current WHERE doc_id = ?",
        [doc_id],
    ).fetchall()
    if not found:
        raise ValueError(f"Dokumen {doc_id} tidak ada atau belum diberi label; periksa nomornya.")
    relevant, topic, opd, sentiment, kecamatan = found[0]
    return {
        "relevant": YES if relevant else NO, "topic": [topic], "opd": list(opd),
        "sentiment": [sentiment] if sentiment else [], "kecamatan": list(kecamatan),
    }  # fmt: skip


def check_values(con: duckdb.DuckDBPyConnection, changes: Values) -> None:
    """Refuse fields and values that are not known."""
    if unknown := sorted(set(changes) - set(FIELDS)):
        raise ValueError(f"Label '{unknown[0]}' tidak dikenal; yang ada: {', '.join(FIELDS)}.")
    for name, most in (("topic", 1), ("sentiment", 1), ("relevant", 1), ("opd", 3)):
        if len(changes.get(name, ())) > most:
            raise ValueError(f"{name} paling banyak {most} nilai.")
    if not changes.get("topic", ["-"]):
        raise ValueError("Setiap teks mempunyai satu topik; sebutkan topiknya.")
    known = {
        "topic": "SELECT topic FROM dim_topic",
        "opd": "SELECT opd_id FROM dim_opd",
        "kecamatan": "SELECT kecamatan FROM dim_kecamatan",
    }
    for name, values in changes.items():
        allowed = (
            {row[0] for row in con.execute(known[name]).fetchall()}
            if name in known
            else {*STANCES}
            if name == "sentiment"
            else {*YES, *NO}
        )
        if strange := [value for value in values if value not in allowed]:
            raise ValueError(f"Nilai '{strange[0]}' untuk {name} tidak dikenal.")
