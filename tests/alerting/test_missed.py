"""Weeks without a run are looked at afterwards, as if somebody had looked at each when it was over."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from pipelines.alerting.missed import LONGEST, Missed, missed
from pipelines.progress import Silent
from pipelines.result import StageResult
from pipelines.stages import watch
from tests.alerting.conftest import WEEKS
from tests.alerting.world import FIRST, OUTLETS, Weeks, opened, settings
from warehouse import Lake
from warehouse.queries import Week
from warehouse.queries.watch import last_look

NEXT = FIRST.shift(WEEKS)
LAST = NEXT.shift(6)
EXTRA = {0: ("pju", 16), 3: ("sampah", 18), 5: ("kesehatan", 24), 6: ("kesehatan", 24)}
"""Items on a topic beside the usual ones, by week after the last look."""

CASES = [
    pytest.param(None, 0, 0, id="a lake that was never looked at has missed nothing"),
    pytest.param(NEXT, 0, 0, id="the newest week again"),
    pytest.param(NEXT.shift(-1), 0, 0, id="the week before"),
    pytest.param(NEXT.shift(-2), 1, 0, id="one left out"),
    pytest.param(NEXT.shift(1), 0, 0, id="a clock set back"),
    pytest.param(NEXT.shift(-LONGEST - 4), LONGEST, 3, id="more than can be made up for"),
]


@pytest.mark.parametrize(("last", "n", "left_out"), CASES)
def test_which_weeks_were_missed(last: Week | None, n: int, left_out: int) -> None:
    found = missed(last.monday if last else None, NEXT)
    assert (len(found.weeks), found.n_left_out) == (n, left_out)
    if n:
        assert found.weeks[-1] == NEXT.shift(-1)
        assert found.weeks == tuple(sorted(set(found.weeks)))


def test_it_is_said_how_many() -> None:
    assert Missed().message == ""
    assert Missed((FIRST, FIRST.shift(1))).message == (
        "2 minggu tanpa putaran dinilai susulan (02-03-2026 sampai 15-03-2026)."
    )
    assert "3 minggu sebelumnya" in Missed((FIRST,), 3).message


def run(lake: Lake, week: Week) -> StageResult:
    return watch.run(lake, settings(lake.home, week), Silent())


def life(lake: Lake) -> list[tuple[Any, ...]]:
    return lake.rows(
        "SELECT alert_id, position, event, rule, subject, window_start, observed FROM alert_event "
        "WHERE rule = 'surge' ORDER BY alert_id, position"
    )


def lived(home: Path, *, weekly: bool) -> tuple[list[tuple[Any, ...]], list[StageResult], list[Any]]:
    """Seven weeks with a few rises, looked at every week or once at the end."""
    weeks, said = Weeks(21), []
    for n in range(7):
        week = NEXT.shift(n)
        weeks.ordinary(week)
        topic, extra = EXTRA.get(n, ("pju", 0))
        for k in range(extra):
            weeks.article(week, topic, OUTLETS[k % 8], place="", day=k % 7)
        with opened(home, week) as lake:
            weeks.write(lake)
            if weekly or week == LAST:
                said.append(run(lake, week))
    with opened(home, LAST) as lake:
        return life(lake), said, lake.rows("SELECT week, late FROM alert_look ORDER BY week")


@pytest.mark.proof
def test_made_up_for_it_is_as_if_it_had_been_looked_at_every_week(ordinary: Path, tmp_path: Path) -> None:
    for name in ("each", "late"):
        shutil.copytree(ordinary, tmp_path / name)
    each, results, looks = lived(tmp_path / "each", weekly=True)
    late, (result,), late_looks = lived(tmp_path / "late", weekly=False)
    assert {row[2] for row in each} >= {"opened", "quiet", "closed"}
    assert late == each
    assert "6 minggu tanpa putaran dinilai susulan" in result.message
    assert not any("susulan" in one.message for one in results)
    assert [week for week, _ in looks] == [week for week, _ in late_looks]
    assert [one for _, one in looks[1:]] == [False] * 7
    assert [one for _, one in late_looks[1:]] == [True] * 6 + [False]


@pytest.mark.proof
def test_looked_at_again_nothing_more_happens(home: Path) -> None:
    before, *_ = lived(home, weekly=False)
    with opened(home, LAST) as lake:
        again = run(lake, LAST)
        assert (again.n_new, "susulan" in again.message) == (0, False)
        assert life(lake) == before
        assert last_look(lake) == LAST.monday


@pytest.mark.proof
@pytest.mark.parametrize("tried", [True, False])
def test_where_nothing_was_tried_nothing_fell(home: Path, tried: bool) -> None:
    weeks = Weeks(8)
    weeks.ordinary(NEXT)
    if not tried:
        weeks.visits = []
    elsewhere = {one["doc_id"] for one in weeks.complaints[2:]}
    for one in weeks.labels:
        if one["doc_id"] in elsewhere:
            one["opd_ids"] = ["dishub"]
    weeks.ordinary(NEXT.shift(1))
    with opened(home, NEXT.shift(1)) as lake:
        weeks.write(lake)
        run(lake, NEXT.shift(1))
        found = lake.rows(
            "SELECT subject, window_start FROM alert_event WHERE event = 'opened' AND rule = 'fall_opd'"
        )
    assert found == ([("dputr", NEXT.monday)] if tried else [])
