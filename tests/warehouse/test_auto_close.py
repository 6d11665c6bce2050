"""When a channel will close a complaint by itself: said, never done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.warehouse.rows import FETCHED, complaint, document, enrich, event, labels
from warehouse import Lake, queries
from warehouse.queries import ComplaintFilter
from warehouse.store.documents import Batch, store_batch

RECEIVED = datetime(2026, 8, 3, 3, tzinfo=UTC)
REPLY = "dibalas"


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 3, tzinfo=UTC)


def told(lake: Lake, channel: str, status: str, events: list[dict[str, Any]]) -> dict[str, Any]:
    row = complaint("c1", channel=channel, status=status, status_raw=status, received_at=RECEIVED)
    doc = document("c1", kind="complaint", published_at=RECEIVED)
    rows = [{**one, "position": position} for position, one in enumerate(events)]
    store_batch(lake, Batch({"b1": 1}, "r1", [doc], [row], rows, []), FETCHED)
    enrich(lake, [labels("c1")])
    found: dict[str, Any] = queries.complaints(lake, ComplaintFilter()).rows.to_dict("records")[0]
    return found


CASES = [
    # ten working days after Monday, 2 November
    pytest.param([(REPLY, at(11, 2))], date(2026, 11, 16), False, id="today is the last day"),
    # 17 August is Independence Day, 25 August the birthday of the Prophet
    pytest.param([(REPLY, at(8, 14))], date(2026, 9, 1), True, id="two holidays on weekdays"),
    pytest.param([(REPLY, at(10, 1)), (REPLY, at(11, 5))], date(2026, 11, 19), False, id="the last reply"),
]


@pytest.mark.parametrize(("life", "day", "passed"), CASES)
def test_ten_working_days_after_the_reply(
    lake: Lake, life: list[tuple[str, datetime]], day: date, passed: bool
) -> None:
    row = told(lake, "sp4n", REPLY, [event("c1", status, moment) for status, moment in life])
    assert (row["auto_close_day"].date(), bool(row["auto_close_passed"])) == (day, passed)
    # nothing was invented: the complaint stays open and its history what it was
    assert row["open"]
    assert lake.value("SELECT count(*) FROM complaint_event") == len(life)


NOT_WAITING = [
    pytest.param("whatsapp", REPLY, [(REPLY, at(11, 2))], id="a channel without such a rule"),
    pytest.param("sp4n", REPLY, [(REPLY, None)], id="nobody knows when it was answered"),
    pytest.param(
        "sp4n",
        "ditanggapi_pelapor",
        [(REPLY, at(11, 2)), ("ditanggapi_pelapor", at(11, 4))],
        id="the reporter answered",
    ),
    pytest.param("sp4n", "didisposisi", [(REPLY, at(11, 2)), ("didisposisi", at(11, 4))], id="sent on"),
    pytest.param("sp4n", "selesai_sistem", [(REPLY, at(11, 2)), ("selesai_sistem", at(11, 9))], id="closed"),
]


@pytest.mark.parametrize(("channel", "status", "life"), NOT_WAITING)
def test_what_does_not_wait_for_the_reporter(
    lake: Lake, channel: str, status: str, life: list[tuple[str, datetime | None]]
) -> None:
    row = told(lake, channel, status, [event("c1", name, moment) for name, moment in life])
    assert row["auto_close_day"] is None or row["auto_close_day"] != row["auto_close_day"]


def test_an_automatic_message_is_no_follow_up(lake: Lake) -> None:
    life = [
        event("c1", REPLY, at(11, 2)),
        event("c1", REPLY, at(11, 10), note="Pesan otomatis: terima kasih."),
    ]
    assert told(lake, "sp4n", REPLY, life)["auto_close_day"].date() == date(2026, 11, 16)
