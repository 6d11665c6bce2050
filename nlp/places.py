"""Kecamatan and desa named in a text, with the rules that keep homonyms out.

A name is first a *mention*; whether it counts depends on what stands before and after it, on
its spelling, and on what else the text says. A desa name that exists in several kecamatan
settles none of them unless a second cue picks one. The lists come from `config/places.yaml`
and `config/ambiguity.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nlp.place_names import Mention, Name, PlaceNames
from nlp.word_lists import word_list

if TYPE_CHECKING:
    from config import Config
    from nlp.phrases import Hit
    from nlp.tokens import Words

    Landmark = Hit[tuple[str, str | None]]

_JOINING = frozenset(("dan", "serta", "hingga", "sampai", "maupun", "atau", "sd", "karo", "lan"))
_LOCATIVE = word_list("before_places")
_TOWARD = frozenset(("arah", "jurusan", "menuju"))
_SIDES = frozenset(("lor", "kidul", "wetan", "kulon", "atas", "nduwur", "ngisor", "bawah", "timur", "barat"))
_NEAR = 4  # words within which another place of the same name gives a homonym away


@dataclass(slots=True)
class Places:
    """What `Gazetteer.find` found.

    Attributes:
        kecamatan: canonical names in order of appearance.
        desa: canonical names in order of appearance.
        cues: mentions that alone say "this regency" (for relevance), as written.
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


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is known of a text: it is about the regency; an editor wrote it, with a headline."""

    rooted: bool
    edited: bool


class Gazetteer:
    """Finds places of the regency; built once from a configuration, then read only."""

    def __init__(self, config: Config) -> None:
        self._names = PlaceNames(config)

    def find(self, text: Words, *, about_pati: bool, lead: int | None = None) -> Places:
        """Find kecamatan and desa.

        Args:
            text: words of the text.
            about_pati: something outside the place names (the source, a strong cue) already says
                that the text is about the regency.
            lead: for news, the number of words of title and lead. Kecamatan named there are where
                it happens; one named only later counts if it is the only one.
        """
        names, low = self._names, text.low
        found = Places(elsewhere=[hit.value for hit in names.far.find(low)])
        offices = _covered([hit for hit in names.offices.find(low) if hit.length > 1])
        mentions = [mention for mention in self._mentions(text) if mention.start not in offices]
        landmarks = names.landmarks.find(low)
        waiting = self._settle(text, self._candidates(text, mentions, found), found)
        self._weigh(text, waiting, mentions, found, rooted=about_pati or bool(found.cues))
        rooted = about_pati or bool(found.cues)
        if not rooted:
            found.support += [hit.value[0] for hit in landmarks if hit.length > 1]
        order = self._order(mentions, landmarks if rooted else [])
        self._resolve_desa(text, mentions, order, found, _Setting(rooted=rooted, edited=lead is not None))
        early = {name: at for name, at in order.items() if lead is None or at < lead}
        if early or len(order) == 1:
            found.kecamatan = sorted(early or order, key=order.__getitem__)
        return found

    def _mentions(self, text: Words) -> list[Mention]:
        mentions: list[Mention] = []
        for start, length, name in self._names.names.find(text.low):
            prefix = self._names.prefix(text.low, start)
            if prefix is None and mentions and name.kecamatan != self._names.seat:
                prefix = _inherited(text, mentions[-1], start, name)
            mentions.append(Mention(start, length, name, prefix))
        return mentions

    def _candidates(self, text: Words, mentions: list[Mention], found: Places) -> list[tuple[Mention, str]]:
        """Mentions that may be kecamatan: no other sense, no place of that name elsewhere."""
        senses = self._names.senses.find(text.low, overlapping=True)
        blocked = {(at, hit.value) for hit in senses for at in _covered([hit])}
        kept = []
        for mention in mentions:
            name = mention.name.kecamatan
            if name is None or (mention.prefix == "desa" and mention.name.desa):
                continue
            if (mention.start, name) in blocked and mention.prefix != "kecamatan":
                continue
            if text.low[mention.start - 1 : mention.start] and text.low[mention.start - 1] in _TOWARD:
                continue  # a direction, not where it is
            if self._is_elsewhere(text, mention, name):
                found.notes.append(f"{name} di luar Pati: disebut bersama {', '.join(found.elsewhere)}")
                continue
            kept.append((mention, name))
        return kept

    def _settle(
        self, text: Words, candidates: list[tuple[Mention, str]], found: Places
    ) -> list[tuple[Mention, str]]:
        """Accept what needs no other cue; return the rest."""
        waiting = []
        for mention, name in candidates:
            if name == self._names.seat:
                mention.accepted = mention.prefix == "kecamatan" or mention.length > 1
            elif self._with_regency(text.low, mention) or name in self._names.strong:
                mention.accepted = True
                found.cues.append(_written(text, mention))
            else:
                waiting.append((mention, name))
        return waiting

    def _weigh(
        self,
        text: Words,
        waiting: list[tuple[Mention, str]],
        mentions: list[Mention],
        found: Places,
        *,
        rooted: bool,
    ) -> None:
        """Decide names that need a cue beside them."""
        for mention, name in waiting:
            ordinary_word = name in self._names.ordinary and mention.prefix != "kecamatan"
            placed = not ordinary_word or _used_as_place(text, mention)
            if rooted:
                mention.accepted = placed or _after_its_desa(mention, name, mentions)
            elif self._confirmed_by_desa(text, name, mentions):
                mention.accepted = True
                found.cues.append(_written(text, mention))
            else:
                found.support.append(_written(text, mention))

    def _confirmed_by_desa(self, text: Words, kecamatan: str, mentions: list[Mention]) -> bool:
        """A desa of that kecamatan is named too, with a name that is no everyday word."""
        for other in mentions:
            key = text.low[other.start : other.start + other.length]
            ordinary = key in self._names.words or key in self._names.famous or other.name.kecamatan
            if not ordinary and any(where == kecamatan for _, where in other.name.desa):
                return True
        return False

    def _is_elsewhere(self, text: Words, mention: Mention, name: str) -> bool:
        near = text.low[max(0, mention.start - _NEAR) : mention.start + mention.length + _NEAR]
        if self._names.regency in near and name != self._names.seat:
            return False
        return bool(self._names.elsewhere[name].find(near))

    def _with_regency(self, low: tuple[str, ...], mention: Mention) -> bool:
        """Beside the regency's name: "Gembong, Pati", "Gabus Kabupaten Pati", "Pati-Gembong"."""
        end, own = mention.start + mention.length, self._names.regency
        after = low[end : end + 2]
        if after[:1] == (own,) or (after[:1] in (("kab",), ("kabupaten",)) and after[1:] == (own,)):
            return True
        return low[max(0, mention.start - 1) : mention.start] == (own,) and mention.prefix is None

    @staticmethod
    def _order(mentions: list[Mention], landmarks: list[Landmark]) -> dict[str, int]:
        """Kecamatan by first word: named ones, then those of landmarks."""
        order: dict[str, int] = {}
        accepted = [mention for mention in mentions if mention.accepted]
        for mention in accepted:
            if mention.name.kecamatan:
                order.setdefault(mention.name.kecamatan, mention.start)
        taken = {at for m in accepted for at in range(m.start, m.start + m.length)}
        for hit in landmarks:
            where = hit.value[1]
            # "alun-alun Juwana" is Juwana's, not the seat's
            if where and hit.start not in taken and hit.start + hit.length not in taken:
                order.setdefault(where, hit.start)
        return order

    def _resolve_desa(
        self, text: Words, mentions: list[Mention], order: dict[str, int], found: Places, setting: _Setting
    ) -> None:
        """Desa with one home first; they may settle where the shared names are."""
        desa = [m for m in mentions if not m.accepted and self._is_desa(text, m, found, setting)]
        shared = [m for m in desa if len({where for _, where in m.name.desa}) > 1]
        for mention in desa:
            if mention not in shared:
                name, where = mention.name.desa[0]
                order.setdefault(where, mention.start)
                _add(found.desa, name)
                if not setting.rooted:
                    found.support.append(_written(text, mention))
        for mention in shared:
            options = [name for name, where in mention.name.desa if where in order]
            name = options[0] if len(options) == 1 else mention.name.desa[0][0]
            _add(found.desa, name)
            if len(options) != 1:
                every = ", ".join(where for _, where in mention.name.desa)
                found.notes.append(f"desa {name} ada di {every}: kecamatan tidak pasti")

    def _is_desa(self, text: Words, mention: Mention, found: Places, setting: _Setting) -> bool:
        name, prefixed = mention.name, mention.prefix == "desa"
        if not name.desa or mention.prefix == "kecamatan":
            return False
        if name.kecamatan and not prefixed:
            return False  # the bare name means the kecamatan
        key, rooted = text.low[mention.start : mention.start + mention.length], setting.rooted
        if key in self._names.words:
            return rooted and (prefixed or _written_as_place(text, mention, edited=setting.edited))
        if key in self._names.famous:
            return rooted and (prefixed or (not found.elsewhere and _named(text, mention)))
        return rooted or prefixed


