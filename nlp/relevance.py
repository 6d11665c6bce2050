"""Is a text about Kabupaten Pati?

A source that writes only about Pati is believed unless its text is empty, noise, or plainly
about somewhere else. Any other source needs at least one strong cue; the word "pati" in its
other senses (starch, generals, death, the former residency) is taken out first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nlp.phrases import PhraseIndex
from nlp.tokens import words
from nlp.word_lists import word_list

if TYPE_CHECKING:
    from config import Config
    from nlp.places import Gazetteer, Places
    from nlp.reading import Reading

# "PATI, Suara Muria -", "(PATI)": where a news text says it was written.
_DATELINE_CHARS = 60
_THRESHOLD = 0.5
_HASHTAG = re.compile(r"#\w+")
# Pati as distance, origin or direction only: next to a neighbour's name this is no cue.
_PASSING = frozenset(("dari", "ke", "asal", "arah", "menuju", "sampai"))


@dataclass(frozen=True, slots=True)
class Relevance:
    """Verdict on one text.

    Attributes:
        score: 0 to 1; relevant from 0.5.
        cues: what spoke for Pati.
        note: why not, or an empty string.
    """

    score: float
    cues: tuple[str, ...] = ()
    note: str = ""

    @property
    def relevant(self) -> bool:
        """Whether the text counts as being about the regency."""
        return self.score >= _THRESHOLD


class RelevanceRules:
    """Decides relevance; built once from a configuration, then read only."""

    def __init__(self, config: Config, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._regency = config.regency.name.split()[-1].lower()
        cues = config.places.strong_cues
        self._cues = PhraseIndex((words(cue).low, cue) for cue in cues if not cue.startswith("#"))
        self._hashtags = frozenset(cue for cue in cues if cue.startswith("#"))
        self._weak = PhraseIndex((words(cue).low, cue) for cue in config.places.weak_cues)
        self._senses = PhraseIndex(
            (words(phrase).low, sense.meaning)
            for sense in config.places.pati_senses
            for phrase in sense.phrases
        )
        self._name_senses = PhraseIndex(
            (words(phrase).low, phrase) for kecamatan in config.kecamatan for phrase in kecamatan.senses
        )
        self._noise = word_list("noise")
        self._spam = PhraseIndex((words(phrase).low, phrase) for phrase in word_list("spam"))
        self._neighbours = frozenset(name.lower() for name in config.places.neighbours)
        self._dateline = re.compile(
            rf"(?:^|[\n,(])\s{{0,3}}{self._regency.upper()}\s{{0,3}}[-,:)|]|^\s{{0,3}}{self._regency.title()}\s{{0,3}}[-|]\s"
        )

    def judge(
        self, reading: Reading, scope: str, *, evidence: float, lead: int | None = None
    ) -> tuple[Relevance, Places]:
        """Judge a text and find its places.

        Args:
            reading: the text.
            scope: ``pati_only`` or ``general``.
            evidence: how strongly the words speak for a service topic; a text from a Pati-only
                source without any is checked for being noise.
            lead: for news, how many words title and lead have.
        """
        low = reading.words.low
        senses = self._senses.find(low)
        cues, passing = self._strong_cues(
            reading, {i for hit in senses for i in range(hit.start, hit.start + hit.length)}
        )
        pati_only = scope == "pati_only"
        places = self._gazetteer.find(reading.words, about_pati=pati_only or bool(cues), lead=lead)
        cues += places.cues
        neighbours = [name for name in places.elsewhere if name.lower() in self._neighbours]
        meaning = f"'{self._regency}' di sini berarti {senses[0].value}" if senses else ""
        if not meaning and (other := self._name_senses.find(low)):
            meaning = f"'{other[0].value}' bukan nama tempat"
        if pati_only:
            verdict = self._own_source(reading, cues + passing, places, meaning, evidence)
        else:
            verdict = self._any_source(low, cues, passing, places, neighbours, meaning)
        return verdict, places

    def _strong_cues(self, reading: Reading, blocked: set[int]) -> tuple[list[str], list[str]]:
        low = reading.words.low
        cues: list[str] = []
        passing: list[str] = []
        for hit in self._cues.find(low):
            where = range(hit.start, hit.start + hit.length)
            if not blocked.isdisjoint(where):
                continue
            target = passing if hit.length == 2 and low[hit.start] in _PASSING else cues
            if hit.value not in target:
                target.append(hit.value)
        if "#" in reading.text:
            tags = (tag.lower() for tag in _HASHTAG.findall(reading.text))
            cues += [tag for tag in dict.fromkeys(tags) if tag in self._hashtags]
        body = reading.text.split("\n", 1)[-1] if reading.title_words else reading.text
        if self._dateline.search(body[:_DATELINE_CHARS]):
            cues.append(self._regency.upper())
        elif not cues and not passing:
            self._bare_name(reading, blocked, cues, passing)
        return cues, passing

    def _bare_name(self, reading: Reading, blocked: set[int], cues: list[str], passing: list[str]) -> None:
        """The regency's name, capitalised, outside its other senses."""
        raw, low = reading.words.raw, reading.words.low
        for i, word in enumerate(low):
            if word == self._regency and i not in blocked and raw[i][0].isupper():
                before = low[i - 1] if i else ""
                target = passing if before in _PASSING else cues
                target.append(self._regency.title())
                return

    def _own_source(
        self, reading: Reading, cues: list[str], places: Places, meaning: str, evidence: float
    ) -> Relevance:
        low = reading.words.low
        letters = sum(len(word) for word in low if not word.isdigit())
        if letters < 3:
            return Relevance(0.05, note="tidak ada kata yang dapat dibaca")
        if all(word in self._noise or word.isdigit() for word in low):
            return Relevance(0.1, note="sapaan atau basa-basi tanpa isi")
        if evidence < 2 and self._spam.find(low):
            return Relevance(0.1, note="iklan atau penipuan")
        if cues or places.kecamatan:
            return Relevance(0.97, tuple((cues + places.kecamatan)[:3]))
        if meaning and evidence < 1:
            return Relevance(0.2, note=meaning)
        if places.elsewhere and evidence < 3:
            return Relevance(
                0.4 if evidence < 1.5 else 0.6, note=f"menyebut {places.elsewhere[0]}, tidak menyebut Pati"
            )
        if evidence > 0 or places.desa:
            return Relevance(0.9, ("sumber khusus Pati",))
        return Relevance(0.6 if len(low) > 3 else 0.5, ("sumber khusus Pati",))

    def _any_source(
        self,
        low: tuple[str, ...],
        cues: list[str],
        passing: list[str],
        places: Places,
        neighbours: list[str],
        meaning: str,
    ) -> Relevance:
        others = len(places.elsewhere)
        if neighbours and not cues:
            return Relevance(0.3, note=f"tentang {neighbours[0]}; Pati hanya disebut sepintas")
        cues = cues + passing
        if not cues:
            if meaning:
                return Relevance(0.05, note=meaning)
            hints = len(places.support) + len(self._weak.find(low))
            note = "tidak ada petunjuk yang pasti tentang Kabupaten Pati"
            return Relevance(min(0.45, 0.1 + 0.12 * hints), note=note)
        if others > 2 * len(cues) + 1 and others > low.count(self._regency):
            return Relevance(0.4, tuple(cues[:3]), f"lebih banyak tentang {places.elsewhere[0]}")
        return Relevance(min(0.99, 0.7 + 0.1 * len(cues)), tuple(cues[:3]))
