"""What stands in whose navigation, and on whose cards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from tests.access.conftest import USERS, Place
from tests.access.test_attempts import APP, at, everything, session
from warehouse.access.audit import entries

HIDDEN = {
    "dpu.admin": {"koreksi", "laporan", "pengaturan"},
    "bupati": {"koreksi", "pengaturan"},
    "ana": {"pengaturan"},
    "adm": set(),
}
"""Pages that are not in the navigation, by account."""
CARDS = [
    ("berita", {"tampil": "Dokumen"}),
    ("cerita", {"id": "s1"}),
    ("aduan", {}),
    ("video", {"id": "v1"}),
    ("media_sosial", {"rentang_sosial": "12 minggu"}),
]


@pytest.fixture(autouse=True)
def environment(place: Place) -> Iterator[None]:
    with at(place):
        yield


def menu_of() -> None:
    import streamlit as st

    from dashboard import menu

    pages = ("ringkasan", "berita", "aduan", "sumber", "laporan", "koreksi", "pengaturan")
    st.session_state["hidden"] = {page for page in pages if menu.place(page) == "hidden"}


def opened(place: Place, user: str, name: str, filters: dict[str, str]) -> AppTest:
    app = session(place, user, APP)
    app.switch_page(f"views/{name}.py")
    for key, value in filters.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def links(app: AppTest) -> list[str]:
    """Where the links to the label form of a document lead."""
    found = [one.proto for one in app.get("page_link")]
    return [one.query_string for one in found if one.label == "Perbaiki label"]


@pytest.mark.parametrize("user", HIDDEN)
def test_pages_that_a_role_may_not_see_are_not_in_its_navigation(place: Place, user: str) -> None:
    assert USERS[user]
    app = session(place, user, menu_of).run()
    assert app.session_state["hidden"] == HIDDEN[user]


def test_nobody_has_them_in_the_navigation_before_signing_in(place: Place) -> None:
    app: AppTest = AppTest.from_function(menu_of, default_timeout=300).run()
    assert app.session_state["hidden"] == {"koreksi", "laporan", "pengaturan"}


@pytest.mark.parametrize(("user", "page"), [(user, page) for user in HIDDEN for page in sorted(HIDDEN[user])])
def test_their_addresses_answer_with_a_sentence_and_that_is_booked(
    place: Place, user: str, page: str
) -> None:
    before = len(entries(place.home, 10_000, user=user, event="refused", about=page))
    app = opened(place, user, page, {})
    assert "Akun Anda tidak berhak untuk ini; hubungi admin" in everything(app)
    assert len(entries(place.home, 10_000, user=user, event="refused", about=page)) == before + 1


@pytest.mark.parametrize(("name", "filters"), CARDS)
def test_cards_lead_to_the_label_form_of_exactly_that_document(
    place: Place, name: str, filters: dict[str, str]
) -> None:
    found = links(opened(place, "ana", name, filters))
    assert found
    assert len(set(found)) == len(found)
    key = found[0].removeprefix("id=")
    form = opened(place, "ana", "koreksi", {"id": key})
    assert "Teks tidak ditemukan" not in everything(form)
    assert key in "".join(str(button.key) for button in form.button)


@pytest.mark.parametrize("user", ["dpu.admin", "bupati"])
def test_who_may_not_correct_has_no_such_link(place: Place, user: str) -> None:
    assert links(opened(place, user, "berita", {"tampil": "Dokumen"})) == []


def test_a_confidential_complaint_has_no_label_form(place: Place) -> None:
    app = opened(place, "ana", "aduan_riwayat", {"id": "k-secret"})
    assert "Rahasia" in everything(app)
    assert links(app) == []
