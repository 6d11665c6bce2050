"""The worksheet: enter, review and withdraw; what was entered before stays.

Everything is added, nothing rewritten. What is written in words must be **masked already**.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import duckdb

from config.instrument import Instrument, Scale
from warehouse.access import require
from warehouse.lake import Lake
from warehouse.store.arrow import MOMENT, REAL, TEXT, TEXTS, WHOLE, incoming

LONGEST = 4000
"""Letters of a justification, a remark or a comment."""
_ENTRY = {
    "instrument": TEXT, "year": WHOLE, "scope": TEXT, "indicator": TEXT, "position": WHOLE, "action": TEXT,
    "about": WHOLE, "score": REAL, "justification": TEXT, "doc_ids": TEXTS, "person": TEXT, "entered_at": MOMENT,
}  # fmt: skip
_PLACE = "instrument = ? AND year = ? AND scope = ? AND indicator = ?"
_SLOWER = "Isian ini baru saja diubah orang lain; baca dahulu isian yang baru."


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a worksheet.

    Attributes:
        instrument: what is filled in.
        year: of the assessment.
        indicator: id of the indicator.
        scope: id of a dimension, empty for the whole.

    Raises:
        ValueError: the instrument has no such indicator or dimension (one Indonesian sentence).
    """

    instrument: Instrument
    year: int
    indicator: str
    scope: str = ""

    def __post_init__(self) -> None:
        if self.indicator not in {one.id for one in self.instrument.indicators}:
            raise ValueError(f"{self.instrument.short} tidak punya indikator '{self.indicator}'.")
        if self.scope and self.scope not in {one.id for one in self.instrument.dimensions}:
            raise ValueError(f"{self.instrument.short} tidak dinilai untuk dimensi '{self.scope}'.")

    @property
    def key(self) -> list[Any]:
        """Its columns, in the order of the tables."""
        return [self.instrument.id, self.year, self.scope, self.indicator]

    @property
    def about(self) -> str:
        """What the audit log calls it."""
        return "/".join(str(part) for part in self.key if part != "")


def enter_score(
    lake: Lake,
    cell: Cell,
    score: float,
    justification: str,
    doc_ids: Sequence[str] = (),
    *,
    seen: int | None = None,
) -> int:
    """Enter a level or a score in the name of whoever opened the lake.

    Args:
        lake: an open lake; its "now" is when this happens, its viewer who does it.
        cell: which place.
        score: a level, or a number of the scale.
        justification: why; masked.
        doc_ids: documents behind it.
        seen: position of the newest event the person had before their eyes, -1 for none; None does not ask.

    Returns:
        The position of the entry.

    Raises:
        AccessError: the viewer may not.
        ValueError: one Indonesian sentence: off the scale, no reasons, an unknown document, or somebody was faster.
    """
    who = _person(lake)
    check_score(cell.instrument.scale_of(cell.indicator), score)
    words = check_words(justification, "Tulis alasan nilainya")
    documents = list(dict.fromkeys(doc_ids))

    def work(con: duckdb.DuckDBPyConnection) -> int:
        newest = _next(con, cell) - 1
        if seen is not None and newest != seen:
            raise ValueError(_SLOWER)
        check_documents(con, documents)
        return _add(con, cell, "entered", who, score=float(score), justification=words, doc_ids=documents)

    return lake.write(work)


def review_entry(
    lake: Lake, cell: Cell, position: int, verdict: Literal["accepted", "returned"], remark: str = ""
) -> None:
    """Accept an entry, or return it with a remark; only somebody else than who entered it may.

    Args:
        lake: an open lake; its viewer reviews.
        cell: which place.
        position: of the entry that was read.
        verdict: what the reviewer says.
        remark: why, masked; needed to return it.

    Raises:
        AccessError: the viewer may not.
        ValueError: one Indonesian sentence: one's own entry, not the newest one, or no remark.
    """
    who = _person(lake)
    if verdict not in ("accepted", "returned"):
        raise ValueError("Tinjauan harus 'accepted' atau 'returned'.")
    words = check_words(remark, "Tulis apa yang harus diperbaiki", needed=verdict == "returned")

    def work(con: duckdb.DuckDBPyConnection) -> None:
        held = _held(con, cell)
        if held is None or held[0] != position:
            raise ValueError(_SLOWER)
        if held[1].casefold() == who.casefold():
            raise ValueError("Isian harus ditinjau orang lain, bukan oleh yang mengisinya.")
        _add(con, cell, verdict, who, about=position, justification=words)

    lake.write(work)


