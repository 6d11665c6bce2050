"""The place names of a configuration, indexed for looking up, and one mention of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.phrases import PhraseIndex
from nlp.tokens import words

if TYPE_CHECKING:
    from config import Config
    from config.places import Kecamatan

Key = tuple[str, ...]
_DIRECTIONS = ("kulon", "wetan", "kidul", "lor", "tengah")


@dataclass(frozen=True, slots=True)
class Name:
    """What one spelling can stand for.

    Attributes:
        kecamatan: canonical name, or None.
        desa: (canonical desa, canonical kecamatan) for every desa of that spelling.
    """

    kecamatan: str | None = None
    desa: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Mention:
    """A name standing in a text.

    Attributes:
        start: first word.
        length: number of words.
        name: what it can stand for.
        prefix: ``kecamatan`` or ``desa`` where a word before it says so.
        accepted: it counts.
    """

    start: int
    length: int
    name: Name
    prefix: str | None
    accepted: bool = False


class PlaceNames:
    """Every list that place rules look things up in; read only after it is made.

    Attributes:
        regency: the regency's own short name, lower case.
        seat: the kecamatan that bears the same name.
        strong: kecamatan whose name alone means the regency.
        ordinary: kecamatan whose name is also an ordinary word.
        names: kecamatan and desa.
        senses: phrases in which a kecamatan's name is no place.
        elsewhere: per kecamatan, places that share its name.
        landmarks: landmark to kecamatan name or None.
        offices: agencies' own names, which are no places.
        far: neighbouring regencies and far places.
        words: desa names that are ordinary words.
        famous: desa names that are famous elsewhere.
        kecamatan_prefixes: words before a kecamatan.
        desa_prefixes: words before a desa.
    """

    def __init__(self, config: Config) -> None:
        places = config.places
        short = config.regency.name.split()[-1]
        self.regency = short.lower()
        self.seat = next((k.name for k in config.kecamatan if k.name == short), "")
        self.strong = frozenset(k.name for k in config.kecamatan if k.strong)
        self.ordinary = frozenset(k.name for k in config.kecamatan if k.ordinary)
        self.names = PhraseIndex(_spellings(config.kecamatan).items())
        self.senses = PhraseIndex((key_of(p), k.name) for k in config.kecamatan for p in k.senses)
        self.elsewhere = {
            k.name: PhraseIndex((key_of(phrase), phrase) for phrase in k.elsewhere) for k in config.kecamatan
        }
        by_id = {kecamatan.id: kecamatan.name for kecamatan in config.kecamatan}
        self.landmarks = PhraseIndex(
            (key_of(phrase), (phrase, by_id.get(where) if where else None))
            for phrase, where in places.landmarks.items()
        )
        self.offices = PhraseIndex(
            (key_of(name), opd.id) for opd in config.opd if opd.group != "kecamatan" for name in opd.names
        )
        self.far = PhraseIndex((key_of(name), name) for name in (*places.far_places, *places.neighbours))
        self.words = frozenset(map(key_of, places.ambiguous_words))
        self.famous = frozenset(map(key_of, places.famous_elsewhere))
        self.kecamatan_prefixes = frozenset(map(key_of, places.kecamatan_prefixes))
        self.desa_prefixes = frozenset(map(key_of, places.desa_prefixes))

    def prefix(self, low: tuple[str, ...], start: int) -> str | None:
        """What the words before position `start` announce: a desa, a kecamatan or nothing."""
        for size in (2, 1):
            before = low[max(0, start - size) : start]
            if before in self.desa_prefixes:
                return "desa"
            if before in self.kecamatan_prefixes:
                return "kecamatan"
        return None


def key_of(phrase: str) -> Key:
    """The words of a name, as texts are split."""
    return words(phrase).low


def _spellings(kecamatan: tuple[Kecamatan, ...]) -> dict[Key, Name]:
    names: dict[Key, Name] = {}
    for district in kecamatan:
        for spelling in district.names:
            names[key_of(spelling)] = Name(district.name)
    for district in kecamatan:
        for desa in district.desa:
            for key in sorted({form for spelling in desa.names for form in _forms(spelling)}):
                old = names.get(key, Name())
                names[key] = Name(old.kecamatan, (*old.desa, (desa.name, district.name)))
    return names


def _forms(spelling: str) -> set[Key]:
    """A name with its direction written apart and together: Bakarankulon, Bakaran Kulon."""
    key = key_of(spelling)
    forms = {key}
    if len(key) == 2 and key[1] in _DIRECTIONS:
        forms.add((key[0] + key[1],))
    for direction in _DIRECTIONS:
        if len(key) == 1 and key[0].endswith(direction) and len(key[0]) > len(direction) + 3:
            forms.add((key[0][: -len(direction)], direction))
    return forms
