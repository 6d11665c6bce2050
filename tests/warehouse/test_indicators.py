"""Each indicator against a town counted by hand; formulas against published tables or paper."""

from __future__ import annotations

import math
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.rows import document, enrich, labels, load
from tests.warehouse.town import NOW, town
from warehouse import Lake, queries
from warehouse.metrics import metrics
from warehouse.queries import Week
from warehouse.reading import open_reading
from warehouse.store import SourceRow, record_sources, sync_dimensions

FOUR = date(2026, 10, 19)


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory, empty_home: Path) -> Iterator[Lake]:
    home = tmp_path_factory.mktemp("town")
    shutil.copytree(empty_home, home, dirs_exist_ok=True)
    with Lake(home, now=NOW) as lake:
        town().write(lake)
    reading, _ = open_reading(home, NOW)
    with reading:
        yield reading


def row(lake: Lake, mart: str, columns: str, **where: Any) -> tuple[Any, ...]:
    conditions = " AND ".join(f"{name} = ${name}" for name in where)
    sql = f"SELECT {columns} FROM {mart} WHERE {conditions}"  # noqa: S608 - names of ours
    found = lake.rows(sql, where)
    assert len(found) == 1, found
    return found[0]


def weeks_4(lake: Lake, mart: str, columns: str, **where: Any) -> tuple[Any, ...]:
    return row(lake, mart, columns, period_kind="weeks_4", period=FOUR, **where)


def test_intake_per_ten_thousand_people(there: Lake) -> None:
    # the exact 95 % Poisson limits of 12 are 6.20 and 20.96 (any table of them)
    assert weeks_4(there, "mart_intake", "n, rate, rate_low, rate_high", kecamatan="Juwana") == (
        12, pytest.approx(1.2), pytest.approx(0.620, abs=0.002), pytest.approx(2.096, abs=0.002),
    )  # fmt: skip
    assert weeks_4(there, "mart_intake", "n, rate", kecamatan="*") == (13, pytest.approx(0.13))


def test_no_rate_below_ten(there: Lake) -> None:
    found = weeks_4(there, "mart_intake", "n, rate, rate_low, rate_high", kecamatan="Tayu")
    assert found == (4, None, None, None)


def test_net_tone_and_its_three_numbers(there: Lake) -> None:
    columns = "n, n_stories, n_voices, n_negative, n_neutral, n_positive, n_effective, net_tone"
    found = weeks_4(there, "mart_tone", columns, scope="opd", scope_id="dlh")
    assert found == (14, 14, 14, 8, 2, 4, 14, pytest.approx(-4 / 14))


def test_one_release_in_twelve_outlets_is_twelve_documents_and_one_voice(there: Lake) -> None:
    columns = "n, n_stories, n_voices, n_effective, net_tone, net_tone_low"
    *counts, tone, low = weeks_4(there, "mart_tone", columns, scope="opd", scope_id="dinkes")
    assert counts == [12, 1, 1, 1]
    assert tone == 1
    assert low < 0  # one text does not settle the sign


def test_no_tone_below_ten(there: Lake) -> None:
    columns = "n, net_tone, net_tone_low, net_tone_high, negative_share"
    assert weeks_4(there, "mart_tone", columns, scope="opd", scope_id="bpbd") == (5, None, None, None, None)


def tango(positive: int, negative: int, n: int) -> tuple[float, float]:
    """The score interval of a paired difference (Tango 1998, Stat. Med. 17:891-908): another way."""

    def z(delta: float) -> float:
        a, b, c = (
            2 * n,
            -positive - negative + (2 * n - positive + negative) * delta,
            -negative * delta * (1 - delta),
        )
        q = (math.sqrt(b * b - 4 * a * c) - b) / (2 * a)
        return (positive - negative - n * delta) / math.sqrt(n * (2 * q + delta * (1 - delta)))

    def root(wanted: float) -> float:
        low, high = -1 + 1e-9, 1 - 1e-9
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if z(middle) > wanted else (low, middle)
        return low

    return root(1.959964), root(-1.959964)


