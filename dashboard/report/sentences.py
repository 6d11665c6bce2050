"""From numbers to sentences: official but plain Bahasa Indonesia, by rules, without a model.

Every function is pure and total: zero, one, few, missing and withheld each have a sentence an
editor would let pass. A comparison is only made where there is something to compare with, and
a percentage only where the query gave one (it withholds it below `warehouse`'s minimum n).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard import format as fmt

CLEAR_TONE = 0.2
"""Net tone from which a tone is called negative or positive rather than balanced."""

LOW_COVERAGE = 0.7
"""Below this share of sources in reach no comparison is made (a broken crawler is no silence)."""


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
        coverage: share of active sources in reach, None if not known.
    """

    n: int
    n_before: int
    mean_4: float
    share: float | None
    has_before: bool = True
    has_four: bool = True
    coverage: float | None = 1.0


def change(what: str, c: Change) -> str:
    """How a count moved against the week before and the four weeks before.

    Args:
        what: what is counted, as the subject of the sentence: ``Jumlah artikel``.
        c: the numbers.
    """
    if c.coverage is not None and c.coverage < LOW_COVERAGE:
        return (
            f"Perbandingan dengan minggu sebelumnya ditahan karena hanya {fmt.percent(c.coverage)} "
            "sumber aktif yang dapat dijangkau."
        )
    if not c.has_before:
        return "Belum ada data minggu sebelumnya sebagai pembanding."
    parts = [_against_before(c)]
    if c.has_four and (mean := _against_mean(c)):
        parts.append(mean)
    return f"{what} {' dan '.join(parts)}."


def _against_before(c: Change) -> str:
    if c.n == c.n_before:
        return (
            "sama dengan minggu sebelumnya, yaitu nihil"
            if c.n == 0
            else f"sama dengan minggu sebelumnya ({fmt.number(c.n)})"
        )
    before, now = fmt.number(c.n_before), fmt.number(c.n)
    if c.n_before == 0:
        return f"naik dari nihil pada minggu sebelumnya menjadi {now}"
    verb = "naik" if c.n > c.n_before else "turun"
    if c.n == 0:
        return f"turun dari {before} pada minggu sebelumnya menjadi nihil"
    if c.share is None:
        few = f"({fmt.NOT_ENOUGH} untuk persentase)"
        return f"{verb} dari {before} pada minggu sebelumnya menjadi {now} {few}"
    size = fmt.percent(abs(c.share))
    if size == fmt.percent(0.0):
        return f"hampir sama dengan minggu sebelumnya ({before})"
    return f"{verb} {size} dari {before} pada minggu sebelumnya"


def _against_mean(c: Change) -> str:
    """Compared as printed: 12 is not "above" a mean that is printed as 12,0."""
    if c.mean_4 == 0:
        return ""  # "naik dari nihil" says it already
    now, mean = fmt.number(c.n, 1), fmt.number(c.mean_4, 1)
    if now == mean:
        return f"setara dengan rata-rata empat minggu sebelumnya ({mean})"
    side = "di atas" if c.n > c.mean_4 else "di bawah"
    return f"berada {side} rata-rata empat minggu sebelumnya ({mean})"


def volume(n: int, n_stories: int, n_sources: int) -> str:
    """Articles, stories and outlets of the week: three different numbers."""
    if n == 0:
        return "Tidak ada artikel berita tentang pelayanan publik Pati yang terpantau pada minggu ini."
    return (
        f"Terpantau {fmt.number(n)} artikel berita dari {fmt.number(n_sources)} media, "
        f"yang membentuk {fmt.number(n_stories)} cerita."
    )


def top_issue(title: str, n: int, n_sources: int, n_copies: int, opd: str | None) -> str:
    """The story with most independent voices."""
    copies = f", {fmt.number(n_copies)} di antaranya salinan" if n_copies else ""
    owner = f" OPD terkait: {opd}." if opd else " OPD terkait belum dapat ditentukan."
    return (
        f"Isu terbanyak dibahas: “{title}” ({fmt.number(n)} artikel dari "
        f"{fmt.number(n_sources)} media{copies}).{owner}"
    )


def issue_volume(n: int, n_sources: int, n_copies: int, n_before: int, *, is_new: bool) -> str:
    """How big a story was this week and where it is going."""
    size = f"{fmt.number(n)} artikel dari {fmt.number(n_sources)} media"
    if n_copies:
        size += f" ({fmt.number(n_copies)} salinan)"
    if is_new:
        return f"{size}; mulai muncul minggu ini."
    if n_before == 0:
        return f"{size}; muncul kembali setelah tidak diberitakan minggu sebelumnya."
    if n == n_before:
        return f"{size}; sama banyak dengan minggu sebelumnya."
    verb = "meningkat" if n > n_before else "mereda"
    return f"{size}; {verb} dari {fmt.number(n_before)} artikel pada minggu sebelumnya."


def complaints_received(n: int, n_answered: int, n_resolved: int, n_set_aside: int) -> str:
    """What came in and what became of it; answered is not done."""
    if n == 0:
        return "Tidak ada aduan yang masuk pada minggu ini."
    state = [
        _none_or(n_answered, n, "sudah dijawab", "belum satu pun dijawab"),
        _none_or(n_resolved, n, "dinyatakan selesai", "belum ada yang dinyatakan selesai"),
    ]
    if n_set_aside:
        state.append(f"{fmt.number(n_set_aside)} diarsipkan, tidak layak, atau bukan wewenang")
    *head, last = state
    comma = "," if len(state) > 2 else ""
    return f"Masuk {fmt.number(n)} aduan: {', '.join(head)}{comma} dan {last}."


