"""Names of private persons in what citizens write: complaints, comments, posts, and replies to them.

A word is a name by what stands before it (see `name_cues`) and by what it is itself (see
`name_words`). The surer the cue, the less the word has to prove: after "atas nama" anything
that is no everyday word, after "Pak" anything capitalised that is no role or place, after
"sopir" only what looks like a name. In news it cannot be known who is a public figure; see
`news_names` for that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from nlp.privacy import name_cues
from nlp.privacy.name_words import COMMON_GIVEN, NameWords
from nlp.privacy.reading import WORD, Reading, Span
from nlp.privacy.scan import Scanner
from nlp.privacy.uncued import uncued

_FRIENDLY = frozenset(("kak", "dek", "dik", "koh", "cik", "teh"))
_LONGEST_PROGRAMME = 60
# Only after these a full stop belongs to the title.
_ABBREVIATED = frozenset("bpk bp sdr sdri h hj kh dr drg drs dra ir tn ny alm almh prof mb mbk".split())  # noqa: SIM905
_KIN_TITLES = frozenset(
    ("lik", "yu", "mbah", "kang", "paklik", "bulik", "pakde", "bude", "mbok", "lek", "cak")
)
_REFERRING = frozenset(("sdr", "sdri", "tn", "ny", "alm", "almh", "almarhum", "almarhumah"))
_PERSONAL = frozenset(
    """pak bapak bpk bp bu ibu mas mbak mbk mba mb om tante gus saudara saudari kyai kiai ustadz ustad h hj
    kh drs dra""".split()  # noqa: SIM905
)
_WITH_DUTY = ("bidan", "bendahara", "kaur", "kasi", "operator", "admin", "perangkat", "staf", "sekretaris")
"""Roles whose next word is a duty or a place of work, never the place somebody comes from."""
_EMPTY = re.compile(
    r"\(|-|tidak|tdk|belum|kosong|xxx|anonim|rahasia|dirahasiakan|disamarkan|hamba\s|nn\b|n/a|sama\b|sesuai|lihat|terlampir",
    re.IGNORECASE,
)


Matches = list[re.Match[str]]


class NameFinder:
    """Finds names of private persons.

    Args:
        words: judges single words.
        titles: forms of address after which a name may follow, lower case, without the dot.
        name_cues: phrases after which a name must follow.
        programmes: names of programmes that begin like a person's ("Satrio Pasar").
        expressions: what begins like a form of address and names nobody ("Ibu Pertiwi").
        officials: names of public officials that may stay where the caller allows it.
    """

    def __init__(
        self,
        words: NameWords,
        titles: Collection[str],
        name_cues_: Collection[str],
        programmes: Collection[str],
        expressions: Collection[str],
        officials: Collection[str],
    ) -> None:
        self._words = words
        self._scanner = Scanner(
            [
                name_cues.FORM,
                name_cues.declaring(name_cues_),
                name_cues.naming(),
                name_cues.addressing(titles),
                name_cues.calling(),
                name_cues.HINT,
                name_cues.CLOSING,
                name_cues.QUALIFIED,
                name_cues.FROM,
                name_cues.ALIAS,
            ]
        )
        self._programmes = tuple(name.lower() for name in programmes if " " in name)
        self._expressions = tuple(expressions)
        self._officials = frozenset(name.lower() for name in officials)

    def find(self, text: str, *, keep_officials: bool) -> list[Span]:
        """Return (start, end) of each name, in order, not overlapping."""
        matches, words = self._scanner.scan(text)
        reading = Reading(text, self._words, words)
        found: list[Span] = []
        for span in sorted(
            self._candidates(reading, matches, singles=not keep_officials),
            key=lambda span: (span[0], -span[1]),
        ):
            if found and span[0] < found[-1][1]:
                continue
            if text[span[0] : span[0] + _LONGEST_PROGRAMME].lower().startswith(self._programmes):
                continue
            if keep_officials and text[span[0] : span[1]].lower().strip(" .") in self._officials:
                continue
            found.append(span)
        return found

    def _candidates(self, reading: Reading, matches: list[Matches], *, singles: bool) -> Iterator[Span]:
        form, declaring, naming, addressing, calling, hints, closing, qualified, sent, alias = matches
        yield from self._columns(reading, form)
        yield from self._declared(reading, declaring)
        for match in naming:
            yield from reading.names_at(match.end(), reading.alone)
        for match in alias:
            yield from reading.names_at(match.end(), reading.personal)
        yield from self._addressed(reading, addressing)
        yield from self._called(reading, calling)
        yield from _hinted(reading, hints, closing, qualified)
        yield from _sent(reading, sent)
        yield from uncued(reading, singles=singles)

    def _columns(self, reading: Reading, matches: Matches) -> Iterator[Span]:
        """Columns of a form: whatever stands there, unless it says that nothing does."""
        for match in matches:
            if not _EMPTY.match(reading.text, match.end()):
                yield from reading.names_at(match.end(), reading.declared, listed=True)

    def _declared(self, reading: Reading, matches: Matches) -> Iterator[Span]:
        for match in matches:
            if _cue_only_with_mark(match) or _EMPTY.match(reading.text, match.end()):
                continue
            # "a.n. Sukardi", but "... padha jenenge. Wis digawekke": a new sentence
            ends = "." in match.group("mark") and not match.group("cue").lower().endswith("n")
            yield from reading.names_at(match.end(), reading.alone if ends else reading.declared, listed=True)

    def _addressed(self, reading: Reading, matches: Matches) -> Iterator[Span]:
        for match in matches:
            cue, mark = match.group("cue").lower(), match.group("mark").strip()
            staffed = cue in _PERSONAL
            if (
                self._fixed(reading.text, match.start())
                or reading.building_before(match.start(), staffed=staffed)
                or _calls(cue, mark)
            ):
                continue
            # "Pak, jalan kami rusak" and "Pak. Kemarin" call somebody; "Bpk. Slamet" names him
            if mark == ",":
                continue
            if mark == "." and cue not in _ABBREVIATED:
                after = reading.alone
            elif cue in _KIN_TITLES:
                after = reading.after_kin
            elif cue in _REFERRING:
                after = reading.referred
            else:
                after = reading.personal if staffed else reading.office
            yield from reading.names_at(match.end(), after, roles=True, listed=True)

    def _called(self, reading: Reading, matches: Matches) -> Iterator[Span]:
        for match in matches:
            if reading.text[match.end() : match.end() + 1].isupper() and not self._fixed(
                reading.text, match.start()
            ):
                friendly = match.group("cue").lower() in _FRIENDLY
                yield from reading.names_at(match.end(), reading.personal if friendly else reading.called)

    def _fixed(self, text: str, at: int) -> bool:
        """Whether a fixed expression stands at a position: "Ibu Pertiwi"."""
        return text[at : at + _LONGEST_PROGRAMME].lower().startswith(self._expressions)


def _hinted(reading: Reading, hints: Matches, closing: Matches, qualified: Matches) -> Iterator[Span]:
    """Names after "suami saya", "sopir", "petugas PLN", "terima kasih"."""
    for match in hints:
        accept = reading.well_known if name_cues.SPEAKER.match(match.group()) else reading.hinted
        yield from reading.names_at(match.end(), accept, listed=True)
    for match in closing:
        yield from reading.names_at(match.end(), reading.alone, listed=True)
    for match in qualified:
        word = WORD.match(reading.text, match.end())
        # "warga dukuh Kebonan" is somebody from there, "bidan desa Kristiana" is she
        sure = word is not None and reading.words.strong(word.group().lower())
        inside = match.group().lower().startswith(_WITH_DUTY)
        if not sure and not inside and reading.building_before(match.end()):
            continue
        yield from reading.names_at(match.end(), reading.qualified, listed=True)


def _sent(reading: Reading, matches: Matches) -> Iterator[Span]:
    """Names after "dari" at the beginning of a sentence."""
    for match in matches:
        word = WORD.match(reading.text, match.end())
        if word and (word.group().lower() in COMMON_GIVEN or reading.words.shaped(word.group().lower())):
            yield from reading.names_at(match.end(), reading.alone)


def _cue_only_with_mark(match: re.Match[str]) -> bool:
    """Bare words that announce a name only in one written form."""
    cue, mark = match.group("cue").lower(), match.group("mark").strip()
    if cue in ("salam", "ttd", "tertanda"):
        return mark not in (":", "=", ",")
    return cue in ("nama", "pelapor", "pemohon", "pengirim") and mark not in (":", "=")


def _calls(cue: str, mark: str) -> bool:
    """Letters that are a title only with a full stop: "H. Slamet"."""
    return cue in ("h", "tn", "ny", "k.h") and mark != "."
