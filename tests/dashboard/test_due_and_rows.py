"""What is due first; and every number of service leads to exactly the complaints that it counts."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from dashboard import due
from dashboard.counted import COUNTED, behind
from tests.dashboard.seed import NOW
from tests.dashboard.test_pages import numbers, view, words
from warehouse import Lake, queries
from warehouse.queries import Behind, ComplaintFilter, Due, Scope


@pytest.fixture(autouse=True)
def _clean(plain: None) -> None:
    """The bundled configuration at the moment of the lake."""


def counts(lake: Lake, scope: Scope) -> dict[str, int]:
    """What each number says that it rests on, as its own question answers."""
    now = Scope("now", channel=scope.channel, opd=scope.opd)
    at_end = scope if scope.kind == "month" else now
    cohort, resolution = queries.cohort(lake, scope), queries.resolution(lake, scope)
    clocks = {clock: queries.response(lake, scope, clock) for clock in ("reply", "agency_reply")}  # type: ignore[arg-type]
    steps = {step: queries.compliance(lake, scope, step) for step in ("verify", "answer", "resolve")}  # type: ignore[arg-type]
    left, load = queries.backlog(lake, at_end), queries.load(lake, scope.channel, scope.opd)
    found = {
        "received": cohort and cohort.n_received, "resolution": resolution and resolution.n_valid,
        **{key: one and one.n for key, one in clocks.items()},
        **{key: one and one.n_due for key, one in steps.items()},
        "backlog": left and left.n_open, "load": load and load.n_open,
        "in_0_5": left and left.n_0_5, "in_6_14": left and left.n_6_14,
        "in_15_60": left and left.n_15_60, "in_over_60": left and left.n_over_60,
    }  # fmt: skip
    return {key: n or 0 for key, n in found.items()}


SCOPES = [
    Scope("weeks_12"), Scope("all"), Scope("month", date(2026, 10, 1)), Scope("weeks_4", opd="dpu"),
    Scope("all", channel="laporbup", opd="dlh"),
]  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES, ids=lambda s: f"{s.kind}-{s.channel}-{s.opd}")
def test_as_many_rows_as_the_number_says(lake: Lake, scope: Scope) -> None:
    wanted = counts(lake, scope)
    assert set(wanted) == set(COUNTED)
    for key, n in wanted.items():
        page = queries.complaints(lake, ComplaintFilter(behind=behind(key, scope, NOW)), 99)
        assert (page.total, len(page.rows)) == (n, n), key
    if scope == Scope("weeks_12"):
        assert all(wanted[key] for key in ("received", "reply", "resolution", "answer", "backlog", "load"))


def test_a_number_whose_grain_is_not_said_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="i4_sla needs"):
        Behind("i4_sla", Scope()).rows()
    with pytest.raises(KeyError, match="tidak dikenal"):
        Behind("tidak_ada", Scope()).rows()


@pytest.mark.parametrize("key", ["received", "backlog", "answer"])
def test_a_tile_of_service_opens_its_rows(homes: dict[str, Path], key: str) -> None:
    app = view(homes["seeded"], "aduan", {"soal": "Jalan & jembatan", "keadaan": "Tuntas"})
    app.button(key=f"narrow_angka_{key}").click().run()
    assert not app.exception, app.exception[0].message
    with Lake(homes["seeded"], now=NOW) as lake:
        n = counts(lake, Scope("weeks_12"))[key]
    shown = words(app)
    assert f"n = {n} aduan yang cocok" in shown, "filters that the number does not follow are put away"
    assert f"dihitung angka **{COUNTED[key].label}**" in shown


TUESDAY = date(2026, 11, 17)
DAY = "Selasa, 17 November 2026"
DUE = [
    ((2, 3, 5, TUESDAY), f"2 aduan jatuh tempo hari ini, 3 sampai {DAY}; 5 terlambat."),
    ((0, 0, 1, TUESDAY), f"0 aduan jatuh tempo hari ini, 0 sampai {DAY}; 1 terlambat."),
    ((0, 0, 0, TUESDAY), f"Tidak ada aduan yang jatuh tempo sampai {DAY}, dan tidak ada yang terlambat."),
    ((0, 0, 0, None), "Tidak ada aduan yang jatuh tempo, dan tidak ada yang terlambat."),
]


@pytest.mark.parametrize(("found", "said"), DUE)
def test_what_is_due_in_one_line(found: tuple[int, int, int, date | None], said: str) -> None:
    assert due.sentence(Due(None, None, *found)) == said


def test_due_today_and_by_the_next_working_day(homes: dict[str, Path], tmp_path: Path) -> None:
    """Friday's next working day is Monday, and each count leads to its complaints."""
    home = Path(shutil.copytree(homes["seeded"], tmp_path / "home"))
    seen = set()
    for day in range(-4, 5):
        now = NOW + timedelta(days=day)
        with Lake(home, now=now) as lake:
            found = queries.due(lake)
            listed = {
                state: queries.complaints(lake, ComplaintFilter(state=state), 99).rows  # type: ignore[arg-type]
                for state in ("today", "next", "overdue")
            }
        today = (now + timedelta(hours=7)).date()
        assert found.next_day is not None
        assert found.next_day.weekday() < 5
        assert [len(rows) for rows in listed.values()] == [found.n_today, found.n_next, found.n_overdue]
        assert {one.date() for one in listed["today"]["due_day"]} <= {today}
        assert all(today < one.date() <= found.next_day for one in listed["next"]["due_day"])
        assert all(one.date() < today for one in listed["overdue"]["due_day"])
        seen |= {name for name, rows in listed.items() if len(rows)}
        if today == date(2026, 11, 13):
            assert found.next_day == date(2026, 11, 16)
    assert seen == {"today", "next", "overdue"}


def test_the_line_stands_first_and_opens_its_rows(homes: dict[str, Path]) -> None:
    app = view(homes["seeded"], "aduan")
    with Lake(homes["seeded"], now=NOW) as lake:
        found = queries.due(lake)
    assert found.n_overdue
    shown = words(app)
    assert shown.index(due.sentence(found)) < shown.index("yang cocok dengan saringan")
    app.button(key="narrow_tenggat_keadaan_overdue").click().run()
    assert f"n = {found.n_overdue} aduan yang cocok" in words(app)
    assert numbers(app)["Lewat tenggat"] == str(found.n_overdue)
