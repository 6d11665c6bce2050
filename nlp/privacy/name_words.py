"""What a single word can be: a name, a place, an organisation, or an everyday word."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nlp.stem import is_root, stem
from nlp.word_lists import word_list

COMMON_GIVEN = word_list("given_names") | word_list("given_names", __package__)
JOINERS = frozenset(["bin", "binti", "al", "el", "abdul", "r", "rr", "m", "muh", "moh", "ny", "by", "st"])
NOUN_NAMES = word_list("noun_names", __package__)
"""Given names that are nouns: capitalised within a sentence, right after a hint, they are names."""
SHORT_NAMES = word_list("short_names", __package__)
_NICKNAMES = word_list("nicknames", __package__)
_CAPITAL_NICKNAMES = word_list("capital_nicknames", __package__)
_NOT_LOWER = word_list("not_lower_names", __package__)
_MEMO_LIMIT = 100_000
_VOWEL = re.compile(r"[aeiouy]")
_CLUSTER = re.compile(r"[^aeiouy]{4}")
_TRIPLE = re.compile(r"(.)\1{1,}")
# Suffixes and prefixes of Indonesian and Javanese that make an everyday word out of another.
_SUFFIXES = ("nipun", "ipun", "akan", "aken", "kan", "ake", "nya", "lah", "kah", "pun", "ane", "kne", "ke",
             "no", "ne", "ku", "mu", "em", "an", "en", "e", "i", "a", "o")  # fmt: skip
_PREFIXES = ("meng", "peng", "meny", "peny", "mem", "pem", "men", "pen", "ber", "ter", "per", "dipun",
             "tak", "dak", "kok", "ke", "se", "di", "me", "pe", "sa", "ka", "ng", "ny", "n", "m")  # fmt: skip
_MIN_STEM = 3
# How Javanese and Arabic given names end.
_SHAPE = re.compile(
    r"(?:[nrsdtlwymjkh][io]yo|yanto|[aiu]nto|arto|ono|[dtnrjmsky]i|adi|[ds]in|udin|iyah|[nmtrfhdkls]ah|wati|[iy]ati|sih|"
    r"ngsih|yem|nem|jem|[dtnrkmj]em|[jdmtw]an|[mdjrst]in|mun|mad|[djmnrtswy]o|tun|kun|rul|lul|zan|yat|lan|lis|lik|tik)\Z"
)

# Of these, the endings that everyday words hardly have.
_STRONG_SHAPE = re.compile(
    r"(?:[rsdtwmj][io]yo|yanto|[aiu]nto|arto|[mrsytwdj]ono|[smrwdj]adi|udin|iyah|wati|[nmrst]iati|[iy]ati|ngsih|[ait]sih|yem|"
    r"[iaou]nem|[iaou]jem|[tdrk][ie]jan|[iu]min|[ai]rni|[au]rti|[ie]man|idin|isno|arj[oi]|ardjo|arso|rjono|ningrum|ningtyas|"
    r"sari[hm]ah|imah|inah|ikah|ijah|ipah|irah|[ai]tun|[iu]kun|[hz]irin|urdi|wardi|yatno|yatmi|[rwn]ini|inem|ilah|[aiu]rmo|[aiu]rmi|[aiu]rmin|midi|[st]wito|[aiu]tmo|[aiu]rto|[aiu]rjan|[aiu]rman|[kn]awi|rohman|hadi|ningsih)\Z"
)


class NameWords:
    """Judges words; answers are remembered.

    Args:
        not_names: words that are never a name, lower case.
        places: words of place names, lower case.
        towns: of these, names of towns and kecamatan: what people call to ("Pak, Juwana banjir").
        organisations: words of offices, brands and programmes, lower case.
        everyday: slang and Javanese words, lower case.
    """

    def __init__(
        self,
        not_names: Iterable[str],
        places: Iterable[str],
        towns: Iterable[str],
        organisations: Iterable[str],
        everyday: Iterable[str],
    ) -> None:
        self._not_names = frozenset(not_names) | word_list("not_names")
        self._places = frozenset(places) | word_list("more_places", __package__)
        self._organisations = (
            frozenset(organisations) | word_list("brands", __package__) | word_list("not_people")
        )
        self._everyday = frozenset(everyday) | word_list("everyday", __package__)
        self._towns = frozenset(towns)
        self._groups = (word_list("not_before_names") | word_list("groups", __package__)) - COMMON_GIVEN
        self._memo: dict[str, bool] = {}

    def person_like_place(self, bare: str) -> bool:
        """Whether a capitalised word right after "Pak" is somebody, be it a village's name, too."""
        if bare in _NICKNAMES or bare in _CAPITAL_NICKNAMES:
            return True
        return not (self.banned(bare) or bare in self._towns or self.group(bare)) and (
            bare not in self._organisations or bare in COMMON_GIVEN
        )

    def qualified(self, bare: str) -> bool:
        """Whether a capitalised word behind a role and a word beside it is a name: "sopir bus Tarmidi"."""
        if self.banned(bare) or self.somewhere(bare) or self.group(bare):
            return False
        return bare in COMMON_GIVEN or (not self.known(bare) and (self.shaped(bare) or self.unknown(bare)))

    def group(self, bare: str) -> bool:
        """Whether a word begins the name of a group, an office or a place: "Paguyuban", "Forum"."""
        return bare in self._groups

    def strong(self, bare: str) -> bool:
        """Whether a word can be nothing but a given name: a common one, or unknown and shaped like one."""
        if len(bare) < 4 or is_root(bare) or self.banned(bare):
            return False
        if bare in COMMON_GIVEN:
            return bare not in _NOT_LOWER
        return self.strongly_shaped(bare) and not self.ordinary(bare) and _sayable(bare)

    @staticmethod
    def strongly_shaped(bare: str) -> bool:
        """Whether a word ends as hardly anything but a given name does."""
        return _STRONG_SHAPE.search(bare) is not None

    def unknown(self, bare: str) -> bool:
        """Whether a word is in no dictionary and can be spoken."""
        return _sayable(bare) and not self.ordinary(bare)

    def known(self, bare: str) -> bool:
        """Whether a word is in a dictionary as it stands."""
        return bare in self._everyday or is_root(bare)

    def banned(self, bare: str) -> bool:
        """Whether a word is no name even right after "Pak" or "atas nama"."""
        return bare in self._not_names

    def somewhere(self, bare: str) -> bool:
        """Whether a word is a place's or an organisation's and no given name."""
        return (bare in self._places or bare in self._organisations) and bare not in COMMON_GIVEN

    def ordinary(self, bare: str) -> bool:
        """Whether a word is in a dictionary, or made from one that is."""
        found = self._memo.get(bare)
        if found is None:
            found = self._ordinary(bare)
            if len(self._memo) >= _MEMO_LIMIT:
                self._memo.clear()
            self._memo[bare] = found
        return found

    def _ordinary(self, bare: str) -> bool:
        if self.known(bare) or is_root(stem(bare)):
            return True
        short = _TRIPLE.sub(r"\1", bare)  # "tolooong"
        if short != bare and self.known(short):
            return True
        return not self.shaped(bare) and any(self.known(piece) for piece in _pieces(bare))

    def name_alone(self, raw: str, *, capitals: bool, meant: bool = False) -> bool:
        """Strict: whether a word looks like a name without anybody saying so.

        Args:
            raw: as written.
            capitals: capitals in this text mean something.
            meant: a capital here is no accident (it begins no sentence).
        """
        bare = raw.rstrip(".").lower()
        if len(bare) < 3 or self.banned(bare) or self.somewhere(bare):
            return False
        upper = capitals and raw[0].isupper() and not (raw.isupper() and len(bare) > 1)
        if bare in COMMON_GIVEN:
            return upper or (bare not in _NOT_LOWER and not is_root(bare))
        if upper and meant and not self.known(bare) and not is_root(stem(bare)):
            return True
        if self.ordinary(bare) or not _sayable(bare):
            return False
        return upper or self.shaped(bare)

    def name_after_title(self, raw: str, *, capitals: bool) -> bool:
        """Whether a word right after a form of address is a name."""
        bare = raw.rstrip(".").lower()
        if bare in _NICKNAMES:
            return True
        if self.banned(bare) or self.somewhere(bare):
            return False
        if bare in _CAPITAL_NICKNAMES and capitals and raw[0].isupper():
            return True
        if bare in COMMON_GIVEN:
            return (capitals and raw[0].isupper()) or bare not in _NOT_LOWER
        if capitals and raw[0].isupper():
            if raw.isupper() and len(bare) > 1:
                return self.shaped(bare) and not self.ordinary(bare)  # else an abbreviation
            return len(bare) > 1
        if self.ordinary(bare) or not _sayable(bare) or len(bare) < 4:
            return False
        return self.shaped(bare) or not raw.isupper()

    @staticmethod
    def shaped(bare: str) -> bool:
        """Whether a word ends like a Javanese or Arabic given name."""
        return len(bare) > 3 and _SHAPE.search(bare) is not None


def _sayable(bare: str) -> bool:
    """No abbreviation: "tlg", "kpn", "bgmn"."""
    return _VOWEL.search(bare) is not None and _CLUSTER.search(bare) is None


def _pieces(bare: str) -> Iterable[str]:
    """The word without one prefix and up to two suffixes."""
    bases = [
        bare,
        *(bare[len(p) :] for p in _PREFIXES if bare.startswith(p) and len(bare) - len(p) >= _MIN_STEM),
    ]
    for base in bases:
        if base != bare:
            yield base
        for suffix in _SUFFIXES:
            if base.endswith(suffix) and len(base) - len(suffix) >= _MIN_STEM:
                rest = base[: -len(suffix)]
                yield rest
                # "golekane" from "golek" + "an" + "e"
                yield from (rest[:-2] for _ in (0,) if rest.endswith("an") and len(rest) > _MIN_STEM + 2)
