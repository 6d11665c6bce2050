"""The numbers about complaints another way: plain Python over the list of events, no SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from config import Config, load_config
from config.clock import WIB
from warehouse import Lake

Scope = tuple[str, date, str, str]
"""Kind of period, its first day, channel, agency."""


def local(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(WIB).date()


@dataclass
class Event:
    status: str
    phase: str
    moment: datetime | None
    seen: datetime
    position: int
    origin: str
    derived: bool
    reply: str | None
    automatic: bool

    @property
    def known(self) -> datetime:
        return self.moment or self.seen


@dataclass
class Case:
    doc_id: str
    channel: str
    offices: list[str]
    agency: str | None
    received: datetime
    rating: int | None
    status: str
    phase: str
    events: list[Event]

    @property
    def day(self) -> date:
        found = local(self.received)
        assert found
        return found

    @property
    def replies(self) -> list[Event]:
        return [e for e in self.events if e.reply]

    @property
    def answered(self) -> bool:
        return bool(self.replies)

    def first(
        self, wanted: Iterable[Event], exact: Iterable[Event]
    ) -> tuple[datetime | None, datetime | None]:
        """(moment, first sign) of a step whose signs are `wanted`, of which `exact` carry its moment."""
        signs = sorted(e.known for e in wanted)
        moments = sorted(e.moment for e in exact if e.moment)
        if not signs:
            return None, None
        return (moments[0] if moments and moments[0] == signs[0] else None), signs[0]

    def verified(self) -> tuple[datetime | None, datetime | None]:
        signs = [e for e in self.events if e.status != "baru" and not e.automatic]
        return self.first(signs, signs)

    def reply(self) -> tuple[datetime | None, datetime | None]:
        return self.first(self.replies, [e for e in self.replies if e.reply != "implied"])

    def disposed_at(self) -> datetime | None:
        return min((e.moment for e in self.events if e.status == "didisposisi" and e.moment), default=None)

    def agency_reply(self) -> tuple[datetime | None, datetime | None]:
        start = local(self.disposed_at())
        after = [e for e in self.replies if start and (local(e.known) or start) >= start]
        return self.first(after, [e for e in after if e.reply != "implied"])

    def ending(self) -> tuple[datetime | None, datetime | None]:
        """When it got the status that it rests in now."""
        if self.phase == "open":
            return None, None
        ends = [e for e in self.events if e.phase == self.phase]
        opened = [
            e.known for e in self.events
            if e.phase == "open" and not e.automatic and e.reply != "reply"
        ]  # fmt: skip
        since = [e for e in ends if not opened or e.known >= max(opened)]
        if since:
            return self.first(since, since)
        moments = [e.moment for e in ends if e.moment]
        return (max(moments) if moments else None), max(e.known for e in ends)

    def closing(self) -> tuple[datetime | None, datetime | None]:
        return self.ending() if self.phase == "closed" else (None, None)

    @property
    def disposed(self) -> bool:
        return bool(self.agency) or any(e.status == "didisposisi" for e in self.events)

    @property
    def misrouted(self) -> bool:
        back = any(e.status == "bukan_wewenang" for e in self.events)
        handled = [e.known for e in self.events if e.status in ("diproses", "bukan_wewenang")]
        again = [e.known for e in self.events if e.status == "didisposisi"]
        return self.disposed and (back or bool(handled and again and max(again) > min(handled)))

    @property
    def closed_without_work(self) -> bool:
        at, _ = self.closing()
        worked = [e.moment for e in self.events if e.status == "diproses" and e.moment]
        return at is not None and any(one.replace(second=0) == at.replace(second=0) for one in worked)


class Oracle:
    """Everything about the complaints of one lake at one "now"."""

    def __init__(self, lake: Lake, now: datetime) -> None:
        self.config: Config = load_config()
        self.now = now
        self.cases = list(self._cases(lake))

    def _cases(self, lake: Lake) -> Iterator[Case]:
        phase = {s.id: s.phase for s in self.config.complaints.statuses}
        history: dict[str, list[dict[str, Any]]] = {}
        for row in records(lake, "SELECT * FROM complaint_event"):
            history.setdefault(row["doc_id"], []).append(row)
        for doc_id, channel, shown, agency, rating, received, offices in lake.rows(
            "SELECT c.doc_id, c.channel, c.status, c.agency, c.rating, c.received_at, e.opd_ids "
            "FROM complaint c JOIN enrichment e ON e.doc_id = c.doc_id WHERE e.relevant"
        ):
            raw = history.get(doc_id, [])
            events = [self._event(row, phase, local(received)) for row in raw]
            status = self._status(shown, events)
            yield Case(doc_id, channel, offices, agency, received, rating, status, phase[status], events)

    def _event(self, row: dict[str, Any], phase: dict[str, str], received: date | None) -> Event:
        rules = self.config.complaints.replies
        note, actor = row["note"] or "", row["actor"] or ""
        automatic = actor.strip().lower() in rules.automatic.actors or any(
            phrase in note.lower() for phrase in rules.automatic.phrases
        )
        says = rules.kind(row["status"])
        if automatic or (says == "with_note" and not note):
            says = None
        day = local(row["happened_at"])
        moment = row["happened_at"] if day and received and day >= received else None
        return Event(
            row["status"], phase[row["status"]], moment, row["seen_at"], row["position"], row["origin"],
            row["derived"], says, automatic,
        )  # fmt: skip

    def _status(self, shown: str, events: list[Event]) -> str:
        """The dashboard's last word, unless the channel's own word is later."""
        desk = [e for e in events if e.origin == "dashboard"]
        if not desk:
            return shown
        latest = max(desk, key=lambda e: (e.known, e.position))
        written = max(e.seen for e in desk)
        for one in events:
            later = one.moment > latest.known if one.moment else one.seen > written
            if one.origin == "import" and one.status == shown and later:
                return shown
        return latest.status

    # periods and scopes

    def periods(self, day: date) -> Iterator[tuple[str, date]]:
        today = local(self.now)
        assert today
        monday = today - timedelta(days=today.weekday())
        yield "week", day - timedelta(days=day.weekday())
        yield "month", day.replace(day=1)
        yield "year", day.replace(month=1, day=1)
        for kind, weeks in (("weeks_4", 4), ("weeks_12", 12)):
            first = monday - timedelta(weeks=weeks)
            if first <= day < monday:
                yield kind, first
        yield "all", date(2000, 1, 1)

    def scopes(self, case: Case, day: date) -> Iterator[Scope]:
        for kind, first in self.periods(day):
            for channel in ("*", case.channel):
                for office in ("*", *case.offices):
                    yield kind, first, channel, office

    def grouped(self, day_of: str = "day") -> dict[Scope, list[Case]]:
        found: dict[Scope, list[Case]] = {}
        for case in self.cases:
            for scope in self.scopes(case, getattr(case, day_of)):
                found.setdefault(scope, []).append(case)
        return found

    # days

    def days(self, first: date | None, last: date | None) -> int | None:
        """Working days after `first` up to `last`, counted one by one; None if not known."""
        if first is None or last is None or not self._listed(first) or not self._listed(last):
            return None
        return _count(first, last)

    def _listed(self, day: date) -> bool:
        return day.year in self.config.calendar.years

    def minutes(self, start: datetime, end: datetime) -> int | None:
        """Office minutes, counted day by day; None if the hours or a time are not known."""
        a, z = start.astimezone(WIB), end.astimezone(WIB)
        if midnight(a) or midnight(z) or not self._listed(a.date()) or not self._listed(z.date()):
            return None
        if a.date() < date(2022, 10, 8):  # hours before are not known; that day was a holiday
            return None
        total, day = 0, a.date()
        while day <= z.date():
            weeks = [w for w in self.config.calendar.work_weeks if w.covers(day)]
            if weeks and day not in self.config.calendar.holiday:
                opens, closes = weeks[-1].opens, weeks[-1].closes
                assert opens
                assert closes
                begin = max(opens, a.time().replace(second=0)) if day == a.date() else opens
                stop = min(closes, z.time().replace(second=0)) if day == z.date() else closes
                total += max(0, _minute(stop) - _minute(begin))
            day += timedelta(days=1)
        return total

    def due(self, case: Case, step: str) -> date | None:
        """Due day, found by walking the calendar."""
        rules = [s for s in self.config.complaints.sla if s.step == step and s.valid_on(case.day)]
        own = [s for s in rules if s.channel == case.channel] or [s for s in rules if s.channel is None]
        if not own:
            return None
        if own[0].unit == "calendar":
            return case.day + timedelta(days=own[0].days)
        if not self._listed(case.day):
            return None
        day, left = case.day, own[0].days
        while left:
            day += timedelta(days=1)
            left -= self.config.calendar.is_working_day(day)
        return day

    def outcome(self, case: Case, step: str) -> tuple[date | None, str]:
        due, today = self.due(case, step), local(self.now)
        assert today
        moment, sign = {"verify": case.verified, "answer": case.reply, "resolve": case.closing}[step]()
        done, seen = local(moment), local(sign)
        if due is None:
            return None, "unknown"
        if seen is not None:
            if seen <= due:
                return due, "on_time"
            return due, "late" if done else "unknown"
        if case.phase == "rejected":
            ended, noticed = (local(one) for one in case.ending())
            if noticed is not None and noticed <= due:
                return due, "aside"
            if ended is None:
                return due, "unknown"
        return due, "late" if due < today else "running"

    # spells

    def state_at(self, case: Case, end: date) -> str:
        """open, ended or unsure at the end of a day, by reading the events up to it."""
        marks = [(case.received, False, -1, "open")]
        marks += [
            (max(e.known, case.received), e.moment is None, e.position, e.phase)
            for e in case.events
            if not e.automatic and not (e.phase == "open" and e.reply == "reply")
        ]
        marks.sort(key=lambda mark: mark[:3])
        past = [i for i, mark in enumerate(marks) if (local(mark[0]) or end) <= end]
        if not past:
            return "before"
        last = past[-1]
        phase = case.phase if last == len(marks) - 1 else marks[last][3]
        if phase != "open":
            return "ended"
        if last + 1 < len(marks) and marks[last + 1][1] and marks[last + 1][3] != "open":
            return "unsure"
        return "open"


@cache
def _count(first: date, last: date) -> int:
    calendar = load_config().calendar
    count, day = 0, first
    while day < last:
        day += timedelta(days=1)
        weeks = [week for week in calendar.work_weeks if week.covers(day)]
        count += bool(weeks) and day not in calendar.holiday
    return count


def midnight(moment: datetime) -> bool:
    return moment.time() == time()


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def records(lake: Lake, sql: str) -> list[dict[str, Any]]:
    """The rows of a query by column name."""
    cursor = lake.con.execute(sql)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def kaplan_meier(times: list[tuple[int, bool]], left: Fraction) -> int | None:
    """The first time at which no more than `left` still wait, in exact fractions."""
    waiting = Fraction(1)
    for moment in sorted({t for t, _ in times}):
        watched = sum(t >= moment for t, _ in times)
        replies = sum(t == moment and done for t, done in times)
        waiting *= 1 - Fraction(replies, watched)
        if waiting <= left:
            return moment
    return None
