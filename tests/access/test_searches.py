"""Saved searches on the news page: one's own and shared ones; who may drop one, and what is booked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.access.conftest import Place
from tests.access.test_attempts import APP, at, session
from warehouse.access.audit import entries


@pytest.fixture
def mine(place: Place, tmp_path: Path) -> Place:
    """A home of one's own."""
    return Place(Path(shutil.copytree(place.home, tmp_path / "home")), place.lake)


def news(mine: Place, user: str) -> AppTest:
    app = session(mine, user, APP)
    app.switch_page("views/berita.py")
    app.query_params["tampil"] = "Dokumen"
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def names(app: AppTest) -> list[str]:
    """The saved searches that the page offers; another test keeps one of its own in this home."""
    found = [button.label for button in app.button if str(button.key).startswith("buka_pencarian_")]
    return [name for name in found if name != "curi"]


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception, app.exception[0].message


def take_away() -> None:
    """A page that drops what is somebody else's."""
    import streamlit as st

    from dashboard import data
    from warehouse.access import AccessError
    from warehouse.store.saved_searches import delete_search

    try:
        data.change("searches", lambda lake, _: delete_search(lake, "punya ana"))
    except AccessError as problem:
        st.session_state["said"] = str(problem)


def test_a_search_is_seen_by_its_owner_until_it_is_shared(mine: Place) -> None:
    with at(mine):
        app = news(mine, "ana")
        next(box for box in app.text_input if "nama" in box.label).set_value("punya ana")
        press(app, "Simpan")
        assert names(app) == ["punya ana", "sampah"]
        assert names(news(mine, "dlh.admin")) == ["sampah"]
        assert names(news(mine, "bupati")) == ["sampah"]
        assert names(news(mine, "adm")) == ["punya ana", "sampah"]
        press(app, "Bagikan")
        office = news(mine, "dlh.admin")
        assert names(office) == ["punya ana", "sampah"]
        assert "Hapus" not in [button.label for button in office.button]
        caught = session(mine, "dlh.admin", take_away).run()
        assert "milik orang lain" in caught.session_state["said"]
        assert entries(mine.home, 1, user="dlh.admin", event="refused")[0].detail == "searches: searches"
        press(app, "Hapus")
        assert names(app) == ["sampah"]
        booked = [one.detail for one in entries(mine.home, 9, user="ana", event="changed")]
        assert booked == ["saved_search deleted", "saved_search shared", "saved_search"]
