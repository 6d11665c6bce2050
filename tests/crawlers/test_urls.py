import pytest

from crawlers.urls import clean_url, own_canonical, site_of, url_key


@pytest.mark.parametrize(
    "twin",
    [
        "https://kabar.example/2024/09/banjir-juwana/",
        "http://www.kabar.example/2024/09/banjir-juwana",
        "https://m.kabar.example/2024/09/banjir-juwana?utm_source=wa&fbclid=x",
        "https://kabar.example/2024/09/banjir-juwana/amp/",
        "https://amp.kabar.example/2024/09/banjir-juwana?amp=1",
        "https://kabar.example/2024/09/banjir-juwana?page=all",
        "https://kabar.example/2024/09/banjir-juwana?page=2#komentar",
        "https://KABAR.example:443/2024/09/banjir-juwana;jsessionid=12AB",
    ],
)
def test_twins_of_one_story_share_a_key(twin: str) -> None:
    assert url_key(twin) == "kabar.example/2024/09/banjir-juwana"


def test_what_tells_stories_apart_stays_in_the_key() -> None:
    assert url_key("https://a.example/?p=12") != url_key("https://a.example/?p=13")
    assert url_key("https://a.example/x?b=2&a=1") == url_key("https://a.example/x?a=1&b=2")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://u:p@a.example/",
        "http://[::1",
        "//",
    ],
)
def test_what_cannot_be_fetched_is_no_address(url: str) -> None:
    assert clean_url(url) is None
    with pytest.raises(ValueError, match="address"):
        url_key(url)


@pytest.mark.parametrize(
    ("declared", "stored"),
    [
        ("https://kabar.example/berita/1", "https://kabar.example/berita/1"),
        ("https://asli.example/berita/1", "https://m.kabar.example/berita/1"),  # another site
        ("https://kabar.example/", "https://m.kabar.example/berita/1"),  # the home page
        (None, "https://m.kabar.example/berita/1"),
    ],
)
def test_a_page_may_name_its_own_address_only(declared: str | None, stored: str) -> None:
    fetched = "https://m.kabar.example/berita/1?utm_medium=x&page=all"
    assert own_canonical(declared, fetched) == stored


def test_site_without_mobile_dress() -> None:
    assert site_of("https://m.muria.example/x") == site_of("https://www.muria.example/y") == "muria.example"