@pytest.mark.parametrize(
    ("positive", "negative", "n"), [(4, 8, 14), (18, 2, 20), (3, 10, 40), (5, 5, 100), (150, 30, 300)]
)
def test_the_interval_of_net_tone_agrees_with_the_score_interval(
    there: Lake, positive: int, negative: int, n: int
) -> None:
    sql = "SELECT net_tone_low($p, $q, $n), net_tone_high($p, $q, $n)"
    found = there.rows(sql, {"p": positive / n, "q": negative / n, "n": n})[0]
    assert found == pytest.approx(tango(positive, negative, n), abs=0.35 / n + 0.006)


@pytest.mark.parametrize(
    ("p", "n", "low", "high"),
    # Newcombe 1998, Stat. Med. 17:857-872, table I, method 3
    [
        (81 / 263, 263, 0.2553, 0.3662), (15 / 148, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611), (1 / 29, 29, 0.0061, 0.1718),
    ],
)  # fmt: skip
def test_the_wilson_interval(there: Lake, p: float, n: int, low: float, high: float) -> None:
    found = there.rows("SELECT wilson_low($p, $n), wilson_high($p, $n)", {"p": p, "n": n})[0]
    assert found == pytest.approx((low, high), abs=5e-5)


def test_issue_shares_are_of_stories_and_weighted_by_source(there: Lake) -> None:
    # big: 9 stories of weight 1/3, small: 1 of weight 1, together 4
    week = {"period_kind": "week", "period": date(2026, 9, 28)}
    columns = "n, n_all, n_documents, n_voices, share, share_plain"
    living = row(there, "mart_issue_share", columns, dimension="living", **week)
    economy = row(there, "mart_issue_share", columns, dimension="economy", **week)
    assert living == (6, 10, 7, 7, pytest.approx(0.5), pytest.approx(0.6))
    assert economy == (4, 10, 4, 4, pytest.approx(0.5), pytest.approx(0.4))


def test_recurring_issues_are_in_three_of_eight_weeks(there: Lake) -> None:
    found = there.rows(
        "SELECT topic, desa, kecamatan, n, n_weeks, recurring FROM mart_recurring ORDER BY desa, kecamatan"
    )
    assert found == [("jalan", "Bendar", "Juwana", 4, 3, True), ("jalan", "Bumirejo", "Tayu", 2, 2, False)]


def test_quick_wins_count_stories_and_say_what_was_paid(there: Lake) -> None:
    columns = "n, n_stories, n_voices, n_advertorial, n_negative, n_neutral, n_positive, advertorial"
    found = row(
        there, "mart_quick_win", columns, period_kind="month", period=date(2026, 10, 1), quick_win="sipipa"
    )
    assert found == (3, 2, 2, 1, 1, 0, 1, None)


def test_government_voice_within_48_hours(there: Lake) -> None:
    columns = "n, n_voiced, n_unknown, gov_voice"
    found = row(there, "mart_gov_voice", columns, period_kind="week", period=date(2026, 10, 26), opd_id="*")
    assert found == (12, 5, 1, pytest.approx(5 / 11))


def test_data_health_counts_sources_and_the_age_of_success(there: Lake) -> None:
    columns = "n, n_reachable, n_never, reachable, success_age_median, success_age_longest"
    found = row(there, "mart_data_health", columns, kind="*")
    assert found == (3, 1, 1, pytest.approx(1 / 3), 192, 288)


def test_coverage_expects_no_source_before_it_was_known(there: Lake) -> None:
    found = there.rows("SELECT week, n_reached, n_expected FROM mart_coverage_week ORDER BY week")
    assert found == [
        (date(2026, 10, 26), 2, 3),  # a and d of a, b, d
        (date(2026, 11, 2), 2, 3),  # a, and b by its item; d is paused, c came
        (date(2026, 11, 9), 1, 3),
        (date(2026, 11, 16), 0, 3),
    ]