def withdraw_entry(lake: Lake, cell: Cell, position: int) -> None:
    """Take one's own entry back; the place is open again and the entry stays in the history.

    Raises:
        AccessError: the viewer may not.
        ValueError: one Indonesian sentence: somebody else's, or not the newest one.
    """
    who = _person(lake)

    def work(con: duckdb.DuckDBPyConnection) -> None:
        held = _held(con, cell)
        if held is None or held[0] != position:
            raise ValueError(_SLOWER)
        if held[1].casefold() != who.casefold():
            raise ValueError("Hanya isian Anda sendiri yang dapat ditarik.")
        _add(con, cell, "withdrawn", who, about=position)

    lake.write(work)


def check_score(scale: Scale, score: float) -> None:
    """Refuse what is not on a scale. Pure.

    Raises:
        ValueError: one Indonesian sentence with what is.
    """
    levels = {one.level: one.name for one in scale.levels}
    if levels and score not in levels:
        said = ", ".join(f"{level} {name}" for level, name in levels.items())
        raise ValueError(f"Tingkat {score:g} tidak ada; pilih salah satu: {said}.")
    if not scale.least <= score <= scale.most:  # not a number is on no scale
        raise ValueError(f"Nilai {score:g} di luar skala {scale.least:g} sampai {scale.most:g}.")


def check_words(words: str, what: str, *, needed: bool = True) -> str:
    """Words as they are kept. Pure.

    Raises:
        ValueError: none where some are needed, or too many (one Indonesian sentence).
    """
    kept = words.strip()
    if needed and not kept:
        raise ValueError(f"{what}; kolom ini tidak boleh kosong.")
    if len(kept) > LONGEST:
        raise ValueError(f"Tulisan paling panjang {LONGEST} huruf; ini {len(kept)}.")
    return kept


def check_documents(con: duckdb.DuckDBPyConnection, doc_ids: Sequence[str]) -> None:
    """Refuse documents that are not there, or whose words were erased at a person's request.

    Raises:
        ValueError: one Indonesian sentence with their ids.
    """
    rows = con.execute(
        "SELECT unnest(?::VARCHAR[]) AS doc_id EXCEPT "
        "SELECT doc_id FROM document WHERE NOT coalesce(list_contains(flags, 'erased'), false) ORDER BY doc_id",
        [list(doc_ids)],
    ).fetchall()
    if rows:
        said = ", ".join(f"'{key}'" for (key,) in rows[:3])
        raise ValueError(f"{len(rows)} dokumen tidak ada atau sudah dihapus: {said}; lepaskan dari bukti.")


def _person(lake: Lake) -> str:
    require(lake.viewer, "assess")
    return lake.viewer.user


def _next(con: duckdb.DuckDBPyConnection, cell: Cell) -> int:
    found = con.execute(
        f"SELECT coalesce(max(position), -1) + 1 FROM assessment_entry WHERE {_PLACE}",  # noqa: S608 - names of ours
        cell.key,
    ).fetchall()
    return int(found[0][0])


def _held(con: duckdb.DuckDBPyConnection, cell: Cell) -> tuple[int, str] | None:
    """Position and person of the entry in force."""
    found = con.execute(
        f"SELECT position, person FROM mart_assessment WHERE {_PLACE}",  # noqa: S608 - names of ours
        cell.key,
    ).fetchall()
    return (int(found[0][0]), str(found[0][1])) if found else None


def _add(con: duckdb.DuckDBPyConnection, cell: Cell, action: str, who: str, **more: object) -> int:
    position = _next(con, cell)
    now = con.execute("SELECT getvariable('pati_now')").fetchall()[0][0]
    key = dict(zip(("instrument", "year", "scope", "indicator"), cell.key, strict=True))
    row = {**key, "position": position, "action": action, "person": who, "entered_at": now, **more}
    columns = ", ".join(_ENTRY)
    with incoming(con, "incoming", _ENTRY, [row]):
        con.execute(f"INSERT INTO assessment_entry ({columns}) SELECT {columns} FROM incoming")  # noqa: S608 - names of ours
    return position
