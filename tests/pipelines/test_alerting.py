from datetime import date
from typing import Any

import pytest

from config import SilentSource, Surge, Widespread
from pipelines.alerting import identity, silent_sources, surges, widespread
from warehouse.queries import Week

WEEK = Week(date(2026, 11, 9))
RULE = Surge(min_n=6, ratio=2.0, baseline_weeks=8)


def series(before: list[int], now: int, articles: int | None = None) -> list[dict[str, Any]]:
    counts = [*before, now]
    last = len(before)
    return [
        {
            "topic": "banjir_rob",
            "topic_label": "Banjir dan rob",
            "week": WEEK.shift(i - last).monday,
            "n": n,
            "n_articles": articles if articles is not None and i == last else n,
        }
        for i, n in enumerate(counts)
    ]


SURGES = [
    pytest.param([2] * 8, 9, True, id="far above the usual"),
    pytest.param([2] * 8, 5, False, id="below the least number"),
    pytest.param([5] * 8, 9, False, id="not twice the usual"),
    pytest.param([4] * 8, 8, False, id="twice, but not rare"),
    pytest.param([0] * 8, 6, True, id="from nothing"),
    pytest.param([20, 0, 0, 0, 0, 0, 0, 0], 6, True, id="one earlier peak does not hide it"),
]


@pytest.mark.parametrize(("before", "now", "raised"), SURGES)
def test_surges(before: list[int], now: int, raised: bool) -> None:
    assert bool(surges(series(before, now), WEEK, RULE)) is raised


def test_a_surge_says_what_was_usual_and_that_copies_do_not_count() -> None:
    alert = surges(series([2] * 8, 9, articles=20), WEEK, RULE)[0]
    assert alert.reason == (
        "Banjir dan rob: 9 laporan dan cerita dalam seminggu, biasanya sekitar 2,0. "
        "Salinan berita yang sama (11) tidak dihitung."
    )
    assert (alert.observed, alert.expected) == (9.0, 2.0)


def test_a_rule_that_is_off_says_nothing() -> None:
    assert surges(series([0] * 8, 50), WEEK, Surge(enabled=False)) == []
    assert widespread([{"story_id": "s"}], WEEK, Widespread(enabled=False)) == []
    assert silent_sources([{"verdict": "hilang"}], WEEK, SilentSource(enabled=False)) == []


@pytest.mark.parametrize(
    ("verdict", "raised"),
    [("hilang", True), ("rusak", True), ("diblokir", True), ("sepi", True), ("baik", False)],
)
def test_a_bad_source_raises_an_alert_about_the_source(verdict: str, raised: bool) -> None:
    row = {"source_id": "s", "name": "Suara", "verdict": verdict, "n_last_week": 0, "norm_per_week": 9.0}
    found = silent_sources([row], WEEK, SilentSource())
    assert [alert.subject for alert in found] == (["s"] if raised else [])


def test_identity_depends_on_rule_subject_and_window_alone() -> None:
    same = identity("surge", "pju", WEEK.monday, WEEK.sunday)
    assert same == identity("surge", "pju", WEEK.monday, WEEK.sunday)
    others = {
        identity("silent_source", "pju", WEEK.monday, WEEK.sunday),
        identity("surge", "sampah", WEEK.monday, WEEK.sunday),
        identity("surge", "pju", WEEK.shift(1).monday, WEEK.shift(1).sunday),
    }
    assert len(others | {same}) == 4
