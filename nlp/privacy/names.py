"""Names of private persons after the words that announce them.

Only text of citizens is searched (complaints, comments, posts): in news it cannot be known
who is a public figure, so names stay there. A capitalised word after "Pak" or "atas nama" is a
name unless it is a role, a place or an everyday word; a lower-case one only when it is on the
list of common given names, or when the cue itself says that a name follows ("nama saya").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from nlp.stem import is_root, stem
from nlp.word_lists import word_list

# After these a name must follow, whatever its case.
_DECLARING = (
    r"nama\s+(?:saya|aku|kulo|pelapor|lengkap|suami|istri|anak(?:\s+saya)?|ibu|bapak|pemohon|korban)"
    r"(?:\s+(?:adalah|yaitu|ialah))?|nama|atas\s+nama|a\.?\s?/?\s?n\.|a/n|"
    r"pelapor|pemohon|pengirim|hormat\s+(?:saya|kami)|salam(?:\s+hormat)?|tertanda|ttd"
)
# After these a name may follow; "pak tolong" is as common as "Pak Slamet".
_ADDRESSING = (
    r"bpk|bapak|pak|bu|ibu|sdr|sdri|saudara|saudari|mas|mbak|mbk|mba|mbah|kang|yu|lik|pakde|bude|"
    r"tn|ny|h|hj|drs|gus|kyai|ustadz|ustad"
)
_WORD = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*\.?")
_GAP = re.compile(r"[ \t]{1,2}|\.\s?")
_MAX_NAME_WORDS = 4
_MAX_HONORIFICS = 3
_LONGEST_PROGRAMME = 60
_SPOKEN = word_list("spoken_titles")
_HONORIFICS = word_list("honorifics")
_JOINERS = frozenset(["bin", "binti", "al", "el", "abdul", "r", "rr", "m", "muh", "moh"])

COMMON_GIVEN = word_list("given_names")
_CLOSING = frozenset(("terima kasih", "makasih", "matur nuwun", "suwun", "salam", "wassalam", "ttd"))
_BEFORE_BUILDINGS = word_list("before_buildings")
_CAPITALISED = re.compile(r"(?<![\w\[@#.])[A-Z][a-z']{2,24}(?: [A-Z][a-z'.]{0,24}){0,3}(?![\w\]])")
_MASKED_NEXT = re.compile(r"\s?[,–(-]?\s?\[(?:NIK|KK|HP|TELP|EMAIL|REK|BPJS|ALAMAT|AKUN)\]")  # noqa: RUF001 - dash
_LAST_WORD = re.compile(r"([^\W\d_]+)\.?\s+$")
_NOT_NAMES = word_list("not_names")


class NameFinder:
    """Finds names of private persons.

    Args:
        titles: forms of address after which a name may follow, lower case, without the dot.
        name_cues: phrases after which a name must follow.
        not_names: words that follow a title without being a name.
        programmes: names of programmes that begin like a person's ("Satrio Pasar").
        places: words of place names, lower case; "Kades Slungkep" names a village.
        officials: names of public officials that may stay where the caller allows it.
    """

    def __init__(
        self,
        titles: Collection[str],
        name_cues: Collection[str],
        not_names: Collection[str],
        programmes: Collection[str],
        places: Collection[str],
        officials: Collection[str],
    ) -> None:
        self._cue = _cue_pattern(titles, name_cues)
        self._not_names = _NOT_NAMES | {word for phrase in not_names for word in phrase.split()[:1]}
        self._programmes = tuple(name.lower() for name in programmes if " " in name)
        self._places = places
        self._officials = frozenset(name.lower() for name in officials)

    def find(self, text: str, *, keep_officials: bool) -> list[tuple[int, int]]:
        """Return (start, end) of each name, in order, not overlapping."""
        style = _style(text)
        spans = [*self._announced(text, style), *self._hinted(text, style), *self._bare(text, style)]
        found: list[tuple[int, int]] = []
        for span in sorted(spans, key=lambda span: (span[0], -span[1])):
            if found and span[0] < found[-1][1]:
                continue
            if text[span[0] : span[0] + _LONGEST_PROGRAMME].lower().startswith(self._programmes):
                continue
            if keep_officials and text[span[0] : span[1]].lower().strip(" .") in self._officials:
                continue
            found.append(span)
        return found

    def _announced(self, text: str, style: str) -> Iterator[tuple[int, int]]:
        """Names after "nama saya", "a.n.", "Pak"."""
        for match in self._cue.finditer(text):
            if not self._no_cue(match):
                declaring = match.group("declaring") is not None
                span = self._name_at(text, match.end(), declaring=declaring, style=style)
                if span:
                    yield span

    def _hinted(self, text: str, style: str) -> Iterator[tuple[int, int]]:
        """Names after "saya", "adik saya", "hubungi", "terima kasih"."""
        for match in _HINT.finditer(text):
            if match.group("stop") and match.group("hint").lower() not in _CLOSING:
                continue  # "... wedi aku. Tulung": a new sentence
            word = _WORD.match(text, match.end())
            if word and self._looks_like_name(word.group(), style):
                span = self._name_at(text, match.end(), declaring=False, style=style)
                if span:
                    yield span

    def _bare(self, text: str, style: str) -> Iterator[tuple[int, int]]:
        """A given name with a second name, or a name right before a masked number."""
        if style == "capitals":
            return
        for match in _CAPITALISED.finditer(text):
            names = match.group().split()
            signed = _MASKED_NEXT.match(text, match.end()) is not None
            full = len(names) > 1 and names[0].lower() in COMMON_GIVEN and style == "plain"
            if not (signed or full) or not self._looks_like_name(names[0], style):
                continue
            before = _LAST_WORD.search(text, max(0, match.start() - 24), match.start())
            if before and before.group(1).lower() in _BEFORE_BUILDINGS:
                continue
            span = self._name_at(text, match.start(), declaring=False, style=style)
            if span:
                yield span

    def _looks_like_name(self, raw: str, style: str) -> bool:
        """Stricter than `_is_name`: no everyday word, no place, capitalised or a rare given name."""
        bare = raw.rstrip(".").lower()
        if bare in self._not_names or len(bare) < 3:
            return False
        ordinary = is_root(stem(bare))
        if bare in COMMON_GIVEN:
            return (raw[0].isupper() and style != "capitals") or not ordinary
        if bare in self._places or ordinary or style != "plain":
            return False
        return raw[0].isupper()

    @staticmethod
    def _no_cue(match: re.Match[str]) -> bool:
        """Bare letters and words that are cues only in one written form."""
        cue = (match.group("declaring") or match.group("addressing")).lower()
        mark = match.group("mark").strip()
        # "Pak, jalan kami rusak" and "Pak. Kemarin" call somebody; "Bpk. Slamet" names him
        if match.group("addressing") and (mark == "," or (mark == "." and cue in _SPOKEN)):
            return True
        if cue in ("h", "hj", "tn", "ny", "drs"):
            return mark != "." and cue in ("h", "tn", "ny")
        if cue in ("nama", "pelapor", "pemohon", "pengirim", "salam", "ttd", "tertanda"):
            return mark not in (":", "=") and not (cue in ("salam", "ttd", "tertanda") and mark == ",")
        return False

    def _name_at(self, text: str, at: int, *, declaring: bool, style: str) -> tuple[int, int] | None:
        start: int | None = None
        end = at
        position = at
        count = 0
        for _ in range(_MAX_NAME_WORDS + _MAX_HONORIFICS):
            if count == _MAX_NAME_WORDS:
                break
            word = _WORD.match(text, position)
            if word is None:
                break
            bare = word.group().rstrip(".").lower()
            if start is None and bare in _HONORIFICS:
                position = word.end()
            else:
                if not self._is_name(word.group(), bare, declaring, style, first=start is None):
                    break
                start = word.start() if start is None else start
                end = word.end() - (1 if word.group().endswith(".") and len(bare) > 2 else 0)
                count += 1
                position = end
            gap = _GAP.match(text, position)
            if gap is None:
                break
            position = gap.end()
        return None if start is None else (start, end)

    def _is_name(self, raw: str, bare: str, declaring: bool, style: str, *, first: bool) -> bool:  # noqa: FBT001 - private and called once
        if bare in self._not_names or (bare in self._places and bare not in COMMON_GIVEN):
            return False
        if bare in COMMON_GIVEN:
            return True
        if bare in _JOINERS:
            return True
        if raw[0].isupper() and style != "capitals":
            if style == "title" and is_root(stem(bare)):
                return False  # in a headline every word is capitalised
            if raw.isupper() and len(bare) > 1 and not declaring:
                return False  # an abbreviation in running text
            return len(bare) > 1 or not first
        if declaring:
            # "nama saya sumirahayu" — anything that is not an everyday word
            return first and len(bare) > 3 and not _affixed(bare)
        return False


def _hint_pattern() -> re.Pattern[str]:
    hints = "|".join(_spaced(hint) for hint in sorted(word_list("name_hints"), key=lambda h: (-len(h), h)))
    return re.compile(
        rf"(?<![\w\[])(?P<hint>{hints})(?![\w\]])(?:(?P<stop>\.)|[,:])?\s{{1,3}}", re.IGNORECASE
    )


def _cue_pattern(titles: Collection[str], name_cues: Collection[str]) -> re.Pattern[str]:
    """One pattern for everything that announces a name, longest first."""
    declaring = "|".join([_DECLARING, *(_spaced(cue) for cue in sorted(name_cues, key=len, reverse=True))])
    addressing = "|".join([_ADDRESSING, *(_spaced(cue) for cue in sorted(titles, key=len, reverse=True))])
    return re.compile(
        rf"(?<![\w\[])(?:(?P<declaring>{declaring})|(?P<addressing>{addressing}))(?![\w\]])"
        r"(?P<mark>\s{0,3}[:.=]\s{0,3}|,?\s{1,3})",
        re.IGNORECASE,
    )


def _spaced(cue: str) -> str:
    return r"\s{1,3}".join(re.escape(word) for word in cue.rstrip(" .:").split())


def _affixed(word: str) -> bool:
    """Whether a lower-case word looks like a verb or particle rather than a name."""
    return word.endswith(("kan", "nya")) or word.startswith(
        ("ter", "ber", "men", "mem", "meng", "di", "pe", "ke", "se")
    )


def _style(text: str) -> str:
    """How capitals are used: ``capitals`` (all), ``title`` (most words) or ``plain``."""
    head = text[:2000]
    letters = [char for char in head if char.isalpha()]
    if len(letters) >= 12 and sum(char.isupper() for char in letters) > 0.7 * len(letters):
        return "capitals"
    long_words = [word for word in head.split() if len(word) > 3 and word[0].isalpha()]
    capital = sum(word[0].isupper() for word in long_words)
    return "title" if len(long_words) > 5 and capital > 0.6 * len(long_words) else "plain"


_HINT = _hint_pattern()
