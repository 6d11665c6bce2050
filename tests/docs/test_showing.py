"""What counts as the output that a page shows."""

from __future__ import annotations

import pytest

from tests.docs.reading import PAGES, ROOT, blocks
from tests.docs.showing import difference, matches


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a \n\n b\n", True),
        ("a   b", "a b", True),
        ("a … c\n", "a b c\n", True),
        ("a …\n", "b\n", False),
        ("…\nb\n", "x\ny\nb\n", True),
        ("…\nb\n", "b\n", True),
        ("b\n…\n", "b\n", True),
        ("b\n…\n", "b\nx\n", True),
        ("b\n", "b\nx\n", False),
        ("…\nb\n", "b\nx\n", False),
        ("… dari …\n", "1\ndari\n2\n", False),
        ("a.c", "abc", False),
        ("", "", True),
        ("", "x", False),
    ],
)
def test_matches(shown: str, printed: str, same: bool) -> None:
    assert matches(shown, printed) is same


def test_a_difference_shows_both() -> None:
    assert "-a\n+b" in difference("a", "b")


def test_marks_stand_before_blocks_of_commands() -> None:
    marked = [one for page in PAGES for one in blocks(page) if one.mark]
    marks = {f"<!-- {mark} -->" for mark in ("uji", "pasang", "layanan")}
    comments = sum(
        line.strip() in marks for page in PAGES for line in page.read_text(encoding="utf-8").splitlines()
    )
    assert len(marked) == comments, "a comment that marks nothing"
    assert [str(one) for one in marked if not one.said] == [], "nothing to run: no line begins with '$ '"
    assert {one.page.relative_to(ROOT).as_posix() for one in marked} >= {"docs/panduan/instalasi.md"}
