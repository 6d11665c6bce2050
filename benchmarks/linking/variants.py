"""Pairs of texts of which it is known what they are to each other, made from varied texts."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.corpus.records import read_corpus

_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_ADDED = (
    "Kontributor daerah melaporkan langsung dari lokasi untuk pembaca setia di mana pun berada.",
    "Ikuti saluran kami di aplikasi percakapan agar tidak ketinggalan kabar terbaru setiap hari.",
    "Penulis: Redaksi. Penyunting: Meja Daerah. Hak cipta dilindungi undang-undang, dilarang menyalin.",
    "Artikel ini pertama kali terbit di laman kami; baca berita pilihan lain di kanal kabupaten.",
)
_GENERAL = ("", "umum")


@dataclass(frozen=True, slots=True)
class Base:
    """A text that variants are made of."""

    number: int
    topic: str
    title: str
    text: str


def bases(rng: random.Random, shared: Path | None = None) -> list[Base]:
    """Texts of 30 to 700 words, none of which has a sentence of another one.

    Half of our corpus's news is joined to articles of four to seven pieces on one topic, the longer
    pieces of the other half stay alone; bodies of real pages are added where they are present.
    """
    by_topic: dict[str, list[tuple[str, str]]] = {}
    for one in read_corpus():
        if one.kind == "news":
            by_topic.setdefault(one.topic, []).append((one.title or "", one.text))
    found: list[tuple[str, str, str]] = []
    for topic, pieces in sorted(by_topic.items()):
        rng.shuffle(pieces)
        half = len(pieces) // 2
        found += [(topic, *piece) for piece in pieces[:half] if len(piece[1].split()) >= 40]
        left = pieces[half:]
        while len(left) >= 7:
            size = rng.randint(4, 7)
            found.append((topic, left[0][0], " ".join(text for _, text in left[:size])))
            left = left[size:]
    found += _real(shared) if shared else []
    return [Base(i, *one) for i, one in enumerate(found)]


def _real(shared: Path) -> Iterator[tuple[str, str, str]]:
    """Article bodies of the article extraction benchmark, up to 700 words of each."""
    file = shared / "real" / "aeb" / "ground-truth.json"
    if file.exists():
        for body in json.loads(file.read_text(encoding="utf-8")).values():
            words = body["articleBody"].split()[:700]
            if len(words) >= 60:
                yield "real", " ".join(words[:8]), " ".join(words)


def _boilerplate(text: str, rng: random.Random, words: Sequence[str]) -> str:
    del words
    first, last = rng.sample(_ADDED, 2)
    return f"{first} {text} {last}"


def _first_page(text: str, rng: random.Random, words: Sequence[str]) -> str:
    del rng, words
    parts = text.split()
    return " ".join(parts[: len(parts) // 2])


def _summary(text: str, rng: random.Random, words: Sequence[str]) -> str:
    """Sentences of the text in their order, three tenths of its words."""
    del words
    sentences = _SENTENCE.split(text)
    target, kept, size = 0.3 * len(text.split()), set[int](), 0
    for i in rng.sample(range(len(sentences)), len(sentences)):
        if size >= target:
            break
        kept.add(i)
        size += len(sentences[i].split())
    return " ".join(sentences[i] for i in sorted(kept))


def _changed(share: float) -> Callable[[str, random.Random, Sequence[str]], str]:
    def change(text: str, rng: random.Random, words: Sequence[str]) -> str:
        parts = text.split()
        for i in rng.sample(range(len(parts)), round(share * len(parts))):
            parts[i] = rng.choice(words)
        return " ".join(parts)

    return change


def _shuffled(text: str, rng: random.Random, words: Sequence[str]) -> str:
    """Sentences in another order, the last three tenths of the words cut off."""
    del words
    sentences = _SENTENCE.split(text)
    rng.shuffle(sentences)
    parts = " ".join(sentences).split()
    return " ".join(parts[: max(1, round(0.7 * len(parts)))])


CLASSES: dict[str, Callable[[str, random.Random, Sequence[str]], str]] = {
    "boilerplate added": _boilerplate,
    "page 1 of 2": _first_page,
    "30% summary": _summary,
    "5% of words changed": _changed(0.05),
    "10% of words changed": _changed(0.10),
    "20% of words changed": _changed(0.20),
    "shuffled and cut": _shuffled,
}


def variants(texts: Sequence[Base], rng: random.Random) -> list[tuple[Base, str, str]]:
    """One variant of each text per class: the text, the class, the variant."""
    words = sorted({word for one in texts for word in one.text.split()})
    return [(one, name, make(one.text, rng, words)) for one in texts for name, make in CLASSES.items()]
