"""WhatsApp chat exports of a complaint number, from Android and iOS.

People write one complaint in several messages: what one sender writes with no long pause is
one complaint. Lines of the application itself and of the answering desk are not complaints;
a message of the desk belongs to the last complaint of the sender it names, or else to the last
complaint of all, and says whether that was passed on, answered or solved (`complaints.yaml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawlers.extract.encoding import decode
from crawlers.files.identity import content_id
from crawlers.files.moments import local, order_of
from crawlers.files.problem import FileProblemError
from crawlers.items import ComplaintInfo, Document, Rejection, StatusEvent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawlers.files.complaints import FileContext
    from crawlers.files.moments import Order

PAUSE = timedelta(minutes=30)
_STAMP = (
    r"(\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}),?\s+(?:pukul\s+)?(\d{1,2})[.:](\d{2})(?:[.:](\d{2}))?"
    r"(?:\s*([AaPp])\.?[Mm]\.?)?"
)
_ANDROID = re.compile(rf"^{_STAMP}\s+[-\u2013]\s+(.*)$")
_IOS = re.compile(rf"^\[{_STAMP}\]\s+(.*)$")
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NO_WORDS = re.compile(
    r"<media (?:tidak disertakan|omitted)>|<lampiran:[^>]*>|<attached:[^>]*>|"
    r"\S+\.(?:jpe?g|png|mp4|opus|pdf|webp|heic) \((?:file|berkas) (?:terlampir|attached)\)|"
    r"(?:gambar|foto|video|audio|stiker|gif|dokumen|image|sticker|document) "
    r"(?:tidak disertakan|omitted)|"
    r"(?:anda menghapus pesan ini|pesan ini (?:telah )?dihapus|this message was deleted)\.?|"
    r"<(?:pesan ini diedit|this message was edited)>",
    re.IGNORECASE,
)

_DESK_MESSAGE = "pesan petugas"
_STEPS = ("didisposisi", "dibalas", "selesai_admin")


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat.

    Attributes:
        line: its number in the file, from 1.
        at: local time without zone.
        sender: as the phone's address book or number shows it.
        text: what was written, media marks removed; may be empty.
    """

    line: int
    at: datetime
    sender: str
    text: str


def read_chat(path: Path, about: FileContext) -> Iterator[Document | Rejection]:
    """Read an exported chat.

    Raises:
        FileProblemError: the file is no WhatsApp export.
    """
    messages = messages_of(decode(path.read_bytes()))
    if not messages:
        raise FileProblemError("not_a_chat", "Berkas ini bukan hasil ekspor percakapan WhatsApp.")
    desk = re.compile(rf"\b(?:{'|'.join(map(re.escape, about.complaints.chat.desk))})\b", re.IGNORECASE)
    for burst, replies in bursts(messages, desk):
        text = "\n".join(m.text for m in burst if m.text)
        if not text:
            detail = "Pesan hanya berisi foto, video, atau stiker."
            key = f"{path.name}:{burst[0].line}"
            yield Rejection(about.source_id, key, "no_text", detail, about.now)
            continue
        yield _document(burst, replies, text, about)


def messages_of(text: str) -> list[Message]:
    """Split an export into messages; lines of the application itself are left out."""
    found: list[tuple[int, re.Match[str]]] = []
    more: dict[int, list[str]] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = _INVISIBLE.sub("", raw).replace("\u202f", " ").replace("\u00a0", " ")
        match = _ANDROID.match(line) or _IOS.match(line)
        if match:
            found.append((number, match))
        elif found:
            more.setdefault(found[-1][0], []).append(line)
    order = order_of(match[1] for _, match in found)
    messages = []
    for number, match in found:
        sender, colon, words = match[6].partition(": ")
        at = _moment(match, order)
        if colon and at is not None:
            whole = "\n".join([words, *more.get(number, [])])
            messages.append(Message(number, at, sender.strip(), _NO_WORDS.sub("", whole).strip()))
    return messages


def bursts(messages: list[Message], desk: re.Pattern[str]) -> list[tuple[list[Message], list[Message]]]:
    """Group messages into complaints: (messages of one sender, messages of the desk about it).

    Args:
        messages: of one export, in order.
        desk: found in the display name of the answering desk.
    """
    groups: list[tuple[list[Message], list[Message]]] = []
    latest_of: dict[str, int] = {}
    for message in messages:
        if desk.search(message.sender):
            named = [index for sender, index in latest_of.items() if sender in message.text]
            if groups:
                groups[named[0] if len(named) == 1 else -1][1].append(message)
            continue
        index = latest_of.get(message.sender)
        if index is None or message.at - groups[index][0][-1].at > PAUSE:
            index = latest_of[message.sender] = len(groups)
            groups.append(([], []))
        groups[index][0].append(message)
    return groups


def _document(burst: list[Message], replies: list[Message], text: str, about: FileContext) -> Document:
    received = local(burst[0].at, about.zone)
    events = tuple(
        StatusEvent(
            about.complaints.chat.meaning(one.text), _DESK_MESSAGE, local(one.at, about.zone), note=one.text
        )
        for one in replies
        if one.text
    )
    info = ComplaintInfo("whatsapp", None, "baru", "", received, events=events)
    if events:
        # The furthest step counts: a desk that says thank you afterwards does not reopen a case.
        furthest = max(events, key=lambda event: _STEPS.index(event.status))
        info = replace(info, status=furthest.status, status_raw=furthest.status_raw)
    first = next(m.text for m in burst if m.text)
    return Document(
        kind="complaint",
        source_id=about.source_id,
        title="",
        text=text,
        fetched_at=about.now,
        # a later export may add messages to the same burst: its beginning names it
        external_id=content_id(received, first),
        author=burst[0].sender,
        published_at=received,
        published_from="file",
        complaint=info,
    )


def _moment(match: re.Match[str], order: Order) -> datetime | None:
    first, second, year = (int(part) for part in re.split(r"[/.-]", match[1]))
    year += 2000 if year < 100 else 0
    day, month = (second, first) if order == "mdy" else (first, second)
    hour, half = int(match[2]), (match[5] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year, month, day, hour, int(match[3]), int(match[4] or 0))  # noqa: DTZ001 - zoned by `local`
    except ValueError:
        return None
