from __future__ import annotations

import pytest

from dashboard.report.text import ZERO_WIDTH_SPACE, breakable, clean, marked, unprinted, web_address
from dashboard.report.typst import lacking, render


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, ""),
        ("  dua\n baris\t", "dua baris"),
        ("nol\x00 dan\x07 lonceng", "nol dan lonceng"),
        ("balik \u202eitaP\u202c lagi", "balik itaP lagi"),
        ("Mantap 👍🏽 sekali", "Mantap sekali"),
        ("Suhu 31° © 2026", "Suhu 31° © 2026"),
        ("P\u0300\u0301\u0302\u0303ti" + 60 * "\u0301", "P\u0300\u0301\u0302t\u00ed\u0301\u0301\u0301"),
        ("Th\u1ee9 b\u1ea3y", "Th\u1ee9 b\u1ea3y"),
        ('#eval("1") <b> =1+1 $x$', '#eval("1") <b> =1+1 $x$'),
    ],
)
def test_clean_keeps_what_can_be_printed(raw: str | None, expected: str) -> None:
    assert clean(raw) == expected


@pytest.mark.parametrize(
    ("raw", "limit", "expected"),
    [
        ("satu dua tiga", 13, "satu dua tiga"),
        ("satu dua tiga", 12, "satu dua…"),
        ("satu dua tiga", 9, "satu dua…"),
        ("x" * 30, 10, "x" * 9 + "…"),
        ("satu, dua", 6, "satu…"),
    ],
)
def test_clean_cuts_at_a_word(raw: str, limit: int, expected: str) -> None:
    cut = clean(raw, limit)
    assert cut == expected
    assert len(cut) <= limit


def test_only_endless_words_become_breakable() -> None:
    assert breakable("pertanggungjawaban") == "pertanggungjawaban"
    long = "a" * 100
    assert breakable(f"x {long} y").replace(ZERO_WIDTH_SPACE, "") == f"x {long} y"
    assert max(map(len, breakable(long).split(ZERO_WIDTH_SPACE))) <= 12


@pytest.mark.parametrize(
    "url",
    [None, "", "javascript:alert(1)", "file:///etc/passwd", "https://", "https://[x", "https://a b.example/",
     "https://a.example/\u202e", "https://a.example/" + "x" * 3000],
)  # fmt: skip
def test_addresses_nobody_should_follow(url: str | None) -> None:
    assert web_address(url) is None


def test_an_ordinary_address_is_kept() -> None:
    assert web_address("https://warta.example/2026/11/rob?page=all") is not None


@pytest.mark.parametrize(
    ("data", "lacks", "expected", "n"),
    [
        ("bupati", [], "bupati", 0),
        ("bupati", ["\u5df4"], "bupati", 0),
        ("\u5df4\u8482 \u5df4", ["\u5df4"], "\ufffd\u8482 \ufffd", 2),
        ("a\u0489a", ["a\u0489", "a"], "\ufffd\ufffd", 2),  # the longer one first
        (["x", ("\u8482", 7, None)], ["\u8482"], ["x", ["\ufffd", 7, None]], 1),
        (
            {"text": "\u8482", "url": "https://a.example/\u8482", "svg": "\u8482"}, ["\u8482"],
            {"text": "\ufffd", "url": "https://a.example/\u8482", "svg": "\u8482"}, 1,
        ),
        (".*", [".*", "("], "\ufffd", 1),
    ],
)  # fmt: skip
def test_what_the_fonts_lack_is_marked(data: object, lacks: list[str], expected: object, n: int) -> None:
    assert marked(data, lacks) == (expected, n)


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, ""),
        (1, ("Satu huruf tidak dapat dicetak dengan fon PDF ini dan ditandai \ufffd; "
            "teks aslinya ada pada berkas lain di samping PDF ini.")),
        (1200, ("Sebanyak 1.200 huruf tidak dapat dicetak dengan fon PDF ini dan ditandai \ufffd; "
               "teks aslinya ada pada berkas lain di samping PDF ini.")),
    ],
)  # fmt: skip
def test_a_reader_is_told_of_the_marks(n: int, expected: str) -> None:
    assert unprinted(n) == expected


@pytest.mark.parametrize(
    ("diagnostic", "expected"),
    [
        ("", set()),
        ("error: unknown variable: x", set()),
        (('error: the text `"\u5df4"` could not be displayed with font `"A"`\n'
         'error: the text `"a\\u{489}"` could not be displayed'), {"\u5df4", "a\u0489"}),
        (r'the text `"\"\\"` could not be displayed', {'"\\'}),
    ],
)  # fmt: skip
def test_the_typesetter_says_what_it_lacks(diagnostic: str, expected: set[str]) -> None:
    assert lacking(diagnostic) == expected


def titled(title: str) -> dict[str, object]:
    said = {"id": "x", "text": title, "url": None}
    return {
        "letterhead": ["Uji"], "title": "Uji", "subtitle": "uji", "iso": "x", "classification": "x",
        "signature": "x", "signatory": "x", "date": [2026, 11, 16], "keywords": [],
        "parts": [{"id": "isu", "title": "Uji", "annex": False,
                   "blocks": [{"kind": "text", "said": [said], "note": False}]}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "n"),
    [
        ("Jalan rusak di Juwana", 0),
        ("\u062d\u0627\u0634\u064a\u0629 \u0939\u093f\u0928\u094d\u0926\u0940 \u05e9\u05dc\u05d5\u05dd", 0),
        ("e\u0301\u0300\u0300", 0),
        ("Aksara \ua9a5\ua9a0\ua9b6", 3),
        ("\u5df4\u8482\u53bf \uff21\uff21", 5),
    ],
)  # fmt: skip
def test_every_script_can_be_printed(title: str, n: int) -> None:
    """Typst refuses a tagged PDF with a character that no font has; nothing is dropped in silence."""
    printed = render(titled(title))
    assert str(printed.data["parts"]).count("\N{REPLACEMENT CHARACTER}") == n
    assert printed.data.get("unprinted", "") == unprinted(n)
