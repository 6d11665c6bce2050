"""WhatsApp chat exports of a complaint number, in the Android and the iPhone style."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from samples.dates import WIB
from samples.plan import generator
from samples.records import Complaint

SENTENCE = re.compile(r"(?<=[.!?])\s+")
LONG = 120
MARK = "\u200e"
"""iPhones put a left-to-right mark before notices."""

OPENING = (
    "Pesan dan panggilan dienkripsi secara end-to-end. Hanya orang dalam chat ini yang bisa "
    "membaca, mendengarkan, atau membagikannya."
)
NOTICES = (
    "Kode keamanan Anda dengan kontak ini berubah. Ketuk untuk info selengkapnya.",
    "Anda menyematkan pesan",
    "Admin Aduan mengubah deskripsi grup",
)
ANSWERS = (
    "sudah dicek petugas lapangan, pengerjaan dijadwalkan bulan ini.",
    "mohon kirim titik lokasi dan foto supaya bisa segera kami cek.",
    "sedang kami koordinasikan dengan kecamatan setempat.",
    "petugas akan datang minggu ini, mohon ditunggu.",
    "usulan sudah masuk daftar pekerjaan tahun ini.",
)
SOLVED = (
    "sudah selesai ditangani petugas kemarin.",
    "sudah kami perbaiki, silakan dicek kembali.",
    "sudah tuntas, terima kasih atas kesabarannya.",
)


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a chat; without a sender it is a notice of the app."""

    at: datetime
    sender: str | None
    text: str
    media: bool = False


def chat(complaints: Sequence[Complaint], seed: int, admin: str, now: datetime) -> tuple[Message, ...]:
    """Turn complaints into a chat.

    Long complaints come in bursts of short messages by one sender or with line breaks; some
    have a picture; the office acknowledges most of them.

    Args:
        complaints: of the channel ``whatsapp``, oldest first.
        seed: the world's seed.
        admin: the office's own display name.
        now: what would be written later is left out.

    Returns:
        Messages in order of time.
    """
    if not complaints:
        return ()
    messages = [Message(complaints[0].published_at - timedelta(minutes=5), None, OPENING)]
    for one in complaints:
        messages += _messages(one, generator(seed, one.id, "chat"), admin)
    return tuple(sorted((m for m in messages if m.at <= now), key=lambda m: m.at))


def _messages(one: Complaint, rng: random.Random, admin: str) -> Iterator[Message]:
    at = one.published_at
    whole = f"{one.title}\n{one.text}" if one.title else one.text
    for text in _burst(whole, rng):
        yield Message(at, one.reporter, text)
        at += timedelta(seconds=rng.randint(8, 50))
    if rng.random() < 0.2:
        yield Message(at, one.reporter, "", media=True)
    yield from _replies(one, at, rng, admin)
    if rng.random() < 0.03:
        yield Message(at + timedelta(minutes=6), None, rng.choice(NOTICES))
    if rng.random() < 0.03:
        yield Message(at + timedelta(minutes=7), one.reporter, "Pesan ini telah dihapus")


def _replies(one: Complaint, at: datetime, rng: random.Random, admin: str) -> Iterator[Message]:
    """What the desk writes: most reports are passed on, fewer answered, fewer still solved."""
    office = one.agency or "petugas"
    if rng.random() < 0.8:
        thanks = f"Terima kasih {one.reporter}, laporan sudah kami teruskan ke {office}."
        yield Message(at + timedelta(minutes=rng.randint(15, 300)), admin, thanks)
    if rng.random() < 0.65:
        at += timedelta(days=rng.randint(1, 9), minutes=rng.randint(0, 300))
        yield Message(at, admin, f"{one.reporter}, jawaban {office}: {rng.choice(ANSWERS)}")
        if rng.random() < 0.75:
            at += timedelta(days=rng.randint(1, 16), minutes=rng.randint(0, 300))
            yield Message(at, admin, f"{one.reporter}, laporan ini {rng.choice(SOLVED)}")


def _burst(text: str, rng: random.Random) -> list[str]:
    sentences = SENTENCE.split(text)
    if len(text) < LONG or len(sentences) < 2 or rng.random() < 0.5:
        return [text]
    if rng.random() < 0.4:
        return ["\n".join(sentences)]
    cut = rng.randint(1, len(sentences) - 1)
    return [" ".join(sentences[:cut]), " ".join(sentences[cut:])]


def android(messages: Sequence[Message]) -> str:
    """``12/08/26 19.40 - Nama: teks``; media as ``<Media tidak disertakan>``."""
    lines = []
    for one in messages:
        text = "<Media tidak disertakan>" if one.media else one.text
        body = text if one.sender is None else f"{one.sender}: {text}"
        lines.append(f"{one.at.astimezone(WIB):%d/%m/%y %H.%M} - {body}\n")
    return "".join(lines)


def ios(messages: Sequence[Message]) -> str:
    """``[12/08/26 19.40.05] Nama: teks``; notices carry a left-to-right mark, lines end CRLF."""
    lines = []
    for one in messages:
        stamp = f"[{one.at.astimezone(WIB):%d/%m/%y %H.%M.%S}]"
        text = f"{MARK}gambar tidak disertakan" if one.media else one.text
        body = f"{MARK}{text}" if one.sender is None else f"{one.sender}: {text}"
        lines.append(f"{stamp} {body}\r\n")
    return "".join(lines)
