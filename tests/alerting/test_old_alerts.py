"""Alerts of a lake from before incidents keep their names, numbers and states."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from tests.alerting.world import FIRST, moment
from warehouse import Lake, migrate, queries

OPENED, CLOSED = moment(FIRST, 7), moment(FIRST, 14)
INCIDENTS = 11


def test_alerts_of_an_older_schema_become_incidents(tmp_path: Path) -> None:
    with Lake(tmp_path, now=CLOSED, create=True) as lake:
        lake.write(lambda con: con.execute(migrate._BOOK))
        for number, step in migrate._steps():
            if number < INCIDENTS:
                lake.write(partial(migrate._apply, steps=[(number, step)]))
        for key, status, closed in (("a-1", "open", None), ("a-2", "closed", CLOSED)):
            values = [
                key,
                "surge",
                "sampah",
                FIRST.monday,
                FIRST.sunday,
                9.0,
                2.0,
                "Ramai.",
                status,
                OPENED,
                closed,
            ]
            lake.write(
                lambda con, values=values: con.execute(  # type: ignore[misc]
                    "INSERT INTO alert VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
                )
            )
        assert "0011_alert_incidents.sql" in migrate.migrate(lake)
        rows = {row["alert_id"]: row for row in queries.records(queries.alerts(lake, open_only=False))}
    assert {key: row["status"] for key, row in rows.items()} == {"a-1": "open", "a-2": "closed"}
    for row in rows.values():
        assert (row["observed"], row["expected"], row["reason"]) == (9.0, 2.0, "Ramai.")
        assert row["opened_at"] == OPENED
    assert rows["a-2"]["closed_at"] == CLOSED
    assert rows["a-1"]["closed_at"] is None
