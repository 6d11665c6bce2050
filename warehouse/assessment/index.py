"""The weighted index of an instrument and its improvement over the year before. Pure.

An index exists only where a named person entered every part of it. What nobody entered leaves it open (None,
with what is missing); it is never counted as zero, and nothing a machine counted stands in for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from config.instrument import Instrument, Weights

_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """What holds for one indicator.

    Attributes:
        indicator: its id.
        score: what was entered.
        entered_by: account of the person who entered it; blank counts as nobody.
        reviewed_by: account of the other person who accepted it, None: nobody yet.
    """

    indicator: str
    score: float
    entered_by: str
    reviewed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """What one indicator adds to an index.

    Attributes:
        indicator: its id.
        score: what was entered.
        weight: of 100.
        part: score times weight, over 100.
    """

    indicator: str
    score: float
    weight: float
    part: float


@dataclass(frozen=True, slots=True)
class Index:
    """A weighted index.

    Attributes:
        year: of the assessment.
        value: the index; None while it is open.
        missing: ids of indicators without an entry of a named person, in the order of the instrument.
        unreviewed: ids of indicators whose entry no other person has accepted.
        weights: id of the weights; None: those of the year are not known.
        terms: what each entry adds.
        predicate: name of the value, None without one.
        why_open: one Indonesian sentence, empty if there is a value.
    """

    year: int
    value: float | None
    missing: tuple[str, ...]
    unreviewed: tuple[str, ...]
    weights: str | None
    terms: tuple[Term, ...]
    predicate: str | None
    why_open: str

    @property
    def final(self) -> bool:
        """Whether every entry was accepted by another person."""
        return self.value is not None and not self.unreviewed


@dataclass(frozen=True, slots=True)
class Improvement:
    """The index against that of the year before.

    Attributes:
        value: this year's less last year's; None while either is open.
        why_open: one Indonesian sentence, empty if there is a value.
        same_weights: whether both years were weighed alike; if not, part of the difference is the weights'.
    """

    value: float | None
    why_open: str
    same_weights: bool


def index(
    instrument: Instrument, year: int, entries: Iterable[Entry], weights: Weights | None = None
) -> Index:
    """Weigh what people entered.

    Args:
        instrument: what is scored.
        year: of the assessment.
        entries: at most one for each indicator; of others nothing is counted.
        weights: in place of those of the year.

    Raises:
        ValueError: two entries for one indicator (one Indonesian sentence).
    """
    used = weights or instrument.weights_in(year)
    held: dict[str, Entry] = {}
    for entry in entries:
        if not entry.entered_by.strip() or not isfinite(entry.score):
            continue
        if entry.indicator in held:
            raise ValueError(f"Indikator '{entry.indicator}' diisi dua kali; pakai isian yang terakhir saja.")
        held[entry.indicator] = entry
    known = [one.id for one in instrument.indicators]
    missing = tuple(name for name in known if name not in held)
    unreviewed = tuple(name for name in known if name in held and not _reviewed(held[name]))
    terms = _terms(known, held, used)
    value = None
    if used is not None and not missing:
        value = float(sum(_part(held[one.indicator].score, one.weight) for one in terms))
    return Index(
        year, value, missing, unreviewed, used.id if used else None, terms,
        _predicate(instrument, value), _why_open(year, used, missing, len(known)),
    )  # fmt: skip


def improvement(now: Index, before: Index) -> Improvement:
    """What changed since the year before.

    Raises:
        ValueError: `before` is not of the year before `now` (one Indonesian sentence).
    """
    if before.year + 1 != now.year:
        raise ValueError(f"Peningkatan {now.year} dibandingkan dengan {now.year - 1}, bukan {before.year}.")
    alike = {one.indicator: one.weight for one in now.terms} == {
        one.indicator: one.weight for one in before.terms
    }
    if now.value is None or before.value is None:
        open_years = [str(one.year) for one in (before, now) if one.value is None]
        return Improvement(None, f"Indeks {' dan '.join(open_years)} masih terbuka.", alike)
    return Improvement(float(_exact(now.value) - _exact(before.value)), "", alike)


def _reviewed(entry: Entry) -> bool:
    """A review counts if it is somebody else's."""
    reviewer = (entry.reviewed_by or "").strip()
    return bool(reviewer) and reviewer.casefold() != entry.entered_by.strip().casefold()


def _exact(value: float) -> Fraction:
    """The decimal that was typed: sums of 0.1 and 0.2 are 0.3 here."""
    return Fraction(repr(value))


def _part(score: float, weight: float) -> Fraction:
    return _exact(score) * _exact(weight) / _WHOLE


def _terms(known: list[str], held: dict[str, Entry], used: Weights | None) -> tuple[Term, ...]:
    if used is None:
        return ()
    return tuple(
        Term(name, held[name].score, used.of[name], float(_part(held[name].score, used.of[name])))
        for name in known
        if name in held and name in used.of
    )


def _predicate(instrument: Instrument, value: float | None) -> str | None:
    if value is None:
        return None
    return next((one.name for one in instrument.predicates if value >= one.least), None)


def _why_open(year: int, used: Weights | None, missing: tuple[str, ...], n: int) -> str:
    if used is None:
        return f"Bobot tahun {year} belum diketahui; isi 'weights' di berkas instrumen."
    return f"{len(missing)} dari {n} indikator belum diisi orang." if missing else ""
