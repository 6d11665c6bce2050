"""Plain data and line numbers out of YAML text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from config.yaml_lines import parse_yaml

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | WORDS
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(WORDS, TREES, min_size=1, max_size=5))
def test_what_yaml_wrote_is_read_back(tree: dict[str, object]) -> None:
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    assert parse_yaml(text.encode(), "x.yaml", Path("x.yaml")).data == tree


@given(st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=1, max_size=8, unique=True))
def test_line_of_every_key(keys: list[str]) -> None:
    text = "# head\n" + "".join(f"{key}:\n  - 1\n  - satu\n" for key in keys)
    file = parse_yaml(text.encode(), "x.yaml", Path("x.yaml"))
    for position, key in enumerate(keys):
        line = 2 + 3 * position
        assert file.line((key,)) == line
        assert file.line((key, 1)) == line + 2
        assert file.line((key, 7)) == line  # not there: the deepest part that is
        assert file.line((key, 1, "dalam")) == line + 2


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", True),
        ("0295", "0295"),
        ("0811", "0811"),
        ("0o17", "0o17"),
        ("12:30", "12:30"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("2026-01-31", "2026-01-31"),
        ("33.18.01", "33.18.01"),
        ("-6.5", -6.5),
        (".inf", ".inf"),
        ("=", "="),
        ("~", None),
        ("", None),
        ("'112'", "112"),
    ],
)
def test_words_stay_words(text: str, value: object) -> None:
    data = parse_yaml(f"k: {text}\n".encode(), "x.yaml", Path("x.yaml")).data
    assert data == {"k": value}
    assert type(data["k"]) is type(value)


def test_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert parse_yaml(b"\xef\xbb\xbfa: 1\n", "x.yaml", Path("x.yaml")).data == {"a": 1}
