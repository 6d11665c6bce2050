from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import Config, load_config
from nlp.privacy import TOKENS, Masker
from tests.nlp.masking_cases import KEPT, MASKED

MASKER = Masker(load_config())
SIXTEEN = re.compile(r"\d{16}")
# Text in which personal data is likely: fragments that rules look for, in any order.
FRAGMENTS = st.sampled_from(
    [
        "NIK ",
        "KK ",
        "hp ",
        "rek BRI ",
        "nama saya ",
        "a.n. ",
        "Pak ",
        "Slamet ",
        "Rp",
        "3318",
        "0812",
        "-",
        " ",
        ".",
        ", ",
        "/",
        "(",
        ")",
        "+62 ",
        "0000",
        "000000",
        "33.18.010.",
        "@",
        "warga",
        ".id",
        "K 1234 AB",
        "RT 02 ",
        "RW 05",
        "Jl. Kenanga No. 12",
        "[NIK]",
        "]",
        "\n",
        "\u200b",
        "K",
        "12",
        "8",
        "BPJS 000",
        "1234567890",
        "https://fb.com/",
        "telp ",
        "Gang ",
        "Mawar",
        "blok ",
        "A",
        "2026",
    ]
)
LIKELY = st.lists(FRAGMENTS, max_size=25).map("".join)


@pytest.mark.parametrize(("kind", "text", "expected"), MASKED)
def test_masked(kind: str, text: str, expected: str) -> None:
    found = MASKER.mask(text, kind)
    assert found.text == expected
    assert sum(found.counts.values()) >= (0 if "lokasi" in text else 1)


@pytest.mark.parametrize(("kind", "text"), KEPT)
def test_kept(kind: str, text: str) -> None:
    found = MASKER.mask(text, kind)
    assert found.text == text
    assert found.counts == {}


def test_the_tables_are_long_enough() -> None:
    assert len(MASKED) + len(KEPT) >= 120
    assert len(KEPT) >= 40


def test_counts_say_what_was_masked() -> None:
    found = MASKER.mask("NIK 3318000000000000 dan 3318000000000001, hp 081200000000", "complaint")
    assert found.counts == {"[HP]": 1, "[NIK]": 2}


def test_every_hotline_stays(config: Config) -> None:
    for line in config.privacy.hotlines:
        text = f"hubungi {line.number} segera"
        assert MASKER.mask(text, "complaint").text == text
    for email in config.privacy.emails:
        assert MASKER.mask(email.address, "complaint").text == email.address


def test_office_holders_stay_in_news_and_go_in_complaints() -> None:
    text = "Kepala dinas, Pak Slamet Raharjo, dan NIK 3318000000000000"
    assert "Slamet Raharjo" in MASKER.mask(text, "news").text
    assert "Slamet" not in MASKER.mask(text, "complaint").text
    assert "3318" not in MASKER.mask(text, "news").text


@given(st.one_of(st.text(max_size=200), LIKELY), st.sampled_from(["complaint", "news", "comment"]))
def test_no_sixteen_digits_survive_and_masking_twice_changes_nothing(text: str, kind: str) -> None:
    once = MASKER.mask(text, kind)
    assert not SIXTEEN.search(once.text)
    twice = MASKER.mask(once.text, kind)
    assert twice.text == once.text
    assert set(once.counts) <= set(TOKENS)


@given(st.text(alphabet="0123456789 .-/", min_size=1, max_size=60))
def test_any_digits(text: str) -> None:
    once = MASKER.mask(text, "complaint").text
    assert not SIXTEEN.search(once)
    assert MASKER.mask(once, "complaint").text == once


def test_an_account_gets_the_same_pseudonym_everywhere() -> None:
    key = b"kunci-rahasia-contoh"
    masker = Masker(load_config(), key)
    alias = masker.pseudonym("@WargaContoh", key)
    assert re.fullmatch(r"u-[0-9a-f]{10}", alias)
    assert alias == masker.pseudonym(" wargacontoh ", key)
    assert alias != masker.pseudonym("@wargacontoh", b"kunci lain")
    once = masker.mask("tanya @wargacontoh dong", "comment").text
    assert once == f"tanya @{alias} dong"
    assert masker.mask(once, "comment").text == once


def test_a_pseudonym_needs_a_key() -> None:
    with pytest.raises(ValueError, match="secret key"):
        MASKER.pseudonym("siapa", b"")


@pytest.mark.parametrize(
    "piece",
    ["a", "1", "@", ".", "a@", "1.", "nama ", "Pak ", "K 1", "RT ", "jl a ", "- ", "A.", "(at)", "\u200b1"],
)
def test_time_grows_with_the_text_not_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            MASKER.mask(text, "complaint")
            best = min(best, time.process_time() - start)
        return best

    small, large = seconds(20_000), seconds(160_000)
    # eight times the text; a quadratic search would take sixty-four times as long
    assert large < 25 * small + 0.1
