"""Open311 servers: recorded answers without loss, and what they have of their own; see the contract, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from config import load_config
from crawlers.complaints.georeport import read_answer, requests_of, services_of
from crawlers.complaints.open311 import document_of
from pipelines.privacy import scrubber
from samples.open311 import Open311Server
from tests.crawlers.apis import AGENT, LOOPBACK, Desk, source

START = datetime(2026, 10, 1, 1, tzinfo=UTC)
NOW = START + timedelta(days=20)


def test_recorded_requests_parse_without_loss(shared: Path) -> None:
    items = read_answer((shared / "real/open311/georeport_v2_requests.xml").read_bytes())
    assert items is not None
    found = requests_of(items)
    assert [one.key for one in found] == ["638344", "638345", "638346"]
    for item, one in zip(items, found, strict=True):
        said = {str(value) for value in item.values() if value}
        times = [at.isoformat() for at in (one.requested, one.updated, one.expected) if at]
        kept = {*one.texts.values(), *one.further.values(), str(one.lat), str(one.long)}
        dates = {value for value in said if "T06" in value}
        assert said - kept == dates
        assert len(times) == 3
        assert all(datetime.fromisoformat(value).astimezone(UTC).isoformat() in times for value in dates)
    config = load_config()
    records = [document_of(one, one.get("service_name"), "kota", config.complaints, NOW) for one in found]
    infos = [record.complaint for record in records]
    assert [info and (info.status, info.status_raw) for info in infos] == [
        ("baru", "open"), ("diproses", "investigating"), ("baru", "open"),
    ]  # fmt: skip
    assert [e.note for info in infos if info for e in info.events] == [
        "This is a note.", "This is a for a different issue.", "This is a note.",
    ]  # fmt: skip
    assert records[0].published_at == datetime(2010, 4, 14, 14, 37, 38, tzinfo=UTC)
    assert records[2].text == "Sidewalk and Curb Issues", "a request without words says at least its kind"
    assert "target:2010-04-15" in records[0].tags


def test_recorded_services_parse_without_loss(shared: Path) -> None:
    items = read_answer((shared / "real/open311/georeport_v2_services.xml").read_bytes())
    assert items is not None
    first, second = services_of(items)
    assert (first.code, first.groups, first.keywords) == (
        "100", ("sanitation", "street"), ("lorem", "ipsum", "dolor"),
    )  # fmt: skip
    assert (second.code, second.groups) == ("002", ("street",)), "leading zeros stay"
    assert dict(second.further) == {"metadata": "false", "type": "realtime"}


@pytest.mark.parametrize(
    "body", [b"", b"<html><body/></html>", b"{}", b'{"a": 1}', b"[1]", b"<service_requests><request>"]
)
def test_answers_that_make_no_sense(body: bytes) -> None:
    assert read_answer(body) is None


@pytest.fixture(params=["json", "xml"])
def server(request: pytest.FixtureRequest) -> Iterator[Open311Server]:
    with Open311Server(form=str(request.param)) as running:
        yield running


@pytest.fixture
def desk(server: Open311Server, tmp_path: Path) -> Desk:
    made = Desk(tmp_path, NOW, scrub=scrubber(load_config(), b"k" * 32))
    entry = source("kota", {"open311": server.address}) | {"kind": "complaint"}
    made.configure([entry], crawl={**AGENT, **LOOPBACK}, social={"longest_wait_seconds": 5})
    return made


def texts(desk: Desk, run: int | None = None) -> set[str]:
    return {document.text for document in desk.documents(run)}


def several(server: Open311Server, count: int) -> set[str]:
    words = {f"Lampu jalan nomor {n} mati" for n in range(count)}
    for number, text in enumerate(sorted(words)):
        server.report(text, START + timedelta(hours=number))
    return words


def test_only_what_is_new_or_moved_on(server: Open311Server, desk: Desk) -> None:
    words = several(server, 3)
    first = desk.run()["kota"]
    assert (first.last_error, first.n_stored) == (None, 3)
    assert texts(desk) == words
    assert desk.run()["kota"].n_stored == 0
    server.requests[0] |= {
        "status": "closed", "status_notes": "Selesai, hubungi Bapak Sukarmin 081200000001",
        "updated_datetime": NOW.isoformat(),
    }  # fmt: skip
    server.report("Jalan rusak", NOW - timedelta(hours=1))
    third = desk.run()["kota"]
    assert third.n_stored == 2
    moved = next(d for d in desk.documents(3) if d.text != "Jalan rusak")
    assert moved.complaint is not None
    (event,) = moved.complaint.events
    assert (moved.complaint.status, event.status, event.at) == ("selesai_admin", "selesai_admin", NOW)
    assert event.note is not None
    assert "Sukarmin" not in event.note
    assert "0812" not in event.note
    assert len({d.doc_id for d in desk.documents()}) == 4
    assert "koordinat:-6.751,111.039" in moved.tags


def test_ranges_that_do_not_fit_into_one_answer(server: Open311Server, desk: Desk) -> None:
    words = several(server, 23)
    server.most = 5
    assert desk.run()["kota"].last_error is None
    assert texts(desk) == words
    ends = {query.split("end_date=")[1].split("&")[0] for query in server.asked}
    assert len(ends) > 5
    count = len(server.asked)
    assert desk.run()["kota"].n_stored == 0
    assert len(server.asked) == 2 * count


def test_a_service_without_a_name_is_looked_up_once(server: Open311Server, desk: Desk) -> None:
    server.services = [{"service_code": "lampu", "service_name": "Penerangan jalan"}]
    for number in range(2):
        server.report(f"Gelap {number}", START, service_name="", service_code="lampu")
    desk.run()
    assert {d.title for d in desk.documents()} == {"Penerangan jalan"}
    assert sum("/services." in asked for asked in server.asked) == 1


def test_a_status_nobody_knows_is_said(server: Open311Server, desk: Desk) -> None:
    server.report("Jalan rusak", START, status="mengambang")
    assert "'mengambang'" in (desk.run()["kota"].last_error or "")
    (one,) = desk.documents()
    assert one.complaint is not None
    assert (one.complaint.status, one.complaint.status_raw) == ("baru", "mengambang")
