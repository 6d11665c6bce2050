"""An office's admin, and leadership, try to see another office's complaint; nothing comes of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pipelines.serving import MASKER, WORDS
from tests.access.attempts import ATTEMPTS, EXAMPLES, LEADER, QUIET
from tests.access.conftest import OTHERS, PASSWORD, WORD, Place
from tests.dashboard.seed import NOW
from warehouse import Lake
from warehouse.access.accounts import set_enabled
from warehouse.access.audit import Entry, broken_at, entries
from warehouse.access.sessions import sign_in

LOG: list[Entry] = []
"""What was booked while they tried."""
APP = Path(__file__).parents[2] / "dashboard" / "app.py"


@contextmanager
def at(place: Place) -> Iterator[pytest.MonkeyPatch]:
    """In the environment of a dashboard of this home."""
    told = {"PATI_HOME": str(place.home), "PATI_NOW": NOW.isoformat(), "PATI_ACCESS": "sign_in"}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**told, "PATI_WORDS": WORDS, "PATI_MASKER": MASKER}.items():
            patch.setenv(name, value)
        patch.delenv("PATI_CONFIG", raising=False)
        yield patch


@pytest.fixture(autouse=True)
def environment(place: Place) -> Iterator[pytest.MonkeyPatch]:
    with at(place) as patch:
        yield patch


def trying() -> None:
    """The page of somebody who tries one thing after the other."""
    import streamlit as st

    from tests.access import attempts
    from warehouse.access import AccessError

    got: dict[str, tuple[bool, str]] = {}
    for name, attempt in {**attempts.ATTEMPTS, **attempts.QUIET}.items():
        try:
            got[name] = (False, attempts.show(attempt()))
        except AccessError as err:
            got[name] = (True, str(err))
    st.session_state["got"] = got


def session(place: Place, user: str, page: Callable[[], None] | Path = trying) -> AppTest:
    made = AppTest.from_file if isinstance(page, Path) else AppTest.from_function
    app: AppTest = made(page, default_timeout=300)  # type: ignore[operator]
    app.session_state["_masuk"] = sign_in(place.home, user, PASSWORD)
    return app


def warm() -> None:
    """Somebody who may see all asks the same, so that the answers are kept."""
    from dashboard import data
    from tests.access.conftest import OTHERS, WORD
    from warehouse import queries
    from warehouse.queries import ComplaintFilter, DocumentFilter

    assert data.ask(queries.complaints, ComplaintFilter(doc_id="k3")).total == 1
    assert len(data.ask(queries.complaint_history, "k3")) > 0
    assert data.ask(queries.document, "k3") is not None
    assert data.ask(queries.documents, DocumentFilter(WORD)).total == len(OTHERS)


@pytest.fixture(scope="module")
def got(place: Place) -> dict[str, tuple[bool, str]]:
    """What the admin of one office got; an admin of the system had asked the same just before."""
    gone = sign_in(place.home, "keluar", PASSWORD)
    set_enabled(place.home, "keluar", enabled=False)
    before = entries(place.home, 1)[0].position
    with at(place):
        everybody = session(place, "adm", warm).run()
        assert not everybody.exception, everybody.exception[0].message
        app = session(place, "dpu.admin")
        app.session_state["disabled"] = gone
        app.run()
    set_enabled(place.home, "keluar", enabled=True)  # other files sign in with this name
    assert not app.exception, app.exception[0].message
    found: dict[str, tuple[bool, str]] = app.session_state["got"]
    LOG.extend(one for one in entries(place.home, 500) if one.position > before)
    return found


@pytest.mark.parametrize("name", [*ATTEMPTS, *QUIET])
def test_nothing_of_another_office_is_in_any_answer(got: dict[str, tuple[bool, str]], name: str) -> None:
    refused, answer = got[name]
    assert WORD not in answer
    assert not any(f'"{key}"' in answer or f"'{key}'" in answer for key in OTHERS)
    if name in QUIET:
        assert not refused


def test_every_attempt_is_in_the_log(got: dict[str, tuple[bool, str]], place: Place) -> None:
    assert len(ATTEMPTS) >= 30
    logged = [one for one in LOG if one.user == "dpu.admin" and one.event in ("refused", "withheld")]
    strangers = [one for one in LOG if one.event == "refused" and one.user in ("?", "keluar")]
    assert len(logged) + len(strangers) == len(ATTEMPTS)
    assert {one.role for one in logged} == {"opd:dpu"}
    refused = sum(got[name][0] for name in ATTEMPTS)
    assert sum(one.event == "refused" for one in logged) == refused - len(strangers)
    assert len([one for one in logged if one.about == "k3"]) >= 6
    assert WORD not in str(entries(place.home, 500))  # metadata, no texts
    assert broken_at(place.home) is None
    with Lake(place.home, now=NOW) as lake:
        assert lake.value("SELECT count(*) FROM complaint_event WHERE origin = 'dashboard'") == 0
        assert lake.value("SELECT count(*) FROM label_correction WHERE corrected_by <> 'uji'") == 0


ADDRESSES = [
    ("aduan_riwayat", {"id": "k3"}, "bukan urusan OPD Anda"),
    ("aduan_riwayat", {"id": "tidak-ada"}, "bukan urusan OPD Anda"),
    ("aduan", {"dinas": "DCD"}, "hanya ditampilkan sebagai angka"),
    ("aduan", {"kata": WORD}, "Tidak ada aduan yang cocok"),
    ("berita", {"tampil": "Dokumen", "q": WORD}, "Tidak ada yang cocok"),
    ("video", {"id": "k3"}, "bukan urusan OPD Anda"),
    ("koreksi", {"id": "k3"}, "tidak berhak"),
    ("pengaturan", {}, "tidak berhak"),
    ("laporan", {}, "tidak berhak"),
]


@pytest.mark.parametrize(("name", "filters", "said"), ADDRESSES)
def test_addresses_of_pages_lead_nowhere(place: Place, name: str, filters: dict[str, str], said: str) -> None:
    app = session(place, "dpu.admin", APP)
    app.switch_page(f"views/{name}.py")
    for key, value in filters.items():
        app.query_params[key] = value
    before = len(entries(place.home, 10_000, user="dpu.admin"))
    app.run()
    assert not app.exception, app.exception[0].message
    shown = everything(app)
    assert said in shown
    assert f"Sampah {WORD}" not in shown
    assert len(entries(place.home, 10_000, user="dpu.admin")) > before


TOTALS = [
    ("ringkasan", {}, "cerita, aduan, dan unggahan; biasanya 1"),
    ("media_sosial", {"rentang_sosial": "12 minggu"}, "n = 1 video"),
    ("peta", {"wilayah_peta": "Juwana", "jenis_peta": "Aduan", "rentang": "12 minggu"}, "**20 dokumen**"),
    ("opd", {"kantor": "DCD"}, "n = 4 dokumen"),
    ("cerita", {"id": "s1"}, "n = 21 artikel"),
]


@pytest.mark.parametrize("user", ["dpu.admin", "bupati", "adm"])
@pytest.mark.parametrize(("name", "filters", "said"), TOTALS)
def test_pages_of_numbers_say_the_same_to_everybody(
    place: Place, user: str, name: str, filters: dict[str, str], said: str
) -> None:
    app = session(place, user, APP)
    if name != "ringkasan":
        app.switch_page(f"views/{name}.py")
    for key, value in filters.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception[0].message
    assert not app.error
    assert said in everything(app)
    assert WORD not in everything(app)


def everything(app: AppTest) -> str:
    parts = [*app.title, *app.subheader, *app.markdown, *app.caption, *app.text, *app.info, *app.error]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def test_leadership_reads_no_history_and_only_the_beginning(place: Place) -> None:
    app = session(place, "bupati", APP)
    app.switch_page("views/aduan_riwayat.py")
    app.query_params["id"] = "k3"
    app.run()
    shown = everything(app)
    assert "tidak berhak" in shown
    assert f"Petugas ke {WORD}" not in shown
    assert "tidak diangkut. " * 6 not in shown
    assert "nomor T3" not in shown
    assert entries(place.home, 1, user="bupati", event="refused")[0].about == "k3"


def leading() -> None:
    """The page of leadership that tries one thing after the other."""
    import streamlit as st

    from tests.access import attempts
    from warehouse.access import AccessError

    got: dict[str, tuple[bool, str]] = {}
    for name, attempt in {**attempts.LEADER, **attempts.EXAMPLES}.items():
        try:
            got[name] = (False, attempts.show(attempt()))
        except AccessError as err:
            got[name] = (True, str(err))
    st.session_state["got"] = got


@pytest.fixture(scope="module")
def led(place: Place) -> tuple[dict[str, tuple[bool, str]], list[Entry]]:
    """What leadership got, and what was booked meanwhile."""
    before = entries(place.home, 1)[0].position
    with at(place):
        app = session(place, "bupati", leading).run()
    assert not app.exception, app.exception[0].message
    booked = [one for one in entries(place.home, 500, user="bupati") if one.position > before]
    return app.session_state["got"], booked


Led = tuple[dict[str, tuple[bool, str]], list[Entry]]


@pytest.mark.parametrize("name", LEADER)
def test_leadership_is_refused(led: Led, name: str) -> None:
    refused, said = led[0][name]
    assert refused, said
    assert WORD not in said


def test_each_refusal_of_leadership_is_in_the_log(led: Led, place: Place) -> None:
    refused = [one for one in led[1] if one.event == "refused"]
    assert len(refused) == len(LEADER)
    assert {one.role for one in refused} == {"pimpinan"}
    assert not [one for one in led[1] if one.event in ("changed", "settings", "exported", "opened")]
    assert not (place.home / "keys" / "rahasia.env").exists()
    assert not (place.home / "config").exists()
    with Lake(place.home, now=NOW) as lake:
        assert lake.value("SELECT count(*) FROM saved_search WHERE name = 'sampah'") == 1


@pytest.mark.parametrize("name", EXAMPLES)
def test_leadership_gets_examples_without_persons(led: Led, name: str) -> None:
    refused, answer = led[0][name]
    assert not refused
    assert "bau sekali dan tidak diangkut. " * 5 not in answer
    assert "Isi sangat rahasia" not in answer
    assert "'T3'" not in answer
    assert f"Sampah {WORD}" not in answer


def test_somebody_of_the_office_reads_it_and_that_is_booked(place: Place) -> None:
    app = session(place, "dlh.admin", APP)
    app.switch_page("views/aduan_riwayat.py")
    app.query_params["id"] = "k3"
    app.run()
    assert not app.error
    assert f"Petugas ke {WORD}" in everything(app) or WORD in everything(app)
    app.run()
    opened = entries(place.home, 50, user="dlh.admin", event="opened")
    assert [one.about for one in opened] == ["k3"]


def test_nobody_without_an_account_sees_a_page(place: Place) -> None:
    app = AppTest.from_file(APP, default_timeout=300).run()
    assert app.title[0].value == "Masuk"
    app.text_input[0].set_value("dpu.admin")
    app.text_input[1].set_value("bukan kata sandinya")
    app.button[0].click().run()
    assert [one.value.replace("\\", "") for one in app.error] == ["Nama akun atau kata sandi salah."]
    app.text_input[1].set_value(PASSWORD)
    app.button[0].click().run()
    assert app.title[0].value == "Ringkasan"
    assert "OPD: dpu" in "".join(str(one.value) for one in app.sidebar.caption).replace("\\", "")


def test_without_any_account_the_first_page_says_how_to_begin(
    tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("PATI_HOME", str(tmp_path))
    app = AppTest.from_file(APP, default_timeout=300).run()
    assert "pati user add NAMA --role admin" in everything(app)
    assert not app.text_input


def test_a_demo_opens_at_once_and_shows_what_each_role_sees(
    place: Place, tmp_path: Path, environment: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "lake").symlink_to(place.home / "lake")
    environment.setenv("PATI_HOME", str(home))
    environment.setenv("PATI_ACCESS", "demo")
    app = AppTest.from_file(APP, default_timeout=300).run()
    assert "Mode demo: tanpa masuk, data buatan" in str(app.sidebar.info[0].value)
    app.switch_page("views/aduan_riwayat.py")
    app.query_params["id"] = "k3"
    app.run()
    assert not app.error
    app.sidebar.selectbox[0].set_value("pimpinan").run()
    assert "tidak berhak" in everything(app)
    assert {one.event for one in entries(home)} == {"opened", "role_switched", "refused"}


def test_a_file_of_complaints_has_no_ticket_numbers_except_for_the_admin(place: Place) -> None:
    said = "Tanpa kolom Nomor"
    for user, without in (("dlh.admin", True), ("ana", True), ("adm", False)):
        app = session(place, user, APP)
        app.switch_page("views/aduan.py")
        app.query_params["bentuk"] = "Tabel"
        app.run()
        assert not app.exception, app.exception[0].message
        assert (said in everything(app)) is without, user


def test_who_gives_a_complaint_away_is_told_and_sees_it_no_more(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(shutil.copytree(place.home, tmp_path / "home"))
    monkeypatch.setenv("PATI_HOME", str(home))
    app = session(Place(home, place.lake), "dpu.admin", APP)
    app.switch_page("views/aduan_riwayat.py")
    app.query_params["id"] = "k0"
    app.run()
    next(box for box in app.selectbox if box.label == "Serahkan kepada").set_value("dlh")
    next(button for button in app.button if button.label == "Serahkan").click().run()
    assert not app.exception, app.exception[0].message
    assert "Aduan diserahkan" in everything(app)
    assert not app.error
    with Lake(home, now=NOW) as lake:
        assert lake.rows("SELECT DISTINCT recorded_by FROM complaint_event WHERE origin = 'dashboard'") == [
            ("dpu.admin",)
        ]
    [entry] = entries(home, 10, user="dpu.admin", event="changed", about="k0")
    assert entry.detail == "hand_over dlh"
