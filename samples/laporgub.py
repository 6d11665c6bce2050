"""A site of public reports like LaporGub's, on loopback: lists, detail pages, robots.txt, faults.

with LaporGubSite() as site:
    site.report("Jalan rusak", at)
    site.address  # the page that lists them
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from html import escape

from werkzeug import Request, Response

from samples.dates import WIB, full_date, long_date
from samples.loopback import LoopbackServer

PER_PAGE = 10


@dataclass(slots=True)
class Report:
    """A report; it may be changed while it is served.

    Attributes:
        ticket: its number.
        at: when it came in.
        text: the citizen's words.
        regency: as in its head line.
        name: of the reporter, as shown; empty if it is not.
        flag: ``Anonim``, ``Rahasia`` or nothing.
        steps: word, moment, unit, reply; first step first.
    """

    ticket: str
    at: datetime
    text: str
    regency: str = "KABUPATEN PATI"
    name: str = ""
    flag: str = ""
    steps: list[tuple[str, datetime, str, str]] = field(default_factory=list)


@dataclass
class LaporGubSite(LoopbackServer):
    """Serves reports over real HTTP in a background thread.

    Attributes:
        reports: oldest first.
        robots: text of robots.txt.
        delay_seconds: how long every answer takes.
        status: what detail pages answer instead of themselves; None for nothing.
        wait: seconds of its Retry-After header.
        broken: detail pages show something else.
        asked: paths of all questions, with their moments.
    """

    reports: list[Report] = field(default_factory=list)
    robots: str = "User-agent: *\nAllow: /\n"
    delay_seconds: float = 0.0
    status: int | None = None
    wait: int | None = None
    broken: bool = False
    asked: list[tuple[str, float]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The page that lists its reports."""
        return f"{self.endpoint}/aduan"

    def report(self, text: str, at: datetime, *, regency: str = "KABUPATEN PATI") -> Report:
        """Add a report; it is returned, and may be changed."""
        one = Report(f"LGWP{10_000_000 + len(self.reports)}", at, text, regency)
        self.reports.append(one)
        return one

    def details(self) -> list[str]:
        """Tickets of the detail pages asked for, in order."""
        return [path.removeprefix("/detail/") for path, _ in self.asked if path.startswith("/detail/")]

    def respond(self, request: Request) -> Response:
        """Answer one question."""
        self.asked.append((request.path, time.monotonic()))
        time.sleep(self.delay_seconds)
        if request.path == "/robots.txt":
            return Response(self.robots, content_type="text/plain")
        if request.path == "/aduan":
            return _page(self._list(int(request.args.get("page", "1"))))
        ticket = request.path.removeprefix("/detail/")
        one = next((r for r in self.reports if r.ticket == ticket), None)
        if one is None:
            return Response("Tidak ditemukan", 404)
        if self.status is not None:
            headers = {} if self.wait is None else {"Retry-After": str(self.wait)}
            return Response("Maaf", self.status, headers)
        if self.broken:
            return _page("<main><h1>Kami sedang berbenah</h1><p>Tampilan baru segera hadir.</p></main>")
        return _page(detail(one))

    def _list(self, page: int) -> str:
        newest = self.reports[::-1]
        shown = newest[(page - 1) * PER_PAGE : page * PER_PAGE]
        cards = "".join(
            f'<div class="card"><a href="/detail/{r.ticket}">{r.ticket}</a><p>{escape(r.text[:60])}</p></div>'
            for r in shown
        )
        more = ""
        if page * PER_PAGE < len(newest):
            more = f'<a rel="next" href="/aduan?page={page + 1}">Berikutnya</a>'
        return f"<main><h1>Aduan publik</h1>{cards}{more}</main>"


def detail(one: Report) -> str:
    """The inner part of a report's page."""
    facts = f"<p>Pelapor: {escape(one.name)}</p>" if one.name else ""
    facts += f'<span class="badge">{one.flag}</span>' if one.flag else ""
    steps = "".join(
        f'<li><h4>{word}</h4><small>{_when(at)}</small><div class="unit">{escape(unit)}</div>'
        f"<p>{escape(reply)}</p></li>"
        for word, at, unit, reply in one.steps
    )
    words = "".join(f"<p>{escape(line)}</p>" for line in one.text.split("\n"))
    return (
        f"<main><h2>{one.ticket}</h2><div>{facts}</div><h5>{one.regency}, {long_date(one.at)}</h5>"
        f'<div class="isi">{words}</div><ul class="timeline">{steps}</ul></main>'
    )


def _when(at: datetime) -> str:
    return f"{full_date(at)} - {at.astimezone(WIB):%H:%M} WIB"


def _page(inner: str) -> Response:
    nav = '<nav><ul><li><a href="/">Beranda</a></li><li>Menunggu</li><li>Selesai</li></ul></nav>'
    foot = "<footer><p>Pemerintah Provinsi Jawa Tengah</p></footer>"
    head = '<!doctype html><html lang="id"><head><title>LaporGub</title></head>'
    return Response(f"{head}<body>{nav}{inner}{foot}</body></html>", content_type="text/html; charset=utf-8")
