"""Where answers lead, and what their bytes unpack to. Tables."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.net.guard import RefusedError
from crawlers.net.hops import moved_to, refreshed_to
from crawlers.net.inflate import MOST_RATIO, TooLargeError, UnknownEncodingError, inflate

HERE = "https://kabar.example/a/b?c=1"


@pytest.mark.parametrize(
    ("status", "location", "target"),
    [
        (301, b"https://lain.example/x", "https://lain.example/x"),
        (302, b"/x", "https://kabar.example/x"),
        (303, b"?p=2", "https://kabar.example/a/b?p=2"),
        (307, b"//lain.example/x", "https://lain.example/x"),
        (308, b" /dua kata ", "https://kabar.example/dua%20kata"),
        (302, "/jum\u2019at".encode(), "https://kabar.example/jum%E2%80%99at"),
        (302, b"", None),
        (302, None, None),
        (304, b"/x", None),
        (200, b"/x", None),
    ],
)
def test_redirects(status: int, location: bytes | None, target: str | None) -> None:
    assert moved_to(status, location, HERE) == target


@pytest.mark.parametrize(
    "location",
    [b"file:///etc/passwd", b"data:text/html,x", b"ftp://a.example/", b"javascript:alert(1)", b"http://[::1",
     b"gopher://a.example/", b"s3://bucket/key"],
)  # fmt: skip
def test_redirects_to_what_is_not_the_web(location: bytes) -> None:
    with pytest.raises(RefusedError):
        moved_to(302, location, HERE)


def meta(content: str, around: str = "{}") -> bytes:
    return ("<html><head>" + around.format(f'<meta http-equiv="refresh" content="{content}">')).encode()


@pytest.mark.parametrize(
    ("body", "target"),
    [
        (meta("0; url=/x"), "https://kabar.example/x"),
        (meta("5;URL='https://lain.example/'"), "https://lain.example/"),
        (b"<META HTTP-EQUIV=Refresh CONTENT='0;url=/x'>", "https://kabar.example/x"),
        (meta("300"), None),
        (meta("300; url=/x"), None),
        (meta("0; url=/a/b?c=1#atas"), None),
        (meta("0; url=/x", "<noscript>{}</noscript>"), None),
        (meta("0; url=/x", "<!-- {} -->"), None),
        (b"<rss><channel>" + meta("0; url=/x"), None),
        (b"<p>" + b"x" * 10_000 + meta("0; url=/x"), None),
        (b"", None),
    ],
)
def test_meta_refresh(body: bytes, target: str | None) -> None:
    assert refreshed_to(body, HERE) == target


def test_meta_refresh_to_what_is_not_the_web() -> None:
    with pytest.raises(RefusedError):
        refreshed_to(meta("0; url=file:///etc/passwd"), HERE)


PAGE = b"<p>Kabar dari desa yang baik.</p>" * 2000
GZIP, DEFLATE, BARE = gzip.compress(PAGE, mtime=0), zlib.compress(PAGE), zlib.compress(PAGE)[2:-4]


@pytest.mark.parametrize(
    ("body", "encodings", "plain", "flags"),
    [
        (GZIP, ["gzip"], PAGE, ()),
        (GZIP, ["x-gzip"], PAGE, ()),
        (DEFLATE, ["deflate"], PAGE, ()),
        (BARE, ["deflate"], PAGE, ()),
        (gzip.compress(GZIP, mtime=0), ["gzip", "gzip"], PAGE, ()),
        (zlib.compress(GZIP), ["gzip", "deflate"], PAGE, ()),
        (GZIP + gzip.compress(b"lagi", mtime=0), ["gzip"], PAGE + b"lagi", ()),
        (GZIP + b"\0" * 100, ["gzip"], PAGE, ()),
        (PAGE, ["identity"], PAGE, ()),
        (PAGE, ["gzip"], PAGE, ("not_compressed",)),
        (PAGE, ["deflate"], PAGE, ("not_compressed",)),
        (b"", ["gzip"], b"", ()),
        (GZIP[:8], ["gzip"], b"", ("partial",)),
        (gzip.compress(b"", mtime=0), ["gzip"], b"", ()),
    ],
)
def test_content_encodings(body: bytes, encodings: list[str], plain: bytes, flags: tuple[str, ...]) -> None:
    got = inflate(body, encodings, 10**7)
    assert (got.body, got.flags) == (plain, flags)


@pytest.mark.parametrize("packed", [GZIP, DEFLATE])
def test_a_torn_stream_is_said_to_be_torn(packed: bytes) -> None:
    got = inflate(packed[: len(packed) // 2], ["gzip" if packed is GZIP else "deflate"], 10**7)
    assert got.flags == ("partial",)
    assert PAGE.startswith(got.body)


def test_a_flipped_bit_is_said_too() -> None:
    middle = len(GZIP) // 2
    broken = GZIP[:middle] + bytes([GZIP[middle] ^ 255]) + GZIP[middle + 1 :]
    assert "partial" in inflate(broken, ["gzip"], 10**7).flags


@pytest.mark.parametrize(
    ("body", "encodings", "most"),
    [
        (gzip.compress(b"x" * 3_000_000, mtime=0), 1, 2_000_000),
        (gzip.compress(b"x" * 3_000_000, mtime=0), 1, 10**9),  # a thousand times what came in
        (gzip.compress(b"x" * 900_000, mtime=0) * 20, 1, 10_000_000),  # many members, each harmless
        (gzip.compress(gzip.compress(b"x" * 200_000_000, mtime=0)), 2, 10_000_000),
    ],
    ids=["cap", "ratio", "members", "layers"],
)
def test_bombs(body: bytes, encodings: int, most: int) -> None:
    with pytest.raises(TooLargeError):
        inflate(body, ["gzip"] * encodings, most)


def test_a_small_page_of_blanks_is_no_bomb() -> None:
    page = b" " * 900_000
    packed = gzip.compress(page, mtime=0)
    assert len(page) > MOST_RATIO * len(packed)
    assert inflate(packed, ["gzip"], 10**7).body == page


@pytest.mark.parametrize("name", ["br", "zstd", "rot13"])
def test_what_was_not_asked_for(name: str) -> None:
    with pytest.raises(UnknownEncodingError):
        inflate(b"x", [name], 100)


@given(st.binary(max_size=400), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_can_come(body: bytes, name: str) -> None:
    got = inflate(body, [name], 10**6)
    assert got.body == body or "not_compressed" not in got.flags