@pytest.mark.parametrize(("n_tried", "weeks"), [(1, []), (2, [(date(2026, 11, 9), 2, 2)])])
def test_a_week_that_was_read_later_has_no_coverage(
    tmp_path: Path, empty_home: Path, n_tried: int, weeks: list[tuple[date, int, int]]
) -> None:
    """Seven or six outlets of that week were first tried after it."""
    shutil.copytree(empty_home, tmp_path, dirs_exist_ok=True)
    names = [f"s{n}" for n in range(8)]
    with Lake(tmp_path, now=NOW) as lake:
        sync_dimensions(lake, {"dim_source": [
            (name, name, "news", f"https://{name}.example", "general", "active", "ok", None) for name in names
        ]})  # fmt: skip
        load(lake, "b", [document(f"d-{name}", source_id=name) for name in names])
        enrich(lake, [labels(f"d-{name}") for name in names])
        tried = datetime(2026, 11, 12, 3, 0, tzinfo=UTC)
        record_sources(lake, [
            SourceRow("r0", name, tried, reachable=True, n_in=1, n_stored=1, n_duplicate=0, n_rejected=0,
                      last_error=None)
            for name in names[:n_tried]
        ])  # fmt: skip
        found = lake.rows(
            "SELECT week, n_reached, n_expected FROM mart_coverage_week WHERE week = '2026-11-09'"
        )
    assert found == weeks


def test_the_league_of_agencies(there: Lake) -> None:
    # On paper: N = 40 (14, 20, 5, 1 for the copies), mean 15/40; S over pq 17.691, g 0.68491, m 0.46004
    found = {
        unit: rest
        for unit, *rest in there.rows(
            "SELECT unit_id, n, share, shrunk, rank_first, rank_last FROM mart_league "
            "WHERE league = 'opd_tone' AND period_kind = 'weeks_4'"
        )
    }
    assert found["dlh"] == [14, pytest.approx(8 / 14), pytest.approx(0.56518, abs=1e-5), 1, 2]
    assert found["dishub"] == [20, pytest.approx(0.1), pytest.approx(0.10618, abs=1e-5), 2, 3]
    assert found["dinkes"][0] == 12
    assert found["dinkes"][3:] == [1, 3]  # one text: anywhere
    assert found["bpbd"] == [5, None, None, None, None]


def test_units_that_differ_by_nothing_are_shrunk_to_their_mean(there: Lake) -> None:
    found = there.rows(
        "SELECT unit_id, share, shrunk, strength, rank_first, rank_last FROM mart_league "
        "WHERE league = 'kecamatan_tone' AND period_kind = 'weeks_4' ORDER BY unit_id"
    )
    half = pytest.approx(0.5)
    assert found == [("Cluwak", half, half, None, 1, 2), ("Gabus", half, half, None, 1, 2)]


def test_the_league_of_kecamatan(there: Lake) -> None:
    # On paper: mean 16 / 200,000; v = 2.4e-9 - 1.2e-9; Juwana keeps 0.6 of its distance: 0.8 + 0.6 * 0.4
    found = there.rows(
        "SELECT unit_id, n, rate, mean, shrunk, rank_first, rank_last FROM mart_league_intake "
        "WHERE period_kind = 'weeks_4' ORDER BY unit_id"
    )
    mean = pytest.approx(0.8)
    assert found == [
        ("Gabus", 0, None, mean, None, None, None),
        ("Juwana", 12, pytest.approx(1.2), mean, pytest.approx(1.04), 1, 1),
        ("Tayu", 4, None, mean, None, None, None),
    ]


@pytest.mark.parametrize("metric_id", metrics())
def test_every_row_leads_to_what_it_counts(there: Lake, metric_id: str) -> None:
    assert queries.drill_gaps(there, metric_id) == []


def test_a_row_leads_to_its_documents(there: Lake) -> None:
    found = queries.drill(there, "i14_gov_voice", period_kind="week", period=date(2026, 10, 26), opd_id="*")
    assert found == sorted([*(f"v{i}" for i in range(8)), "v-police", "v-unknown", "s-soon-1", "s-late-1"])
    sources = queries.drill(there, "coverage", week=date(2026, 10, 26))
    assert sources == ["a", "b", "d"]


def test_a_row_has_to_be_named_fully(there: Lake) -> None:
    with pytest.raises(ValueError, match="week"):
        queries.drill(there, "articles")
    with pytest.raises(KeyError, match="mungkin maksudnya 'articles'"):
        queries.drill(there, "artikles")


def test_tone_of_a_window_is_the_indicator(there: Lake) -> None:
    shown = queries.opd_tone(there, Week(date(2026, 11, 9)), window=4).set_index("opd_id")
    for opd in ("dlh", "dishub", "dinkes"):
        one = queries.tone(there, "weeks_4", scope="opd", scope_id=opd)
        assert one is not None
        row = shown.loc[opd]
        assert (row["n_toned"], row["net_tone"]) == (one.n, pytest.approx(one.net_tone))
        ends = pytest.approx((one.net_tone_low, one.net_tone_high))
        assert (row["net_tone_low"], row["net_tone_high"]) == ends


