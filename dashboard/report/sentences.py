"""From numbers to sentences: official but plain Bahasa Indonesia, by rules, without a model.

Every function is pure and total: zero, one, few, missing and withheld each have a sentence an
editor would let pass. A comparison is only made where there is something to compare with, and
a percentage only where the query gave one (it withholds it below `warehouse`'s minimum n).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dashboard import format as fmt
from dashboard.report.words import number_word, one_or, series

LOW_COVERAGE = 0.7
"""Below this share of sources in reach no comparison is made (a broken crawler is no silence)."""

TENFOLD = 9.0
"""Relative change from which a percentage says less than a multiple."""


@dataclass(frozen=True, slots=True)
class Change:
    """A count and what it may be compared with.

    Attributes:
        n: this week.
        n_before: the week before.
        mean_4: mean of the four weeks before.
        share: relative change, or None where it was withheld for small n.
        has_before: the week before was collected at all.
        has_four: the four weeks before were.
        coverage: share of sources in reach, None if not known.
        coverage_before: the same for the week before.
    """

    n: int
    n_before: int
    mean_4: float
    share: float | None
    has_before: bool = True
    has_four: bool = True
    coverage: float | None = 1.0
    coverage_before: float | None = 1.0


def change(what: str, c: Change) -> str:
    """How a count moved against the week before and the four weeks before.

    Args:
        what: what is counted, as the subject of the sentence: ``Jumlah artikel``.
        c: the numbers.
    """
    if c.coverage == 0:
        none = "tidak ada sumber aktif yang dapat dijangkau"
        return f"Perbandingan dengan minggu sebelumnya ditahan karena {none}."
    if c.coverage is not None and c.coverage < LOW_COVERAGE:
        return (
            f"Perbandingan dengan minggu sebelumnya ditahan karena hanya {fmt.percent(c.coverage)} "
            "sumber aktif yang dapat dijangkau."
        )
    if not c.has_before:
        return "Belum ada data minggu sebelumnya sebagai pembanding."
    if c.coverage_before is not None and c.coverage_before < LOW_COVERAGE:
        return _gap(c.coverage_before)
    before = _against_before(c)
    if not (c.has_four and (mean := _against_mean(c))):
        return f"{what} {before}."
    return f"{what} {before}{',' if ', ' in before else ''} dan {mean}."


def _gap(coverage_before: float) -> str:
    """The week before is no measure: it was not watched, or hardly."""
    if coverage_before == 0:
        return "Minggu sebelumnya tidak terpantau sehingga tidak dapat dibandingkan."
    return (
        f"Minggu sebelumnya tidak dipakai sebagai pembanding karena hanya {fmt.percent(coverage_before)} "
        "sumber yang dapat dijangkau waktu itu."
    )


def _against_before(c: Change) -> str:
    if c.n == c.n_before:
        return (
            "sama dengan minggu sebelumnya, yaitu nihil"
            if c.n == 0
            else f"sama dengan minggu sebelumnya ({fmt.number(c.n)})"
        )
    verb = "naik" if c.n > c.n_before else "turun"
    before, now = fmt.number(c.n_before), fmt.number(c.n) if c.n else "nihil"
    if c.n_before == 0:
        return f"naik dari nihil pada minggu sebelumnya menjadi {now}"
    moved = f"dari {before} pada minggu sebelumnya menjadi {now}"
    if c.n == 0:
        return f"turun {moved}"
    if c.share is None:
        return f"{verb} {moved} ({fmt.NOT_ENOUGH} untuk persentase)"
    if c.share >= TENFOLD:
        return f"naik sedikitnya sepuluh kali lipat, {moved}"
    size = fmt.percent(abs(c.share))
    if size == fmt.percent(0.0):
        return f"hampir sama dengan minggu sebelumnya ({before} menjadi {now})"
    return f"{verb} {size}, {moved}"


def _against_mean(c: Change) -> str:
    """Compared as printed: 12 is not "above" a mean that is printed as 12,0."""
    if c.mean_4 == 0:
        return ""  # "naik dari nihil" says it already
    now, mean = fmt.number(c.n, 1), fmt.number(c.mean_4, 1)
    if now == mean:
        return f"setara dengan rata-rata empat minggu sebelumnya ({mean})"
    side = "di atas" if c.n > c.mean_4 else "di bawah"
    return f"berada {side} rata-rata empat minggu sebelumnya ({mean})"


def volume(n: int, n_stories: int, n_sources: int, when: str = "minggu ini") -> str:
    """Articles, stories and outlets of the week: three different numbers."""
    if n == 0:
        return f"Tidak ada artikel berita tentang pelayanan publik Pati yang terpantau pada {when}."
    return (
        f"Terpantau {one_or(n)} artikel berita dari {one_or(n_sources)} media, "
        f"yang membentuk {one_or(n_stories)} cerita."
    )


def top_issue(title: str, n: int, n_sources: int, n_copies: int, opd: str | None) -> str:
    """The story with most independent voices."""
    copies = f", {one_or(n_copies)} di antaranya salinan" if n_copies else ""
    owner = f" OPD terkait: {opd}." if opd else " OPD terkait belum dapat ditentukan."
    return (
        f"Isu terbanyak dibahas: “{title}” ({one_or(n)} artikel dari "
        f"{one_or(n_sources)} media{copies}).{owner}"
    )


def issue_volume(
    n: int, n_sources: int, n_copies: int, n_before: int, *, is_new: bool, unit: str = "minggu"
) -> str:
    """How big a story was this week (or other unit of time) and where it is going."""
    size = f"Diberitakan dalam {one_or(n)} artikel dari {one_or(n_sources)} media"
    if n_copies:
        size += f" ({one_or(n_copies)} salinan)"
    if is_new:
        return f"{size}; mulai muncul {unit} ini."
    if n_before == 0:
        return f"{size}; muncul kembali setelah tidak diberitakan {unit} sebelumnya."
    if n == n_before:
        return f"{size}; sama banyak dengan {unit} sebelumnya."
    verb = "meningkat" if n > n_before else "mereda"
    return f"{size}; {verb} dari {one_or(n_before)} artikel pada {unit} sebelumnya."


def complaints_received(
    n: int, n_answered: int, n_resolved: int, n_set_aside: int, when: str = "minggu ini"
) -> str:
    """What came in and what became of it; answered is not done."""
    if n == 0:
        return f"Tidak ada aduan yang masuk pada {when}."
    if n == 1:
        return f"Masuk satu aduan, yang {_of_one(n_answered, n_resolved, n_set_aside)}."
    state = [
        _none_or(n_answered, n, "sudah dijawab", "belum satu pun dijawab"),
        _none_or(n_resolved, n, "dinyatakan selesai", "belum ada yang dinyatakan selesai"),
    ]
    if n_set_aside:
        state.append(_none_or(n_set_aside, n, "diarsipkan, tidak layak, atau bukan wewenang", ""))
    return f"Masuk {fmt.number(n)} aduan: {series(state)}."


def _of_one(n_answered: int, n_resolved: int, n_set_aside: int) -> str:
    if n_set_aside:
        return "diarsipkan, tidak layak, atau bukan wewenang"
    if n_resolved:
        return "sudah dijawab dan dinyatakan selesai" if n_answered else "dinyatakan selesai"
    return "sudah dijawab tetapi belum dinyatakan selesai" if n_answered else "belum dijawab"


def _none_or(part: int, whole: int, done: str, none: str) -> str:
    if part == 0:
        return none
    return f"semuanya {done}" if part == whole else f"{one_or(part)} {done}"


def queue(n_open: int, over_14: int, median_age: float | None) -> str:
    """The whole queue as of now."""
    if n_open == 0:
        return "Tidak ada aduan yang masih terbuka."
    late = (
        "tidak ada yang berumur lebih dari 14 hari"
        if over_14 == 0
        else (
            "seluruhnya berumur lebih dari 14 hari"
            if over_14 == n_open and n_open > 1
            else f"{one_or(over_14)} di antaranya berumur lebih dari 14 hari"
        )
    )
    if n_open == 1:
        late = "umurnya lebih dari 14 hari" if over_14 else "umurnya belum lebih dari 14 hari"
    age = f" (median umur {fmt.number(median_age)} hari)" if median_age is not None and n_open > 1 else ""
    return f"Antrean berisi {one_or(n_open)} aduan terbuka{age}; {late}."


def overdue(n_overdue: int, n_open: int) -> str:
    """How much of the queue waits beyond a deadline."""
    if n_overdue == 0:
        return "Tidak ada aduan terbuka yang melewati tenggat."
    if n_open == 1:
        return "Aduan itu sudah melewati tenggat langkah yang ditunggu."
    if n_overdue == n_open:
        return "Seluruh antrean sudah melewati tenggat langkah yang ditunggu."
    return f"Dari antrean itu, {one_or(n_overdue)} sudah melewati tenggat langkah yang ditunggu."


def first_reply(n: int, n_waiting: int, median: int | None) -> str:
    """How long the first reply takes; what still waits is counted as waiting.

    Args:
        n: complaints received in the last 12 complete weeks.
        n_waiting: of these, open and not answered.
        median: working days until half are answered; None if there are too few, if their moments
            are not known, or if half are not answered yet.
    """
    waits = "semuanya sudah dijawab atau ditutup" if n_waiting == 0 else f"{one_or(n_waiting)} belum dijawab"
    head = f"Dari {fmt.number(n)} aduan dalam 12 minggu penuh terakhir, {waits}"
    if n == 1:
        state = "sudah dijawab atau ditutup" if n_waiting == 0 else "belum dijawab"
        head = f"Satu-satunya aduan dalam 12 minggu penuh terakhir {state}"
    if median is None:
        return f"{head}; waktu sampai jawaban pertama belum dapat dihitung."
    return f"{head}; separuhnya dijawab dalam {fmt.number(median)} hari kerja."


def sources(n_sources: int, n_ok: int, failing: Sequence[tuple[str, str]]) -> str:
    """Which sources the numbers rest on.

    Args:
        n_sources: active sources.
        n_ok: of these, those that work and bring what they usually bring.
        failing: name and verdict of the others.
    """
    if n_sources == 0:
        return "Belum ada sumber aktif; laporan ini tidak memuat pemantauan media."
    if n_ok == n_sources == 1:
        return "Satu-satunya sumber aktif berfungsi baik."
    if n_ok == n_sources:
        return f"Seluruh {fmt.number(n_sources)} sumber aktif berfungsi baik."
    named = ", ".join(f"{name} ({verdict})" for name, verdict in failing[:3])
    rest = f", dan {number_word(len(failing[3:]))} lainnya" if failing[3:] else ""
    good = f"Dari {fmt.number(n_sources)} sumber aktif, {one_or(n_ok)} berfungsi baik"
    if n_ok == 0 and n_sources == 1:
        good = "Satu-satunya sumber aktif tidak berfungsi baik"
    elif n_ok == 0:
        good = f"Tidak satu pun dari {fmt.number(n_sources)} sumber aktif berfungsi baik"
    return f"{good}; bermasalah: {named}{rest}. Angka dapat lebih rendah daripada keadaan sebenarnya."


def alerts(n: int, largest: str) -> str:
    """How many alerts the week has, and what the largest says.

    Args:
        n: alerts.
        largest: its reason, a whole sentence; "" for none.
    """
    if n == 0:
        return "Tidak ada peringatan dini pada minggu ini."
    if n == 1:
        return f"Ada satu peringatan dini. {largest}"
    return f"Ada {fmt.number(n)} peringatan dini. Yang terbesar: {largest}"


def attention(opd: str | None, over_14: int, n_open: int) -> str:
    """What leadership is asked to decide, from the oldest part of the queue; empty for nothing."""
    if opd is None or over_14 == 0:
        return ""
    if n_open == 1:
        return f"Mohon arahan kepada {opd} atas satu aduan terbuka yang berumur lebih dari 14 hari."
    if over_14 == n_open:
        return (
            f"Mohon arahan kepada {opd} untuk menindaklanjuti {fmt.number(n_open)} aduan terbuka, "
            "yang seluruhnya berumur lebih dari 14 hari."
        )
    return (
        f"Mohon arahan kepada {opd} untuk mendahulukan {one_or(over_14)} aduan yang terbuka "
        f"lebih dari 14 hari (dari {fmt.number(n_open)} aduan terbuka)."
    )


def quick_win(name: str, n: int, n_stories: int, n_advertorial: int) -> str:
    """How visible a quick win was."""
    if n == 0:
        return f"{name}: tidak disebut."
    paid = ""
    if n_advertorial:
        paid = (
            " Seluruhnya advertorial."
            if n_advertorial == n
            else f" Termasuk {one_or(n_advertorial)} advertorial."
        )
    return f"{name}: disebut dalam {one_or(n)} dokumen dari {one_or(n_stories)} cerita.{paid}"


def undated(n: int) -> str:
    """Documents without a trustworthy date; empty for none."""
    if n == 0:
        return ""
    head = "Satu" if n == 1 else f"Sebanyak {fmt.number(n)}"
    return (
        f"{head} dokumen tidak memiliki tanggal yang dapat dipercaya "
        "sehingga tidak dihitung pada minggu mana pun."
    )


def reach(n_reached: int | None, n_expected: int | None) -> str:
    """How many sources the numbers of the week rest on; empty where all were in reach or none expected."""
    if not n_expected or n_reached is None or n_reached == n_expected:
        return ""
    if n_reached == 0:
        return (
            f"Tidak satu pun dari {fmt.number(n_expected)} sumber dapat dijangkau pada minggu laporan; "
            "angka berita tidak mencerminkan keadaan sebenarnya."
        )
    return (
        f"Pada minggu laporan, {one_or(n_reached)} dari {fmt.number(n_expected)} sumber dapat dijangkau; "
        "angka dapat lebih rendah daripada keadaan sebenarnya."
    )


def filled_in(n: int, n_expected: int | None) -> str:
    """Whether the articles of the week were only collected later; empty where sources were watched."""
    if n_expected or n == 0:
        return ""
    return (
        "Minggu laporan belum dipantau saat itu: isinya diambil kemudian sejauh masih ditawarkan media, "
        "sehingga kelengkapannya tidak diketahui."
    )


def structural_break(
    label: str, start: date, end: date | None = None, compared: str = "minggu-minggu"
) -> str:
    """An event that makes the compared weeks unlike each other."""
    when = fmt.span(start, end) if end else fmt.day_long(start).split(", ")[1]
    return (
        f"Catatan: “{label}” ({when}) jatuh pada {compared} yang dibandingkan; "
        "baca perubahan dengan hati-hati."
    )
