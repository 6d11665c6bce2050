"""Feeds as they are in the wild: real snapshots, the parser's own test suite, broken and hostile ones."""

import html
import io
import json
import re
import time
import warnings
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest

from config import Source, load_config
from crawlers.context import CrawlContext
from crawlers.discovery import Page, discover
from crawlers.discovery.model import Discovered
from crawlers.intake import Intake
from crawlers.items import Document
from crawlers.landing import batches, read_batch
from crawlers.state import CrawlState

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
LATER = datetime(2026, 11, 1, tzinfo=UTC)
URL = "https://kabar.example/feed/"


def read(body: str | bytes, url: str = URL, since: datetime | None = None, now: datetime = NOW) -> Discovered:
    raw = body.encode() if isinstance(body, str) else body
    return discover(Page("feed", raw, url), now=now, zone="Asia/Jakarta", since=since)


def rss(*items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(items)}</channel></rss>'


def item(link: str = "", *, guid: str = "", title: str = "", date: str = "", permalink: str = "") -> str:
    tags = {"title": title, "link": link, "pubDate": date}
    inner = "".join(f"<{name}>{html.escape(text)}</{name}>" for name, text in tags.items() if text)
    mark = f' isPermaLink="{permalink}"' if permalink else ""
    return f"<item>{inner}{f'<guid{mark}>{guid}</guid>' if guid else ''}</item>"


# --- keys -----------------------------------------------------------------------------------


def test_the_key_is_the_link_never_a_positional_guid() -> None:
    monday = read(rss(item("https://kabar.example/a", guid="1")))
    tuesday = read(rss(item("https://kabar.example/b", guid="1")))
    assert {f.key for f in (*monday.found, *tuesday.found)} == {"kabar.example/a", "kabar.example/b"}


def test_replay_of_a_real_feed_loses_no_link_and_takes_none_twice(shared: Path, tmp_path: Path) -> None:
    """Every snapshot through the reader, the real intake and the real state, in order.

    The truth is a regular expression over the files, which knows nothing of feeds.
    """
    snapshots = sorted((shared / "real/feeds/tempo_rss_history").glob("*.xml"))
    truth: Counter[str] = Counter()
    guids: set[str] = set()
    for path in snapshots:
        for entry in re.findall(r"<item>.*?</item>", path.read_text("utf-8"), re.DOTALL):
            (link,) = re.findall(r"<link>(.*?)</link>", entry, re.DOTALL)
            truth[html.unescape(link.strip())] += 1
            guids.update(re.findall(r"<guid>(.*?)</guid>", entry))
    source = Source(id="tempo", name="T", kind="news", url="https://www.tempo.co", scope="pati_only",
                    permission="rss_public", status="investigating")  # fmt: skip
    context = CrawlContext(load_config(), tmp_path / "landing", tmp_path / "state.db", "run", lambda: LATER,
                           lambda d: d, lambda _: True, lambda _: None, {}, tmp_path)  # fmt: skip
    with CrawlState(context.state) as state:
        for path in snapshots:
            intake = Intake([source], context, state)  # a run of its own, with the state of the others
            found = read(path.read_bytes(), now=LATER).found
            fresh = set(intake.fresh("tempo", [f.key for f in found]))
            for one in found:
                if one.key in fresh:
                    record = Document("news", "tempo", one.title, "isi", LATER, url=one.url)
                    assert intake.offer("tempo", record, [one.key]) == "stored"
            intake.finish("tempo")
    stored = Counter(
        record.url for batch in batches(context.landing) for record in read_batch(batch)
        if isinstance(record, Document)
    )  # fmt: skip
    assert len(snapshots) == 141
    assert (sum(truth.values()), len(truth)) == (1428, 1266)
    assert len(guids) == 140, "nearly all guids are positions: a store keyed by them keeps 140"
    assert stored == Counter(dict.fromkeys(truth, 1))


