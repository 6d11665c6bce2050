"""What the pages ask: the reading copy, and the questions made for looking around."""

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
import streamlit as st

from dashboard import data
from dashboard.reader import Reader, wait_before
from tests.dashboard.seed import NOW, seeded_lake
from tests.dashboard.test_pages import view
from warehouse import Lake, LakeError, LakeMissingError, queries
from warehouse.access import SYSTEM, Viewer
from warehouse.queries import ComplaintFilter, DocumentFilter, Week
from warehouse.queries.changes import changes
from warehouse.queries.explore import channels, find_stories
from warehouse.reading import all_threads, open_reading
from warehouse.store import RunRow, record_run

WEEK = Week(date(2026, 11, 9))


def test_the_copy_answers_like_the_lake(lake: Lake, homes: dict[str, Path]) -> None:
    with Lake(homes["seeded"], now=NOW) as direct:
        assert queries.status(lake) == queries.status(direct)
        assert queries.week_total(lake, WEEK) == queries.week_total(direct, WEEK)
        assert queries.agencies(lake).equals(queries.agencies(direct))
        assert lake.snapshot() == direct.snapshot()


def test_a_large_lake_is_read_where_it_is(homes: dict[str, Path], lake: Lake) -> None:
    direct, _ = open_reading(homes["seeded"], NOW, max_documents=3)
    with direct:
        left = (
            "SELECT view_name FROM duckdb_views() "
            "WHERE database_name = 'reading' AND view_name LIKE 'document%'"
        )
        assert sorted(direct.rows(left))[:2] == [("document",), ("document_fact",)]
        assert queries.status(direct) == queries.status(lake)
        for ask in (queries.documents, find_stories):
            there, copied = (ask(one, DocumentFilter()) for one in (direct, lake))
            assert there.total == copied.total > 0
            assert there.rows.equals(copied.rows)


def test_no_lake_and_an_unready_lake_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LakeMissingError, match="pati run"):
        open_reading(tmp_path / "none", NOW)
    Lake(tmp_path / "new", create=True).close()
    with pytest.raises(LakeError, match="pati run"):
        open_reading(tmp_path / "new", NOW)


