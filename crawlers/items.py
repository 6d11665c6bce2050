"""The one record that crosses from the outside world into the system.

Everything a spider, an API pull or a file import finds becomes a `Document` (or a
`Rejection` that says why it did not). The record is frozen: a stage that changes it makes a
new one with `dataclasses.replace`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal, get_args

Kind = Literal["news", "video", "comment", "social", "complaint"]
DateProvenance = Literal[
    "json-ld", "meta", "time-tag", "byline", "url", "text", "feed", "sitemap", "api", "file"
]
DatePrecision = Literal["minute", "day"]
DateConfidence = Literal["high", "medium", "low"]
Confidentiality = Literal["publik", "anonim", "rahasia"]

KINDS: tuple[str, ...] = get_args(Kind)
ID_VERSION = "1"


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """One step in a complaint's life, as its channel recorded it.

    Attributes:
        status: normalised status (see `config/complaints.yaml`), e.g. ``diproses``.
        status_raw: the channel's own words, kept beside the normalised status.
        at: when it happened (aware, UTC), or None if the export does not say.
        actor: the acting unit (an agency, never a person).
        note: masked reply or remark.
    """

    status: str
    status_raw: str
    at: datetime | None = None
    actor: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ComplaintInfo:
    """What only a complaint has."""

    channel: str
    ticket_id: str | None
    status: str
    status_raw: str
    received_at: datetime | None
    classification: str | None = None
    category: str | None = None
    agency: str | None = None
    confidentiality: Confidentiality = "publik"
    kecamatan: str | None = None
    desa: str | None = None
    rating: int | None = None
    events: tuple[StatusEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One text from the outside: an article, a video, a comment, a post or a complaint.

    Attributes:
        kind: what it is.
        source_id: key of the source in `sources.yaml`.
        external_id: the source's own key when it has a stable one (video id, ticket).
        url: where it was fetched.
        canonical_url: the address the page itself names as its own.
        title: plain text, may be empty for comments.
        text: plain text body, personal data masked before the record is stored.
        author: byline for news; a keyed pseudonym for everybody else.
        published_at: aware, UTC; None when nothing trustworthy says so.
        published_from: where `published_at` was read.
        published_precision: whether `published_at` is a time or only a day; None if not judged.
        published_confidence: how far it can be trusted; None if not judged.
        fetched_at: aware, UTC.
        parent_id: document id of what this answers (a comment's video).
        section: the outlet's own section or category.
        tags: the outlet's own tags.
        advertorial: paid or press-release piece by its own marks.
        metrics: counts at fetch time: views, likes, comments, shares.
        known_as: what the author is called besides `author` (account, shown name). Only the mask
            reads it, to find the name in text and addresses; it is never stored.
        aliases: other addresses that lead to the same document.
        complaint: set exactly when kind is ``complaint``.
        flags: what is unusual about how it was got, e.g. ``partial``, ``encoding_repaired``,
            ``meta_refresh``, ``tls_exception``, ``other_site``.
    """

    kind: Kind
    source_id: str
    title: str
    text: str
    fetched_at: datetime
    external_id: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    author: str | None = None
    published_at: datetime | None = None
    published_from: DateProvenance | None = None
    parent_id: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    advertorial: bool = False
    metrics: dict[str, int] = field(default_factory=dict)
    known_as: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    complaint: ComplaintInfo | None = None
    flags: tuple[str, ...] = ()
    published_precision: DatePrecision | None = None
    published_confidence: DateConfidence | None = None

    def __post_init__(self) -> None:
        for name in ("fetched_at", "published_at"):
            value = getattr(self, name)
            if value is not None and value.tzinfo is None:
                raise ValueError(f"{name} needs a time zone: {value!r}")
        if (self.kind == "complaint") != (self.complaint is not None):
            raise ValueError("a document has complaint details exactly when it is a complaint")

    @property
    def doc_id(self) -> str:
        """Stable id: a hash of kind, source and the source's own key or address.

        Returns:
            26 characters: the id version, ``-`` and 24 hexadecimal digits.

        Raises:
            ValueError: the record has neither an external id nor an address.
        """
        return document_id(self.kind, self.source_id, self.external_id, self.canonical_url or self.url)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A record that was looked at and not kept. Nothing disappears without one.

    Attributes:
        source_id: key of the source.
        key: address, ticket or ``file:line`` of the record (masked).
        reason: short machine word, e.g. ``fetch_failed``, ``not_about_pati``, ``no_text``.
        detail: one sentence for a person.
        at: when (aware, UTC).
    """

    source_id: str
    key: str
    reason: str
    detail: str
    at: datetime


def refusal(source_id: str, doc_id: str, at: datetime) -> Rejection:
    """What is kept of a document that was erased at a person's request and was found again.

    Neither its address nor its number is named: they could lead to the person.
    """
    detail = "Isi ini sudah dihapus atas permintaan subjek data dan tidak diambil lagi."
    return Rejection(source_id, doc_id, "erased", detail, at)


@dataclass(frozen=True, slots=True)
class Alias:
    """Another address that turned out to lead to a document that is known already.

    Attributes:
        source_id: key of the source.
        doc_id: the document.
        url: the other address (masked).
        at: when it was noticed (aware, UTC).
    """

    source_id: str
    doc_id: str
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a known document had been seen, liked, answered or passed on at one moment.

    Attributes:
        source_id: key of the source.
        doc_id: the document.
        metrics: views, likes, comments, shares; what is not known is left out.
        at: when they were read (aware, UTC).
    """

    source_id: str
    doc_id: str
    metrics: dict[str, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A known document that its platform no longer shows; what is stored of it must go too.

    Attributes:
        source_id: key of the source.
        doc_id: the document.
        reason: short machine word: ``deleted`` (gone or closed), ``expired`` (not seen again
            within the time for which it may be kept).
        at: when it was noticed (aware, UTC).
    """

    source_id: str
    doc_id: str
    reason: str
    at: datetime


Record = Document | Rejection | Alias | Counts | Tombstone
_NAMES: dict[type[Record], str] = {
    Document: "document",
    Rejection: "rejection",
    Alias: "alias",
    Counts: "counts",
    Tombstone: "tombstone",
}
_TYPES = {name: kind for kind, name in _NAMES.items()}


def document_id(kind: str, source_id: str, external_id: str | None, url: str | None) -> str:
    """Compute a document id from its parts; see `Document.doc_id`."""
    key = external_id or url
    if not key:
        raise ValueError(f"a {kind} from {source_id} has neither an external id nor an address")
    digest = hashlib.blake2b(f"{kind}\x1f{source_id}\x1f{key}".encode(), digest_size=12)
    return f"{ID_VERSION}-{digest.hexdigest()}"


def to_json(record: Record) -> dict[str, Any]:
    """Turn a record into plain JSON values; times become ISO 8601 in UTC."""
    plain: dict[str, Any] = _plain(record)
    plain["record"] = _NAMES[type(record)]
    return plain


def from_json(data: dict[str, Any]) -> Record:
    """Rebuild a record written by `to_json`."""
    values = dict(data)
    kind = _TYPES[values.pop("record")]
    if kind is not Document:
        values["at"] = _moment(values["at"])
        return kind(**values)
    for name in ("fetched_at", "published_at"):
        values[name] = _moment(values[name])
    for name in ("tags", "known_as", "aliases", "flags"):
        values[name] = tuple(values.get(name, ()))  # batches written before a field existed lack it
    if values["complaint"] is not None:
        values["complaint"] = _complaint(values["complaint"])
    return Document(**values)


def _complaint(data: dict[str, Any]) -> ComplaintInfo:
    events = tuple(StatusEvent(**{**e, "at": _moment(e["at"])}) for e in data["events"])
    return ComplaintInfo(**{**data, "received_at": _moment(data["received_at"]), "events": events})


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value).astimezone(UTC)


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON is any
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        # `dataclasses.asdict` copies every text before anybody looks at it; most fields are one or empty
        return {
            name: part if (part := getattr(value, name)) is None or part.__class__ is str else _plain(part)
            for name in _names_of(value.__class__)
        }
    return value


@cache
def _names_of(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any dataclass
    return tuple(one.name for one in fields(kind))
