"""Fills the slots of a text: places, dates, numbers and synthetic personal data."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from samples.content_loader import PLACEHOLDER
from samples.dates import long_date, press_date
from samples.media import Media
from samples.records import PersonalDatum, PersonalKind

CONTEXT = 25
BY_HAND: dict[PersonalKind, re.Pattern[str]] = {
    "number": re.compile(r"(?<![\d.])\d{10,18}(?![\d.]\d)"),
    "nop": re.compile(r"\b33\.18(?:\.\d{3}){3}\.\d{4}\.\d\b"),
    "email": re.compile(r"\b[\w.]+@[\w-]+\.[\w.]*\w"),
}
"""Synthetic values that authors wrote straight into the texts, without a slot."""


@dataclass(frozen=True, slots=True)
class Place:
    """A village with its kecamatan."""

    kecamatan: str
    desa: str


@dataclass(slots=True)
class Filler:
    """Fills the slots of one copy of one text; the same slot always gets the same value.

    Attributes:
        rng: the copy's own generator.
        place: the copy's village.
        moment: the copy's publication time.
        media: invented names.
        own: the item's own slots.
        chosen: slot name to the value it got.
        personal: kind and value of every synthetic personal value used.
    """

    rng: random.Random
    place: Place
    moment: datetime
    media: Media
    own: Mapping[str, Sequence[str]]
    chosen: dict[str, str] = field(default_factory=dict)
    personal: list[tuple[PersonalKind, str]] = field(default_factory=list)

    def fill(self, text: str) -> str:
        """Replace all slots of a text, also those inside slot values."""
        return PLACEHOLDER.sub(lambda match: self._value(match.group(1)), text)

    def _value(self, name: str) -> str:
        if name not in self.chosen:
            self.chosen[name] = self._pick(name)
        return self.chosen[name]

    def _pick(self, name: str) -> str:
        if name in self.own:
            return self.fill(self.rng.choice(self.own[name]))
        plain = {
            "kec": self.place.kecamatan,
            "desa": self.place.desa,
            "tgl": long_date(self.moment),
            "hari_tgl": press_date(self.moment),
        }
        if name in plain:
            return plain[name]
        if name == "n":
            return str(self.rng.randint(2, 40))
        return self._personal(name)

    def _personal(self, name: str) -> str:
        makers = {
            "nama": ("name", person),
            "nik": ("nik", nik),
            "hp": ("phone", phone),
            "plat": ("plate", plate),
            "norumah": ("house_number", house_number),
        }
        kind, make = makers[name]
        value = make(self.rng, self.media)
        self.personal.append((kind, value))  # type: ignore[arg-type]  # keys are PersonalKind
        return value


def person(rng: random.Random, media: Media) -> str:
    """An invented name of two or three words."""
    return f"{rng.choice(media.given_names)} {rng.choice(media.family_names)}"


def nik(rng: random.Random, _media: Media) -> str:
    """A 16-digit number with an impossible birth date (00-00-00), sometimes spaced."""
    digits = f"331800000000{rng.randint(1, 9999):04d}"
    if rng.random() < 0.15:
        return " ".join(digits[i : i + 4] for i in range(0, 16, 4))
    return digits


def phone(rng: random.Random, _media: Media) -> str:
    """A number in the reserved-looking block 0812-0000-xxxx, in one of four spellings."""
    tail = f"{rng.randint(1, 9999):04d}"
    style = rng.choice(("0812-0000-{}", "08120000{}", "0812 0000 {}", "+62 812-0000-{}"))
    return style.format(tail)


def plate(rng: random.Random, _media: Media) -> str:
    """A plate with a leading zero, which no real plate has."""
    return f"K 0{rng.randint(100, 999)} {rng.choice(('ZZ', 'ZX', 'ZQ'))}"


def house_number(rng: random.Random, _media: Media) -> str:
    """A house number such as ``117B``: odd enough to scan for together with the word before."""
    return f"{rng.randint(101, 399)}{rng.choice('ABCD')}"


def found_in(text: str, values: Sequence[tuple[PersonalKind, str]], record_id: str) -> list[PersonalDatum]:
    """List where personal values stand in a finished text.

    Args:
        text: the finished text.
        values: kind and value pairs that were put in.
        record_id: the record the text belongs to.

    Returns:
        One entry per value that is in the text, plus those that were written by hand.
    """
    known = {value for _, value in values}
    by_hand: list[tuple[PersonalKind, str]] = [
        (kind, match.group())
        for kind, pattern in BY_HAND.items()
        for match in pattern.finditer(text)
        if match.group() not in known
    ]
    data = []
    for kind, value in [*values, *by_hand]:
        at = text.find(value)
        if at >= 0:
            start, end = max(0, at - CONTEXT), at + len(value) + CONTEXT
            data.append(PersonalDatum(kind, value, record_id, text[start:end]))
    return data
