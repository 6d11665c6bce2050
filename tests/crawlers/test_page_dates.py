"""When a page says it was published: which source wins, and how far it is trusted."""

from datetime import UTC, datetime, timedelta

import pytest

from config import load_config
from crawlers.assemble import Fetched, document_of
from crawlers.dates import Moment
from crawlers.discovery import Found
from crawlers.extract import Article, extract_article
from crawlers.extract.trust import judge
from crawlers.items import Document, from_json, to_json
from pipelines.stages.load import content_hash

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)
STORY = "".join(
    f"<p>Warga Desa Contoh menyampaikan keluhan nomor {n} tentang jalan rusak kepada pemerintah desa.</p>"
    for n in range(5)
)
TITLE = "Jalan rusak di Desa Contoh"
URL = "https://kabar.example/berita/12-jalan"


def read(byline: str = "", head: str = "", url: str = URL, story: str = STORY, **extra: object) -> Article:
    clock = "<div class='atas'>Rabu, 11 September 2024</div>"
    body = f"{clock}<article><h1>{TITLE}</h1>{byline}<div>{story}</div></article>"
    html = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return extract_article(html.encode(), url, now=NOW, **extra)  # type: ignore[arg-type]


def json_ld(published: str) -> str:
    return (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{published}"}}</script>'
    )