@pytest.mark.parametrize(
    ("entry", "url"),
    [
        (item("https://kabar.example/a", guid="https://lain.example/b"), "https://kabar.example/a"),
        (item(guid="https://kabar.example/c", permalink="true"), "https://kabar.example/c"),
        (item(guid="https://kabar.example/c", permalink="false"), "https://kabar.example/c"),
        (item("https://kabar.example/", guid="https://kabar.example/d"), "https://kabar.example/d"),
        (
            item(
                "http://rss.kabar.example/c/33613/f/656084/s/3/l/0Lberita/story01.htm",
                guid="http://berita.kabar.example/read/2014/09/03/1/a",
                permalink="false",
            ),
            "http://berita.kabar.example/read/2014/09/03/1/a",
        ),
        (
            item("http://kabar.feedsportal.com/c/1/f/2/s/x.htm", guid="https://kabar.example/e"),
            "https://kabar.example/e",
        ),
        (item("http://kabar.feedsportal.com/c/1/f/2/s/x.htm", guid="7"), "http://kabar.feedsportal.com/c/1/f/2/s/x.htm"),
        (item("/a?x=1&y=2"), "https://kabar.example/a?x=1&y=2"),
    ],
)  # fmt: skip
def test_which_address_is_the_story_s(entry: str, url: str) -> None:
    assert [f.url for f in read(rss(entry)).found] == [url]


def test_entries_without_an_address_are_counted_once_by_title_and_day() -> None:
    day = "Tue, 03 Sep 2024 08:00:00 +0700"
    got = read(
        rss(
            item(title="Rob", date=day, guid="1"),
            item(title="Rob", date=day, guid="2"),
            item(title="ROB", date="Tue, 03 Sep 2024 20:00:00 +0700"),
            item(title="Rob", date="Wed, 04 Sep 2024 08:00:00 +0700"),
            item(title="Pupuk", date=day),
            item("https://kabar.example/pupuk", title="Pupuk", date=day),
            item("javascript:void(0)", title="Skrip"),
            "<item/>",
        )
    )
    assert [f.url for f in got.found] == ["https://kabar.example/pupuk"]
    # Rob of the 3rd, Rob of the 4th, the script, the empty one; Pupuk has its link elsewhere
    assert got.skipped == {"no_link": 4}


# --- dates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Tue, 03 Sep 2024 08:00:00 +0700", "2024-09-03T01:00+00:00"),
        ("Sel, 03 Sep 2024 08:00:00 +0700", "2024-09-03T01:00+00:00"),
        ("2024-09-03 08:00:00", "2024-09-03T01:00+00:00"),  # WIB, not UTC
        ("Tue, 03 Sep 2024 08:00:00", "2024-09-03T01:00+00:00"),
        ("Tue, 03 Sep 2024 08:00:00 WIB", "2024-09-03T01:00+00:00"),
        ("Tue, 03 Sep 2024 08:00:00 GMT", "2024-09-03T08:00+00:00"),
        ("2024/9/3 08:00:00", "2024-09-03T01:00+00:00"),
        ("05 Agustus 2019", "2019-08-04T17:00+00:00"),
        ("1725321600", "2024-09-03T00:00+00:00"),
        ("Thu, 01 Jan 2099 00:00:00 GMT", None),
        ("0000-00-00 00:00:00", None),
        ("31 Sep 2024", None),
        ("Mon, 03 Sep 2024 08:00:00 +0700", None),  # it was a Tuesday
    ],
)
def test_feed_dates(date: str, expected: str | None) -> None:
    got = read(rss(item("https://kabar.example/a", date=date)))
    assert got.found[0].published_at == (datetime.fromisoformat(expected) if expected else None)
    assert ("undated" in got.flags) == (expected is None)


