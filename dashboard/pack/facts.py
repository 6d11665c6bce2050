"""Everything an evidence pack says, gathered once from one snapshot of the lake, as one role sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from config import Config
from config.instrument import Indicator, Instrument
from warehouse import Lake
from warehouse.queries import Moment, Status, moment, sources, status
from warehouse.queries.assessment import (
    Assessed,
    assessed,
    evidence_comments,
    worksheet,
    worksheet_history,
)
from warehouse.queries.evidence_documents import (
    SpanCoverage,
    evidence_documents,
    evidence_weeks,
    span_coverage,
)
from warehouse.queries.evidence_numbers import Number, evidence_ids, evidence_numbers
from warehouse.queries.rows import records
from warehouse.queries.spans import Span

if TYPE_CHECKING:
    import pandas as pd

MOST: Final = 20_000
"""Documents of one indicator in a pack; more are counted and said, not listed."""
_WRITTEN: Final = ("complaint", "comment", "social")
"""Kinds of documents whose words citizens wrote."""
_FAILING: Final = ("hilang", "diblokir", "rusak", "sepi")
Row = dict[str, Any]
Mask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Request:
    """What a pack is to be about.

    Attributes:
        instrument: which.
        year: of the assessment.
        scope: id of a dimension, empty for the whole.
        indicators: of the instrument.
        codes: numbers of ours (I1 to I15) to print; empty: those that each indicator names.
        span: the period of the numbers.
    """

    instrument: Instrument
    year: int
    scope: str
    indicators: tuple[Indicator, ...]
    codes: tuple[str, ...]
    span: Span

    def codes_of(self, indicator: Indicator) -> tuple[str, ...]:
        """Which numbers are printed for an indicator."""
        return tuple(code for code in indicator.evidence if not self.codes or code in self.codes)


def request(
    config: Config,
    year: int,
    *,
    instrument: str = "smart_city",
    dimension: str = "",
    indicators: Sequence[str] = (),
    period: str = "",
) -> Request:
    """Understand what somebody asks for.

    Args:
        config: has the instruments.
        year: of the assessment.
        instrument: its id.
        dimension: id of a dimension, empty for the whole.
        indicators: ids of indicators, or codes of ours (I10); none: all that numbers may support.
        period: of the numbers, as `Span.parse` reads it; empty: the year.

    Raises:
        ValueError: one Indonesian sentence: something of that name does not exist.
    """
    known = {one.id: one for one in config.instruments}
    if instrument not in known:
        raise ValueError(f"Instrumen '{instrument}' tidak dikenal; pilih {', '.join(sorted(known))}.")
    held = known[instrument]
    if dimension and dimension not in {one.id for one in held.dimensions}:
        names = ", ".join(one.id for one in held.dimensions) or "tidak ada"
        raise ValueError(f"Dimensi '{dimension}' tidak dinilai oleh {held.short}; yang ada: {names}.")
    codes = tuple(word.upper() for word in indicators if word.upper() in _codes(held))
    wanted = [word for word in indicators if word.upper() not in codes]
    strangers = set(wanted) - {one.id for one in held.indicators}
    if strangers:
        raise ValueError(
            f"Indikator '{min(strangers)}' tidak ada di {held.short}, dan bukan angka I1-I15-nya."
        )
    chosen = tuple(
        one
        for one in held.indicators
        if (one.id in wanted if wanted else one.evidence and (not codes or set(codes) & set(one.evidence)))
    )
    return Request(held, year, dimension, chosen, codes, Span.parse(period or str(year)))


def _codes(instrument: Instrument) -> set[str]:
    return {code for one in instrument.indicators for code in one.evidence}


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator.

    Attributes:
        indicator: which.
        numbers: what may support it.
        documents: behind the numbers, with what was said of them.
        n_documents: how many there are; more than are listed only above `MOST`.
        n_erased: how many more were erased at a person's request.
        n_pinned: how many somebody pinned.
        n_rejected: how many somebody rejected as evidence.
        comments: what was said of documents, the oldest first.
        entry: what a person entered; None: nobody did.
        history: everything that happened to the entry.
    """

    indicator: Indicator
    numbers: tuple[Number, ...]
    documents: tuple[Row, ...]
    n_documents: int
    n_erased: int
    n_pinned: int
    n_rejected: int
    comments: tuple[Row, ...]
    entry: Row | None
    history: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a pack says.

    Attributes:
        asked: what it is about.
        moment: snapshot and "now" of all answers.
        status: data health.
        coverage: how far sources were read in the period.
        failing: sources that are not read as usual.
        weeks: documents per week.
        parts: by indicator.
        assessed: the index out of what people entered.
        role: as whom this was read.
    """

    asked: Request
    moment: Moment
    status: Status
    coverage: SpanCoverage
    failing: tuple[Row, ...]
    weeks: pd.DataFrame
    parts: tuple[Part, ...]
    assessed: Assessed
    role: str


def gather(lake: Lake, asked: Request, mask: Mask) -> Facts:
    """Ask the lake everything a pack says.

    Args:
        lake: pinned to one snapshot; its viewer is whom the pack is for.
        asked: what it is to be about.
        mask: removes personal data from what people wrote, by the rules of today.
    """
    codes = {code for one in asked.indicators for code in asked.codes_of(one)}
    numbers = evidence_numbers(lake, codes, asked.span, asked.scope)
    entries = {row["indicator"]: row for row in records(worksheet(lake, *_place(asked)))}
    first, last = asked.span.days(lake.now)
    found = moment(lake)
    return Facts(
        asked, found, status(lake), span_coverage(lake, first, last),
        tuple(row for row in records(sources(lake)) if row["verdict"] in _FAILING),
        evidence_weeks(lake, first, last, asked.scope),
        tuple(_part(lake, asked, one, numbers, entries.get(one.id), mask) for one in asked.indicators),
        assessed(lake, asked.instrument, asked.year, asked.scope), lake.viewer.scope,
    )  # fmt: skip


def _place(asked: Request) -> tuple[str, int, str]:
    return asked.instrument.id, asked.year, asked.scope


def _part(
    lake: Lake, asked: Request, one: Indicator, numbers: list[Number], entry: Row | None, mask: Mask
) -> Part:
    own = tuple(number for number in numbers if number.code in asked.codes_of(one))
    behind = evidence_ids(lake, own)
    instrument, year, scope = _place(asked)
    found = evidence_documents(lake, list(behind), instrument, year, one.id, scope, limit=MOST)
    documents = []
    for row in records(found.rows):
        codes = ", ".join(behind.get(row["doc_id"], ())) or "disematkan orang"
        words = {
            name: mask(row[name]) for name in ("title", "excerpt") if row[name] and row["kind"] in _WRITTEN
        }
        documents.append({**row, **words, "codes": codes})
    comments = records(evidence_comments(lake, instrument, year, one.id, scope))
    history = records(worksheet_history(lake, instrument, year, one.id, scope))
    return Part(
        one, own, tuple(documents), found.total, found.n_erased, found.n_pinned, found.n_rejected,
        tuple(_masked(row, mask, "comment") for row in comments),
        _masked(entry, mask, "justification", "remark") if entry else None,
        tuple(_masked(row, mask, "justification") for row in history),
    )  # fmt: skip


def _masked(row: Row, mask: Mask, *names: str) -> Row:
    return {**row, **{name: mask(row[name]) for name in names if row[name]}}