def _covered(hits: list[Hit[str]]) -> set[int]:
    return {at for hit in hits for at in range(hit.start, hit.start + hit.length)}


def _inherited(text: Words, last: Mention, start: int, name: Name) -> str | None:
    """A prefix holds for a whole list: "Desa A, B dan C"."""
    between = text.low[last.start + last.length : start]
    joined = len(between) == 1 and between[0] in _JOINING
    listed = not between and text.comma[start]
    if last.prefix is None or not (joined or listed):
        return None
    if last.prefix == "desa" and name.kecamatan and listed:
        return "kecamatan"  # "Desa Pekalongan, Winong": the second one says where
    return last.prefix


def _used_as_place(text: Words, mention: Mention) -> bool:
    """Capitalised inside running text, or after a word that a place follows."""
    start = mention.start
    if start and text.low[start - 1] in _LOCATIVE:
        return True
    raw, after = text.raw[start], text.low[start + mention.length : start + mention.length + 1]
    if raw.isupper() and start == 0 and len(text.raw) > 1:
        return True  # a dateline: "GEMBONG - ..."
    if after and after[0] in _SIDES:
        return True  # "Gembong atas"
    return raw[0].isupper() and not raw.isupper() and _inside_clause(text, start)


def _inside_clause(text: Words, at: int) -> bool:
    return at > 0 and text.clause[at] == text.clause[at - 1]


def _named(text: Words, mention: Mention) -> bool:
    """Capitalised, or after a word that a place follows, and not a direction."""
    before = text.low[mention.start - 1] if mention.start else ""
    return before not in _TOWARD and (text.raw[mention.start][0].isupper() or before in _LOCATIVE)


def _written_as_place(text: Words, mention: Mention, *, edited: bool) -> bool:
    """Capitalised after a word that a place follows: "di Raci", not "di raci".

    Headlines capitalise every word (`edited`), citizens mostly names: theirs need no such word.
    """
    before = text.low[mention.start - 1] if mention.start else ""
    if before in _TOWARD or not text.raw[mention.start][0].isupper():
        return False
    return before in _LOCATIVE or (not edited and _inside_clause(text, mention.start))


def _after_its_desa(mention: Mention, kecamatan: str, mentions: list[Mention]) -> bool:
    """The word before is one of its desa: "karaban gabus"."""
    return any(
        other.start + other.length == mention.start
        and any(where == kecamatan for _, where in other.name.desa)
        for other in mentions
    )


def _add(names: list[str], name: str) -> None:
    if name not in names:
        names.append(name)


def _written(text: Words, mention: Mention) -> str:
    return " ".join(text.raw[mention.start : mention.start + mention.length])
