"""The life of an alert, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from config import Incident as Life
from pipelines.alerting.history import apply
from pipelines.alerting.incidents import Finding, events, identity
from warehouse.queries import Week
from warehouse.queries.watch import Incident
from warehouse.store.alert_answers import by_hand

WEEK = Week(date(2026, 11, 9))
NOW = datetime(2026, 11, 16, tzinfo=UTC)
LOUD = Finding("surge", "pju", opens=True, observed=12.0, expected=4.0, reason="Ramai.")
STILL = replace(LOUD, opens=False, observed=8.0)

STORIES = [
    pytest.param([LOUD], ["opened"], id="opens"),
    pytest.param([STILL], [""], id="a count that only keeps alive opens nothing"),
    pytest.param([LOUD, STILL], ["opened", "extended"], id="one more loud week is the same alert"),
    pytest.param([LOUD, LOUD], ["opened", "extended"], id="an opening count extends too"),
    pytest.param([LOUD, None], ["opened", "quiet"], id="one quiet week does not close"),
    pytest.param([LOUD, None, None], ["opened", "quiet", "quiet closed"], id="two do"),
    pytest.param([LOUD, None, STILL, None], ["opened", "quiet", "extended", "quiet"], id="counted anew"),
    pytest.param(
        [LOUD, None, None, LOUD], ["opened", "quiet", "quiet closed", "opened"], id="what comes later is new"
    ),
    pytest.param(
        [LOUD, None, None, STILL], ["opened", "quiet", "quiet closed", ""], id="closed stays closed"
    ),
]


def live(found: Sequence[Finding | None]) -> tuple[list[str], list[Incident]]:
    known: list[Incident] = []
    said = []
    for n, one in enumerate(found):
        made = events(known, [one] if one else [], WEEK.shift(n), Life(), NOW)
        known = apply(known, made)
        said.append(" ".join(event.event for event in made))
    return said, known


@pytest.mark.parametrize(("found", "said"), STORIES)
def test_life(found: list[Finding | None], said: list[str]) -> None:
    assert live(found)[0] == said


@pytest.mark.parametrize("found", [case.values[0] for case in STORIES])
def test_looking_twice_at_a_week_changes_nothing(found: list[Finding | None]) -> None:
    known: list[Incident] = []
    for n, one in enumerate(found):
        known = apply(known, events(known, [one] if one else [], WEEK.shift(n), Life(), NOW))
        again = events(known, [one] if one else [], WEEK.shift(n), Life(), NOW)
        assert [event.event for event in again] == []


def test_an_alert_whose_documents_were_corrected_away_closes_in_its_own_week() -> None:
    known = apply([], events([], [LOUD], WEEK, Life(), NOW))
    assert [one.event for one in events(known, [], WEEK, Life(), NOW)] == ["closed"]


def test_other_numbers_for_the_same_week_are_written_down() -> None:
    known = apply([], events([], [LOUD], WEEK, Life(), NOW))
    (event,) = events(known, [replace(LOUD, observed=13.0)], WEEK, Life(), NOW)
    assert (event.event, event.observed, event.alert_id) == ("extended", 13.0, known[0].alert_id)


def test_more_members_make_it_grow_and_fewer_do_not() -> None:
    two = Finding("silent_source", "sumber", True, 2, 0, "Dua.", members=("a", "b"))  # noqa: FBT003
    known = apply([], events([], [two], WEEK, Life(), NOW))
    three = replace(two, members=("a", "b", "c"))
    assert [one.event for one in events(known, [three], WEEK.shift(1), Life(), NOW)] == ["grown"]
    one = replace(two, members=("a",))
    assert [one.event for one in events(known, [one], WEEK.shift(1), Life(), NOW)] == ["extended"]


def test_sources_close_with_the_first_quiet_week() -> None:
    found = Finding("silent_source", "sumber", True, 1, 0, "Satu.", members=("a",))  # noqa: FBT003
    assert live([found, None])[0] == ["opened", "quiet closed"]


def test_a_rule_that_did_not_look_leaves_its_alerts_alone() -> None:
    known = apply([], events([], [LOUD], WEEK, Life(), NOW))
    assert events(known, [], WEEK.shift(1), Life(), NOW, frozenset({"surge"})) == []


def test_closed_by_hand_it_stays_closed_until_it_has_been_quiet() -> None:
    known = apply([], events([], [LOUD], WEEK, Life(), NOW))
    closed = by_hand(known[0], "closed", "Sari", "sudah diketahui", NOW)
    muted = replace(apply(known, [closed])[0], muted=True)
    assert (closed.actor, closed.note, closed.alert_id) == ("Sari", "sudah diketahui", known[0].alert_id)
    assert events([muted], [LOUD], WEEK, Life(), NOW) == []
    assert events([muted], [LOUD], WEEK.shift(1), Life(), NOW) == []
    assert [one.event for one in events([muted], [], WEEK.shift(1), Life(), NOW)] == ["quiet"]


def test_identity_depends_on_rule_subject_and_first_week_alone() -> None:
    same = identity("surge", "pju", WEEK.monday)
    assert same == identity("surge", "pju", WEEK.monday)
    others = {
        identity("fall", "pju", WEEK.monday),
        identity("surge", "sampah", WEEK.monday),
        identity("surge", "pju", WEEK.shift(1).monday),
    }
    assert len(others | {same}) == 4
