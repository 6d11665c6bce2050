"""What is said to people about an alert, and where its link leads. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from config.zones import WIB
from warehouse.queries.due import Due
from warehouse.queries.saved_searches import NewHits

TITLES = {"opened": "Peringatan", "grown": "Peringatan bertambah", "closed": "Peringatan selesai"}
DELIVERED_TWICE = "Pesan ini mungkin sudah pernah terkirim: pengiriman sebelumnya terputus."


@dataclass(frozen=True, slots=True)
class Notice:
    """One message.

    Attributes:
        key: by which it is sent once to each address.
        title: one line.
        body: some lines.
        link: where on the dashboard more is to be seen; empty: nowhere.
    """

    key: str
    title: str
    body: str
    link: str = ""

    def text(self, *, again: bool) -> str:
        """The body as it is sent; `again` if an earlier try may have arrived."""
        return "\n".join(
            part
            for part in (self.body, self.link, DELIVERED_TWICE if again else "", f"Kode: {self.key}")
            if part
        )


def of_event(event: Mapping[str, Any], dashboard: str) -> Notice:
    """The message about an event of an alert.

    Args:
        event: a row of `events_to_send`.
        dashboard: address that links begin with.
    """
    start, end = as_day(event["window_start"]), as_day(event["window_end"])
    lines = [str(event["reason"]), str(event["counterfactual"])]
    if event["event"] == "closed":
        lines = [_ending(event), f"Semula: {event['reason']}"]
    lines.append(f"Minggu {start:%d-%m-%Y} sampai {end:%d-%m-%Y}.")
    return Notice(
        f"{event['alert_id']}:{event['position']}",
        f"{TITLES[event['event']]}: {event['subject_label']}",
        "\n".join(line for line in lines if line),
        link(event, dashboard, start, end),
    )


def in_passing(events: Sequence[Mapping[str, Any]]) -> list[Notice]:
    """One message for all alerts that were opened and closed in one run, which made up for missed weeks.

    Args:
        events: rows of `events_to_send` about such alerts.
    """
    runs: dict[datetime, dict[str, str]] = {}
    for event in events:
        week = f"{event['subject_label']} (minggu {as_day(event['window_start']):%d-%m-%Y})"
        runs.setdefault(event["happened_at"], {}).setdefault(str(event["alert_id"]), week)
    return [
        Notice(
            f"susulan:{at.astimezone(UTC):%Y%m%dT%H%M%S}",
            f"Peringatan yang sudah lewat: {len(alerts)}",
            f"Dibuka dan reda lagi selama minggu tanpa putaran: {'; '.join(alerts.values())}. "
            "Rinciannya: pati alerts list --all.",
        )
        for at, alerts in runs.items()
    ]


def of_hits(found: NewHits, days: int, dashboard: str) -> Notice:
    """The message about what a saved search found; a later find makes another one.

    Args:
        found: its new hits.
        days: of how many days they are.
        dashboard: address that links begin with.
    """
    wanted = urlencode({"tampil": "Dokumen", "q": found.words})
    return Notice(
        f"cari:{found.name}:{found.last_at.astimezone(UTC):%Y%m%dT%H%M%S}",
        f"Temuan baru pencarian tersimpan: {found.name}",
        f"{len(found.doc_ids)} dokumen baru dalam {days} hari terakhir.",
        f"{dashboard.rstrip('/')}/berita?{wanted}",
    )


def of_due(found: Sequence[Due], opd: str | None, now: datetime, dashboard: str) -> list[Notice]:
    """The morning's message: what is due and late, a line for each office; none if there is nothing.

    Args:
        found: offices that have anything.
        opd: the one office that it is about; None: all.
        now: the moment; a day has one message.
        dashboard: address that links begin with.
    """
    if not found:
        return []
    day = now.astimezone(WIB).date()
    lines = [
        f"{one.opd_short or 'OPD belum ditentukan'}: {one.n_today} jatuh tempo hari ini, {one.n_next} sampai "
        f"{one.next_day:%d-%m-%Y}, {one.n_overdue} terlambat."
        for one in found
    ]
    return [
        Notice(
            f"tenggat:{opd or 'semua'}:{day.isoformat()}",
            f"Tenggat aduan {day:%d-%m-%Y}",
            "\n".join(lines),
            f"{dashboard.rstrip('/')}/aduan",
        )
    ]


def _ending(event: Mapping[str, Any]) -> str:
    if event["actor"]:
        return f"Ditutup oleh {event['actor']}: {event['note'] or 'tanpa catatan'}."
    return "Sudah reda: angkanya tidak lagi di luar kebiasaan."


def link(event: Mapping[str, Any], dashboard: str, start: date, end: date) -> str:
    """The page that shows what is behind an alert."""
    base, rule = dashboard.rstrip("/"), str(event["rule"])
    if rule == "silent_source":
        return f"{base}/sumber"
    if rule == "widespread":
        return f"{base}/cerita?{urlencode({'id': event['subject']})}"
    if rule.endswith("_opd"):
        return f"{base}/aduan?{urlencode({'masuk': start.isoformat(), 'hingga': end.isoformat()})}"
    label, place = str(event["subject_label"]), ""
    if rule == "surge_kecamatan":
        label, _, place = label.rpartition(" di ")
    wanted = {"tampil": "Dokumen", "topik": label, "dari": start.isoformat(), "sampai": end.isoformat()}
    if place:
        wanted["kecamatan"] = place
    return f"{base}/berita?{urlencode(wanted)}"


def as_day(value: Any) -> date:  # noqa: ANN401 - a date or a timestamp of a frame
    """The day of a date or of a moment."""
    found: date = value.date() if hasattr(value, "date") else value
    return found
