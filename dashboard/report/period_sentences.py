"""Sentences on a month or a quarter beside the one before: pure, by rules.

Months differ by up to three days, so a percentage compares means per day and says so; the counts stand
beside it with the names of their periods.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dashboard import format as fmt
from dashboard.report.sentences import LOW_COVERAGE, TENFOLD
from dashboard.report.words import number_word, one_or
from warehouse.queries import CalendarPeriod
from warehouse.queries.trends import MIN_N

UNIT = {"month": "bulan", "quarter": "triwulan"}
_ORDINALS = ("I", "II", "III", "IV")


METHOD: Final = (
    (
        "Bulan tidak sama panjang, sehingga persentase membandingkan rata-rata per hari. Persentase dan tone "
        f"bersih tidak ditampilkan bila kurang dari {MIN_N} dokumen."
    ),
    (
        "Aduan yang dijawab, selesai, dan masih terbuka: keadaan pada saat laporan dibuat. Antrean: keadaan "
        "pada hari terakhir periode."
    ),
    "Artikel yang menceritakan kejadian yang sama disatukan menjadi satu cerita; salinan bukan suara baru.",
    (
        "Satu dokumen dapat menyangkut beberapa OPD, sehingga jumlah per OPD tidak sama dengan jumlah "
        "keseluruhan."
    ),
    "Cakupan sumber dihitung menurut minggu yang hari Seninnya jatuh dalam periode.",
)
"""How the numbers of such a report are counted; its annex prints it."""


@dataclass(frozen=True, slots=True)
class PeriodChange:
    """A count and what it may be compared with.

    Attributes:
        n: in the period.
        n_before: in the one before.
        per_day: mean per day.
        per_day_before: the same before.
        share: relative change of the mean per day, None where it was withheld for small n.
        has_before: the period before was collected whole.
        coverage: share of sources in reach, None if not known or of no matter.
        coverage_before: the same before.
    """

    n: int
    n_before: int
    per_day: float
    per_day_before: float
    share: float | None
    has_before: bool = True
    coverage: float | None = 1.0
    coverage_before: float | None = 1.0


def period_name(period: CalendarPeriod) -> str:
    """``Oktober 2026``, ``Triwulan III 2026``."""
    if period.kind == "month":
        return fmt.month(period.first)
    return f"Triwulan {_ORDINALS[period.first.month // 3]} {period.first.year}"


def period_title(period: CalendarPeriod) -> str:
    """The period with its days, as a subtitle."""
    return f"{period_name(period)} ({fmt.span(period.first, period.last)})"


def change(what: str, c: PeriodChange, period: CalendarPeriod) -> str:
    """How a count moved against the period before.

    Args:
        what: what is counted, as the subject of the sentence: ``Jumlah artikel``.
        c: the numbers.
        period: the period reported on.
    """
    unit, name, before = UNIT[period.kind], period_name(period), period_name(period.before)
    if c.coverage is not None and c.coverage < LOW_COVERAGE:
        return (
            f"Perbandingan dengan {before} ditahan karena pada {unit} laporan {_few(c.coverage)} yang dapat "
            "dijangkau."
        )
    if not c.has_before:
        return f"Belum ada data {before} yang lengkap sebagai pembanding."
    if c.coverage_before is not None and c.coverage_before < LOW_COVERAGE:
        return (
            f"{before} tidak dipakai sebagai pembanding karena {_few(c.coverage_before)} yang dapat "
            "dijangkau waktu itu."
        )
    if c.n == c.n_before == 0:
        return f"{what} nihil, sama seperti pada {before}."
    if c.n_before == 0:
        return f"{what} naik dari nihil pada {before} menjadi {fmt.number(c.n)} pada {name}."
    if c.n == 0:
        return f"{what} turun dari {fmt.number(c.n_before)} pada {before} menjadi nihil pada {name}."
    counts = f"{fmt.number(c.n)} pada {name}, {fmt.number(c.n_before)} pada {before}"
    if c.share is None:
        return f"{what}: {counts} ({fmt.NOT_ENOUGH} untuk persentase)."
    return f"{what} per hari {_moved(c)}: {counts}."


def _few(coverage: float) -> str:
    """So few sources, as printed."""
    return "tidak ada sumber" if coverage == 0 else f"hanya {fmt.percent(coverage)} sumber"


def readings(n_reached: int, n_expected: int, share: float | None, period: CalendarPeriod) -> str:
    """How much of what should have been read was read.

    Args:
        n_reached: sources times weeks that were read.
        n_expected: that should have been.
        share: of the two; None where nothing was expected.
        period: the period reported on.
    """
    if share is None:
        return f"{period_name(period)} belum dipantau saat itu; kelengkapan isinya tidak diketahui."
    span = f"Sepanjang {UNIT[period.kind]} laporan,"
    if n_reached == 0:
        return f"{span} tidak satu pun dari {fmt.number(n_expected)} pembacaan mingguan sumber berhasil."
    if n_reached == n_expected:
        return f"{span} seluruh {fmt.number(n_expected)} pembacaan mingguan sumber berhasil."
    return (
        f"{span} {fmt.percent(share)} pembacaan mingguan sumber berhasil "
        f"({fmt.number(n_reached)} dari {fmt.number(n_expected)})."
    )


def _moved(c: PeriodChange) -> str:
    """Compared as printed: what rounds to the same is called the same."""
    share = c.share or 0.0
    now, before = fmt.number(c.per_day, 1), fmt.number(c.per_day_before, 1)
    if fmt.percent(abs(share)) == fmt.percent(0.0):
        return "hampir tidak berubah"
    if share >= TENFOLD:
        return f"naik sedikitnya sepuluh kali lipat (rata-rata {before} menjadi {now})"
    verb = "naik" if share > 0 else "turun"
    means = f"rata-rata {before} menjadi {now}" if now != before else f"rata-rata tetap sekitar {now}"
    return f"{verb} {fmt.percent(abs(share))} ({means})"


def backlog(n_before: int | None, n_end: int, n_late: int, period: CalendarPeriod) -> str:
    """What was open at the ends of the period.

    Args:
        n_before: open at the end of the period before; None where that was not collected whole.
        n_end: open at the end of this one.
        n_late: of these, for more than 14 days.
        period: the period reported on.
    """
    name, before = period_name(period), period_name(period.before)
    if n_end == 0:
        left = f", turun dari {fmt.number(n_before)} pada akhir {before}" if n_before else ""
        return f"Pada akhir {name} tidak ada aduan terbuka{left}."
    if n_before is None:
        moved = ""
    elif n_end == n_before:
        moved = f", sama banyak dengan akhir {before}"
    else:
        verb = "naik" if n_end > n_before else "turun"
        from_ = "nihil" if n_before == 0 else fmt.number(n_before)
        moved = f", {verb} dari {from_} pada akhir {before}"
    return f"Pada akhir {name} ada {one_or(n_end)} aduan terbuka{moved}; {_late(n_late, n_end)}."


def _late(n_late: int, n_end: int) -> str:
    if n_late == 0:
        return "tidak ada yang berumur lebih dari 14 hari"
    if n_end == 1:
        return "umurnya lebih dari 14 hari"
    if n_late == n_end:
        return "seluruhnya berumur lebih dari 14 hari"
    return f"{one_or(n_late)} di antaranya berumur lebih dari 14 hari"


def unsure(n: int) -> str:
    """Complaints of which nobody knows whether they were open; empty for none."""
    if n == 0:
        return ""
    return f"Tidak termasuk {one_or(n)} aduan yang saat selesainya tidak tercatat."


def office_documents(name: str, n: int, n_news: int, n_stories: int, weeks: int) -> str:
    """What concerned one office over some weeks."""
    span = f"selama {number_word(weeks)} minggu"
    if n == 0:
        return f"Tidak ada dokumen yang menyangkut {name} {span}."
    if n_news == 0:
        return f"{_documents(n)} menyangkut {name} {span}; tidak ada artikel berita di antaranya."
    if n == n_news:
        return f"{_articles(n)} menyangkut {name} {span}, yang membentuk {one_or(n_stories)} cerita."
    return (
        f"{_documents(n)} menyangkut {name} {span}, di antaranya {one_or(n_news)} artikel berita "
        f"yang membentuk {one_or(n_stories)} cerita."
    )


def _documents(n: int) -> str:
    return "Satu dokumen" if n == 1 else f"Sebanyak {fmt.number(n)} dokumen"


def _articles(n: int) -> str:
    return "Satu artikel berita" if n == 1 else f"Sebanyak {fmt.number(n)} artikel berita"


def office_week_change(n: int, n_before: int) -> str:
    """Complaints of two weeks beside each other; never a percentage: an office has few."""
    if n == n_before:
        return "Jumlah aduannya sama dengan minggu sebelumnya."
    verb = "naik" if n > n_before else "turun"
    before, now = ("nihil" if one == 0 else fmt.number(one) for one in (n_before, n))
    return f"Jumlah aduannya {verb} dari {before} pada minggu sebelumnya menjadi {now}."


def office_tone(
    name: str,
    n: int,
    counts: tuple[int, int, int],
    net: float | None,
    ends: tuple[float | None, float | None],
) -> str:
    """Tone toward one office.

    Args:
        name: short name.
        n: documents that judge its service.
        counts: negative, neutral, positive.
        net: net tone, None where it was withheld.
        ends: its 95 % interval.
    """
    if n == 0:
        return f"Tidak ada dokumen yang menilai layanan {name} selama empat minggu."
    negative, neutral, positive = map(fmt.number, counts)
    told = f"{negative} negatif, {neutral} netral, dan {positive} positif"
    if net is None:
        return f"Dokumen yang menilai layanan {name}: {told}; {fmt.NOT_ENOUGH} untuk menyimpulkan tone."
    interval = fmt.interval(*ends, fmt.tone)
    return (
        f"Tone layanan {name} selama empat minggu: {told} (tone bersih {fmt.tone(net)}, "
        f"rentang 95% {interval}, dari {fmt.number(n)} dokumen)."
    )
