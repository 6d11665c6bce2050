"""WhatsApp exports: Android and iOS, clocks, dates, system lines, media, archives, bombs."""

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from config import Config, load_config
from crawlers.files import read_file
from crawlers.files.problem import FileProblemError
from crawlers.files.whatsapp import messages_of
from crawlers.items import Document, Rejection

NOW = datetime(2026, 9, 30, 3, tzinfo=UTC)
BODY = "Jalan rusak\nparah sekali"


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config()


def read(path: Path, config: Config, order: Any = None) -> list[Document | Rejection]:
    return list(read_file(path, "whatsapp", "wa", now=NOW, complaints=config.complaints, date_order=order))


def chat(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "chat.txt"
    path.write_text(text, "utf-8")
    return path


STAMPS = {
    "android Indonesian": "25/09/26 14.05 - ",
    "android Indonesian, four digits": "25/09/2026 14.05 - ",
    "android with comma": "25/09/26, 14:05 - ",
    "android pukul": "25/09/26 pukul 14.05 - ",
    "android US": "9/25/26, 2:05 PM - ",
    "android narrow space": "9/25/26, 2:05\u202fPM - ",
    "android lower case with dots": "25/09/2026, 2:05 p.m. - ",
    "android en dash": "25/09/26 14.05 \u2013 ",
    "iOS Indonesian": "[25/09/26 14.05.00] ",
    "iOS with mark before": "\u200e[25/09/26, 14.05.00] ",
    "iOS US narrow space": "[9/25/26, 2:05:00\u202fPM] ",
    "iOS no-break space": "[9/25/26, 2:05:00\u00a0PM] ",
    "dots": "25.09.26, 14:05 - ",
    "year first": "[2026-09-25, 14:05:00] ",
}


@pytest.mark.parametrize("stamp", STAMPS.values(), ids=STAMPS)
def test_styles_of_dates(stamp: str) -> None:
    (one,), lost = messages_of(f"{stamp}Warga A: {BODY}\n")
    assert (one.at, one.sender, one.text, one.line) == (datetime(2026, 9, 25, 14, 5), "Warga A", BODY, 1)  # noqa: DTZ001
    assert lost == []


@pytest.mark.parametrize(
    ("clock", "hour"), [("12:05 AM", 0), ("12:05 PM", 12), ("1:05 AM", 1), ("11:05 PM", 23)]
)
def test_twelve_hours(clock: str, hour: int) -> None:
    (one,), _ = messages_of(f"[25/09/26, {clock}] A: x")
    assert one.at.hour == hour


ORDERS: dict[str, tuple[str, str | None]] = {
    "a day above 12": ("13/09/26, 14:05 - A: x\n01/10/26, 14:05 - A: y\n", "2026-09-13"),
    "a month-first day above 12": ("9/13/26, 2:05 PM - A: x\n10/1/26, 2:05 PM - A: y\n", "2026-09-13"),
    "the Indonesian clock": ("05/09/26 14.05 - A: x\n", "2026-09-05"),
    "rises month first only": (
        "01/02/26, 14:05 - A: x\n03/01/26, 14:05 - A: y\n05/01/26, 14:05 - A: z\n",
        "2026-01-02",
    ),
    "only one order rises": ("02/01/26, 14:05 - A: x\n01/02/26, 14:05 - A: y\n", "2026-01-02"),
    "nothing tells": ("05/09/26, 14:05 - A: x\n06/09/26, 14:05 - A: y\n", None),
}


@pytest.mark.parametrize(("text", "day"), ORDERS.values(), ids=ORDERS)
def test_the_order_of_a_chats_dates(text: str, day: str | None) -> None:
    if day is None:
        with pytest.raises(FileProblemError, match="--date-order") as caught:
            messages_of(text)
        assert caught.value.reason == "ambiguous_date"
        assert messages_of(text, "mdy")[0][0].at.date().isoformat() == "2026-05-09"
        return
    assert messages_of(text)[0][0].at.date().isoformat() == day


def test_a_refused_order_is_one_clear_sentence(tmp_path: Path, config: Config) -> None:
    path = chat(tmp_path, "05/09/26, 14:05 - Warga: Jalan rusak\n")
    (got,) = read(path, config)
    assert isinstance(got, Rejection)
    assert (got.key, got.reason) == ("chat.txt", "ambiguous_date")
    assert "05/09/26" in got.detail
    (kept,) = read(path, config, "dmy")
    assert isinstance(kept, Document)
    assert kept.published_at == datetime(2026, 9, 5, 7, 5, tzinfo=UTC)


SYSTEM = [
    "Pesan dan panggilan terenkripsi secara end-to-end. Hanya orang dalam chat ini yang dapat membacanya.",
    "Messages and calls are end-to-end encrypted.",
    "Warga C bergabung menggunakan tautan undangan grup ini",
    "+62 812-0000-0003 bergabung menggunakan tautan undangan grup ini",
    'Warga C mengubah subjek dari "Aduan: lama" menjadi "Aduan: baru"',
    "Kode keamanan Anda dengan Warga C telah berubah. Ketuk untuk info.",
    "Warga C menambahkan Anda",
]


@pytest.mark.parametrize("line", SYSTEM)
@pytest.mark.parametrize("sender", ["", "Aduan Pati: \u200e"])
def test_lines_of_the_application_are_no_complaints(line: str, sender: str) -> None:
    messages, _ = messages_of(f"25/09/26 14.05 - {sender}{line}\n25/09/26 14.06 - Warga A: Jalan rusak\n")
    assert [(one.sender, one.text) for one in messages] == [("Warga A", "Jalan rusak")]


NO_WORDS = [
    "<Media tidak disertakan>", "<Media omitted>", "\u200egambar tidak disertakan", "\u200eimage omitted",
    "IMG-20260925-WA0001.jpg (file terlampir)", "PTT-20260925-WA0002.opus (file attached)",
    "\u200e<terlampir: 00000012-PHOTO-2026-09-25-14-05-00.jpg>", "<attached: 00000012-VIDEO.mp4>",
    "Pesan ini telah dihapus", "Anda menghapus pesan ini.", "This message was deleted.",
    "Menunggu pesan ini. Ini mungkin memerlukan waktu.",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_WORDS)
def test_media_and_deleted_messages_have_no_words(tmp_path: Path, config: Config, text: str) -> None:
    path = chat(tmp_path, f"25/09/26 14.05 - Warga A: {text}\n")
    (got,) = read(path, config)
    assert isinstance(got, Rejection)
    assert (got.key, got.reason) == ("chat.txt:1", "no_text")


def test_an_edited_message_loses_only_its_mark() -> None:
    (one,), _ = messages_of("25/09/26 14.05 - A: Jalan rusak <Pesan ini diedit>\n")
    assert one.text == "Jalan rusak"


def test_a_date_that_does_not_exist_is_named(tmp_path: Path, config: Config) -> None:
    text = "25/09/26 14.05 - A: Jalan rusak\n31/02/26 14.05 - A: Lampu mati\n"
    kept, lost = read(chat(tmp_path, text), config)[::-1]
    assert isinstance(kept, Document)
    assert isinstance(lost, Rejection)
    assert (lost.key, lost.reason) == ("chat.txt:2", "bad_date")


def test_the_length_of_a_burst_is_a_setting(tmp_path: Path, config: Config) -> None:
    text = "25/09/26 14.05 - A: Jalan rusak\n25/09/26 14.25 - A: parah\n"
    assert len(read(chat(tmp_path, text), config)) == 1
    data = config.complaints.model_dump(mode="json", exclude_defaults=True)
    data["chat"]["burst_minutes"] = 10
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "complaints.yaml").write_text(yaml.safe_dump(data), "utf-8")
    assert len(read(chat(tmp_path, text), load_config(folder))) == 2


