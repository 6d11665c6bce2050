"""Send an approved edition once to each receiver, and book every step before and after it is taken.

A row `intended` is on disk before a message leaves. If no row follows it, the sender died in between and
nobody can know: it is booked as `unsure` and left alone until a person decides. Reasons: decision 29.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from filelock import FileLock, Timeout

from config.days import WEEKDAYS
from config.report_delivery import ReportDelivery
from config.zones import WIB
from dashboard.report.editions import draft_of, newest_edition, report_id
from dashboard.report.errors import ReportError
from pipelines.report_sending.letter import Letter, letter_of, message_id_of
from pipelines.report_sending.receivers import Receiver, receivers
from pipelines.run import RunError
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.queries import Week, last_complete_week, records
from warehouse.queries.report_events import report_deliveries
from warehouse.store.report_events import Delivered, ReportStep, SendRow, add_sending, take_step

LOCK: Final = "report-send.lock"
UNSURE: Final = (
    "mungkin sudah terkirim dan tidak dikirim lagi; tanyakan kepada penerimanya, lalu jalankan "
    "`pati report send --unsure` bila memang belum sampai."
)
Plan = Literal["send", "skip", "doubt", "release"]


@dataclass(frozen=True, slots=True)
class Sending:
    """What became of a report.

    Attributes:
        report: its key.
        n_sent: receivers that got it now.
        n_before: that had it already.
        n_failed: that certainly did not get it; they are tried again.
        n_unsure: of whom nobody can know; a person decides.
        problems: sentences about receivers that cannot be used.
        said: what to tell if nothing was to be done.
    """

    report: str
    n_sent: int = 0
    n_before: int = 0
    n_failed: int = 0
    n_unsure: int = 0
    problems: tuple[str, ...] = ()
    said: str = ""

    @property
    def complete(self) -> bool:
        """Whether everybody has it, as far as one can know."""
        return bool(self.n_sent or self.n_before) and not self.n_failed and not self.problems

    @property
    def message(self) -> str:
        """What happened, in Indonesian sentences."""
        told = [
            (self.said, True),
            (f"Terkirim ke {self.n_sent} penerima.", self.n_sent),
            (f"{self.n_before} penerima sudah menerimanya.", self.n_before),
            (f"{self.n_failed} GAGAL dan dicoba lagi pada pengiriman berikutnya.", self.n_failed),
            (f"{self.n_unsure} {UNSURE}", self.n_unsure),
        ]  # fmt: skip
        return " ".join([*(words for words, when in told if words and when), *self.problems])


def plan_of(state: str | None, *, release: bool) -> Plan:
    """What to do for a receiver whose newest row says `state`. Pure.

    Args:
        state: None: nothing was tried yet.
        release: a person says that what is in doubt is to be sent again.
    """
    if state in (None, "failed", "released"):
        return "send"
    if state == "sent":
        return "skip"
    return "release" if release else "doubt"


def send_report(
    lake: Lake, settings: Settings, week: Week, person: str, *, again: bool = False, release: bool = False
) -> Sending:
    """Send the newest approved edition to everybody who has not got it.

    Args:
        lake: an open lake whose viewer may send.
        settings: receivers and rules.
        week: which week.
        person: who asks for it.
        again: to everybody once more, as a new round.
        release: also to those of whom nobody can know whether it arrived.

    Raises:
        AccessError: the viewer may not.
        RunError: it is not approved, somebody is sending just now, or an archived file is not what it was.
    """
    key = report_id(week)
    with alone(settings):
        if draft_of(lake, week).life.state not in ("approved", "sent"):
            raise RunError(f"Laporan {week.iso} belum disetujui; hanya laporan yang disetujui yang dikirim.")
        files = newest_edition(lake, week)
        try:
            letter = letter_of(settings, week, files, settings.now())
        except ReportError as problem:
            raise RunError(str(problem)) from None
        found, problems = receivers(settings)
        if not found:
            names = ", ".join(settings.config.report.delivery.to)
            said = f"Belum ada penerima; tulis alamatnya di {names} (keys/rahasia.env)."
            return Sending(key, problems=tuple(problems), said=said)
        edition = files[0].edition
        rows = [row for row in records(report_deliveries(lake, key)) if row["edition"] == edition]
        nth = max((int(row["round"]) for row in rows), default=1)
        nth = nth + 1 if again and rows else nth
        states = {str(row["address"]): str(row["state"]) for row in rows if row["round"] == nth}
        posting = _Posting(lake, settings.config.report.delivery, key, edition, nth, person, letter)
        done = posting.all(found, states, release=release, problems=problems)
        if done.complete and draft_of(lake, week).life.state == "approved":
            take_step(lake, key, ReportStep("sent", new=f"edisi {edition}"), person)
        return done


@dataclass(frozen=True, slots=True)
class _Posting:
    """One round of sending one edition."""

    lake: Lake
    rules: ReportDelivery
    key: str
    edition: int
    nth: int
    person: str
    letter: Letter

    def all(
        self, found: list[Receiver], states: Mapping[str, str], *, release: bool, problems: list[str]
    ) -> Sending:
        """Everybody in turn."""
        outcomes = [self.one(receiver, states.get(receiver.key), release=release) for receiver in found]
        n = {what: outcomes.count(what) for what in ("sent", "before", "failed", "unsure")}
        return Sending(self.key, n["sent"], n["before"], n["failed"], n["unsure"], tuple(problems))

    def one(self, receiver: Receiver, state: str | None, *, release: bool) -> str:
        """``sent``, ``before``, ``failed`` or ``unsure``."""
        plan = plan_of(state, release=release)
        if plan == "skip":
            return "before"
        if plan == "doubt":
            if (
                state != "unsure"
            ):  # only now, with the lock in hand, it is known that nobody sends it any more
                self._book(receiver, "unsure", "proses berhenti saat mengirim")
            return "unsure"
        if plan == "release":
            self._book(receiver, "released", "dikirim lagi atas keputusan orang")
        return self._try(receiver)

    def _try(self, receiver: Receiver) -> str:
        message_id = self._id(receiver)
        for nth in range(self.rules.attempts):
            if nth:
                time.sleep(self.rules.pause_seconds * 2 ** (nth - 1))
            self._book(receiver, "intended")
            outcome = receiver.give(self.letter, message_id)
            self._book(receiver, outcome.state, outcome.detail)
            if outcome.state != "failed" or outcome.lasting:
                return outcome.state
        return "failed"

    def _id(self, receiver: Receiver) -> str:
        return message_id_of(self.key, self.edition, self.nth, receiver.key, self.rules.sender)

    def _book(self, receiver: Receiver, state: Delivered, detail: str = "") -> None:
        add_sending(
            self.lake,
            SendRow(
                self.key, self.edition, self.nth, receiver.key, receiver.shown, receiver.service,
                self._id(receiver), state, self.person, detail,
            ),
        )  # fmt: skip


def due_at(rules: ReportDelivery, week: Week) -> datetime:
    """From when on the report of a week is to go out: the first such hour after it is over (aware). Pure."""
    first = week.sunday + timedelta(days=1)
    day = first + timedelta(days=WEEKDAYS.index(rules.day))
    return datetime.combine(day, rules.time, WIB)


def send_due(lake: Lake, settings: Settings, person: str = "jadwal") -> Sending:
    """Send the last complete week's report if its hour has come and somebody approved it; for schedulers.

    Calling it every few minutes is right: what was sent is not sent again, what failed is tried again until
    `give_up_days` are over.

    Raises:
        RunError: as `send_report`.
    """
    rules, now = settings.config.report.delivery, settings.now()
    week = last_complete_week(now)
    from_ = due_at(rules, week)
    key = report_id(week)
    if now < from_:
        return Sending(key, said=f"Laporan {week.iso} dikirim mulai {from_:%d-%m-%Y %H.%M} WIB.")
    if now > from_ + timedelta(days=rules.give_up_days):
        return Sending(
            key, said=f"Waktu kirim laporan {week.iso} sudah lewat; kirim dengan `pati report send`."
        )
    state = draft_of(lake, week).life.state
    if state not in ("approved", "sent"):
        return Sending(key, said=f"Laporan {week.iso} belum disetujui dan belum dikirim.")
    return send_report(lake, settings, week, person)


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Keep other senders out: a lock of the operating system, which dies with its process.

    Raises:
        RunError: somebody is sending.
    """
    lock = FileLock(settings.home / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RunError("Laporan sedang dikirim oleh proses lain; tunggu sampai selesai.") from None
    try:
        yield
    finally:
        lock.release()
