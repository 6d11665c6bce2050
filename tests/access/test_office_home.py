"""An office's home: its own queue, service and rows, and files of all of them; the log on a page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from tests.access.conftest import OTHERS, USERS, Place
from tests.access.test_attempts import APP, at, everything, session
from tests.access.test_menu import opened
from tests.dashboard.test_pages import numbers
from warehouse import Lake, queries
from warehouse.access import AccessError
from warehouse.access.accounts import set_enabled
from warehouse.access.audit import EVENTS, Wanted, add, entries, total
from warehouse.queries import ComplaintFilter, Scope

Lakes = dict[str, Lake]


@pytest.fixture(autouse=True)
def environment(place: Place) -> Iterator[None]:
    with at(place):
        yield


@pytest.mark.parametrize("user", ["dpu.admin", "dlh.admin"])
def test_queue_and_service_count_the_same_office(place: Place, walled: Lakes, user: str) -> None:
    """They once stood side by side: an office's own queue, 0, and everybody's service, 20."""
    role, opd = USERS[user], USERS[user].partition(":")[2]
    app = opened(place, user, "aduan", {"periode": "Semua waktu"})
    tiles = numbers(app)
    own = queries.queue_totals(walled[role], ComplaintFilter())
    assert own.n_open > 0
    assert tiles["Masih terbuka"] == tiles["Tunggakan"] == str(own.n_open)
    cohort = queries.cohort(walled[role], Scope("all", opd=opd))
    assert cohort is not None
    assert tiles["Aduan diterima"] == str(cohort.n_received) == str(own.n)
    assert "Angka di bagian ini tentang OPD Anda" in everything(app)
    app.button(key="narrow_angka_received").click().run()
    assert f"n = {own.n} aduan yang cocok" in everything(app)


def test_what_is_due_stands_first_on_an_offices_first_page(place: Place, walled: Lakes) -> None:
    from dashboard.due import sentence

    said = {user: sentence(queries.due(walled[USERS[user]])) for user in ("dpu.admin", "dlh.admin")}
    assert said["dlh.admin"] != said["dpu.admin"]
    assert said["dlh.admin"] in everything(opened(place, "dlh.admin", "aduan", {}))
    first = session(place, "dpu.admin", APP).run()
    assert said["dpu.admin"] in everything(first)
    assert "jatuh tempo" not in everything(session(place, "bupati", APP).run())


def test_rows_behind_a_number_of_another_office_are_refused(walled: Lakes) -> None:
    from dashboard.counted import COUNTED, behind

    for key in COUNTED:
        other = ComplaintFilter(behind=behind(key, Scope("all", opd="dlh"), walled["admin"].now))
        for question in (queries.complaints, queries.complaint_rows, queries.queue_totals):
            with pytest.raises(AccessError):
                question(walled["opd:dpu"], other)  # type: ignore[operator]


def test_a_file_holds_all_rows_of_the_filter_and_nobody_elses(walled: Lakes) -> None:
    for role, lake in walled.items():
        for wanted in (ComplaintFilter(), ComplaintFilter(state="open"), ComplaintFilter(words="lampu")):
            rows = queries.complaint_rows(lake, wanted)
            pages = queries.complaints(lake, wanted, 999)
            assert list(rows["doc_id"]) == list(pages.rows["doc_id"]), role
            assert {"title", "text"}.isdisjoint(rows.columns)
            assert list(rows["days_left"].dropna()) == list(pages.rows["days_left"].dropna())
        everything_ = queries.complaint_rows(lake, ComplaintFilter())
        assert len(everything_) == {"opd:dpu": 17, "opd:dlh": 4}.get(role, 20)
        if role == "opd:dpu":
            assert not set(OTHERS) & set(everything_["doc_id"])
        if role == "pimpinan":
            assert everything_["ticket_id"].isna().all()


def making() -> None:
    """A page that offers a file, and what makes it when somebody takes it."""
    import streamlit as st

    from dashboard import data
    from warehouse import queries
    from warehouse.access.audit import Wanted
    from warehouse.queries import ComplaintFilter

    ask = data.Later()
    st.session_state["make"] = lambda: ask(queries.complaint_rows, ComplaintFilter())
    st.session_state["log"] = lambda: ask.log(Wanted())


def test_a_file_is_made_in_the_name_of_who_is_still_let_in(place: Place) -> None:
    app: AppTest = session(place, "keluar", making).run()
    assert not app.exception, app.exception[0].message
    make, log = app.session_state["make"], app.session_state["log"]
    assert len(make()) == 17
    with pytest.raises(AccessError):
        log()
    set_enabled(place.home, "keluar", enabled=False)
    try:
        with pytest.raises(AccessError, match="masuk"):
            make()
    finally:
        set_enabled(place.home, "keluar", enabled=True)


def test_the_log_is_read_page_by_page_by_person_and_day(place: Place) -> None:
    for n in range(25):
        add(place.home, "penguji", "opened", f"k{n}")
    today = (entries(place.home, 1)[0].at + timedelta(hours=7)).date()
    mine = Wanted("penguji")
    assert total(place.home, mine) == total(place.home, Wanted("penguji", "opened", None, today, today)) == 25
    assert total(place.home, Wanted("penguji", first=today + timedelta(days=1))) == 0
    assert total(place.home, Wanted("penguji", last=today - timedelta(days=1))) == 0
    assert [one.about for one in entries(place.home, 20, 20, wanted=mine)] == ["k4", "k3", "k2", "k1", "k0"]
    assert len(entries(place.home, None, wanted=mine)) == 25
    app = opened(place, "adm", "pengaturan", {"catatan_siapa": "penguji", "hal_catatan": "2"})
    table = next(one.value for one in app.dataframe if "Kejadian" in one.value)
    assert list(table["Tentang"]) == ["k4", "k3", "k2", "k1", "k0"]
    assert set(table["Kejadian"]) == {EVENTS["opened"]}
    assert "n = 25 catatan yang cocok" in everything(app)
    empty = opened(place, "adm", "pengaturan", {"catatan_siapa": "penguji", "catatan_sampai": "2020-01-01"})
    assert "Tidak ada catatan yang cocok" in everything(empty)


def test_an_entry_belongs_to_its_day_in_wib() -> None:
    begin, end = Wanted(first=date(2026, 11, 16), last=date(2026, 11, 16)).bounds()[3:]
    assert (begin, end) == ("2026-11-15T17:00:00+00:00", "2026-11-16T17:00:00+00:00")
