"""Which quick wins go on after the prize: flags, and an order only where the data tell them apart. Pure.

How much is written about a programme is no merit. One stands above another only for a stated reason: it has
fewer flags, or as many and a better tone whose interval lies wholly above the other's. All else is a tie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Silence = Literal["never", "few", "telling", "silent", "coverage"]
Rise = Literal["no_start", "few", "coverage", "steady", "rising"]
LONG = 8
"""Weeks without a mention before anybody speaks of silence; as in `mart_quick_win_life`."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")


@dataclass(frozen=True, slots=True)
class Life:
    """A row of `mart_quick_win_life`; its head says what each column means."""

    quick_win: str
    name: str
    opd_id: str | None
    dimension: str | None
    start: date | None
    n_told: int
    n_stories: int
    n_sources: int
    n_advertorial: int
    advertorial: float | None
    last_week: date | None
    n_weeks_told: int
    n_weeks_active: int | None
    n_weeks_silent: int | None
    silence_chance: float | None
    silence_coverage: float | None
    n_toned: int
    n_negative: int
    n_neutral: int
    n_positive: int
    net_tone: float | None
    net_tone_low: float | None
    net_tone_high: float | None
    n_around: int
    n_after: int
    n_weeks_before: int
    n_weeks_after: int
    after_share: float | None
    n_lately: int
    n_recent: int
    n_weeks_earlier: int
    n_weeks_recent: int
    recent_share: float | None
    silence: Silence
    since_start: Rise
    of_late: Rise

    @property
    def flags(self) -> tuple[str, ...]:
        """What is wrong, as Indonesian labels."""
        found = (
            ("senyap", self.silence == "silent"),
            ("aduan naik sesudah mulai", self.since_start == "rising"),
            ("aduan naik belakangan ini", self.of_late == "rising"),
        )
        return tuple(label for label, holds in found if holds)

    @property
    def known(self) -> bool:
        """Whether enough was told, and read, to say whether it goes on."""
        return self.silence in ("telling", "silent")


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a quick win stands.

    Attributes:
        life: its numbers.
        rank: 1 is best; those not told apart share a rank. None while too little is known.
        reasons: Indonesian sentences that a reader can check.
    """

    life: Life
    rank: int | None
    reasons: tuple[str, ...]


def standings(lives: Sequence[Life]) -> list[Kept]:
    """Order quick wins as far as the data tell them apart, the best first; unknown ones last, by name."""
    known = [one for one in lives if one.known]
    ranks = {one.quick_win: 1 + len([True for other in known if why_above(other, one)]) for one in known}
    made = [
        Kept(one, ranks.get(one.quick_win), (*reasons(one), *(_beside(one, known) if one.known else ())))
        for one in lives
    ]
    return sorted(made, key=lambda one: (one.rank is None, one.rank or 0, one.life.name))


def why_above(one: Life, other: Life) -> str:
    """Why one stands above another, in a few words; empty if it does not."""
    mine, theirs = len(one.flags), len(other.flags)
    if mine != theirs:
        return f"benderanya lebih sedikit ({mine} dan {theirs})" if mine < theirs else ""
    if one.net_tone_low is None or other.net_tone_high is None or one.net_tone_low <= other.net_tone_high:
        return ""
    return "nada bersihnya lebih tinggi dan selangnya tidak bertumpuk"


def reasons(one: Life) -> tuple[str, ...]:
    """What is known of a quick win, in sentences."""
    return (_silence(one), *_complaints(one), _tone(one))


def why_flagged(one: Life) -> str:
    """The sentences behind the flags of a quick win; empty without any."""
    silence, *complaints, _ = reasons(one)
    rising = [said for said in complaints if said.startswith("Aduan naik")]
    return " ".join([*([silence] if one.silence == "silent" else []), *rising])


def _beside(one: Life, known: Sequence[Life]) -> list[str]:
    others = [other for other in known if other.quick_win != one.quick_win]
    said = [f"Di atas {other.name}: {why}." for other in others if (why := why_above(one, other))]
    alike = [other.name for other in others if not why_above(one, other) and not why_above(other, one)]
    if alike:
        said.append(f"Tidak dapat dibedakan dari {', '.join(alike)}; banyaknya berita tidak dihitung.")
    return said


def _silence(one: Life) -> str:
    if one.silence == "never":
        return "Belum pernah disebut; belum ada yang dapat dikatakan."
    told = f"disebut pada {one.n_weeks_told} dari {one.n_weeks_active} minggu ({one.n_stories} cerita)"
    if one.silence == "few":
        return f"Baru {told}; terlalu sedikit untuk menilai keberlanjutan."
    last = f"terakhir pada minggu {_day(one.last_week)}"
    if one.silence == "telling":
        if (one.n_weeks_silent or 0) < LONG:
            return f"Masih diberitakan: {told}, {last}."
        return (
            f"Belum dapat disebut senyap: {told}, {last}, {one.n_weeks_silent} minggu penuh yang lalu; "
            "ia memang jarang diberitakan."
        )
    quiet = f"{one.n_weeks_silent} minggu penuh tanpa satu penyebutan, padahal sebelumnya {told}"
    covered = f"sumber yang dulu memberitakannya terbaca pada {_percent(one.silence_coverage)} minggu itu"
    if one.silence == "coverage":
        return f"Tidak diketahui: {quiet}, tetapi {covered}; tidak ada bendera."
    return f"Senyap: {quiet}; {covered}. Peluang kebetulan {_percent(one.silence_chance, 2)}."


def _complaints(one: Life) -> list[str]:
    said = []
    after = (
        f"{one.n_after} aduan dalam {one.n_weeks_after} minggu sesudah mulai, "
        f"{one.n_around - one.n_after} dalam {one.n_weeks_before} minggu sebelumnya"
    )
    said.append({
        "no_start": "Tanggal mulai belum diketahui; aduan sebelum dan sesudahnya tidak dapat dibandingkan.",
        "few": f"{after}: terlalu sedikit untuk dibandingkan."
        if one.n_around
        else "Tidak ada aduan yang menyebutnya sebelum atau sesudah mulai.",
        "coverage": f"{after}: catatan aduannya bolong, tidak dapat dibandingkan.",
        "steady": f"{after}: tidak naik melebihi kebetulan.",
        "rising": f"Aduan naik sesudah mulai: {after}.",
    }[one.since_start])  # fmt: skip
    late = f"{one.n_recent} dari {one.n_lately} aduan 26 minggu terakhir masuk dalam 8 minggu terakhir"
    if one.of_late == "rising":
        said.append(f"Aduan naik belakangan ini: {late}.")
    elif one.of_late == "coverage":
        said.append(f"{late}, tetapi catatan aduannya bolong; tidak ada bendera.")
    return said


def _tone(one: Life) -> str:
    if one.n_toned == 0:
        return "Belum ada teks bernada tentangnya."
    counted = f"negatif {one.n_negative}, netral {one.n_neutral}, positif {one.n_positive}"
    if one.net_tone is None:
        return f"Nada: {counted}; data belum cukup."
    ends = f"{_number(one.net_tone_low)} sampai {_number(one.net_tone_high)}"
    return f"Nada bersih {_number(one.net_tone)}, selang {ends} ({counted})."


def _day(day: date | None) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if day else "?"


def _percent(share: float | None, decimals: int = 0) -> str:
    return f"{share or 0:.{decimals}%}".replace(".", ",")


def _number(value: float | None) -> str:
    return f"{value or 0:+.2f}".replace(".", ",").replace("-", "\N{MINUS SIGN}")
