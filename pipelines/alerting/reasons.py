"""Why, and without what not: the sentences of an alert. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NOUNS = {"topic": "laporan dan cerita", "opd_complaint": "aduan", "topic_kecamatan": "laporan dan cerita"}
SPANS = {1: "dalam seminggu", 2: "dalam dua minggu"}
RAREST = 10_000
SOURCE_WORDS = {
    "hilang": "tidak dapat dihubungi pada tiga percobaan terakhir",
    "rusak": "gagal diambil atau tidak terbaca pada percobaan terakhir",
    "diblokir": "menolak perayap kita",
    "sepi": "memuat jauh lebih sedikit daripada biasanya",
}


@dataclass(frozen=True, slots=True)
class Weight:
    """One way to look at the items of an alert: by source, by place.

    Attributes:
        what: how it is named, e.g. ``"dari Kanal Aduan"``.
        n: items that would be gone without it.
    """

    what: str
    n: int


def decimal(value: float, digits: int = 1) -> str:
    """A number as Indonesian writes it."""
    return f"{value:.{digits}f}".replace(".", ",")


def whole(value: float) -> str:
    """A whole number with points between thousands."""
    return f"{round(value):,}".replace(",", ".")


def rise(label: str, noun: str, n: int, usual: float, window: int, copies: int, chance: float) -> str:
    """Why a rise is one."""
    again = f"; {whole(copies)} salinan tidak dihitung" if copies > 0 else ""
    return (
        f"{label}: {whole(n)} {noun} {SPANS[window]}, biasanya sekitar {decimal(usual)}; "
        f"kebetulan semata {_how_often(chance)}{again}."
    )


def drop(label: str, noun: str, n: int, usual: float, window: int, cover: float) -> str:
    """Why a fall is one."""
    return (
        f"{label}: {whole(n)} {noun} {SPANS[window]}, biasanya sekitar {decimal(usual)}, padahal sumber yang "
        f"biasanya memuatnya terjangkau ({round(100 * cover)}%)."
    )


def _how_often(chance: float) -> str:
    if chance * RAREST <= 1:
        return f"lebih jarang dari sekali dalam {whole(RAREST)} minggu"
    return f"sekitar sekali dalam {whole(1 / chance)} minggu"


def without(n: int, least: int, noun: str, weights: Sequence[Weight], total: int) -> str:
    """Without what a rise would be none.

    Args:
        n: items counted.
        least: fewest that are a rise.
        noun: what is counted.
        weights: groups of items.
        total: n with copies.
    """
    spare = n - least + 1  # so many fewer, and it is none
    enough = sorted((one for one in weights if one.n >= spare), key=lambda one: (one.n, one.what))
    if enough:
        said = f"Tanpa {whole(enough[0].n)} {noun} {enough[0].what} ini bukan peringatan"
    elif weights:
        said = (
            "Tetap peringatan tanpa satu sumber atau kecamatan mana pun; "
            f"baru bukan bila berkurang {whole(spare)}"
        )
    else:
        said = f"Baru bukan peringatan bila berkurang {whole(spare)}"
    copies = f"; salinannya {whole(total - n)}, tidak ikut membuatnya" if total > n else ""
    return f"{said} (batas {whole(least)}){copies}."


def weights(documents: Sequence[Mapping[str, Any]], *, by_place: bool) -> list[Weight]:
    """How many items stand or fall with one source or one kecamatan.

    Args:
        documents: with item, source_name, kecamatan.
        by_place: whether kecamatan are looked at.
    """
    found = []
    fields = [("source_name", "dari {}")] + ([("kecamatan", "dari Kecamatan {}")] if by_place else [])
    for name, words in fields:
        values: dict[str, set[str | None]] = defaultdict(set)
        for row in documents:
            values[row["item"]].add(row[name])
        alone = Counter(next(iter(one)) for one in values.values() if len(one) == 1)
        if len(alone) > 1 or (name == "source_name" and len(values) > alone.total()):
            found += [Weight(words.format(value), n) for value, n in alone.items() if value is not None]
    return found


def outlets(title: str, n: int, voices: int, hours: int) -> str:
    """Why a story is widespread."""
    return f"“{title}” dimuat {n} media dalam {hours} jam; {voices} di antaranya menulis sendiri."


def without_copies(voices: int, copies: int, least: int) -> str:
    """Without what a widespread story would be none."""
    if voices < least:
        return (
            f"Tanpa {copies} salinan satu teks ini bukan peringatan: "
            f"hanya {voices} media menulis sendiri (batas {least})."
        )
    return f"Bukan karena salinan: {voices} media menulis sendiri (batas {least})."


def troubled(sources: Sequence[Mapping[str, Any]]) -> str:
    """Which sources are in trouble: one sentence for all.

    Args:
        sources: with name and verdict.
    """
    groups: dict[str, list[str]] = defaultdict(list)
    for row in sources:
        groups[row["verdict"]].append(str(row["name"]))
    parts = [f"{', '.join(names)} ({SOURCE_WORDS[verdict]})" for verdict, names in groups.items()]
    return (
        f"{len(sources)} sumber terganggu: {'; '.join(parts)}. "
        "Angka minggu ini tidak mencakupnya, dan sunyinya tidak dibaca sebagai penurunan."
    )