def test_places_by_tone_are_those_the_intervals_allow(there: Lake) -> None:
    shown = queries.opd_tone(there, Week(date(2026, 11, 9)), window=4)
    ranked = shown[shown["net_tone_low"].notna() & (shown["opd_group"] != "vertical")].to_dict("records")
    assert len(ranked) >= 2
    for row in ranked:
        surely_before = [one for one in ranked if one["net_tone_high"] < row["net_tone_low"]]
        surely_after = [one for one in ranked if one["net_tone_low"] > row["net_tone_high"]]
        assert row["rank_first"] == len(surely_before) + 1
        assert row["rank_last"] == len(ranked) - len(surely_after)
        assert row["n_ranked"] == len(ranked)
    assert shown.loc[shown["net_tone_low"].isna(), "rank_first"].isna().all()


def test_a_story_over_two_weeks_is_one_story_of_a_quick_win(there: Lake) -> None:
    found = queries.quick_wins(there, Week(date(2026, 10, 19)), window=2)
    assert found[["n", "n_stories", "n_advertorial"]].to_numpy().tolist() == [[3, 2, 1]]


def test_a_trend_says_where_nothing_was_expected_yet(there: Lake) -> None:
    weeks = queries.week_coverage(there, Week(date(2026, 10, 19)), Week(date(2026, 11, 2)))
    assert weeks["n_expected"].isna().tolist() == [True, False, False]
    volume = queries.volume_by_week(there, Week(date(2026, 10, 26)), Week(date(2026, 11, 9)))
    news = volume[volume["kind"] == "news"]
    assert news["coverage"].tolist() == pytest.approx([2 / 3, 2 / 3, 1 / 3])


def test_the_queue_is_the_same_for_everybody(there: Lake) -> None:
    totals = queries.queue_totals(there, queries.ComplaintFilter())
    found = row(there, "mart_complaint_queue", "n, n_open, n_unanswered, n_late", channel="*", opd_id="*")
    assert found == (totals.n, totals.n_open, totals.n_unanswered, totals.n_open_over_14_days)


def test_league_tables_are_ordered_by_what_is_shrunk(there: Lake) -> None:
    assert queries.league(there, "opd_tone", "weeks_4")["unit"].tolist() == [
        "A",
        "C",
        "B",
        "D",
    ]  # C is one text in 12 copies
    assert queries.league_intake(there, "weeks_4")["unit_id"].tolist() == ["Juwana", "Tayu", "Gabus"]
    with pytest.raises(ValueError, match="week"):
        queries.league(there, "opd_tone", "week")


def test_the_indicators_as_frames(there: Lake) -> None:
    assert queries.intake(there)["kecamatan"].tolist() == ["*", "Juwana", "Tayu"]
    assert queries.issue_shares(there, "week", date(2026, 9, 28))["n"].tolist() == [6, 4]
    assert queries.recurring_issues(there)["desa"].tolist() == ["Bendar"]
    assert queries.quick_win_numbers(there)["n_stories"].tolist() == [2]
    assert queries.gov_voice(there, "week", date(2026, 10, 26))["n"].tolist() == [12]


def test_subjects_have_the_scopes_of_all_other_numbers(there: Lake) -> None:
    """`drill_subject` unfolds them in one pass for speed: it has to find the same rows."""
    columns = "week, scope, scope_id, doc_id, item, kind"
    scopes = f"SELECT {columns} FROM mart_counted_scope WHERE scope IN ('topic', 'opd', 'kecamatan') "  # noqa: S608
    usual = there.rows(f"{scopes} AND kind <> 'comment' ORDER BY ALL")
    assert there.rows(f"SELECT {columns} FROM drill_subject ORDER BY ALL") == usual  # noqa: S608 - names of ours
    assert {one[1] for one in usual} == {"topic", "opd", "kecamatan"}
    by_kind = "SELECT sum(n), sum(list_sum(map_values(n_kinds))) FROM mart_week_subject"
    assert there.rows(by_kind) == [(len(usual), len(usual))]
