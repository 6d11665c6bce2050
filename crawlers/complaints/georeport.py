"""GeoReport v2: what an Open311 server says about services and service requests. Pure.

Field names are the standard's (wiki.open311.org, GeoReport v2); servers leave fields out, add
their own, and write numbers as text or not. Nothing is dropped here: what has no place of its own
is kept by its name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from lxml import etree

from crawlers.discovery.xml import prepare

if TYPE_CHECKING:
    from collections.abc import Mapping

_ROOTS = frozenset({"service_requests", "services", "errors"})
_TEXTS = (
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "address", "address_id", "zipcode", "media_url",
)  # fmt: skip
_TIMES = ("requested_datetime", "updated_datetime", "expected_datetime")


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of request.

    Attributes:
        code: its key.
        name: as shown to people.
        description: what it is for.
        groups: what it belongs to.
        keywords: words to find it by.
        further: everything else, by name.
    """

    code: str
    name: str
    description: str = ""
    groups: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    further: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceRequest:
    """One request, as its server shows it; empty where it says nothing.

    Attributes:
        texts: the standard's texts by name, those that are there.
        requested: when it came in (aware, UTC).
        updated: when it last changed.
        expected: when it is to be done.
        lat: degrees.
        long: degrees.
        further: everything else, by name.
    """

    texts: Mapping[str, str]
    requested: datetime | None = None
    updated: datetime | None = None
    expected: datetime | None = None
    lat: float | None = None
    long: float | None = None
    further: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """Its id; empty if the server has not given it one yet."""
        return self.texts.get("service_request_id", "")

    def get(self, name: str) -> str:
        """Return a text, empty if it is not there."""
        return self.texts.get(name, "")


def read_answer(body: bytes) -> list[dict[str, Any]] | None:
    """Read a JSON or XML answer into one dictionary for each thing; None if it is neither.

    Raises:
        crawlers.discovery.xml.RefusedError: it is built to stall a parser.
    """
    if body.lstrip()[:1] in {b"[", b"{"}:
        try:
            found = json.loads(body)
        except ValueError:
            return None
        items = (
            found
            if isinstance(found, list)
            else next((v for v in found.values() if isinstance(v, list)), None)
        )
        whole = items is not None and all(isinstance(one, dict) for one in items)
        return items if whole else None
    text = prepare(body, _ROOTS)
    if not text.root:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(text.text.encode(), parser)
    except etree.XMLSyntaxError:
        return None
    return [_plain(child) for child in root if isinstance(child.tag, str)]


def services_of(items: list[dict[str, Any]]) -> tuple[Service, ...]:
    """Read a list of services."""
    used = {"service_code", "service_name", "description", "group", "groups", "keywords"}
    return tuple(
        Service(
            _text(item.get("service_code")),
            _text(item.get("service_name")),
            _text(item.get("description")),
            _listed(item.get("groups")) or _listed(item.get("group")),
            _listed(item.get("keywords")),
            {name: _text(value) for name, value in item.items() if name not in used},
        )
        for item in items
    )


def requests_of(items: list[dict[str, Any]]) -> tuple[ServiceRequest, ...]:
    """Read a list of service requests."""
    return tuple(map(_request, items))


def moment(text: str) -> datetime | None:
    """Read a W3C date and time; one without a zone is UTC. None if it is none."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)


def _request(item: dict[str, Any]) -> ServiceRequest:
    texts = {name: _text(item[name]) for name in _TEXTS if _text(item.get(name))}
    times = {name: at for name in _TIMES if (at := moment(_text(item.get(name))))}
    lat, long = _number(item.get("lat")), _number(item.get("long"))
    read = {*times, "lat", "long"}
    further = {
        name: _text(value) for name, value in item.items() if name not in {*_TEXTS, *read} and _text(value)
    }
    requested, updated, expected = map(times.get, _TIMES)
    return ServiceRequest(texts, requested, updated, expected, lat, long, further)


def _plain(element: Any) -> dict[str, Any]:  # noqa: ANN401 - lxml's elements have no types
    """Turn an element's children into texts; one with children of its own becomes a list of theirs."""
    found: dict[str, Any] = {}
    for child in element:
        inner = [_text(one.text) for one in child if isinstance(one.tag, str)]
        found[child.tag] = inner or _text(child.text)
    return found


def _listed(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return tuple(word for part in parts if (word := _text(part)))


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