def wib(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize(
    ("byline", "head", "at", "source", "precision"),
    [
        ("<p>Selasa, 3 September 2024 | 08:00 WIB</p>", "", wib("2024-09-03T08:00"), "byline", "minute"),
        ("<p>Posted on 30 Agu 2024</p>", "", wib("2024-08-30T00:00"), "byline", "day"),
        ("<ul><li>3 September 2024</li><li>08:00</li></ul>", "", wib("2024-09-03T08:00"), "byline", "minute"),
        # a clock stamped as UTC that readers see with its true zone
        (
            "<p>Selasa, 3 September 2024 08:00 WIB</p>",
            json_ld("2024-09-03T08:00:00Z"),
            wib("2024-09-03T08:00"),
            "byline",
            "minute",
        ),
        # the same clock without a zone beside it: the machine is believed
        (
            "<p>Selasa, 3 September 2024 08:00</p>",
            json_ld("2024-09-03T08:00:00Z"),
            wib("2024-09-03T15:00"),
            "json-ld",
            "minute",
        ),
        # a template's leftover attribute
        (
            "<time datetime='2020-01-01'>3 September 2024</time>",
            "",
            wib("2024-09-03T00:00"),
            "time-tag",
            "day",
        ),
        # midnight is a day, and the byline knows the minute
        (
            "<p>3 September 2024 08:15 WIB</p>",
            json_ld("2024-09-03T00:00:00+07:00"),
            wib("2024-09-03T08:15"),
            "byline",
            "minute",
        ),
        ("", json_ld("2024-09-03T00:00:00Z"), wib("2024-09-03T00:00"), "json-ld", "day"),
        # GeneratePress prints the update before the publication
        (
            (
                "<time class='updated' datetime='2024-09-05T08:00:00+07:00'>5 September</time>"
                "<time class='published' datetime='2024-09-03T08:00:00+07:00'>3 September</time>"
            ),
            "",
            wib("2024-09-03T08:00"),
            "time-tag",
            "minute",
        ),
        # hAtom wanted a class "updated" on every post
        ("<p class='post-date updated'>3 September 2024</p>", "", wib("2024-09-03T00:00"), "byline", "day"),
        # WordPress marks the one time of an unchanged post as updated too
        (
            "<time class='entry-date updated' datetime='2024-09-03T08:00:00+07:00'>3 September</time>",
            "",
            wib("2024-09-03T08:00"),
            "time-tag",
            "minute",
        ),
        ("<p>3 jam yang lalu</p>", "", NOW - timedelta(hours=3), "byline", "minute"),
        (
            "",
            "<meta name='kabarku_news_pubdate' content='3 September 2024 08:00'>",
            wib("2024-09-03T08:00"),
            "meta",
            "minute",
        ),
    ],
)
def test_the_right_source_wins(byline: str, head: str, at: datetime, source: str, precision: str) -> None:
    got = read(byline, head)
    assert (got.published_at, got.published_from, got.published_precision) == (at, source, precision)


@pytest.mark.parametrize(
    "byline",
    [
        f"<p>Beranda / {TITLE} per 5 September 2024</p>",
        "<p>Terakhir diperbarui: 5 September 2024</p>",
        "<time itemprop='dateModified' datetime='2024-09-05T08:00:00+07:00'>5 September 2024</time>",
        "<p>Updated <time>5 September 2024 08:00</time></p>",
        "<p>2 tahun yang lalu</p>",
        "<span>waktu baca 2 menit</span>",
        "<div class='terkait'><a href='/b/2'>Judul berita lain</a> <time>5 September 2024</time></div>",
    ],
)
def test_what_is_no_date_of_publication(byline: str) -> None:
    assert (read(byline).published_at, read(byline).published_confidence) == (None, None)


def test_a_dateline_in_a_subtitle_is_no_byline() -> None:
    subtitle = "<h4>Jalan itu rusak sejak awal tahun, kata camat, Kamis (5/9/2024).</h4>"
    dated = "<p>Sabtu, 7 September 2024 08:00 WIB</p>"
    assert read(subtitle + dated).published_at == wib("2024-09-07T08:00")


def test_an_old_story_on_a_new_system_keeps_its_day() -> None:
    got = read("<p>5 Agustus 2019</p>", json_ld("2024-01-05T09:00:00+07:00"), url=f"{URL}/2019/08/05/jalan")
    assert (got.published_at, got.published_from) == (wib("2019-08-05T00:00"), "byline")
    assert (got.published_conflict, got.published_confidence) == (True, "low")


def test_a_dateline_without_year_is_believed_only_if_fresh() -> None:
    def told(text: str) -> datetime | None:
        return read(story=f"<p>PATI - Banjir terjadi {text} sore di desa itu.</p>{STORY}").published_at

    assert told("Kamis (5/9)") == wib("2024-09-05T00:00")
    assert told("Senin (6/5)") is None  # 6 May 2024 was a Monday, and so was 6 May 2019
    assert told("Senin (6/5/2019)") == wib("2019-05-06T00:00")
    assert read(story=f"<p>Kata dia, Kamis (5/9/2024).</p>{STORY}").published_confidence == "low"


def moment(text: str, precision: str = "minute", *, zoned: bool = True) -> Moment:
    return Moment(wib(text), precision, zoned)  # type: ignore[arg-type]


MINUTE, LATER = moment("2024-09-03T08:00"), moment("2024-09-03T09:30")
DAY, OTHER_DAY = (
    moment("2024-09-03T00:00", "day", zoned=False),
    moment("2024-09-06T00:00", "day", zoned=False),
)
NAIVE = moment("2024-09-03T08:00", zoned=False)


@pytest.mark.parametrize(
    ("found", "confidence", "conflict"),
    [
        ([(MINUTE, "json-ld")], "high", False),
        ([(MINUTE, "feed")], "high", False),
        ([(NAIVE, "json-ld")], "medium", False),
        ([(NAIVE, "json-ld"), (LATER, "byline")], "high", False),
        ([(MINUTE, "byline")], "medium", False),
        ([(DAY, "byline")], "medium", False),
        ([(DAY, "byline"), (DAY, "url")], "high", False),
        ([(DAY, "url")], "medium", False),
        ([(MINUTE, "json-ld"), (OTHER_DAY, "byline")], "low", True),
        ([(DAY, "byline"), (OTHER_DAY, "feed")], "low", True),
        ([(DAY, "text")], "low", False),
        # the dateline dates the event: it neither supports nor contradicts
        ([(DAY, "byline"), (OTHER_DAY, "text")], "medium", False),
    ],
)
def test_confidence(found: list[tuple[Moment, str]], confidence: str, conflict: bool) -> None:
    first, source = found[0]
    dated = judge(first, source, found)  # type: ignore[arg-type]  # table of literals
    assert (dated.confidence, dated.conflict) == (confidence, conflict)


def document(**judged: str) -> Document:
    return Document(
        "news",
        "kabar",
        TITLE,
        "Teks",
        NOW,
        url=URL,
        published_at=NOW,
        published_from="byline",
        **judged,  # type: ignore[arg-type]
    )


def test_a_batch_from_before_the_judgement_is_read() -> None:
    old = to_json(document())
    for name in ("published_precision", "published_confidence"):
        del old[name]
    assert from_json(old) == document()


def test_a_judged_date_is_written_and_read_back() -> None:
    judged = document(published_precision="minute", published_confidence="high")
    assert from_json(to_json(judged)) == judged


def test_how_far_a_date_is_trusted_is_no_change_of_the_document() -> None:
    """It differs between a run that saw the feed and one that did not; the document is the same."""
    judged = document(published_precision="minute", published_confidence="high")
    assert content_hash(judged) == content_hash(document())


def test_the_judgement_arrives_in_the_document() -> None:
    article = read("<p>Selasa, 3 September 2024 08:00 WIB</p>", json_ld("2024-09-03T08:00:00+07:00"))
    source = next(iter(load_config().sources))
    got = document_of(source, article, Found(URL), Fetched(URL, (), (), NOW))
    assert (got.published_precision, got.published_confidence) == ("minute", "high")