CHAT = f"25/09/26 14.05 - Warga A: {BODY}\n25/09/26 14.06 - Warga A: IMG-1.jpg (file terlampir)\n"


def archive(path: Path, **parts: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            made.writestr(name.replace("__", "."), body)
    return path


@pytest.mark.parametrize("name", ["_chat__txt", "Chat WhatsApp dengan Aduan__txt"])
def test_an_archive_with_media(tmp_path: Path, config: Config, name: str) -> None:
    path = archive(tmp_path / "ekspor.zip", **{name: CHAT, "IMG-1__jpg": b"\xff\xd8" + bytes(9999)})
    (got,) = read(path, config)
    assert isinstance(got, Document)
    assert got.text == BODY
    (plain,) = read(chat(tmp_path, CHAT), config)
    assert isinstance(plain, Document)
    assert plain.doc_id == got.doc_id, "the archive and its text are the same complaints"


def lying(path: Path) -> Path:
    """An archive whose directory says its text is small."""
    archive(path, _chat__txt=b"25/09/26 14.05 - A: " + b"x" * (60 * 1024 * 1024))
    body = bytearray(path.read_bytes())
    at = body.rindex(b"PK\x01\x02")
    body[at + 24 : at + 28] = (100).to_bytes(4, "little")
    path.write_bytes(body)
    return path


def torn(path: Path) -> Path:
    archive(path, _chat__txt=CHAT)
    path.write_bytes(path.read_bytes()[:-30])
    return path


NONE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a bomb": (lambda p: archive(p, _chat__txt=b"A" * (120 * 1024 * 1024)), "too_large"),
    "a bomb that lies": (lying, ""),
    "no text": (lambda p: archive(p, IMG__jpg=b"x"), "not_a_chat"),
    "two texts": (lambda p: archive(p, a__txt=CHAT, b__txt=CHAT), "not_a_chat"),
    "torn": (torn, "not_a_chat"),
    "a text that is no chat": (lambda p: archive(p, _chat__txt="Halo\nApa kabar\n"), "not_a_chat"),
}


@pytest.mark.parametrize(("make", "reason"), NONE.values(), ids=NONE)
def test_archives_that_are_refused(
    tmp_path: Path, config: Config, make: Callable[[Path], Path], reason: str
) -> None:
    got = read(make(tmp_path / "ekspor.zip"), config)
    assert len(got) == 1
    assert isinstance(got[0], Rejection)
    assert got[0].reason in ({reason} if reason else {"too_large", "not_a_chat"})
    assert list(tmp_path.iterdir()) == [tmp_path / "ekspor.zip"], "nothing was unpacked"
