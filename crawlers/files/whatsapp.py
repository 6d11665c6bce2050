"""WhatsApp chat exports of a complaint number, from Android and iOS.

People write one complaint in several messages: what one sender writes with no long pause is
one complaint. Lines of the application itself and of the answering desk are not complaints;
a message of the desk belongs to the last complaint of the sender it names, or else to the last
complaint of all, and says whether that was passed on, answered or solved (`complaints.yaml`).
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawlers.files.chat_file import chat_text
from crawlers.files.identity import content_id
from crawlers.files.moments import HINT, dates_of, local
from crawlers.files.problem import FileProblemError
from crawlers.items import ComplaintInfo, Document, Rejection, StatusEvent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from config import DateOrder
    from crawlers.files.complaints import FileContext

_STAMP = (
    r"(\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}),?\s+(?:pukul\s+|at\s+)?(\d{1,2})([.:])(\d{2})(?:[.:](\d{2}))?"
    r"(?:\s*([AaPp])\.?\s?[Mm]\.?)?"
)
_ANDROID = re.compile(rf"^{_STAMP}\s+[-\u2013]\s+(.*)$")
_IOS = re.compile(rf"^\[{_STAMP}\]\s+(.*)$")
_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NARROW = str.maketrans({"\u202f": " ", "\u00a0": " "})
_NO_WORDS = re.compile(
    r"<media (?:tidak disertakan|omitted)>|<(?:lampiran|terlampir|attached):[^>]*>|"
    r"\S+\.(?:jpe?g|png|mp4|3gp|opus|m4a|pdf|webp|heic|vcf|docx?|xlsx?) "
    r"\((?:file|berkas) (?:terlampir|attached)\)|"
    r"(?:gambar|foto|video|audio|stiker|gif|dokumen|pesan suara|kartu kontak|image|sticker|document|"
    r"contact card) (?:tidak disertakan|omitted)|"
    r"(?:anda (?:telah )?menghapus pesan ini|pesan ini (?:telah )?dihapus|you deleted this message|"
    r"this message was deleted)\.?|"
    r"<(?:pesan ini (?:telah )?diedit|this message was edited)>|"
    r"(?:menunggu pesan ini|waiting for this message)[^\n]*",
    re.IGNORECASE,
)
# On iOS the application speaks under the name of the chat, so its lines look like messages.
_SYSTEM = re.compile(
    r"(?:pesan dan panggilan (?:dienkripsi|terenkripsi)|messages and calls are end-to-end encrypted|"
    r".{0,80}(?:bergabung menggunakan tautan|joined using this group|membuat grup|created group|"
    r"menambahkan anda|added you|mengubah (?:subjek|ikon|deskripsi|setelan)|"
    r"changed (?:the|this) (?:subject|group)|"
    r"(?:kode|nomor) keamanan .{0,60}(?:berubah|telah berubah)|security code .{0,60}changed|"
    r"mengaktifkan pesan sementara|pesan sementara (?:diaktifkan|dinonaktifkan)|disappearing messages|"
    r"panggilan (?:suara|video) tak terjawab|missed (?:voice|video) call))",
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


@dataclass(frozen=True, slots=True)
class Torn:
    """A line whose date does not exist.

    Attributes:
        line: its number in the file, from 1.
        said: the date as written.
    """

    line: int
    said: str


def read_chat(path: Path, about: FileContext) -> Iterator[Document | Rejection]:
    """Read an exported chat: a text file, or the archive that holds it beside its media.

    Raises:
        FileProblemError: the file is no WhatsApp export, or the order of its dates is not known.
    """
    messages, torn = messages_of(chat_text(path), about.date_order)
    for one in torn:
        detail = f"Tanggal '{one.said}' tidak ada dalam kalender."
        yield Rejection(about.source_id, f"{path.name}:{one.line}", "bad_date", detail, about.now)
    chat = about.complaints.chat
    desk = re.compile(rf"\b(?:{'|'.join(map(re.escape, chat.desk))})\b", re.IGNORECASE)
    for burst, replies in bursts(messages, desk, timedelta(minutes=chat.burst_minutes)):
        text = "\n".join(m.text for m in burst if m.text)
        if not text:
            detail = "Pesan hanya berisi foto, video, atau stiker."
            key = f"{path.name}:{burst[0].line}"
            yield Rejection(about.source_id, key, "no_text", detail, about.now)
            continue
        yield _document(burst, replies, text, about)


def messages_of(text: str, given: DateOrder | None = None) -> tuple[list[Message], list[Torn]]:
    """Split an export into messages; lines of the application itself are left out. Pure.

    Args:
        text: the export.
        given: the order of day and month, if somebody has said it.

    Raises:
        FileProblemError: no line has the shape of a message, or the order cannot be known.
    """
    found: list[tuple[int, re.Match[str]]] = []
    more: dict[int, list[str]] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = _INVISIBLE.sub("", raw).translate(_NARROW)
        match = _ANDROID.match(line) or _IOS.match(line)
        if match:
            found.append((number, match))
        elif found:
            more.setdefault(found[-1][0], []).append(line)
    if not found:
        raise FileProblemError("not_a_chat", "Berkas ini bukan hasil ekspor percakapan WhatsApp.")
    order = _order([match for _, match in found], given)
    messages, torn = [], []
    for number, match in found:
        sender, colon, words = match[7].partition(": ")
        at = _moment(match, order)
        if not colon or _SYSTEM.match(words) or _SYSTEM.match(match[7]):
            continue
        if at is None:
            torn.append(Torn(number, match[1]))
            continue
        whole = "\n".join([words, *more.get(number, [])])
        messages.append(Message(number, at, sender.strip(), _NO_WORDS.sub("", whole).strip()))
    return messages, torn


def _order(stamps: Sequence[re.Match[str]], given: DateOrder | None) -> DateOrder:
    """Find the order of day and month: said, shown by a date, by the clock, or by the sequence."""
    dates = dates_of((match[1] for match in stamps), given)
    if dates.order:
        return dates.order
    if any(match[3] == "." for match in stamps):
        return "dmy"  # a point between hour and minute is the Indonesian way of writing, day first
    orders: tuple[DateOrder, ...] = ("dmy", "mdy")
    rising = [order for order in orders if _rises([_moment(match, order) for match in stamps])]
    if len(rising) == 1:
        return rising[0]  # a chat is written in the order of time
    raise FileProblemError(
        "ambiguous_date", f"Tanggal seperti {dates.example} dapat dibaca dengan dua cara; {HINT}."
    )


def _rises(moments: Sequence[datetime | None]) -> bool:
    known = [moment for moment in moments if moment]
    return len(known) == len(moments) and all(a <= b for a, b in itertools.pairwise(known))


def bursts(
    messages: Sequence[Message], desk: re.Pattern[str], pause: timedelta
) -> list[tuple[list[Message], list[Message]]]:
    """Group messages into complaints: (messages of one sender, messages of the desk about it).

    Args:
        messages: of one export, in order.
        desk: found in the display name of the answering desk.
        pause: how long a sender is silent before a new complaint begins.
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
        if index is None or message.at - groups[index][0][-1].at > pause:
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


def _moment(match: re.Match[str], order: DateOrder) -> datetime | None:
    parts = [int(part) for part in re.split(r"[/.-]", match[1])]
    if parts[0] > 1000:
        year, month, day = parts
    else:
        first, second, year = parts
        year += 2000 if year < 100 else 0
        day, month = (second, first) if order == "mdy" else (first, second)
    hour, half = int(match[2]), (match[6] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(year, month, day, hour, int(match[4]), int(match[5] or 0))  # noqa: DTZ001 - zoned by `local`
    except ValueError:
        return None
