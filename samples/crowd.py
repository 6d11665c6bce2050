"""A crowd of invented reporters, for trying what must hold for ten thousand complaints.

The words of the complaints are the newsroom's; every reporter has numbers of every kind that a
complaint may hold, none of which can be real, and writes some of them down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from samples.dates import WIB
from samples.files import write_complaints
from samples.records import Complaint
from samples.world import World

_SYLLABLES = ("ba", "cu", "do", "fi", "ga", "hu", "jo", "ki", "la", "mu")
_WAYS = (
    "Nama saya {name}, NIK {nik}, hubungi {phone}.",
    "Saya {name} ({email}), KK {kk}, rumah RT 03 RW 02 No. 117B.",
    "Sepeda motor saya {plate} ikut rusak. WA {phone}. Hormat saya, {name}",
    "NOP {nop} atas nama {name}; bukti bayar dari rek BRI {account}.",
    "Kartu BPJS {bpjs} atas nama {name} ditolak; nomor HP {phone}.",
    "Petugas dengan NIP {nip} tidak menjawab. Surel saya {email}, NIK {nik}.",
)


@dataclass(frozen=True, slots=True)
class Reporter:
    """An invented person.

    Attributes:
        name: three words; no two reporters share it.
        nik: 16 digits with an impossible date of birth.
        kk: number of a family card, impossible likewise.
        nop: of a plot of land that does not exist.
        nip: of an employee born in the year 1900.
        phone: in the block 0812-0000-xxxx.
        email: at a name that is reserved for examples.
        plate: with a leading zero, which no plate has.
        account: of a bank.
        bpjs: 13 digits.
    """

    name: str
    nik: str
    kk: str
    nop: str
    nip: str
    phone: str
    email: str
    plate: str
    account: str
    bpjs: str

    @property
    def tokens(self) -> tuple[str, ...]:
        """Everything that names this person."""
        digits = "".join(filter(str.isdigit, self.phone))
        numbers = (self.nik, self.kk, self.nop, self.nip, self.account, self.bpjs)
        return (self.name, self.phone, digits, self.email, self.plate, *numbers)


def reporter(number: int, world: World) -> Reporter:
    """The reporter of a number from 0 to 9,999; always the same one."""
    media = world.media
    given, family = media.given_names, media.family_names
    own = "".join(_SYLLABLES[int(digit)] for digit in f"{number:04d}").capitalize()
    tail = f"{number:04d}"
    return Reporter(
        name=f"{given[number % len(given)]} {own} {family[number % len(family)]}",
        nik=f"331800000000{tail}",
        kk=f"331800990000{tail}",
        nop=f"33.18.000.000.001.{tail}.0",
        nip=f"19000000200000{tail}",
        phone=f"0812-0000-{tail}",
        email=f"warga.{own.lower()}@contoh.example",
        plate=f"K 0{100 + number % 900} ZZ",
        account=f"000001{tail}00",
        bpjs=f"000000000{tail}",
    )


def crowd(world: World, count: int) -> Iterator[tuple[Reporter, Complaint]]:
    """Complaints of the newsroom, written by that many reporters, one each.

    Args:
        world: whose words are used.
        count: up to 10,000.
    """
    texts = [one for one in world.complaints if one.confidentiality == "publik"]
    for number in range(count):
        who = reporter(number, world)
        base = texts[number % len(texts)]
        words = _WAYS[number % len(_WAYS)].format(**{name: getattr(who, name) for name in Reporter.__slots__})
        yield (
            who,
            replace(
                base,
                ticket=f"RAMAI-{number:05d}",
                reporter=who.name,
                phone=who.phone,
                text=f"{base.text} {words}",
                published_at=base.published_at + timedelta(minutes=number // len(texts)),
            ),
        )


def write_crowd(rows: Sequence[tuple[Reporter, Complaint]], table: Path, chat: Path) -> None:
    """Write four fifths of the complaints as a table and the others as a WhatsApp chat.

    In the chat a reporter is known by the number only, as the phone of the office shows it.
    """
    cut = len(rows) * 4 // 5
    write_complaints([complaint for _, complaint in rows[:cut]], table)
    lines = []
    for who, complaint in sorted(rows[cut:], key=lambda row: row[1].published_at):
        at = complaint.published_at.astimezone(WIB)
        sender = f"+62 {who.phone[1:]}"
        lines.append(f"{at:%d/%m/%Y %H.%M} - {sender}: {complaint.text}")
    chat.write_text("\n".join(lines) + "\n", encoding="utf-8")
