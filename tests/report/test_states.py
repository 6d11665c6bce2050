"""The life of a report as a table: every step in every state, and by whom."""

from __future__ import annotations

import pytest

from warehouse.store.report_states import EDITS, STEPS, Life, State, Step, life

STATES: tuple[State, ...] = ("draft", "reviewed", "approved", "sent")
TABLE: dict[Step, dict[State, State | None]] = {
    **{step: dict.fromkeys(STATES, "draft") for step in (*EDITS, "based")},
    "reviewed": {"draft": "reviewed", "reviewed": None, "approved": None, "sent": None},
    "returned": {"draft": None, "reviewed": "draft", "approved": "draft", "sent": None},
    "approved": {"draft": None, "reviewed": "approved", "approved": None, "sent": None},
    "sent": {"draft": None, "reviewed": None, "approved": "sent", "sent": "sent"},
}  # fmt: skip
"""Where each step leads from each state; None: it is refused."""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_every_step_in_every_state(step: Step, state: State) -> None:
    before = Life(state, frozenset({"ana"}), 1)
    wanted = TABLE[step][state]
    if wanted is None:
        with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
            before.after(step, "budi")
        return
    after = before.after(step, "budi")
    assert after.state == wanted
    assert after.edition == 1 + (step == "approved")
    assert after.editors == ({"ana", "budi"} if step in EDITS else {"ana"})


@pytest.mark.parametrize(("step", "state"), [("reviewed", "draft"), ("approved", "reviewed")])
@pytest.mark.parametrize("name", ["ana", "Ana", " ANA "])
def test_who_edited_neither_reviews_nor_approves(step: Step, state: State, name: str) -> None:
    with pytest.raises(ValueError, match="orang lain, bukan oleh yang menyuntingnya"):
        Life(state, frozenset({"ana"})).after(step, name)


def test_nobody_does_nothing() -> None:
    with pytest.raises(ValueError, match="harus disebut"):
        Life().after("worded", "  ")


@pytest.mark.parametrize(
    ("steps", "state", "edition"),
    [
        ([], "draft", 0),
        ([("based", "sistem"), ("reviewed", "ana")], "reviewed", 0),
        ([("reviewed", "ana"), ("approved", "bupati"), ("sent", "ana")], "sent", 1),
        # an edit after the approval asks for everything again, by others than the editor
        ([("reviewed", "ana"), ("approved", "bupati"), ("worded", "cici")], "draft", 1),
        (
            [("reviewed", "ana"), ("approved", "bupati"), ("sent", "ana"), ("hidden", "cici"),
             ("reviewed", "ana"), ("approved", "bupati"), ("sent", "ana")],
            "sent", 2,
        ),
        ([("worded", "ana"), ("reviewed", "budi"), ("returned", "bupati")], "draft", 0),
    ],
)  # fmt: skip
def test_whole_lives(steps: list[tuple[Step, str]], state: State, edition: int) -> None:
    found = life(steps)
    assert (found.state, found.edition) == (state, edition)
