"""What must hold for any text, not only for those in the corpus."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from nlp.privacy import name_cues
from nlp.privacy.scan import Scanner
from tests.nlp.masking.corpus import PARTS, Line, read
from tests.nlp.masking.measure import masker, measure
from tests.nlp.masking.update import RECALL, SPOILT

MASK = masker()
LINES = [line for part in PARTS for line in read(part)]
TOKEN = re.compile(r"\[[A-Z]+\]")
SEPARATORS = st.sampled_from(["", " ", ".", "-", "/", "\u00a0", "_", " - ", "\u2013", "\u200b"])
PLACES = st.sampled_from(["NIK {} hilang", "no KTP: {}", "{}", "kulo gadhah nik {} mboten aktif", "({})"])
FRAGMENTS = [
    "jalan rusak", "Pak Slamet", "nama: Siti", "Bu", "atas nama", "Kades Trangkil", "0812 0000 0000",
    "K 1234 AB", "RT 02 RW 03", "Rp1.250.000", "di depan pasar,", "lampu mati.", "(kulo)", "@akun", "\n",
    "petugas PLN Tarmidi", "3318000000000000", "0295", "1234",
]  # fmt: skip
WORDS = st.lists(st.sampled_from(FRAGMENTS), max_size=15).map(" ".join)


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.sampled_from(["complaint", "news", "comment"]))
def test_any_text_is_masked_without_trouble(text: str, kind: str) -> None:
    assert isinstance(MASK(text, kind), str)


@given(st.lists(SEPARATORS, min_size=15, max_size=15), st.integers(0, 10**12 - 1), PLACES)
def test_sixteen_digits_never_survive_whatever_stands_between_them(
    between: list[str], rest: int, place: str
) -> None:
    digits = f"3318{rest:012d}"
    written = "".join(map("".join, zip(digits, [*between, ""], strict=True)))
    left = re.sub(r"\D", "", MASK(place.format(written), "complaint"))
    assert len(left) < 12, left  # the first twelve tell where and when somebody was born


@given(WORDS, st.sampled_from(["complaint", "comment", "news"]))
def test_what_is_not_masked_stays_in_its_place(text: str, kind: str) -> None:
    at = 0
    for piece in TOKEN.split(MASK(text, kind)):
        found = text.find(piece, at)
        assert found >= 0, piece
        at = found + len(piece)


@given(WORDS, st.sampled_from(["complaint", "comment"]))
def test_a_masked_text_is_not_masked_further(text: str, kind: str) -> None:
    once = MASK(text, kind)
    assert MASK(once, kind) == once


def test_neutral_sentences_around_a_text_change_nothing() -> None:
    before, after = "Jalan di depan pasar rusak sejak bulan lalu.\n", "\nLampu di perempatan juga mati."
    around = [
        Line(one.place, one.kind, before + one.text + after, before + one.expected + after, one.spans)
        for one in LINES
        if one.text.strip()
    ]
    figures = measure(around, MASK)
    # a signature is one only at the end, and capitals mean something beside plain sentences
    assert {token: figures.recall(token) for token in figures.total if figures.recall(token) < 0.97} == {}
    assert figures.recall("NIK") >= RECALL
    assert figures.recall("HP") >= 0.99
    assert figures.false_rate <= 2 * SPOILT


def test_the_scanner_finds_what_the_patterns_find() -> None:
    patterns = [
        name_cues.FORM, name_cues.HINT, name_cues.CLOSING, name_cues.QUALIFIED, name_cues.FROM,
        name_cues.ALIAS, name_cues.naming(), name_cues.calling(),
    ]  # fmt: skip
    scanner, n_found = Scanner(patterns), 0
    for line in LINES:
        found, _ = scanner.scan(line.text)
        for pattern, matches in zip(patterns, found, strict=True):
            spans = [match.span() for match in matches]
            assert spans == [match.span() for match in pattern.finditer(line.text)], (line.place, pattern)
            n_found += len(spans)
    assert n_found > 100
