"""What a capitalised word in news can be: part of a name, a place, an office, an ordinary word.

The lists stand in `nlp/words/`; places, offices and programmes come from the configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum, auto

from nlp.privacy.name_words import COMMON_GIVEN
from nlp.stem import is_root, stem
from nlp.word_lists import word_list

_MEMO_LIMIT = 100_000
_VERB = re.compile(r"(?:me[a-z]{4,}|ber[a-z]{3,}|di[a-z]{4,}|ter[a-z]{4,})\Z")
_SUFFIXED = re.compile(r"(.{4,})(?:nya|lah|kah|pun)\Z")


class Kind(IntEnum):
    """What a word may be in a run of capitalised words."""

    UNKNOWN = auto()  # in no list and no dictionary: looks like a name
    GIVEN = auto()  # a common given name
    TITLE = auto()  # "Pak", "Haji"
    ORDINARY = auto()
    PLACE = auto()
    ORGANISATION = auto()
    OFFICE = auto()


class NewsWords:
    """Looks words up; answers are remembered.

    Args:
        titles: forms of address, lower case.
        places: words of place names, lower case.
        organisations: words of organisations and programmes, lower case.
    """

    def __init__(self, titles: Iterable[str], places: Iterable[str], organisations: Iterable[str]) -> None:
        self.given = COMMON_GIVEN
        self.speech = word_list("speech_verbs")
        self.naming = word_list("naming_verbs")
        self.citizens = _first_words("citizen_words")
        self.direct = word_list("citizen_direct")
        self.fillers = word_list("role_fillers")
        self.description_stops = word_list("description_stops")
        self.lead = word_list("verb_lead")
        self.before = word_list("before_names")
        self.not_before = word_list("not_before_names")
        self._offices = word_list("public_offices")
        self._shared = word_list("shared_offices")
        self._private = word_list("private_groups")
        self.spoken = word_list("news_titles")
        self._titles = (frozenset(titles) | self.spoken) - self._offices
        self._places = frozenset(places)
        self._organisations = word_list("not_people") | frozenset(organisations)
        self._kinds: dict[str, Kind] = {}

    def kind(self, word: str) -> Kind:
        """What a capitalised word is, from the word alone."""
        found = self._kinds.get(word)
        if found is None:
            found = self._look_up(word)
            if len(self._kinds) >= _MEMO_LIMIT:
                self._kinds.clear()
            self._kinds[word] = found
        return found

    def _look_up(self, word: str) -> Kind:
        bare = word.rstrip(".").lower()
        if bare in self._offices:
            return Kind.OFFICE
        if bare in self._titles:
            return Kind.TITLE
        if bare in self._organisations or (len(bare) > 1 and not word.rstrip(".")[1:].islower()):
            return Kind.ORGANISATION
        if bare in self.given:
            return Kind.GIVEN
        if bare in self._places:
            return Kind.PLACE
        if bare in self.not_before or bare in self.before or bare in self.citizens or self._ordinary(bare):
            return Kind.ORDINARY
        return Kind.UNKNOWN

    @staticmethod
    def _ordinary(bare: str) -> bool:
        if is_root(bare) or is_root(stem(bare)):
            return True
        suffixed = _SUFFIXED.match(bare)
        return suffixed is not None and is_root(stem(suffixed.group(1)))

    def role(self, words: Sequence[str], at: int) -> str | None:
        """``office`` or ``citizen`` where word `at` (lower case) names a role, else None."""
        word = words[at]
        if word in self._offices:
            group = word in self._shared and any(w in self._private for w in words[at + 1 : at + 3])
            return "citizen" if group else "office"
        return "citizen" if word in self.citizens else None

    def only_name(self, word: str) -> bool:
        """Whether a word is a common given name and no ordinary word ("Slamet" is both)."""
        bare = word.lower()
        return bare in self.given and not is_root(bare)

    def is_verb(self, word: str) -> bool:
        """Whether a lower-case word has the form of a verb ("dinkes" begins like one)."""
        if word in self._organisations or word in self._places or word in self._offices:
            return False
        return _VERB.match(word) is not None


def _first_words(name: str) -> frozenset[str]:
    return frozenset(phrase.split()[0] for phrase in word_list(name))
