"""One Open311 server: its service requests by ranges of time, newest range first.

The standard has neither pages nor a way to ask for what has changed, and servers answer with so
many requests at most. So the last days are read again in every run, range by range; a range that
does not fit into one answer is read on from the oldest request that came.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from crawlers.complaints.georeport import read_answer, requests_of, services_of
from crawlers.discovery.xml import RefusedError
from crawlers.items import ComplaintInfo, Document, StatusEvent
from crawlers.social.caller import Caller, by_status
from crawlers.social.model import Ask, Budget, Cursor, Page, Post

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config import Complaints, Source
    from crawlers.complaints.georeport import ServiceRequest
    from crawlers.context import CrawlContext
    from crawlers.net.client import Client
    from crawlers.social.problems import SocialProblemError

_RANGE = timedelta(days=30)  # the standard lets a server refuse more than 90 days
_FORM = "%Y-%m-%dT%H:%M:%SZ"


class Open311:
    """Reads the service requests of one server.

    Args:
        client: may ask this server only.
        address: of its requests, as configured: ends in ``requests.json`` or ``requests.xml``;
            its query (``jurisdiction_id``) goes with every question.
        ctx: clock, configuration.
        source: whose entry it is.
    """

    env = ""
    methods = ("open311",)

    def __init__(self, client: Client, address: str, ctx: CrawlContext, source: Source) -> None:
        parts = urlsplit(address)
        folder, _, file = parts.path.rpartition("/")
        self._file, self._query = file, dict(parse_qsl(parts.query))
        self._ending = file.rpartition(".")[2]
        self._ctx = ctx
        self.name, self.label = f"open311 {parts.netloc}", source.name
        base = urlunsplit((parts.scheme, parts.netloc, folder, "", ""))
        accept = "application/json" if self._ending == "json" else "text/xml"
        self._caller = Caller(client, base, {}, "", _explain, ctx.now, parse=_parse, accept=accept)
        self._names: dict[str, str] | None = None

    def ready(self) -> None:
        """Nothing to check: reading needs no key."""

    def budget(self, _ask: Ask, /) -> Budget:
        """Return no limit."""
        return Budget()

    def settle(self, _ask: Ask, _budget: Budget, _cost: int, /) -> None:
        """Nothing to book."""

    def roots(self, _method: str, _target: str, /) -> tuple[Ask, ...]:
        """Return the ranges of the last days, newest first; they keep their names from run to run."""
        now = self._ctx.now()
        oldest = now - timedelta(days=self._ctx.config.crawl.complaint_days)
        start = datetime(1970, 1, 1, tzinfo=UTC)
        start += (now - start) // _RANGE * _RANGE
        found = []
        while start + _RANGE > oldest:
            found.append(Ask("range", f"{start:{_FORM}} {start + _RANGE:{_FORM}}", whole=True))
            start -= _RANGE
        return tuple(found)

    def pull(self, source: Source, ask: Ask, cursor: Cursor, _budget: Budget, /) -> Page:
        """Read what came in up to a moment of a range."""
        start, end = ask.key.split(" ")
        asked = {**self._query, "start_date": start, "end_date": cursor.token or end}
        items, _, rate = self._caller.get(self._file, asked)
        requests = requests_of(items)
        unknown: set[str] = set()
        records = tuple(
            Post(self._document(one, source, unknown)) for one in requests if one.key and one.requested
        )
        times = [one.requested for one in requests if one.requested]
        token = f"{min(times):{_FORM}}" if times else None
        remarks = [
            f"Status '{word}' belum ada di complaints.yaml; dicatat sebagai baru." for word in sorted(unknown)
        ]
        left_out = len(requests) - len(records)
        if left_out:
            remarks.append(f"{left_out} laporan tanpa nomor atau tanggal dilewati.")
        # the oldest comes once more with the next question: then nothing older is left
        over = token is None or token == asked["end_date"] or token <= start
        return Page(records, None if over else token, rate, remark=" ".join(remarks) or None)

    def _document(self, one: ServiceRequest, source: Source, unknown: set[str]) -> Document:
        if one.get("status") and status_of(one.get("status"), self._ctx.config.complaints) is None:
            unknown.add(one.get("status"))
        name = one.get("service_name") or self._services().get(one.get("service_code"), "")
        return document_of(one, name, source.id, self._ctx.config.complaints, self._ctx.now())

    def _services(self) -> Mapping[str, str]:
        """Names of services by code; asked for once, and only if a request lacks its own."""
        if self._names is None:
            items, _, _ = self._caller.get(f"services.{self._ending}", self._query)
            self._names = {service.code: service.name for service in services_of(items)}
        return self._names


def status_of(word: str, complaints: Complaints) -> str | None:
    """Normalise a status: the standard's two words, else what `complaints.yaml` knows."""
    return {"open": "baru", "closed": "selesai_admin"}.get(word.lower()) or complaints.normalise_status(word)


def document_of(
    one: ServiceRequest, service: str, source_id: str, complaints: Complaints, now: datetime
) -> Document:
    """Build the record of a service request. Pure.

    Args:
        one: with an id.
        service: name of its kind.
        source_id: the source.
        complaints: what statuses mean.
        now: aware.
    """
    raw = one.get("status")
    status = status_of(raw, complaints) or "baru"
    notes = [one.get("status_notes"), one.get("service_notice")]
    note = "\n".join(filter(None, notes)) or None
    agency = one.get("agency_responsible") or None
    changed = status != "baru" or note
    events = (StatusEvent(status, raw, one.updated, agency, note),) if changed else ()
    place = f"{one.lat:.3f},{one.long:.3f}" if one.lat is not None and one.long is not None else ""
    facts = {
        "koordinat": place,  # to about 100 metres
        "target": f"{one.expected:%Y-%m-%d}" if one.expected else "",
        "layanan": one.get("service_code"),
        "kodepos": one.get("zipcode"),
    }
    info = ComplaintInfo(
        channel="open311",
        ticket_id=one.key,
        status=status,
        status_raw=raw,
        received_at=one.requested,
        category=service or None,
        agency=agency,
        events=events,
    )
    parts = (one.get("description") or service, one.get("address"))
    return Document(
        kind="complaint",
        source_id=source_id,
        title=service,
        text="\n".join(filter(None, parts)),
        fetched_at=now,
        external_id=one.key,
        published_at=one.requested,
        published_from="api" if one.requested else None,
        section="open311",
        tags=tuple(f"{name}:{value}" for name, value in facts.items() if value),
        complaint=info,
    )


def _explain(status: int, _: Any) -> SocialProblemError:  # noqa: ANN401 - JSON is any
    return by_status(status)


def _parse(body: bytes) -> Any:  # noqa: ANN401 - JSON is any
    try:
        return read_answer(body)
    except RefusedError:
        return None
