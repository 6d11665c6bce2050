"""Frontier, walking rules, verdicts and the intake: what is fetched, kept and remembered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest

from config import Config, Source, load_config
from crawlers import verdict
from crawlers.context import CrawlContext, SourceReport
from crawlers.discovery import Discovered, Found
from crawlers.frontier import Frontier, Task
from crawlers.intake import BATCH, Intake, Poll
from crawlers.items import Alias, Document, Record, Rejection
from crawlers.landing import batches, read_batch
from crawlers.net.guard import RefusedError
from crawlers.net.hops import HopLimitError
from crawlers.net.inflate import TooLargeError
from crawlers.net.robots import RobotsForbidError, RobotsUnreadableError
from crawlers.net.turns import HostCapError, HostRestsError
from crawlers.polling import MOST_PAGES, since_of, walk_on
from crawlers.state import Change, CrawlState, Validator, Waiting

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)


def task(number: int, host: str = "a.example", kind: str = "article") -> Task:
    url = f"https://{host}/{number}"
    return Task("kabar", "discovery" if kind == "discovery" else "article", url, found=Found(url))


def test_a_host_gets_two_requests_at_a_time_and_discovery_first() -> None:
    frontier = Frontier(cap=10)
    for one in (task(1), task(2), task(3), task(0, kind="discovery"), task(9, "b.example")):
        frontier.push(one)
    first = frontier.pull()
    assert [t.url[-1] for t in first] == ["0", "1", "9"]
    assert frontier.pull() == []
    frontier.done(first[0])
    assert [t.url[-1] for t in frontier.pull()] == ["2"]


def test_a_cap_puts_off_and_says_why() -> None:
    frontier = Frontier(cap=2)
    for number in range(5):
        frontier.push(task(number))
    for one in frontier.pull():
        frontier.done(one)
    assert frontier.pull() == []
    put_off = frontier.put_off()
    assert [(t.url[-1], why) for t, why in put_off] == [("2", "cap"), ("3", "cap"), ("4", "cap")]
    assert frontier.idle("kabar")
    assert not frontier.spend("https://a.example/x?page=all")


def entry(number: int, host: str = "a.example") -> Task:
    return replace(task(number, host, "discovery"), found=None, entry=True)


def test_articles_wait_until_every_entry_point_of_their_source_was_read() -> None:
    frontier = Frontier(cap=9)
    feed, listing = entry(1), entry(2)
    for one in (feed, listing):
        frontier.push(one)
    assert len(frontier.pull()) == 2
    frontier.done(listing)
    frontier.push(task(7))  # on the listing
    frontier.push(replace(task(8, "b.example"), source_id="warta"))
    assert [t.url for t in frontier.pull()] == ["https://b.example/8"]  # of a source that was read
    frontier.learn("kabar", Found("https://a.example/7", "Jalan Rusak", NOW))  # in the feed
    assert not frontier.idle("kabar")
    frontier.done(feed)
    (article,) = frontier.pull()
    assert article.found == Found("https://a.example/7", "Jalan Rusak", NOW)
    frontier.learn("kabar", Found("https://a.example/7", "Terlambat", NOW))  # nothing to add it to
    assert frontier.pull() == []


def test_articles_are_let_go_when_the_last_entry_point_is_put_off() -> None:
    frontier = Frontier(cap=9)
    frontier.push(entry(1))
    frontier.push(entry(2, "b.example"))
    frontier.rest("https://b.example/")
    (first,) = frontier.pull()
    frontier.push(task(7))
    frontier.done(first)
    assert frontier.pull() == []
    assert [why for _, why in frontier.put_off()] == ["resting"]
    assert [t.url for t in frontier.pull()] == ["https://a.example/7"]


def test_a_resting_host_does_not_stop_another() -> None:
    frontier = Frontier(cap=9)
    frontier.push(task(1))
    frontier.push(task(2, "b.example"))
    frontier.rest("https://a.example/")
    assert [t.url for t in frontier.pull()] == ["https://b.example/2"]
    assert [why for _, why in frontier.put_off()] == ["resting"]


@pytest.mark.parametrize(
    ("method", "fresh", "read", "before", "goes_on", "cut"),
    [
        ("listing", 3, 1, True, True, False),
        ("listing", 0, 1, True, False, False),
        ("listing", 0, 1, False, True, False),  # a crawl killed half-way must not hide page three
        ("listing", 3, MOST_PAGES, False, False, True),
        ("sitemap", 0, 500, True, True, False),
        ("wordpress", 0, 2, True, True, False),
    ],
)
def test_how_far_to_walk(
    method: str,
    fresh: int,
    read: int,
    before: bool,
    goes_on: bool,
    cut: bool,
) -> None:
    page = Discovered(more=("https://a.example/?page=2",))
    step = walk_on(method, page, fresh=fresh, read=read, before=before)
    assert (bool(step.more), bool(step.cut)) == (goes_on, cut)


@pytest.mark.parametrize(
    ("error", "reason", "then"),
    [
        (RefusedError("Alamat ditolak: port 22 tidak diizinkan."), "refused", "forget"),
        (HostRestsError("..."), "host_rests", "put_off"),
        (HostCapError("..."), "host_cap", "put_off"),
        (RobotsUnreadableError("..."), "robots_unreadable", "put_off"),
        (RobotsForbidError("..."), "robots", "forget"),
        (HopLimitError("..."), "redirect_loop", "retry"),
        (TooLargeError("..."), "too_large", "done"),
        (IgnoreRequest("?"), "fetch_failed", "retry"),
        (DownloadTimeoutError(), "timeout", "retry"),
        (RuntimeError("?"), "fetch_failed", "retry"),
    ],
)
def test_verdict_on_failures(error: Exception, reason: str, then: str) -> None:
    got = verdict.of_failure(error, refused_host=False)
    assert (got.reason, got.then) == (reason, then)


def test_verdict_on_a_host_inside_the_network() -> None:
    assert verdict.of_failure(RuntimeError(), refused_host=True).reason == "refused"


@pytest.mark.parametrize(
    ("status", "reason", "then"),
    [(404, "gone", "done"), (410, "gone", "done"), (403, "blocked", "retry"), (429, "http_error", "retry"),
     (503, "http_error", "retry"), (302, "redirect_refused", "done"), (418, "http_error", "retry")],
)  # fmt: skip
def test_verdict_on_statuses(status: int, reason: str, then: str) -> None:
    got = verdict.of_status(status)
    assert got is not None
    assert (got.reason, got.then) == (reason, then)
    assert verdict.of_status(200) is None


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config()


@pytest.fixture
def source() -> Source:
    return Source(
        id="kabar", name="Kabar", kind="news", url="https://a.example", scope="general",
        permission="robots_ok", status="investigating",
    )  # fmt: skip


@pytest.fixture
def context(tmp_path: Path, config: Config) -> CrawlContext:
    def scrub(document: Document) -> Document:
        return replace(document, text=document.text.replace("081200000001", "[HP]"))

    def ignore(report: SourceReport) -> None:
        assert report.n_in == report.n_stored + report.n_duplicate + report.n_rejected

    return CrawlContext(
        config, tmp_path / "landing", tmp_path / "state.db", "run", lambda: NOW, scrub,
        lambda d: "Pati" in d.text, ignore, {}, tmp_path, lambda key: key.replace("081200000001", "[HP]"),
    )  # fmt: skip


def document(number: int, text: str = "Kabar Pati, hubungi 081200000001") -> Document:
    return Document("news", "kabar", f"Judul {number}", text, NOW, url=f"https://a.example/{number}")


def landed(context: CrawlContext) -> list[Record]:
    return [record for batch in batches(context.landing) for record in read_batch(batch)]


def test_what_was_erased_is_counted_as_rejected_and_leaves_no_word(
    context: CrawlContext, source: Source
) -> None:
    refusing = replace(context, scrub=lambda _: None)
    with CrawlState(context.state) as state:
        intake = Intake([source], refusing, state)
        assert intake.offer("kabar", document(1), ["k1"]) == "rejected"
        report = intake.finish("kabar")
        assert intake.fresh("kabar", ["k1"]) == []
    assert (report.n_in, report.n_rejected, report.reasons) == (1, 1, {"erased": 1})
    (record,) = landed(context)
    assert isinstance(record, Rejection)
    assert record.key == document(1).doc_id
    assert "a.example" not in repr(record)


def test_everything_is_counted_scrubbed_and_remembered(context: CrawlContext, source: Source) -> None:
    with CrawlState(context.state) as state:
        intake = Intake([source], context, state)
        assert intake.offer("kabar", document(1), ["k1"]) == "stored"
        assert intake.offer("kabar", document(1), ["k1b"]) == "duplicate"
        assert intake.offer("kabar", document(2, "Kabar Kudus"), ["k2"]) == "rejected"
        intake.reject("kabar", "https://a.example/?wa=081200000001", "gone", "Hilang.", keys=["k3"])
        assert state.seen("kabar", ["k1"]) == set(), "nothing is remembered before it is on disk"
        report = intake.finish("kabar")
        assert (report.n_in, report.n_stored, report.n_duplicate, report.n_rejected) == (4, 1, 1, 2)
        assert report.reasons == {"not_about_pati": 1, "gone": 1}
        assert state.seen("kabar", ["k1", "k1b", "k2", "k3"]) == {"k1", "k1b", "k2", "k3"}
    records = landed(context)
    assert len(records) == 3
    assert "081200000001" not in repr(records)
    assert "[HP]" in repr(records)


def test_a_batch_is_never_larger_than_fifty(context: CrawlContext, source: Source) -> None:
    with CrawlState(context.state) as state:
        intake = Intake([source], context, state)
        for number in range(BATCH + 10):
            intake.offer("kabar", document(number), [f"k{number}"])
        assert [len(list(read_batch(b))) for b in batches(context.landing)] == [BATCH]
        intake.finish("kabar")
    assert len(landed(context)) == BATCH + 10


def poll_with(*keys: str) -> Poll:
    return Poll("feed:u", set(keys), complete=True, validator=Validator('"v"'), cursors={"c": "1"})


def test_a_feed_is_not_modified_only_when_all_its_entries_are_on_disk(
    context: CrawlContext, source: Source
) -> None:
    with CrawlState(context.state) as state:
        intake = Intake([source], context, state)
        intake.poll("kabar", poll_with("k1", "k2"))
        intake.offer("kabar", document(1), ["k1"])
        intake.finish("kabar")
        assert not state.validator("kabar", "feed:u")
        assert state.cursor("kabar", "c") is None
        intake.offer("kabar", document(2), ["k2"])
        intake.finish("kabar")
        assert state.validator("kabar", "feed:u") == Validator('"v"')
        assert state.cursor("kabar", "c") == "1"


def test_failed_and_put_off_addresses_wait_for_the_next_run(context: CrawlContext, source: Source) -> None:
    with CrawlState(context.state) as state:
        intake = Intake([source], context, state)
        intake.poll("kabar", poll_with("k1", "k2"))
        intake.reject("kabar", "u", "timeout", "...", keys=["k1"], retry=Waiting("k1", "one", 1))
        intake.defer("kabar", Waiting("k2", "two"))
        report = intake.finish("kabar")
        assert (report.n_in, report.n_rejected, report.n_deferred) == (1, 1, 1)
        assert sorted(state.waiting("kabar")) == [("one", 1), ("two", 0)]
        assert intake.fresh("kabar", ["k1", "k2"]) == ["k1", "k2"]
        assert state.validator("kabar", "feed:u"), "what waits in the state needs no second reading"


def test_a_crash_between_disk_and_state_costs_one_batch_and_doubles_nothing(
    context: CrawlContext, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    with CrawlState(context.state) as state:
        intake = Intake([source], context, state)
        intake.offer("kabar", document(1), ["k1"])

        def power_cut(_: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(state, "commit", power_cut)
            with pytest.raises(KeyboardInterrupt):
                intake.finish("kabar")
    with CrawlState(context.state) as state:
        again = Intake([source], context, state)
        assert again.fresh("kabar", ["k1"]) == ["k1"]
        again.offer("kabar", document(1), ["k1"])
        again.finish("kabar")
        assert again.fresh("kabar", ["k1"]) == []
    ids = [r.doc_id for r in landed(context) if isinstance(r, Document)]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_where_a_source_goes_on(tmp_path: Path) -> None:
    look: Callable[..., datetime | None]
    with CrawlState(tmp_path / "s.db") as state:
        look = lambda method: since_of(state, "kabar", "p", method, NOW, timedelta(days=30))  # noqa: E731
        assert look("feed") is None
        assert look("wordpress") == NOW - timedelta(days=30)
        state.commit({"kabar": Change(cursors={"newest p": "2024-09-10T00:00:00+00:00"})})
        assert look("wordpress") == datetime(2024, 9, 9, tzinfo=UTC)
        assert look("sitemap") == datetime(2024, 9, 7, tzinfo=UTC)


def test_a_page_under_another_address_is_a_duplicate_whose_address_is_kept(
    context: CrawlContext, source: Source
) -> None:
    first = document(1)
    with CrawlState(context.state) as state:
        intake = Intake([source], context, state)
        intake.offer("kabar", first, ["k1"])
        intake.alias("kabar", first.doc_id, ["https://a.example/?p=1&wa=081200000001"], ["k2"])
        report = intake.finish("kabar")
        assert (report.n_in, report.n_stored, report.n_duplicate) == (2, 1, 1)
        assert intake.fresh("kabar", ["k1", "k2"]) == []
    (alias,) = (r for r in landed(context) if isinstance(r, Alias))
    assert (alias.doc_id, alias.url) == (first.doc_id, "https://a.example/?p=1&wa=[HP]")
