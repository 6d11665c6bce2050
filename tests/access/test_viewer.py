"""Who may do what: the table of docs/access.md, line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from warehouse.access import ACTIONS, AccessError, Action, Viewer, may, require, viewer_of

TABLE: dict[Action, str] = {
    "numbers": "admin analis opd pimpinan",
    "complaints": "admin analis opd pimpinan",
    "texts": "admin analis opd",
    "history": "admin analis opd",
    "record": "admin opd",
    "correct": "admin analis",
    "alerts": "admin analis",
    "assessment": "admin analis pimpinan",
    "assess": "admin analis",
    "quick_wins": "admin analis opd pimpinan",
    "report": "admin analis pimpinan",
    "report_edit": "admin analis",
    "report_approve": "admin pimpinan",
    "searches": "admin analis opd",
    "export": "admin analis opd pimpinan",
    "authors": "admin",
    "sources": "admin analis",
    "users": "admin",
    "settings": "admin",
    "audit": "admin",
}


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_is_for_whom_the_table_names(action: Action) -> None:
    roles = ("admin", "analis", "opd:dpu", "pimpinan")
    allowed = {role.split(":")[0] for role in roles if may(viewer_of("uji", role), action)}
    assert allowed == set(TABLE[action].split())


def test_the_document_says_the_same() -> None:
    line = r"^\| .*? \| (.*?) \| (.*?) \| (.*?) \| (.*?) \| `(\w+)` \|$"
    columns = ("analis", "pimpinan", "opd", "admin")
    said = {
        action: {role for role, cell in zip(columns, cells, strict=True) if cell != "tidak"}
        for *cells, action in re.findall(line, _document(), re.MULTILINE)
    }
    assert said == {action: set(roles.split()) for action, roles in TABLE.items()}


def _document() -> str:
    return (Path(__file__).parents[2] / "docs" / "access.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("role", ["", "Admin", "opd", "opd:", "bupati", "admin:dpu", "analis:"])
def test_no_other_roles(role: str) -> None:
    if role == "analis:":
        assert viewer_of("uji", role) == Viewer("uji", "analis")
        return
    with pytest.raises(ValueError, match=r"\.$"):
        viewer_of("uji", role)


def test_answers_are_shared_only_within_a_scope() -> None:
    scopes = [viewer_of("x", role).scope for role in ("admin", "analis", "pimpinan", "opd:dpu", "opd:dlh")]
    assert len(set(scopes)) == len(scopes)


def test_a_refusal_says_what_was_tried_but_not_to_the_person() -> None:
    with pytest.raises(AccessError) as caught:
        require(viewer_of("uji", "pimpinan"), "history", "k3")
    assert (caught.value.action, caught.value.about) == ("history", "k3")
    assert "k3" not in str(caught.value)
