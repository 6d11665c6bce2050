"""Sentences on the tone toward services; pure, by rules, and never surer than the interval.

An agency is called the most negative only where the intervals of the others do not touch its
own (`warehouse.queries.opd_tone` counts the places that they allow).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import format as fmt
from dashboard.report.words import number_word, series

CLEAR_TONE = 0.2
"""Net tone from which a tone is called negative or positive rather than balanced."""

NAMED = 5
"""Agencies that a sentence names at most."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One agency with enough documents to judge.

    Attributes:
        name: short name.
        net: net tone, -1 to +1.
        low: lower end of its 95 % interval.
        high: upper end.
        n_toned: documents behind it.
        first: the best place, counted from the most negative, that the intervals allow.
        last: the worst such place.
    """

    name: str
    net: float
    low: float
    high: float
    n_toned: int
    first: int
    last: int


def tone(what: str, n_negative: int, n_neutral: int, n_positive: int, net: float | None) -> str:
    """Tone toward the service over documents that carry one.

    Args:
        what: what is counted: ``Artikel``.
        n_negative: of these, negative.
        n_neutral: neutral.
        n_positive: positive.
        net: net tone, or None where it was withheld for small n.
    """
    if n_negative == n_neutral == n_positive == 0:
        return f"Tidak ada {what.lower()} yang menilai layanan pemerintah daerah."
    counts = (
        f"{fmt.number(n_negative)} bernada negatif, {fmt.number(n_neutral)} netral, "
        f"dan {fmt.number(n_positive)} positif"
    )
    if net is None:
        return f"{what} yang menilai layanan: {counts}; {fmt.NOT_ENOUGH} untuk menyimpulkan tone."
    return f"Tone layanan dalam {what.lower()} {lean(net)} (tone bersih {fmt.tone(net)}): {counts}."


def lean(net: float) -> str:
    """A net tone in words."""
    if net <= -CLEAR_TONE:
        return "cenderung negatif"
    return "cenderung positif" if net >= CLEAR_TONE else "berimbang"


def tone_counts(n_negative: int, n_neutral: int, n_positive: int) -> str:
    """Counts per tone for a line of facts; zeros are left out."""
    parts = ((n_negative, "negatif"), (n_neutral, "netral"), (n_positive, "positif"))
    return " · ".join(f"{fmt.number(n)} {word}" for n, word in parts if n) or "tidak menilai layanan"


def lowest_opd(judged: Sequence[Judged], weeks: int) -> str:
    """Which agency has the most negative tone, as far as that can be told.

    Args:
        judged: all agencies of the regency with enough documents.
        weeks: over so many weeks.
    """
    span = f"selama {number_word(weeks)} minggu"
    if not judged:
        return f"Tone layanan per OPD {span}: {fmt.NOT_ENOUGH}."
    of = f"dari {number_word(len(judged))} OPD yang datanya cukup"
    if all(one.high >= 0 for one in judged):
        if all(one.net >= 0 for one in judged):
            return f"Tidak ada OPD dengan tone layanan negatif {span} ({of})."
        return f"Belum ada OPD yang tone layanannya jelas negatif {span} ({of})."
    if len(judged) == 1:
        return f"Hanya satu OPD yang datanya cukup {span}: {_measured(judged[0])}; tonenya jelas negatif."
    lowest = [one for one in judged if one.first == 1]
    if len(lowest) == 1:
        return f"Tone layanan paling negatif {span}: {_measured(lowest[0])}."
    if len(lowest) == len(judged):
        return (
            f"OPD dengan tone layanan paling negatif {span} belum dapat dibedakan: "
            f"rentang nilai {_whose(lowest)} bertumpang tindih."
        )
    return (
        f"OPD dengan tone layanan paling negatif {span} belum dapat dibedakan di antara "
        f"{series(_names(lowest))} karena rentang nilainya bertumpang tindih ({of})."
    )


def place(first: int | None, last: int | None, of: int | None) -> str:
    """The places an agency may have, from the most negative on; for a table."""
    return fmt.places(first, last, of)


def _measured(one: Judged) -> str:
    ends = fmt.interval(one.low, one.high, fmt.tone)
    return (
        f"{one.name} (tone bersih {fmt.tone(one.net)}, rentang 95% {ends}, "
        f"dari {fmt.number(one.n_toned)} dokumen)"
    )


def _whose(lowest: Sequence[Judged]) -> str:
    if len(lowest) == 2:
        return f"{lowest[0].name} dan {lowest[1].name}"
    return f"ke-{fmt.number(len(lowest))} OPD yang datanya cukup"


def _names(lowest: Sequence[Judged]) -> list[str]:
    ordered = sorted(lowest, key=lambda one: (one.net, one.name))
    names = [one.name for one in ordered[:NAMED]]
    if more := len(ordered[NAMED:]):
        names.append(f"{number_word(more)} OPD lain")
    return names
