"""Kecamatan and desa named in a text, with the rules that keep homonyms out.

A name is first a *mention*; whether it counts depends on what stands before and after it, on
its spelling, and on what else the text says. A desa name that exists in several kecamatan
settles none of them unless a second cue picks one. The lists come from `config/places.yaml`
and `config/ambiguity.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.phrases import PhraseIndex
from nlp.tokens import words
from nlp.word_lists import word_list

if TYPE_CHECKING:
    from config import Config
    from nlp.tokens import Words

_JOINING = frozenset(("dan", "serta", "hingga", "sampai", "maupun", "atau", "sd", "karo", "lan"))
_LOCATIVE = word_list("before_places")
_DIRECTIONS = ("kulon", "wetan", "kidul", "lor", "tengah")


@dataclass(frozen=True, slots=True)
class _Name:
    """What one surface form can stand for."""

    kecamatan: str | None = None  # canonical name
    desa: tuple[tuple[str, str], ...] = ()  # (canonical desa, canonical kecamatan)


@dataclass(slots=True)
class Places:
    """What `Gazetteer.find` found.

    Attributes:
        kecamatan: canonical names in order of appearance.
        desa: canonical names in order of appearance.
        cues: mentions that alone say "Kabupaten Pati" (for relevance), as written.
        support: mentions that support it.
        elsewhere: neighbouring regencies and far places named.
        notes: why, in Indonesian.
    """

    kecamatan: list[str] = field(default_factory=list)
    desa: list[str] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Mention:
    start: int
    length: int
    name: _Name
    prefix: str | None  # "kecamatan", "desa" or None
    accepted: bool = False


class Gazetteer:
    """Finds places of the regency; built once from a configuration, then read only."""

    def __init__(self, config: Config) -> None:
        names: dict[tuple[str, ...], _Name] = {}
        self._strong: set[str] = set()
        self._elsewhere: dict[str, PhraseIndex[str]] = {}
        self._has_senses: set[str] = set()
        senses: list[tuple[tuple[str, ...], str]] = []
        for kecamatan in config.kecamatan:
            if kecamatan.strong:
                self._strong.add(kecamatan.name)
            if kecamatan.senses:
                self._has_senses.add(kecamatan.name)
            senses += [(_key(phrase), kecamatan.name) for phrase in kecamatan.senses]
            self._elsewhere[kecamatan.name] = PhraseIndex((_key(p), p) for p in kecamatan.elsewhere)
            for spelling in kecamatan.names:
                key = _key(spelling)
                names[key] = _Name(kecamatan.name, names.get(key, _Name()).desa)
        for kecamatan in config.kecamatan:
            for desa in kecamatan.desa:
                for key in {form for spelling in desa.names for form in _forms(spelling)}:
                    old = names.get(key, _Name())
                    names[key] = _Name(old.kecamatan, (*old.desa, (desa.name, kecamatan.name)))
        places = config.places
        self._seat = next((k.name for k in config.kecamatan if k.name == config.regency.name.split()[-1]), "")
        self._regency = config.regency.name.split()[-1].lower()
        self._names = PhraseIndex(names.items())
        self._senses = PhraseIndex(senses)
        # "RSUD Kayen" serves the whole regency: an office's own name is no place
        self._offices = PhraseIndex(
            (_key(name), opd.id) for opd in config.opd if opd.group != "kecamatan" for name in opd.names
        )
        by_id = {kecamatan.id: kecamatan.name for kecamatan in config.kecamatan}
        self._landmarks = PhraseIndex(
            (_key(phrase), (phrase, by_id.get(where) if where else None))
            for phrase, where in places.landmarks.items()
        )
        self._words_only = {_key(name) for name in places.ambiguous_words}
        self._famous = {_key(name) for name in places.famous_elsewhere}
        self._far = PhraseIndex(
            [(_key(p), p) for p in places.far_places] + [(_key(p), p) for p in places.neighbours]
        )
        self._neighbour_names = {key for members in places.neighbours.values() for key in map(_key, members)}
        self._kecamatan_prefixes = {_key(p) for p in places.kecamatan_prefixes}
        self._desa_prefixes = {_key(p) for p in places.desa_prefixes}

    def find(self, text: Words, *, about_pati: bool, lead: int | None = None) -> Places:
        """Find kecamatan and desa.

        Args:
            text: words of the text.
            lead: for news, the number of words of title and lead. Kecamatan named there are where
                it happens; one named only later counts if it is the only one.
            about_pati: something outside the place names (the source, a strong cue) already says
                that the text is about the regency.
        """
        low = text.low
        found = Places()
        found.elsewhere = [hit.value for hit in self._far.find(low)]
        offices = {
            at
            for hit in self._offices.find(low)
            if hit.length > 1
            for at in range(hit.start, hit.start + hit.length)
        }
        mentions = [mention for mention in self._mentions(text) if mention.start not in offices]
        landmarks = [hit for hit in self._landmarks.find(low) if hit.start not in offices]
        self._accept_kecamatan(text, mentions, found, about_pati=about_pati)
        rooted = about_pati or bool(found.cues)
        if not rooted and any(hit.length > 1 for hit in landmarks):
            found.support += [hit.value[0] for hit in landmarks if hit.length > 1]
        order = self._resolve(text, mentions, landmarks, found, rooted=rooted)
        early = {name: at for name, at in order.items() if lead is None or at < lead}
        if early or len(order) == 1:
            found.kecamatan = sorted(early or order, key=order.__getitem__)
        return found

    def _mentions(self, text: Words) -> list[_Mention]:
        low = text.low
        mentions: list[_Mention] = []
        for start, length, name in self._names.find(low):
            prefix = self._prefix(low, start)
            if prefix is None and mentions:
                prefix = self._inherited(text, mentions[-1], start, name)
            mentions.append(_Mention(start, length, name, prefix))
        return mentions

    def _prefix(self, low: tuple[str, ...], start: int) -> str | None:
        for size in (2, 1):
            before = low[max(0, start - size) : start]
            if before in self._desa_prefixes:
                return "desa"
            if before in self._kecamatan_prefixes:
                return "kecamatan"
        return None

    def _inherited(self, text: Words, last: _Mention, start: int, name: _Name) -> str | None:
        """ "Desa A, B dan C": the prefix holds for the whole list."""
        between = text.low[last.start + last.length : start]
        joined = len(between) == 1 and between[0] in _JOINING
        listed = not between and text.comma[start]
        if last.prefix is None or not (joined or listed):
            return None
        if last.prefix == "desa" and name.kecamatan and listed:
            return "kecamatan"  # "Desa Pekalongan, Winong": the second one says where
        return last.prefix

    def _accept_kecamatan(
        self, text: Words, mentions: list[_Mention], found: Places, *, about_pati: bool
    ) -> None:
        blocked = {
            (at, hit.value)
            for hit in self._senses.find(text.low, overlapping=True)
            for at in range(hit.start, hit.start + hit.length)
        }
        waiting = []
        for mention in mentions:
            name = mention.name.kecamatan
            if name is None or mention.prefix == "desa":
                continue
            if (mention.start, name) in blocked and mention.prefix != "kecamatan":
                continue
            if self._is_elsewhere(text, mention, name):
                found.notes.append(f"{name} di luar Pati: disebut bersama {', '.join(found.elsewhere)}")
                continue
            if self._with_regency(text.low, mention) and name != self._seat:
                mention.accepted = True
                found.cues.append(_written(text, mention))
            elif name == self._seat:
                mention.accepted = mention.prefix == "kecamatan" or mention.length > 1
            elif name in self._strong:
                mention.accepted = True
                found.cues.append(_written(text, mention))
            else:
                waiting.append(mention)
        rooted = about_pati or bool(found.cues)
        for mention in waiting:
            name = mention.name.kecamatan or ""
            ordinary_word = name in self._has_senses and mention.prefix != "kecamatan"
            placed = not ordinary_word or self._used_as_place(text, mention)
            if rooted and (placed or _beside_its_desa(mention, mentions)):
                mention.accepted = True
            elif not rooted and self._confirmed_by_desa(text, mention, mentions):
                mention.accepted = True
                found.cues.append(_written(text, mention))
            elif not rooted:
                found.support.append(_written(text, mention))

    def _confirmed_by_desa(self, text: Words, mention: _Mention, mentions: list[_Mention]) -> bool:
        """A desa of that kecamatan is named too, with a name that is no everyday word."""
        for other in mentions:
            key = text.low[other.start : other.start + other.length]
            ordinary = key in self._words_only or key in self._famous or other.name.kecamatan
            if not ordinary and any(where == mention.name.kecamatan for _, where in other.name.desa):
                return True
        return False

    def _is_elsewhere(self, text: Words, mention: _Mention, name: str) -> bool:
        low = text.low
        near = low[max(0, mention.start - 4) : mention.start + mention.length + 4]
        if self._regency in near and name != self._seat:
            return False
        return bool(self._elsewhere[name].find(near))

    def _with_regency(self, low: tuple[str, ...], mention: _Mention) -> bool:
        """Followed by the regency's name ("Gembong, Pati", "Gabus Kabupaten Pati")."""
        end = mention.start + mention.length
        after = low[end : end + 3]
        if not after:
            return False
        if after[0] == self._regency or (after[0] in ("kab", "kabupaten") and self._regency in after[1:2]):
            return True
        return low[max(0, mention.start - 1) : mention.start] == (self._regency,) and mention.prefix is None

    @staticmethod
    def _used_as_place(text: Words, mention: _Mention) -> bool:
        """Capitalised inside running text, or after a word that a place follows."""
        start = mention.start
        if start and text.low[start - 1] in _LOCATIVE:
            return True
        raw = text.raw[start]
        starts_clause = start == 0 or text.clause[start] != text.clause[start - 1]
        return raw[0].isupper() and not raw.isupper() and not starts_clause

    def _resolve(
        self,
        text: Words,
        mentions: list[_Mention],
        landmarks: list,
        found: Places,
        *,
        rooted: bool,  # type: ignore[type-arg]
    ) -> None:
        order: dict[str, int] = {}
        for mention in mentions:
            if mention.accepted and mention.name.kecamatan:
                order.setdefault(mention.name.kecamatan, mention.start)
        taken = {at for m in mentions if m.accepted for at in range(m.start, m.start + m.length)}
        if rooted:
            for hit in landmarks:
                where = hit.value[1]
                if where and (hit.length > 1 or hit.start not in taken):
                    order.setdefault(where, hit.start)
        open_desa: list[_Mention] = []
        for mention in mentions:
            if mention.accepted or not self._is_desa(text, mention, rooted=rooted):
                continue
            if len({where for _, where in mention.name.desa}) == 1:
                name, where = mention.name.desa[0]
                order.setdefault(where, mention.start)
                mention.accepted = True
                _add(found.desa, name)
                if not rooted:
                    found.support.append(_written(text, mention))
            else:
                open_desa.append(mention)
        for mention in open_desa:
            options = [(name, where) for name, where in mention.name.desa if where in order]
            _add(found.desa, mention.name.desa[0][0])
            if len(options) != 1:
                every = ", ".join(where for _, where in mention.name.desa)
                found.notes.append(f"desa {mention.name.desa[0][0]} ada di {every}: kecamatan tidak pasti")
        return order

    def _is_desa(self, text: Words, mention: _Mention, *, rooted: bool) -> bool:
        name = mention.name
        if not name.desa or mention.prefix == "kecamatan":
            return False
        key = text.low[mention.start : mention.start + mention.length]
        prefixed = mention.prefix == "desa"
        if name.kecamatan and not prefixed:
            return False  # the bare name means the kecamatan
        if key in self._words_only or key in self._famous:
            return prefixed and rooted
        return rooted or prefixed


def _beside_its_desa(mention: _Mention, mentions: list[_Mention]) -> bool:
    """ "karaban gabus": the word before is one of its desa."""
    return any(
        other.start + other.length == mention.start
        and any(where == mention.name.kecamatan for _, where in other.name.desa)
        for other in mentions
    )


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _written(text: Words, mention: _Mention) -> str:
    return " ".join(text.raw[mention.start : mention.start + mention.length])


def _key(phrase: str) -> tuple[str, ...]:
    return words(phrase).low


def _forms(spelling: str) -> set[tuple[str, ...]]:
    """A name with its direction written apart and together: Bakarankulon, Bakaran Kulon."""
    key = _key(spelling)
    forms = {key}
    if len(key) == 2 and key[1] in _DIRECTIONS:
        forms.add((key[0] + key[1],))
    for direction in _DIRECTIONS:
        if len(key) == 1 and key[0].endswith(direction) and len(key[0]) > len(direction) + 3:
            forms.add((key[0][: -len(direction)], direction))
    return forms
