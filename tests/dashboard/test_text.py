import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import text
from tests.dashboard.seed import HOSTILE

JOINER = "\N{WORD JOINER}"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("  dua \n\t kata ", "dua kata"),
        ("abc\u202egnp.exe\u202c", "abcgnp.exe"),
        ("\u200f\u2066teks\u2069 \x00\x07", "teks"),
        ("nama\ufeff\u200b", "nama"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 3),
        (None, ""),
        (float("nan"), ""),
        ("x" * 61, "x" * 60 + "\N{HORIZONTAL ELLIPSIS}"),
        ("Ñandú café ꦥꦛꦶ", "Ñandú café ꦥꦛꦶ"),
    ],
)
def test_plain_text_keeps_what_is_seen_and_drops_what_acts(raw: str, shown: str) -> None:
    assert text.plain(raw) == shown


def test_long_text_is_cut_and_says_so() -> None:
    cut = text.plain("kata " * 500, 50)
    assert len(cut) <= 50
    assert cut.endswith("\N{HORIZONTAL ELLIPSIS}")


@given(st.text(max_size=400), st.integers(min_value=10, max_value=200))
def test_plain_text_is_one_short_line_of_visible_signs(raw: str, limit: int) -> None:
    shown = text.plain(raw, limit)
    assert len(shown) <= limit
    assert shown.isprintable()
    assert all(len(word) <= text.LONGEST_WORD + 1 for word in shown.split())
    assert text.plain(shown, limit) == shown or len(shown) >= limit - 1


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("**tebal**", r"\*\*tebal\*\*"),
        ("[a](b)", r"\[a\]\(b\)"),
        ("<b>", r"\<b\>"),
        ("# judul", r"\# judul"),
        ("$x$", r"\$x\$"),
        ("pukul: 10", r"pukul\: 10"),
        (":red[x]", rf"\:{JOINER}red\[x\]"),
        (":smile:", rf"\:{JOINER}smile\:"),
        ("https://a.example", rf"https\:{JOINER}\/\/a\.example"),
        ("WWW.a.example", rf"WWW{JOINER}\.a\.example"),
        ("a@b.example", rf"a\@{JOINER}b\.example"),
    ],
)
def test_markdown_is_shown_not_read(raw: str, escaped: str) -> None:
    assert text.markdown(raw) == escaped


@given(st.text(max_size=200))
def test_no_punctuation_is_left_unescaped(raw: str) -> None:
    escaped = text.markdown(raw)
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped))


@pytest.mark.parametrize("raw", ["=1+1", "+628", "-5", "@A1", "  =cmd|x"])
def test_a_cell_is_never_a_formula(raw: str) -> None:
    assert text.cell(raw).startswith("'")


def test_an_ordinary_cell_is_left_alone() -> None:
    assert text.cell("Jalan rusak = macet") == "Jalan rusak = macet"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "ftp://a.example", "//a.example",
        "http://", "https://user@a.example", "https://a.example/ b", "https://a.example/\n", "/sumber",
        "https://[::1", None, 7, "https://a.example/\u202e", "https://" + "a" * 3_000,
    ],
)  # fmt: skip
def test_addresses_that_are_not_plain_web_addresses_are_no_links(url: object) -> None:
    assert text.link(url) is None


@pytest.mark.parametrize("url", ["https://a.example/b?c=d#e", "http://a.example:8080/"])
def test_web_addresses_are_links(url: object) -> None:
    assert text.link(url) == url


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_come_out_short_and_printable(name: str) -> None:
    assert text.plain(HOSTILE[name]).isprintable()
    assert len(text.plain(HOSTILE[name], 300)) <= 300