def test_a_date_of_change_is_no_date_of_publication() -> None:
    changed = datetime(2024, 9, 3, 1, tzinfo=UTC)
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/a"/>'
        "<updated>2024-09-03T08:00:00+07:00</updated></entry></feed>"
    )
    (found,) = read(atom).found
    assert (found.published_at, found.changed_at) == (None, changed)
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="x"><title>A</title>'
        "<link>https://kabar.example/a</link><dc:date>2024-09-03T08:00:00+07:00</dc:date></item></rdf:RDF>"
    )
    (found,) = read(rdf).found
    assert found.published_at == changed


# --- paging ---------------------------------------------------------------------------------

WORDPRESS = "<generator>https://wordpress.org/?v=6.6</generator>"
SINCE = datetime(2024, 8, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "date", "since", "url", "more"),
    [
        (WORDPRESS, "Tue, 03 Sep 2024 08:00:00 +0700", SINCE, URL, (URL + "?paged=2",)),
        (WORDPRESS, "Tue, 03 Sep 2024 08:00:00 +0700", SINCE, URL + "?paged=2", (URL + "?paged=3",)),
        (WORDPRESS, "Tue, 03 Sep 2024 08:00:00 +0700", None, URL, ()),
        (WORDPRESS, "Tue, 30 Jul 2024 08:00:00 +0700", SINCE, URL, ()),
        (WORDPRESS, "", SINCE, URL, ()),
        ("", "Tue, 03 Sep 2024 08:00:00 +0700", SINCE, URL, ()),
        ('<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="/feed/p2"/>', "", None, URL,
         ("https://kabar.example/feed/p2",)),
        ('<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="next" href="/feed/p2"/>',
         "Tue, 30 Jul 2024 08:00:00 +0700", SINCE, URL, ()),
    ],
)  # fmt: skip
def test_older_pages_of_a_feed(
    head: str, date: str, since: datetime | None, url: str, more: tuple[str, ...]
) -> None:
    assert read(rss(item("https://kabar.example/a", date=date), head=head), url, since).more == more


# --- broken and hostile ---------------------------------------------------------------------


def test_the_whole_suite_of_the_parser_crashes_nothing_and_every_bozo_is_flagged(shared: Path) -> None:
    paths = sorted((shared / "real/feeds/feedparser_suite").rglob("*.xml"))
    lost, unflagged, slowest = [], [], 0.0
    for path in paths:
        body = path.read_bytes()
        started = time.process_time()
        got = read(body)
        slowest = max(slowest, time.process_time() - started)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            raw = feedparser.parse(io.BytesIO(body))
        if raw.bozo and not ("bozo" in got.flags and any(f.startswith("bozo:") for f in got.flags)):
            unflagged.append(path.name)
        links = {e["link"] for e in raw.entries if str(e.get("link")).startswith("http")}
        if links and not got.found and "bozo:entities" not in got.flags:
            lost.append(path.name)
    assert len(paths) == 1850
    assert (unflagged, lost) == ([], [])
    assert slowest < 2


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">]><rss><channel/></rss>', "entities"),
        ('<!-- <rss> --><!DOCTYPE x [<!ENTITY a "lol">]><rss><channel/></rss>', "entities"),
        ('<br/>PHP Warning<!DOCTYPE x [ <!entity % a SYSTEM "file:///etc/hostname">]><rss/>', "entities"),
        ('<!DOCTYPE x [<!ELEMENT y ANY><!ENTITY a "]>"><!ENTITY b "&a;&a;">]><rss/>', "entities"),
        ("<rss><item " + " ".join(f'a{n}="1"' for n in range(30_000)) + ">", "attributes"),
    ],
)
def test_what_would_stall_a_parser_is_refused_at_once(body: str, why: str) -> None:
    for raw in (body.encode(), body.encode("utf-16")):
        started = time.process_time()
        got = read(raw)
        assert time.process_time() - started < 2
        assert got.found == ()
        assert got.problem is not None
        assert "demi keamanan" in got.problem
        assert got.flags == ("bozo", f"bozo:{why}")


