"""The stage on a real lake: dead sources, surges with their reasons, rules that are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.progress import Silent
from pipelines.result import StageResult
from pipelines.stages import watch
from tests.alerting.conftest import WEEKS
from tests.alerting.world import CHANNEL, FIRST, OUTLETS, Weeks, opened, settings
from warehouse import queries
from warehouse.queries import Week

NEXT = FIRST.shift(WEEKS)
pytestmark = pytest.mark.proof


def look(home: Path, week: Week, more: Weeks | None = None, config: Path | None = None) -> StageResult:
    with opened(home, week) as lake:
        if more:
            more.write(lake)
        return watch.run(lake, settings(home, week, config), Silent())


def alerts(home: Path, week: Week, *, open_only: bool = True) -> list[dict[str, Any]]:
    with opened(home, week) as lake:
        return queries.records(queries.alerts(lake, open_only=open_only))


def test_dead_sources_make_one_alert_about_sources_and_their_return_none(home: Path) -> None:
    weeks = Weeks(7)
    for n in range(5):
        week = NEXT.shift(n)
        dead = frozenset(OUTLETS[:3]) if n < 2 else frozenset()
        weeks.ordinary(week, dead)
        look(home, week, weeks)
        found = alerts(home, week, open_only=False)
        assert [one["rule"] for one in found] == ["silent_source"], n
        assert list(found[0]["members"]) == list(OUTLETS[:3])
        assert found[0]["status"] == ("open" if n < 2 else "closed"), n
    assert all(name in found[0]["reason"] for name in ("Warta 0", "Warta 1", "Warta 2"))


def test_the_channel_of_complaints_dies_and_complaints_do_not_fall(home: Path) -> None:
    weeks = Weeks(8)
    weeks.ordinary(NEXT, frozenset({CHANNEL}))
    weeks.documents = [one for one in weeks.documents if one["source_id"] != CHANNEL]
    kept = {one["doc_id"] for one in weeks.documents}
    weeks.labels = [one for one in weeks.labels if one["doc_id"] in kept]
    weeks.complaints = []
    look(home, NEXT, weeks)
    assert [one["rule"] for one in alerts(home, NEXT)] == ["silent_source"]


def test_complaints_that_fall_although_the_channel_is_in_reach_are_an_alert(home: Path) -> None:
    weeks = Weeks(8)
    weeks.ordinary(NEXT)
    elsewhere = {one["doc_id"] for one in weeks.complaints[2:]}
    for one in weeks.labels:
        if one["doc_id"] in elsewhere:
            one["opd_ids"] = ["dishub"]
    look(home, NEXT, weeks)
    (found,) = [one for one in alerts(home, NEXT) if one["rule"] == "fall_opd"]
    assert (found["subject"], found["observed"]) == ("dputr", 2.0)
    assert "padahal sumber" in found["reason"]


def test_a_surge_says_why_and_without_what_not(home: Path) -> None:
    weeks = Weeks(9)
    weeks.ordinary(NEXT)
    extra = [weeks.article(NEXT, "pju", OUTLETS[0], place="Tayu", day=n % 7) for n in range(14)]
    lead = weeks.article(NEXT, "pju", OUTLETS[1], story="s-rilis", place="Pati")
    copies = [
        weeks.article(NEXT, "pju", OUTLETS[n % 4 + 2], story="s-rilis", copy_of=lead, place="Pati")
        for n in range(4)
    ]
    result = look(home, NEXT, weeks)
    found = {one["rule"]: one for one in alerts(home, NEXT)}
    topic = found["surge"]
    assert topic["subject"] == "pju"
    assert "4 salinan tidak dihitung" in topic["reason"]
    assert topic["counterfactual"].startswith("Tanpa ")
    assert "ini bukan peringatan" in topic["counterfactual"]
    assert {*extra, lead, *copies} <= set(topic["doc_ids"])
    assert found["surge_kecamatan"]["subject_label"].endswith(" di Tayu")
    assert "peringatan baru" in result.message
    again = look(home, NEXT)
    assert again.n_new == 0
    with opened(home, NEXT) as lake:
        assert lake.value("SELECT count(*) FROM alert_event WHERE event <> 'opened'") == 0


def test_copies_of_one_release_are_no_surge(home: Path) -> None:
    weeks = Weeks(10)
    weeks.ordinary(NEXT)
    lead = weeks.article(NEXT, "pju", OUTLETS[0], story="s-rilis")
    for n in range(14):
        weeks.article(NEXT, "pju", OUTLETS[n % 8], story="s-rilis", copy_of=lead)
    look(home, NEXT, weeks)
    by_subject = {one["subject"]: one for one in alerts(home, NEXT)}
    assert "pju" not in by_subject
    found = by_subject["s-rilis"]
    assert (found["rule"], found["observed"]) == ("widespread", 8.0)
    assert found["counterfactual"].startswith("Tanpa 14 salinan satu teks ini bukan peringatan")


def test_an_incident_goes_on_and_closes_after_two_quiet_weeks(home: Path) -> None:
    weeks = Weeks(11)
    states = []
    for n, extra in enumerate((16, 14, 0, 0)):
        week = NEXT.shift(n)
        weeks.ordinary(week)
        for k in range(extra):
            weeks.article(week, "pju", OUTLETS[k % 8], place="", day=k % 7)
        look(home, week, weeks)
        found = [one for one in alerts(home, week, open_only=False) if one["rule"] == "surge"]
        assert len(found) == 1
        states.append((found[0]["status"], found[0]["alert_id"], found[0]["window_end"]))
    assert [state for state, *_ in states] == ["open", "open", "open", "closed"]
    assert len({key for _, key, _ in states}) == 1
    assert states[0][2] < states[1][2] == states[2][2]


def test_a_rule_over_its_limit_is_refused_and_says_so(home: Path, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "alerts.yaml").write_text(
        "budget: {false_per_month: 100}\nsurge: {max_per_month: 0.1, min_n: 1, ratio: 1.1}\n"
    )
    weeks = Weeks(12)
    weeks.ordinary(NEXT)
    for n in range(30):
        weeks.article(NEXT, "pju", OUTLETS[n % 8])
    result = look(home, NEXT, weeks, tmp_path / "config")
    assert "Aturan surge dimatikan" in result.message
    assert not [one for one in alerts(home, NEXT) if one["rule"].startswith("surge")]
    with opened(home, NEXT) as lake:
        tests = dict(lake.rows("SELECT rule, verdict FROM alert_backtest"))
    assert tests["surge"] == "refused"
    assert tests["silent_source"] == "passed"
    # with a limit it keeps, the same rule speaks
    result = look(home, NEXT, config=None)
    assert [one["subject"] for one in alerts(home, NEXT) if one["rule"] == "surge"] == ["pju"]


def test_a_source_without_a_past_does_not_count_yet(home: Path) -> None:
    weeks = Weeks(13)
    weeks.ordinary(NEXT)
    for n in range(40):
        weeks.article(NEXT, "pju", "warta_baru", day=n % 7)
    look(home, NEXT, weeks)
    assert not [one for one in alerts(home, NEXT) if one["rule"].startswith("surge")]


@pytest.mark.parametrize("weeks", [0, 3])
def test_a_young_lake_is_quiet(tmp_path: Path, weeks: int) -> None:
    young = Weeks(14)
    for n in range(weeks):
        young.ordinary(FIRST.shift(n))
    result = look(tmp_path / "home", FIRST.shift(max(weeks, 1)), young if weeks else None)
    assert result.n_new == 0