def test_a_reader_sees_what_was_written_since(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeded_lake(tmp_path)
    reader = Reader(tmp_path, NOW)
    before = reader.snapshot()
    assert len(reader.ask(queries.runs, SYSTEM)) == 1
    with Lake(tmp_path, now=NOW) as writer:
        record_run(writer, RunRow("r9", "watch", NOW, NOW, "ok", 0, 0, 0, 0, 0, ""))
    assert reader.snapshot() == before  # not looked again yet
    monkeypatch.setattr("dashboard.reader.CHECK_SECONDS", 0.0)
    assert reader.snapshot() == before  # the newer one is being opened, nobody waits for it
    assert len(reader.ask(queries.runs, SYSTEM)) == 1
    reader.settle()
    assert reader.snapshot() > before
    assert len(reader.ask(queries.runs, SYSTEM)) == 2


def test_what_this_process_wrote_is_there_at_the_next_question(tmp_path: Path) -> None:
    seeded_lake(tmp_path)
    reader = Reader(tmp_path, NOW)
    before = reader.snapshot()
    with Lake(tmp_path, now=NOW) as writer:
        record_run(writer, RunRow("r9", "watch", NOW, NOW, "ok", 0, 0, 0, 0, 0, ""))
    reader.look_again()
    assert reader.snapshot() > before
    assert len(reader.ask(queries.runs, SYSTEM)) == 2


def test_a_newer_snapshot_that_cannot_be_opened_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded_lake(tmp_path)
    reader = Reader(tmp_path, NOW)
    before = reader.snapshot()
    with Lake(tmp_path, now=NOW) as writer:
        record_run(writer, RunRow("r9", "watch", NOW, NOW, "ok", 0, 0, 0, 0, 0, ""))
    monkeypatch.setattr("dashboard.reader.CHECK_SECONDS", 0.0)
    catalog, aside = tmp_path / "lake" / "catalog.sqlite", tmp_path / "aside"
    newest = reader._newest.snapshot()
    catalog.rename(aside)
    assert reader.snapshot() == before
    reader.settle()
    assert len(reader.ask(queries.runs, SYSTEM)) == 1
    aside.rename(catalog)
    assert reader.snapshot() == before
    reader.settle()
    assert reader.snapshot()[0] == newest


@pytest.mark.parametrize(("cost", "seconds"), [(0.1, 5.0), (0.9, 8.1), (6.0, 54.0)])
def test_a_tenth_of_the_time_goes_into_opening(cost: float, seconds: float) -> None:
    assert wait_before(cost) == pytest.approx(seconds)


def test_a_broken_question_is_told_in_one_sentence(homes: dict[str, Path]) -> None:
    reader = Reader(homes["seeded"], NOW)
    with pytest.raises(LakeError, match="pati doctor"):
        reader.ask(lambda lake: lake.rows("FROM nothing_of_this_name"), SYSTEM)


def test_stories_are_found_by_any_filter(lake: Lake) -> None:
    assert find_stories(lake, DocumentFilter()).total == 1
    found = find_stories(lake, DocumentFilter(words="bagian 3"))
    assert list(found.rows["n_matching"]) == [1]
    assert find_stories(lake, DocumentFilter(words="tidak ada")).total == 0


def test_what_changed_is_told_with_what_carried_it(lake: Lake) -> None:
    found = {(one.scope, one.scope_id): one for one in changes(lake, WEEK)}
    road = found["topic", "jalan"]
    # one story, a video, nine complaints of this week; one complaint in each of the four weeks before
    assert (road.n_items, road.mean_before, road.more) == (11, 1.0, 10.0)
    assert road.moved == pytest.approx((11.375**0.5 - 1.375**0.5) * 2 / 1.25**0.5)
    assert (road.kind, road.kind_n) == ("news", 20)
    assert [(one.story_id, one.n) for one in road.carriers] == [("s1", 20), (None, 1)]
    assert found["kecamatan", "Juwana"].n == 12 + 9
    assert changes(lake, WEEK.shift(-2)) == []  # a single complaint there
    assert changes(lake, WEEK.shift(-12)) == []  # nothing to compare with


def test_channels_are_those_in_use(lake: Lake) -> None:
    assert list(channels(lake)["channel"]) == ["laporbup"]


def test_pages_of_a_list(lake: Lake) -> None:
    page = queries.documents(lake, DocumentFilter(kinds=("comment",)), limit=3)
    assert (page.total, len(page.rows), page.pages(3), page.pages(7), page.pages(100)) == (7, 3, 3, 1, 1)
    assert queries.documents(lake, DocumentFilter(words="tidak ada")).pages(20) == 1


def test_a_confidential_complaint_is_listed_without_its_words(lake: Lake) -> None:
    listed = queries.documents(lake, DocumentFilter(kinds=("complaint",)), limit=100).rows
    secret = listed[listed["doc_id"] == "k-secret"].iloc[0]
    assert (secret["title"], secret["excerpt"]) == ("", "(aduan rahasia)")
    alone = queries.document(lake, "k-secret")
    assert alone is not None
    assert (alone["title"], alone["text"]) == ("", "(aduan rahasia)")


def test_a_confidential_complaint_is_not_found_by_its_words(lake: Lake) -> None:
    assert queries.documents(lake, DocumentFilter(words="rahasia")).total == 0
    assert queries.complaints(lake, ComplaintFilter(words="rahasia")).total == 0


def test_groups_of_the_queue_hold_what_their_totals_count(lake: Lake) -> None:
    sums = queries.queue_totals(lake, ComplaintFilter())
    expected = {
        "open": sums.n_open,
        "late": sums.n_open_over_14_days,
        "answered": sums.n_answered,
        "resolved": sums.n_resolved,
        "set_aside": sums.n_set_aside,
    }
    assert all(expected.values())
    found = {state: queries.complaints(lake, ComplaintFilter(state=state)).total for state in expected}
    assert found == expected


def test_complaints_of_one_week_are_those_the_week_counts(lake: Lake) -> None:
    wanted = ComplaintFilter(first=WEEK.monday, last=WEEK.sunday)
    assert queries.complaints(lake, wanted).total == queries.week_total(lake, WEEK, ("complaint",)).n > 0


def test_undated_documents_can_be_listed(lake: Lake) -> None:
    found = queries.documents(lake, DocumentFilter(undated=True))
    assert list(found.rows["doc_id"]) == ["undated"]


def test_what_was_asked_lately_is_known_when_a_newer_snapshot_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded_lake(tmp_path)
    asked: list[int] = []

    def runs(lake: Lake) -> int:
        asked.append(len(queries.runs(lake)))
        return asked[-1]

    reader = Reader(tmp_path, NOW)
    assert [reader.answer("runs", runs, SYSTEM) for _ in range(2)] == [1, 1]
    assert asked == [1]
    with Lake(tmp_path, now=NOW) as writer:
        record_run(writer, RunRow("r9", "watch", NOW, NOW, "ok", 0, 0, 0, 0, 0, ""))
    monkeypatch.setattr("dashboard.reader.CHECK_SECONDS", 0.0)
    reader.snapshot()
    reader.settle()
    assert asked == [1, 2]
    monkeypatch.undo()
    assert reader.answer("runs", runs, SYSTEM) == 2
    assert asked == [1, 2]


def test_a_question_that_fails_at_a_newer_snapshot_keeps_nobody_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded_lake(tmp_path)

    def fails_later(lake: Lake) -> int:
        if (n := len(queries.runs(lake))) > 1:
            raise ValueError
        return n

    reader = Reader(tmp_path, NOW)
    before = reader.snapshot()
    assert reader.answer("fails later", fails_later, SYSTEM) == 1
    with Lake(tmp_path, now=NOW) as writer:
        record_run(writer, RunRow("r9", "watch", NOW, NOW, "ok", 0, 0, 0, 0, 0, ""))
    monkeypatch.setattr("dashboard.reader.CHECK_SECONDS", 0.0)
    reader.snapshot()
    reader.settle()
    assert reader.snapshot() > before
    with pytest.raises(ValueError, match=r"^$"):
        reader.answer("fails later", fails_later, SYSTEM)


def test_what_is_remembered_does_not_wait_for_what_is_asked(homes: dict[str, Path]) -> None:
    reader = Reader(homes["seeded"], NOW)
    n = reader.answer("runs", lambda lake: len(queries.runs(lake)), SYSTEM)
    begun, end = threading.Event(), threading.Event()

    def slow(_: Lake) -> int:
        begun.set()
        return 7 if end.wait(60) else 0

    asking = threading.Thread(target=reader.answer, args=["slow", slow, SYSTEM])
    asking.start()
    try:
        assert begun.wait(60)
        assert reader.answer("runs", lambda lake: len(queries.runs(lake)), SYSTEM) == n
        assert asking.is_alive()
    finally:
        end.set()
        asking.join()


def test_a_clock_that_goes_on_makes_nobody_wait_and_one_that_jumps_is_followed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded_lake(tmp_path)
    reader = Reader(tmp_path, NOW)
    monkeypatch.setattr("dashboard.reader.CHECK_SECONDS", 0.0)
    soon, later = NOW + timedelta(minutes=10), NOW + timedelta(days=400)
    assert reader.be_at(soon).snapshot()[1] == NOW
    reader.settle()
    assert reader.snapshot()[1] == soon
    assert reader.be_at(later).snapshot()[1] == later
    assert reader.ask(lambda lake: lake.value("SELECT getvariable('pati_now')"), SYSTEM) == later


def test_a_lake_that_was_opened_gently_uses_all_threads_afterwards(
    homes: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATI_THREADS", "3")
    lake, _ = open_reading(homes["seeded"], NOW, gently=True)
    with lake:
        threads = "SELECT current_setting('threads')"
        assert lake.value(threads) == 1
        all_threads(lake)
        assert lake.value(threads) == 3


def test_what_is_likely_asked_next_is_known_before_it_is_asked(homes: dict[str, Path]) -> None:
    asked: list[str] = []

    def question(name: str, lake: Lake) -> int:
        asked.append(name)
        return len(queries.runs(lake))

    reader = Reader(homes["seeded"], NOW)
    reader.ahead([(name, partial(question, name), SYSTEM) for name in ("likely", "less likely")])
    reader.settle()
    assert asked == ["likely", "less likely"]
    assert reader.answer("likely", partial(question, "likely"), SYSTEM) == len(
        reader.ask(queries.runs, SYSTEM)
    )
    assert asked == ["likely", "less likely"]


def test_what_is_likely_asked_next_may_fail(homes: dict[str, Path]) -> None:
    reader = Reader(homes["seeded"], NOW)
    reader.ahead([("broken", lambda lake: lake.rows("FROM nothing_of_this_name"), SYSTEM)])
    reader.settle()
    with pytest.raises(LakeError, match="pati doctor"):
        reader.answer("broken", lambda lake: lake.rows("FROM nothing_of_this_name"), SYSTEM)


@pytest.mark.parametrize(
    ("page", "first", "then"),
    [
        ("ringkasan", {}, {"minggu": "2\N{EN DASH}8 Nov 2026"}),
        ("aduan", {}, {"periode": "4 minggu penuh terakhir"}),
        ("peta", {}, {"rentang": "52 minggu"}),
    ],
)
def test_another_filter_is_worked_out_while_people_read(
    homes: dict[str, Path],
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    first: dict[str, str],
    then: dict[str, str],
) -> None:
    asked: list[object] = []
    ask = Reader.ask

    def counted(self: Reader, question: Callable[[Lake], object], who: Viewer) -> object:
        asked.append(question)
        return ask(self, question, who)

    monkeypatch.setattr(Reader, "ask", counted)
    monkeypatch.setenv("PATI_HOME", str(homes["seeded"]))  # `view` changes it
    monkeypatch.setenv("PATI_NOW", NOW.isoformat())
    st.cache_data.clear()
    view(homes["seeded"], page, first)
    reader = data._reader(data.settings())
    reader.settle()
    before = len(asked)
    view(homes["seeded"], page, then)
    assert before > 0
    assert asked[before:] == []


def test_whoever_wrote_something_sees_it_also_while_somebody_else_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeded_lake(tmp_path)
    reader = Reader(tmp_path, NOW)
    assert len(reader.answer("runs", queries.runs, SYSTEM)) == 1
    with Lake(tmp_path, now=NOW) as writer:
        record_run(writer, RunRow("r9", "watch", NOW, NOW, "ok", 0, 0, 0, 0, 0, ""))
    opening, go_on = threading.Event(), threading.Event()

    def slowly(home: Path, now: datetime, *, gently: bool) -> tuple[Lake, int]:
        opening.set()
        go_on.wait(60)
        return open_reading(home, now, gently=gently)

    monkeypatch.setattr("dashboard.reader.open_reading", slowly)
    reader.look_again()
    seen: list[int] = []
    both = [
        threading.Thread(target=reader.snapshot),
        threading.Thread(target=lambda: seen.append(len(reader.answer("runs", queries.runs, SYSTEM)))),
    ]
    both[0].start()
    assert opening.wait(60)
    both[1].start()
    go_on.set()
    for one in both:
        one.join()
    assert seen == [2]