def test_a_harmless_doctype_is_kept_out_of_the_way() -> None:
    netscape = (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" '
        '"http://my.netscape.example/rss-0.91.dtd">'
    )
    got = read(
        netscape + '<rss version="0.91"><channel>' + item("https://kabar.example/a") + "</channel></rss>"
    )
    assert [f.url for f in got.found] == ["https://kabar.example/a"]
    assert (got.problem, got.flags) == (None, ())


def test_an_entity_in_a_story_about_xml_is_no_declaration() -> None:
    story = "<description><![CDATA[<!DOCTYPE x [<!ENTITY a 'b'>]>]]></description>"
    body = rss(item("https://kabar.example/a").replace("</item>", story + "</item>"))
    assert len(read(body).found) == 1


def test_a_body_that_names_a_file_is_never_that_file(tmp_path: Path) -> None:
    path = tmp_path / "umpan.xml"
    path.write_text(rss(item("https://dalam.example/rahasia")))
    got = read(str(path))
    assert got.found == ()
    assert got.problem is not None


@pytest.mark.parametrize(
    ("body", "links", "why"),
    [
        ("<br/>Warning: mysql_connect()\n" + rss(item("https://kabar.example/a")), 1, "text before the XML"),
        (rss(item("https://kabar.example/a"), item("https://kabar.example/b"))[:-40], 1, "no element found"),
        (rss("<item><link>https://kabar.example/?a=1&b=2</link></item>"), 1, "not well-formed"),
        (rss(item("https://kabar.example/a", title="Jum\u2019at")).encode("cp1252"), 1, "encoding"),
        (rss(item("https://kabar.example/a"), "<x:y>z</x:y>"), 1, "unbound prefix"),
    ],
)
def test_a_broken_feed_is_read_and_flagged(body: str | bytes, links: int, why: str) -> None:
    got = read(body)
    assert len(got.found) >= links
    assert got.problem is None
    assert "bozo" in got.flags
    assert why in " ".join(got.flags)


def test_a_sound_feed_carries_no_flag() -> None:
    got = read(rss(item("https://kabar.example/a", title="Rob", date="Tue, 03 Sep 2024 08:00:00 +0700")))
    assert (got.flags, got.skipped, got.problem) == ((), {}, None)


@pytest.mark.parametrize(
    "body", ["<html><body>Masuk</body></html>", "", "   ", "{}", '{"items": 3}', "{" * 50_000]
)
def test_what_is_no_feed_says_so(body: str) -> None:
    got = read(body)
    assert (got.found, got.more) == ((), ())
    assert got.problem is not None


def test_titles_are_plain_text_and_cp1252_is_repaired() -> None:
    title = "<script>alert(1)</script><b>Jum\u2019at</b> &amp; Sabtu"
    body = rss(item("https://kabar.example/a", title=title)).encode("cp1252")
    assert [f.title for f in read(body).found] == ["Jum\u2019at & Sabtu"]


def test_json_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "next_url": "/feed.json?p=2",
        "items": [
            {"id": "1", "url": "/a", "title": "Rob", "date_published": "2024-09-03T08:00:00+07:00"},
            {"id": "2", "external_url": "https://lain.example/b", "date_modified": "2024-09-04"},
            {"id": "3", "url": 7},
            "x",
        ],
    }
    got = read(json.dumps(feed))
    assert [(f.url, f.title) for f in got.found] == [
        ("https://kabar.example/a", "Rob"),
        ("https://lain.example/b", ""),
    ]
    assert got.found[0].published_at == datetime(2024, 9, 3, 1, tzinfo=UTC)
    assert (got.found[1].published_at, got.found[1].changed_at) == (
        None,
        datetime(2024, 9, 3, 17, tzinfo=UTC),
    )
    assert (got.more, got.skipped) == (("https://kabar.example/feed.json?p=2",), {"no_link": 2})