def _none_or(part: int, whole: int, done: str, none: str) -> str:
    if part == 0:
        return none
    return f"semuanya {done}" if part == whole and whole > 1 else f"{fmt.number(part)} {done}"


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
            else f"{fmt.number(over_14)} di antaranya berumur lebih dari 14 hari"
        )
    )
    if n_open == 1:
        late = "umurnya lebih dari 14 hari" if over_14 else "umurnya belum lebih dari 14 hari"
    age = f" (median umur {fmt.number(median_age)} hari)" if median_age is not None and n_open > 1 else ""
    return f"Antrean berisi {fmt.number(n_open)} aduan terbuka{age}; {late}."


def overdue(n_overdue: int, n_open: int) -> str:
    """How much of the queue waits beyond a deadline."""
    if n_overdue == 0:
        return "Tidak ada aduan terbuka yang melewati tenggat."
    if n_overdue == n_open:
        return "Seluruh antrean sudah melewati tenggat langkah yang ditunggu."
    return f"Dari antrean itu, {fmt.number(n_overdue)} sudah melewati tenggat langkah yang ditunggu."


def first_reply(n: int, n_waiting: int, median: int | None) -> str:
    """How long the first reply takes; what still waits is counted as waiting.

    Args:
        n: complaints received in the last 12 complete weeks.
        n_waiting: of these, open and not answered.
        median: working days until half are answered; None if there are too few, if their moments
            are not known, or if half are not answered yet.
    """
    waits = (
        "semuanya sudah dijawab atau ditutup" if n_waiting == 0 else f"{fmt.number(n_waiting)} belum dijawab"
    )
    head = f"Dari {fmt.number(n)} aduan dalam 12 minggu penuh terakhir, {waits}"
    if median is None:
        return f"{head}; waktu sampai jawaban pertama belum dapat dihitung."
    return f"{head}; separuhnya dijawab dalam {fmt.number(median)} hari kerja."


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


def worst_opd(opd: str | None, net: float | None, n_toned: int, weeks: int, n_judged: int) -> str:
    """The agency with the most negative net tone, if any is negative on enough documents.

    Args:
        opd: its short name, None if no agency has a negative net tone.
        net: its net tone.
        n_toned: on so many documents.
        weeks: in so many weeks.
        n_judged: agencies with enough documents to judge.
    """
    if n_judged == 0:
        return f"Tone layanan per OPD selama {weeks} minggu: {fmt.NOT_ENOUGH}."
    if opd is None or net is None:
        return (
            f"Tidak ada OPD dengan tone layanan negatif selama {weeks} minggu "
            f"(dari {fmt.number(n_judged)} OPD yang datanya cukup)."
        )
    return (
        f"Tone layanan paling negatif selama {weeks} minggu: {opd} "
        f"(tone bersih {fmt.tone(net)} dari {fmt.number(n_toned)} dokumen)."
    )


def sources(n_sources: int, n_ok: int, failing: Sequence[tuple[str, str]]) -> str:
    """Which sources the numbers rest on.

    Args:
        n_sources: active sources.
        n_ok: of these, those that work and bring what they usually bring.
        failing: name and verdict of the others.
    """
    if n_sources == 0:
        return "Belum ada sumber aktif; laporan ini tidak memuat pemantauan media."
    if n_ok == n_sources:
        return f"Seluruh {fmt.number(n_sources)} sumber aktif berfungsi baik."
    named = ", ".join(f"{name} ({verdict})" for name, verdict in failing[:3])
    rest = f", dan {fmt.number(len(failing[3:]))} lainnya" if failing[3:] else ""
    good = f"{fmt.number(n_ok)} dari {fmt.number(n_sources)} sumber aktif berfungsi baik"
    if n_ok == 0:
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
    return f"Ada {fmt.number(n)} peringatan dini; yang terbesar: {largest}"


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
        f"Mohon arahan kepada {opd} untuk mendahulukan {fmt.number(over_14)} aduan yang terbuka "
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
            else f" Termasuk {fmt.number(n_advertorial)} advertorial."
        )
    return f"{name}: disebut dalam {fmt.number(n)} dokumen dari {fmt.number(n_stories)} cerita.{paid}"


def tone_counts(n_negative: int, n_neutral: int, n_positive: int) -> str:
    """Counts per tone for a line of facts; zeros are left out."""
    parts = ((n_negative, "negatif"), (n_neutral, "netral"), (n_positive, "positif"))
    return " · ".join(f"{fmt.number(n)} {word}" for n, word in parts if n) or "tidak menilai layanan"


def undated(n: int) -> str:
    """Documents without a trustworthy date; empty for none."""
    if n == 0:
        return ""
    return (
        f"{fmt.number(n)} dokumen tidak memiliki tanggal yang dapat dipercaya "
        "sehingga tidak dihitung pada minggu mana pun."
    )


def structural_break(label: str) -> str:
    """An event that makes the compared weeks unlike each other."""
    return f"Catatan: “{label}” jatuh pada minggu-minggu yang dibandingkan; baca perubahan dengan hati-hati."
