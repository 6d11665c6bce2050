"""One text of a citizen, and how its words are to be taken for names.

The methods of `Reading` that take a word and say whether it belongs to a name (`declared`,
`titled`, `hinted`, ...) differ in how much the word has to prove by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nlp.privacy import name_cues
from nlp.privacy.name_words import COMMON_GIVEN, JOINERS, NOUN_NAMES, SHORT_NAMES, NameWords
from nlp.privacy.scan import Words
from nlp.word_lists import word_list

WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*\.?")  # noqa: RUF001 - apostrophe
_GAP = re.compile(r"[ \t]{1,2}|\.\s?")
_CAPITAL = re.compile(r"[A-Z]")
_AFTER_LISTED = re.compile(r"\s?(?:[,.)&\n]|dan\s|lan\s|serta\s|$)")
_DEGREE = re.compile(r"(?:s|sp|m|a|ph|amd|st|sh|mm|spd|skm|s\.?pd|m\.?pd)\.[a-z]", re.IGNORECASE)
MAX_WORDS = 5
_MAX_HONORIFICS = 3
_ABBREVIATION = 4  # letters before a full stop that does not end a sentence: "Moch. Thoha"
_MAX_LIST = 12
_HONORIFICS = word_list("honorifics") | word_list("more_honorifics", __package__)
_BEFORE_BUILDINGS = word_list("before_buildings") | word_list("before_buildings", __package__)
_OFFICES = word_list("with_staff", __package__)
_OF_HONOUR = re.compile(
    r"(?:(?<![^\W_])(?:k\.?\s?h|h|dr|r\.?\s?a|ki|nyi|kyai|kiai|jend|jenderal|letjen|mayjen|kapten|kolonel|kol|"
    r"pangeran|sultan|panglima|pahlawan|ir|haji|raden)\.?\s+)+$",
    re.IGNORECASE,
)
"""Between "Jalan" and the name of somebody long dead."""
_LAST_WORD = re.compile(r"([^\W\d_]+)\.?\s+$")

Accept = Callable[[str, bool], bool]
"""Whether a word, the first of the name or not, belongs to a name."""
Span = tuple[int, int]


class Reading:
    """One text and how its words are to be taken.

    Args:
        text: any text.
        words: judges single words.
        tokens: the words of the text, as `Scanner.scan` gives them.
    """

    def __init__(self, text: str, words: NameWords, tokens: Words) -> None:
        self.text = text
        self.tokens = tokens
        self.words = words
        self.style = _style(text)
        self.capitals = self.style != "capitals"

    def declared(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After "atas nama": anything that is no everyday word."""
        bare = raw.rstrip(".").lower()
        if self.words.banned(bare) or self.words.somewhere(bare) or (first and self.words.group(bare)):
            return False
        if bare in COMMON_GIVEN:
            return True
        if self.capitals and raw[0].isupper():
            if self.style == "title" and self.words.ordinary(bare):
                return False  # in a headline every word is capitalised
            return len(bare) > 1 or not first
        return len(bare) > 2 + first and self.words.unknown(bare)

    def titled(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After "Kades", which a place may follow."""
        if not first:
            return self._second(raw)
        if self.style == "title" and self.words.ordinary(raw.lower()) and raw.lower() not in COMMON_GIVEN:
            return False
        return self.words.name_after_title(raw, capitals=self.capitals)

    def personal(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After "Pak", where a capitalised village is somebody who is called like it."""
        plain = first and self.style == "plain" and raw[0].isupper() and not raw[1:].isupper()
        if plain and raw.lower() in COMMON_GIVEN:
            return True
        if plain and len(raw) > 1 and self.words.person_like_place(raw.rstrip(".").lower()):
            return True
        return self.titled(raw, first)

    def qualified(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After a role and a word that says which: "petugas PLN"."""
        if not first:
            return self._second(raw)
        return self.style == "plain" and raw[0].isupper() and self.words.qualified(raw.rstrip(".").lower())

    def office(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After "Perawat", which everyday words follow in lower case."""
        if first and self.capitals and not raw[0].isupper() and raw.lower() not in COMMON_GIVEN:
            return self.alone(raw, first)
        return self.titled(raw, first)

    def referred(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After "Sdr", which calls nobody: any word that is no role."""
        bare = raw.rstrip(".").lower()
        if first and len(bare) > 3 and not (self.words.banned(bare) or self.words.somewhere(bare)):
            return True
        return self.titled(raw, first)

    def after_kin(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After "Lik" and "Mbah", where short forms are names, too."""
        return (first and raw.lower() in SHORT_NAMES) or self.personal(raw, first)

    def well_known(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After "saya", which any word may follow: in lower case only a common given name."""
        return self.hinted(raw, first) and (raw[0].isupper() or raw.lower() in COMMON_GIVEN)

    def called(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After "Kak" and "Cik"."""
        return (first and raw.lower() in SHORT_NAMES) or self.hinted(raw, first)

    def hinted(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After a hint within a sentence, where a capital is no accident."""
        if first and self.style == "plain":
            if raw[0].isupper() and raw.lower() in NOUN_NAMES:
                return True
            if self.words.name_alone(raw, capitals=True, meant=True):
                return True
        return self.alone(raw, first)

    def signed(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """On a line of its own after thanks: any capitalised word that is no role, place or office."""
        bare = raw.rstrip(".").lower()
        if self.words.banned(bare) or self.words.somewhere(bare) or self.words.group(bare):
            return False
        return raw[0].isupper() or self.alone(raw, first)

    def listed(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """In a list of names."""
        bare = raw.rstrip(".").lower()
        if first and self.style == "plain" and raw[0].isupper() and not self.words.group(bare):
            return not (self.words.banned(bare) or self.words.somewhere(bare)) and len(bare) > 2
        return self.alone(raw, first)

    def alone(self, raw: str, first: bool) -> bool:  # noqa: FBT001 - see `Accept`
        """After a hint, or after nothing at all."""
        if not first:
            return self._second(raw)
        if self.style == "title" and raw.lower() not in COMMON_GIVEN:
            return False
        return self.words.name_alone(raw, capitals=self.capitals)

    def _second(self, raw: str) -> bool:
        """Whether a word goes on with a name."""
        bare = raw.rstrip(".").lower()
        if self.style == "plain" and bare in COMMON_GIVEN and raw[0].isupper():
            return True
        if self.words.banned(bare) or self.words.somewhere(bare):
            return False
        if self.capitals and raw[0].isupper() and not (raw.isupper() and len(bare) > 1):
            return bare in COMMON_GIVEN or not (self.style == "title" and self.words.ordinary(bare))
        if not self.capitals and len(bare) > 3 and self.words.unknown(bare):
            return True
        return self.words.name_alone(raw, capitals=self.capitals)

    def names_at(
        self, at: int, accept: Accept, *, roles: bool = False, listed: bool = False
    ) -> Iterator[Span]:
        """The name at a position, and those joined to it by a comma or "dan"."""
        span = self._name_at(at, accept, roles=roles)
        for _ in range(_MAX_LIST):
            if span is None:
                return
            yield span
            joined = name_cues.AND.match(self.text, span[1]) if listed else None
            if joined is None:
                return
            following = self._name_at(joined.end(), self.alone)
            if following is None:
                following = self._name_at(joined.end(), self.listed)
                if following and not _AFTER_LISTED.match(self.text, following[1]):
                    following = None
            span = following

    def _name_at(self, at: int, accept: Accept, *, roles: bool = False) -> Span | None:
        start: int | None = None
        end = position = at
        count = 0
        for _ in range(MAX_WORDS + _MAX_HONORIFICS):
            word = WORD.match(self.text, position)
            if word is None or count == MAX_WORDS or self.text[word.end() : word.end() + 1] == "-":
                break  # "moro-moro": no name
            bare = word.group().rstrip(".").lower()
            if start is None and bare in _HONORIFICS:
                position = word.end()
            elif start is None and roles and bare in name_cues.TITLE_ROLES:
                position, accept, roles = word.end(), self.alone, False
            elif _DEGREE.match(word.group()):
                break
            else:
                first = start is None
                joins = bare in JOINERS or self._initial(word)
                if not (joins or accept(word.group(), first) or (first and self._full(word, accept))):
                    break
                if first and self.style == "plain" and word.group()[0].isupper():
                    # behind a capitalised name, a word in lower case must be a name by itself
                    accept = self._behind_capital(accept)
                start = word.start() if start is None else start
                end = word.end() - (1 if word.group().endswith(".") and len(bare) > 2 else 0)
                count += not joins
                position = end
            gap = _GAP.match(self.text, position)
            if gap is None or (start is not None and gap.group()[0] == "." and len(bare) > _ABBREVIATION):
                break
            position = gap.end()
        return None if start is None or not count else (start, end)

    def _behind_capital(self, accept: Accept) -> Accept:
        return lambda raw, first: accept(raw, first) if raw[0].isupper() else self.alone(raw, first)

    def _initial(self, word: re.Match[str]) -> bool:
        """Whether a word is a letter with a capitalised word behind it: "I Gusti", "A. Rohim"."""
        if not (self.capitals and len(word.group().rstrip(".")) == 1 and word.group()[0].isupper()):
            return False
        gap = _GAP.match(self.text, word.end())
        return self.text[gap.end() if gap else word.end() :][:1].isupper()

    def _full(self, word: re.Match[str], accept: Accept) -> bool:
        """Whether an everyday word that is a given name, too, stands before a second name."""
        bare = word.group().lower()
        following = WORD.match(self.text, word.end() + 1)
        if following is None or (
            bare not in COMMON_GIVEN and (self.words.banned(bare) or self.words.somewhere(bare))
        ):
            return False
        second = following.group()
        if self.capitals and word.group()[0].isupper():
            strong = bare in COMMON_GIVEN or (
                self.style == "plain" and self.words.strong(second.rstrip(".").lower())
            )
            return strong and second[0].isupper() and accept(second, False)  # noqa: FBT003
        return bare in COMMON_GIVEN and second.lower() in COMMON_GIVEN and self.alone(second, True)  # noqa: FBT003

    def another_given(self, at: int) -> bool:
        """Whether "dan" or "&" and another capitalised given name follow."""
        joined = re.compile(r"\s(?:&|dan|lan|karo)\s").match(self.text, at)
        word = WORD.match(self.text, joined.end()) if joined else None
        return word is not None and word.group()[0].isupper() and self.alone(word.group(), True)  # noqa: FBT003

    def building_before(self, at: int, *, staffed: bool = False) -> bool:
        """Whether the word before a position makes what follows a street's or a building's name.

        Args:
            at: where the name starts.
            staffed: what follows is a form of address: after a school or an office it is
                somebody who works there ("SDN Ibu Sutarti").
        """
        left = _OF_HONOUR.sub("", self.text[max(0, at - 32) : at])
        before = _LAST_WORD.search(left)
        if before is None:
            return False
        word = before.group(1).lower()
        return word in _BEFORE_BUILDINGS and not (staffed and word in _OFFICES)


def _style(text: str) -> str:
    """How capitals are used: ``capitals`` (all), ``title`` (most words) or ``plain``."""
    head = text[:2000]
    capitals = len(_CAPITAL.findall(head))
    if capitals < 5:
        return "plain"
    if capitals > 0.4 * len(head):
        letters = [char for char in head if char.isalpha()]
        if len(letters) >= 12 and sum(char.isupper() for char in letters) > 0.7 * len(letters):
            return "capitals"
    long_words = [word for word in head.split() if len(word) > 3 and word[0].isalpha()]
    long_words = [word for word in long_words if word.lower() not in COMMON_GIVEN]
    capital = sum(word[0].isupper() for word in long_words)
    return "title" if len(long_words) > 5 and capital > 0.6 * len(long_words) else "plain"
