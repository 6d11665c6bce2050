"""Complaints with every kind of history, as exports and the dashboard would bring them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from config.clock import WIB
from tests.warehouse.rows import complaint, document, event, labels

OFFICES = ("dputr", "dlh", "dishub", "disdukcapil")
CHANNELS = ("whatsapp", "laporgub", "sp4n", "laporbup")
WORDS = {
    "baru": "Menunggu", "terverifikasi": "Verifikasi", "didisposisi": "Disposisi", "diproses": "Progress",
    "dibalas": "Dibalas", "ditanggapi_pelapor": "Ditanggapi oleh Pelapor", "selesai_admin": "Selesai",
    "selesai_sistem": "Ditutup oleh Sistem", "ditunda": "Ditunda", "arsip": "Diarsipkan oleh Admin",
    "bukan_wewenang": "Bukan Wewenang", "tidak_layak": "Tidak Layak",
}  # fmt: skip
PATHS = (
    [],
    ["terverifikasi"],
    ["didisposisi"],
    ["terverifikasi", "didisposisi", "diproses"],
    ["terverifikasi", "didisposisi", "dibalas"],
    ["didisposisi", "terverifikasi", "diproses", "selesai_admin"],
    ["didisposisi", "dibalas", "selesai_admin"],
    ["didisposisi", "dibalas", "ditanggapi_pelapor"],
    ["didisposisi", "dibalas", "ditanggapi_pelapor", "dibalas", "selesai_admin"],
    ["didisposisi", "diproses", "selesai_admin", "ditanggapi_pelapor", "diproses", "selesai_admin"],
    ["didisposisi", "dibalas", "selesai_sistem", "selesai_admin"],
    ["didisposisi", "bukan_wewenang", "didisposisi", "dibalas"],
    ["didisposisi", "bukan_wewenang"],
    ["dibalas", "didisposisi", "dibalas", "selesai_admin", "dibalas"],
    ["tidak_layak"],
    ["didisposisi", "ditunda", "arsip"],
    ["bukan_wewenang"],
    ["didisposisi", "diproses", "diproses", "selesai_admin"],
)
NOTES = (None, "Sudah kami cek.", "Akan dikoordinasikan.", "Balasan otomatis: di luar jam kerja.", "")


def moment(rng: random.Random, first: date, last: date) -> datetime:
    """Some moment, often at night or at the weekend."""
    day = first + timedelta(days=rng.randrange((last - first).days + 1))
    clock = time(rng.randrange(24), rng.randrange(60), rng.choice((0, 17)))
    return datetime.combine(day, clock, WIB).astimezone(UTC)


class Story:
    """One complaint: when it came in and what happened."""

    def __init__(self, rng: random.Random, number: int, now: datetime) -> None:
        self.doc_id = f"c{number:04d}"
        self.channel = rng.choice(CHANNELS)
        yesterday = now.astimezone(WIB).date() - timedelta(days=1)
        first, last = rng.choices(
            [
                (date(2021, 12, 1), date(2021, 12, 31)),
                (date(2022, 8, 1), yesterday),
                (date(2026, 1, 20), yesterday),
            ],
            (2, 8, 90),
        )[0]
        self.received = moment(rng, first, last)
        self.offices = rng.sample(OFFICES, rng.choice((0, 1, 1, 1, 2)))
        self.agency = rng.choice((None, "", "Dinas Contoh"))
        self.rating = rng.choice((None, None, 1, 3, 5))
        self.relevant = rng.random() < 0.95
        self.events = list(self._events(rng, now))

    def _events(self, rng: random.Random, now: datetime) -> Iterator[dict[str, Any]]:
        at = self.received
        if rng.random() < 0.04:
            at -= timedelta(days=5)  # a clock that was wrong
        for position, status in enumerate(rng.choice(PATHS)):
            if rng.random() > 0.15:  # else: in the same minute
                at += timedelta(minutes=rng.choice((1, 90, 1500, 6000, 12000)) * rng.uniform(0.2, 2.5))
            if at > now:
                return
            at = at.replace(second=0, microsecond=0)
            when: datetime | None = at
            if rng.random() < 0.1:  # a date without a time
                when = datetime.combine(at.astimezone(WIB).date(), time(), WIB).astimezone(UTC)
            if self.channel == "sp4n" or rng.random() < 0.08:
                when = None
            actor = rng.choice(("Dinas Contoh", "Admin", "Sistem")) if status == "dibalas" else "Admin"
            yield event(
                self.doc_id, status, when, position=position, status_raw=WORDS[status], actor=actor,
                note=rng.choice(NOTES), really=at,
            )  # fmt: skip

    def export(
        self, fetched: datetime, version: int
    ) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
        """The complaint as an export of that moment shows it; SP4N's knows the status only."""
        known = [one for one in self.events if one["really"] <= fetched]
        status = known[-1]["status"] if known else "baru"
        shown = [] if self.channel == "sp4n" else [one for one in known if one["status"] != "baru"]
        row = complaint(
            self.doc_id, channel=self.channel, status=status, status_raw=WORDS[status], agency=self.agency,
            received_at=self.received, rating=self.rating, version=version,
        )  # fmt: skip
        doc = document(
            self.doc_id, kind="complaint", published_at=self.received, fetched_at=fetched,
            content_hash=f"{self.doc_id}-{status}-{len(shown)}",
        )  # fmt: skip
        return doc, row, [{**one, "version": version} for one in shown]

    def labels(self) -> dict[str, Any]:
        return labels(self.doc_id, opd_ids=self.offices, opd_scores=[0.9] * len(self.offices),
                      relevant=self.relevant)  # fmt: skip


def stories(seed: int, count: int, now: datetime) -> list[Story]:
    """Some hundred complaints; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - test data
    return [Story(rng, number, now) for number in range(count)]
