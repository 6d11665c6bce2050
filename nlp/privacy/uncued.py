"""Names that no word announces: full names, signatures, names in lists, in brackets, beside a number.

Nothing here is sure by itself, so a word must look like a name and like nothing else, and the
text must use its capitals with care (see `Reading.style`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nlp.privacy import name_cues
from nlp.privacy.name_words import COMMON_GIVEN
from nlp.privacy.reading import MAX_WORDS, WORD, Reading, Span
from nlp.word_lists import word_list

_CAPITALISED = re.compile(r"(?<![\w\[@#.])[A-Z][a-z']{2,24}(?: [A-Z][a-z'.]{0,24}){0,3}(?![\w\]])")
_SINGLE = re.compile(r"(?<![\w\[@#./-])[A-Z][a-z']{3,24}(?![\w\]@/-])")
_NO_FIRST = frozenset(("hari", "nur"))  # "Hari Kartini"
_NOT_ALONE = word_list("not_alone", __package__)
_PREPOSITIONS = word_list("before_places_only", __package__)
_RUN = re.compile(r"(?:[A-Z][\w.']{0,24} )+$")
_NOT_BEFORE = word_list("not_before_names") | word_list("before_buildings", __package__)
_LAST_TWO = re.compile(r"([^\W\d_]+)[.,]?\s{1,2}$")
_STARTS = re.compile(r"(?:^|[.!?:;\n\"(\u201c-])\s{0,3}$")
_BRACKET = re.compile(r"\(\s?(?=[^\W\d_]{3})(?P<inside>[^()\n\[\]\d]{3,60})\s?\)")
_LINE = re.compile(
    r"^[ \t]{0,4}(?:\d{1,3}[.)]|[-*\u2022])[ \t]{0,3}(?P<line>[^\W\d_][^\n\d]{2,60}?)[ \t]*$", re.MULTILINE
)
_END = re.compile(r"[ \t.,)~-]*$")
_PLACE_LIKE = re.compile(
    r"(?:wono|sido|karang|tlogo|telogo|kedung|banyu|watu|kali|tambak|randu|jati|tegal|pring|gunung|ngem|suko(?!wati)|"
    r"bulu|sumber|puri|mojo|gebang|rejo)[a-z]{3,}$|[a-z]+(?:rejo|kerto|lor|kidul|wetan|kulon)$"
)
_BESIDE = re.compile(r"\[(?:NIK|KK|HP|BPJS|REK)\]\s?[,:(-]?\s{0,2}(?:a\.?n\.?\s)?")
_JOINED = frozenset("@#./-[_")


def uncued(reading: Reading, *, singles: bool) -> Iterator[Span]:
    """Names without a cue.

    Args:
        reading: the text.
        singles: take a lone given name within a sentence, too (never where politicians are named).
    """
    yield from _bare(reading)
    yield from _signed(reading)
    yield from _bracketed(reading)
    yield from _lines(reading)
    yield from _beside(reading)
    yield from _pairs(reading)
    if singles and reading.style == "plain":
        yield from _singles(reading)


def _bare(reading: Reading) -> Iterator[Span]:
    """A given name with a second name, or a name right before a masked number."""
    if reading.style == "capitals":
        return
    for match in _CAPITALISED.finditer(reading.text):
        names = match.group().split()
        signed = name_cues.MASKED_NEXT.match(reading.text, match.end()) is not None
        first = names[0].lower()
        full = (
            len(names) > 1 and first in COMMON_GIVEN and first not in _NO_FIRST and reading.style == "plain"
        )
        full = full and (names[1].lower() in COMMON_GIVEN or not reading.words.ordinary(names[1].lower()))
        pair = len(names) == 1 and first in COMMON_GIVEN and reading.another_given(match.end())
        if (
            not (signed or full or pair)
            or not reading.alone(names[0], True)  # noqa: FBT003 - see `Accept`
            or (not signed and reading.building_before(match.start()))
        ):
            continue
        yield from reading.names_at(match.start(), reading.alone, listed=True)


def _signed(reading: Reading) -> Iterator[Span]:
    """A last line that is nothing but a name."""
    body = reading.text.rstrip()
    at = body.rfind("\n") + 1
    last = body[at:].strip(" \t.,-~()")
    if not at or not 0 < len(last.split()) <= MAX_WORDS:
        return
    thanked = reading.style != "capitals" and name_cues.THANKED.search(body[max(0, at - 48) : at]) is not None
    accept = reading.signed if thanked else reading.alone
    start = body.index(last, at)
    words = [word.group() for word in WORD.finditer(last)]
    if not words or len(" ".join(words)) != len(last) or not all(accept(word, True) for word in words):  # noqa: FBT003
        return
    if thanked and len(words) > 1 and all(reading.words.ordinary(word.lower()) for word in words[1:]):
        return  # "Semoga Sukses"
    yield start, start + len(last)


def _bracketed(reading: Reading) -> Iterator[Span]:
    """Names in brackets: "(Sujarwanto)"."""
    for match in _BRACKET.finditer(reading.text):
        at = match.start("inside")
        pointed = name_cues.POINTED.search(reading.text, max(0, match.start() - 40), match.start())
        acronym = reading.text[at + 1 : at + 2].isupper()
        accept = reading.declared if pointed and not acronym else reading.hinted
        spans = list(reading.names_at(at, accept, listed=True))
        if spans and spans[-1][1] >= match.end("inside") - 1:
            yield from spans


def _lines(reading: Reading) -> Iterator[Span]:
    """Items of a list: "1. Mugiyono" on a line of its own."""
    for match in _LINE.finditer(reading.text):
        for start, end in reading.names_at(match.start("line"), reading.hinted, listed=True):
            rest = reading.text[end : match.end("line")]
            if not rest.strip() or rest.lstrip()[0] in ",(-:;\u2013":
                yield start, end


def _beside(reading: Reading) -> Iterator[Span]:
    """A name right after a masked number: "[NIK] sumarni"."""
    for match in _BESIDE.finditer(reading.text):
        word = WORD.match(reading.text, match.end())
        if word is None:
            continue
        bare = word.group().rstrip(".").lower()
        if reading.words.strong(bare) and not reading.words.somewhere(bare):
            yield from reading.names_at(word.start(), reading.alone)


def _pairs(reading: Reading) -> Iterator[Span]:
    """Two given names side by side, in whatever case."""
    last: tuple[int, int] | None = None
    for start, end, bare in reading.tokens:
        if bare not in COMMON_GIVEN or reading.words.known(bare):
            last = None
            continue
        if (
            last is not None
            and reading.text[last[1] : start] == " "
            and reading.text[last[0] - 1 : last[0]] not in _JOINED
            and reading.text[end : end + 1] not in _JOINED
            and not _named_after(reading, last[0])
        ):
            yield from reading.names_at(last[0], reading.alone)
        last = start, end


def _singles(reading: Reading) -> Iterator[Span]:
    """A lone capitalised word that can be nothing but a given name."""
    for match in _SINGLE.finditer(reading.text):
        bare = match.group().lower()
        words = reading.words
        if bare not in COMMON_GIVEN and not words.strongly_shaped(bare):
            continue
        if bare in _NOT_ALONE or not words.strong(bare) or words.somewhere(bare) or words.banned(bare):
            continue
        starts = _STARTS.search(reading.text, max(0, match.start() - 4), match.start()) is not None
        if (starts or _PLACE_LIKE.match(bare)) and bare not in COMMON_GIVEN:
            continue
        run = _RUN.search(reading.text, max(0, match.start() - 48), match.start())
        work = run is not None and not _NOT_BEFORE.isdisjoint(run.group().lower().replace(".", "").split())
        if not work and not any(_named_after(reading, one.start()) for one in (match, run) if one):
            yield from reading.names_at(match.start(), reading.alone, listed=True)


def _named_after(reading: Reading, at: int) -> bool:
    """Whether what stands before a name makes it a street's, a place's, a firm's or a work's."""
    if reading.building_before(at):
        return True
    before = _LAST_TWO.search(reading.text, max(0, at - 32), at)
    if before is None:
        return False
    word = before.group(1)
    if word.lower() in _NOT_BEFORE or word.lower() in _PREPOSITIONS:
        return True
    starts = _STARTS.search(reading.text, max(0, before.start() - 4), before.start()) is not None
    return not starts and reading.words.somewhere(word.lower())
