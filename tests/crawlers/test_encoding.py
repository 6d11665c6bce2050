"""Bytes to text: what is repaired, and that it is said."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extract.encoding import REPAIRED, clean, decoded
from crawlers.extract.magic import is_file
from crawlers.extract.scripted import needs_script
from crawlers.extract.tree import HostilePageError, refuse_hostile

FRIDAY = "Hari Jum\u2019at, \u201cramai\u201d di desa"
UTF8, CP1252 = FRIDAY.encode(), FRIDAY.encode("cp1252")
SAID = (REPAIRED,)


@pytest.mark.parametrize(
    ("body", "declared", "flags"),
    [
        (UTF8, "utf-8", ()),
        (UTF8, None, ()),
        (UTF8, "iso-8859-1", SAID),
        (UTF8, "windows-1252", SAID),
        (UTF8, "no-such-charset", ()),
        (codecs.BOM_UTF8 + UTF8, "iso-8859-1", ()),
        (codecs.BOM_UTF8 + CP1252, None, SAID),
        (CP1252, "utf-8", SAID),
        (CP1252, None, SAID),
        (CP1252, "windows-1252", ()),
        (CP1252, "iso-8859-1", ()),
        (CP1252, "utf-7", SAID),
        (CP1252, "unicode_escape", SAID),
        (CP1252, "base64", SAID),
        (FRIDAY.encode("utf-16"), None, ()),
        (FRIDAY.encode("utf-16"), "utf-8", ()),
        (FRIDAY.encode("utf-16-le"), "utf-16-le", ()),
        (codecs.BOM_UTF32_LE + FRIDAY.encode("utf-32-le"), None, ()),
        # Windows-1252 taken for Latin-1 and written as UTF-8 by somebody before us
        (CP1252.decode("latin-1").encode(), "utf-8", SAID),
        (b"<meta charset=windows-1252>" + CP1252, None, ()),
        (b"<meta charset=windows-1252>" + UTF8, "utf-8", ()),
        (b"<meta charset=windows-1252>" + UTF8, None, SAID),
        (b"<?xml version='1.0' encoding='windows-1252'?>" + CP1252, None, ()),
    ],
)
def test_declared_and_true_encodings(body: bytes, declared: str | None, flags: tuple[str, ...]) -> None:
    got = decoded(body, declared)
    assert got.text.rpartition(">")[2] == FRIDAY
    assert got.flags == flags


def test_a_pasted_paragraph_is_repaired_where_it_stands() -> None:
    got = decoded(UTF8 + b"\n" + CP1252 + b"\n" + UTF8, "utf-8")
    assert got == ("\n".join([FRIDAY] * 3), SAID)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"a\0b\x01c\x7fd", "abcd"),
        (b"a\xed\xa0\x80b", "ab"),
        ("a\ufffe\uffffb".encode(), "ab"),
        (b"a\tb\nc", "a\tb\nc"),
    ],
)
def test_what_no_database_takes_is_dropped(body: bytes, text: str) -> None:
    assert decoded(body).text == text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "latin-1", "utf-16", "shift_jis", "x", ""]))
def test_any_bytes_become_clean_text(body: bytes, declared: str | None) -> None:
    text = decoded(body, declared).text
    assert text == clean(text)
    text.encode()


@given(st.text(max_size=200))
def test_valid_utf8_is_never_changed_but_for_what_is_forbidden(text: str) -> None:
    plain = "".join(c for c in text if not 0x80 <= ord(c) <= 0x9F).lstrip("\ufeff")
    assert decoded(plain.encode("utf-8", "ignore"), "utf-8").text == clean(plain)


@pytest.mark.parametrize(
    ("body", "file"),
    [
        (b"%PDF-1.7", True), (b"\r\n%PDF-1.4", True), (b"\xef\xbb\xbfPK\x03\x04..", True), (b"GIF89a", True),
        (b"\xff\xd8\xff\xe0", True), (b"\xd0\xcf\x11\xe0", True), (b"<html>%PDF", False), (b"", False),
        (b"PKS di desa", False),
    ],
)  # fmt: skip
def test_files_are_no_pages(body: bytes, file: bool) -> None:
    assert is_file(body) is file


MENU = "<p>" + "menu " * 200 + "</p>"


@pytest.mark.parametrize(
    ("page", "text", "scripted"),
    [
        ("<body><script>location.href = '/x'</script></body>", "", True),
        ("<body><script>window.location.replace('/x')</script></body>", "", True),
        ("<body><noscript>Please enable JavaScript to go on.</noscript><script></script></body>", "", True),
        ("<body><div id=root></div><script src=a.js></script></body>", "", True),
        (
            "<body><noscript>Aktifkan JavaScript.</noscript><script></script></body>",
            "Aktifkan JavaScript.",
            True,
        ),
        (f"<body>{MENU}<script>location.href = '/x'</script></body>", "", False),
        ("<body><p>Singkat.</p><script>location.href = '/x'</script></body>", "Singkat.", False),
        ("<body><script>if (location.href == '/x') go()</script></body>", "", False),
        ("<body>location.href = '/x'</body>", "", False),
        ("<body><script>var x = 1</script></body>", "", False),
    ],
)
def test_pages_that_need_a_browser(page: str, text: str, scripted: bool) -> None:
    assert needs_script(page, text) is scripted


@pytest.mark.parametrize("value", ["", "=1", "='>'", '="<"', '="\'" ', "\n=\n'x'"])
def test_crowded_tags_are_refused(value: str) -> None:
    tag = "<p " + " ".join(f"a{n}{value}" for n in range(1100)) + ">"
    with pytest.raises(HostilePageError):
        refuse_hostile(f"<body>{tag}x</p>")


@pytest.mark.parametrize(
    "page",
    [
        "<p title='" + "kata " * 5000 + "'>x</p>",
        "<script>" + "var a = 1; " * 5000 + "</script>",
        "<p a=1>" * 5000,
        "kata < kata " * 5000,
        "<a b='" * 5000,
        '<a b="<a b=" c=' * 5000,
    ],
)
def test_long_pages_are_not(page: str) -> None:
    refuse_hostile(page)
