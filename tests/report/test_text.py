from __future__ import annotations

import pytest

from dashboard.report.text import ZERO_WIDTH_SPACE, breakable, clean, web_address


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (None, ""),
        ("  dua\n baris\t", "dua baris"),
        ("nol\x00 dan\x07 lonceng", "nol dan lonceng"),
        ("balik \u202eitaP\u202c lagi", "balik itaP lagi"),
        ("Mantap 👍🏽 sekali", "Mantap sekali"),
        ("Suhu 31° © 2026", "Suhu 31° © 2026"),
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
