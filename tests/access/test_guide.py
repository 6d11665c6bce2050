"""A first visit: three steps, each to a page that one may see; put away once, for the account."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.guide import STEPS
from dashboard.menu import NEEDS
from tests.access.conftest import Place
from tests.access.test_attempts import APP, at, everything, session
from warehouse.access import ROLES, Role, may, viewer_of
from warehouse.access.guides import has_seen, put_away

TITLE = "Baru di sini?"


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_three_steps_to_pages_that_it_may_see(role: Role) -> None:
    who = viewer_of("uji", "opd:dpu" if role == "opd" else role)
    assert len(STEPS[role]) == 3
    for words, link in STEPS[role]:
        page = Path(link.page)
        assert (APP.parent / page).is_file()
        assert page.stem not in NEEDS or may(who, NEEDS[page.stem])
        assert words.endswith((".", "?"))


def test_it_is_remembered_by_account_and_role(tmp_path: Path) -> None:
    ana = viewer_of("ana", "analis")
    assert not has_seen(tmp_path, ana)
    put_away(tmp_path, ana)
    put_away(tmp_path, ana)
    assert has_seen(tmp_path, ana)
    assert not has_seen(tmp_path, viewer_of("ana", "admin"))
    assert not has_seen(tmp_path, viewer_of("budi", "analis"))


def press(app: AppTest, label: str) -> None:
    buttons = [*app.button, *app.sidebar.button]
    next(button for button in buttons if button.label == label).click().run()
    assert not app.exception, app.exception[0].message


def test_it_is_shown_until_it_is_put_away_and_can_be_called_back(place: Place, tmp_path: Path) -> None:
    mine = Place(Path(shutil.copytree(place.home, tmp_path / "home")), place.lake)
    with at(mine):
        app = session(mine, "bupati", APP).run()
        assert TITLE in everything(app)
        assert app.title[0].value == "Ringkasan"
        press(app, "Mengerti, sembunyikan")
        assert TITLE not in everything(app)
        again = session(mine, "bupati", APP).run()
        assert TITLE not in everything(again)
        press(again, "Panduan singkat")
        assert TITLE in everything(again)
