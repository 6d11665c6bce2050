"""The parts of a scan and an erasure: who is looked for, what is found, what is not."""

from __future__ import annotations

import gzip
import json
import random
import sqlite3
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as Document_
from openpyxl import Workbook
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from config import load_config
from config.privacy import Official
from crawlers.items import Document
from nlp.privacy import Masker
from pipelines.erasure.contents import cells
from pipelines.erasure.files import FileEraser
from pipelines.erasure.finding import Found
from pipelines.erasure.forgotten import Forgotten, refusing
from pipelines.erasure.matching import Matcher
from pipelines.erasure.scan import scan
from pipelines.erasure.subjects import SubjectError, subject
from pipelines.erasure.sweep import numbers_of, sweep
from pipelines.progress import Silent
from pipelines.settings import Settings

KEY = b"k" * 32
CONFIG = load_config(None)
MASKER = Masker(CONFIG)


@pytest.mark.parametrize(
    ("value", "kind", "written"),
    [
        ("3318 0000 0000 0012", "nik", ["NIK 3318000000000012.", "3318-0000-0000-0012"]),
        (
            "0812-0000-0012",
            "hp",
            ["WA 081200000012", "+62 812-0000-0012", "(0812) 0000 0012", "6281200000012"],
        ),
        ("+62 812 0000 0012", "hp", ["0812.0000.0012"]),
        ("warga@contoh.example", "email", ["Surel WARGA@Contoh.Example saya"]),
        (
            "Sarpi  Contohwati",
            "nama",
            ["bu SARPI CONTOHWATI,", "/berita/sarpi-contohwati-mengadu", "sarpi\ncontohwati"],
        ),
        ("@wong_contoh99", "akun", ["kata @Wong_Contoh99:", "https://x.example/wong_contoh99/1"]),
        ("u-0123456789", "samaran", ["@u-0123456789 mengadu"]),
        ("RAMAI-00012", "tiket", ["tiket ramai-00012 sudah"]),
    ],
)
def test_a_subject_is_found_however_it_is_written(value: str, kind: str, written: list[str]) -> None:
    one = subject(value, CONFIG, KEY)
    assert one.kind == kind
    matcher = Matcher([one])
    for text in written:
        assert list(matcher.find(text)), text
        assert not list(matcher.find(matcher.redact(text))), text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("3318000000000012", "33180000000000123"),
        ("081200000012", "tiket 10812000000123"),
        ("Sarpi Contohwati", "Sarpi Contohwatini"),
        ("Sarpi Contohwati", "Sarpi lalu Contohwati"),
        ("u-0123456789", "u-01234567890"),
        ("Sarpi", "Sarpi mengadu"),
        ("RAMAI-00012", "RAMAI-000123"),
    ],
)
def test_others_are_not(value: str, text: str) -> None:
    matcher = Matcher([subject(value, CONFIG, KEY)])
    assert not list(matcher.find(text))
    assert value.startswith("u-") or not list(matcher.raw(text.encode()))


@pytest.mark.parametrize("shown", ["+62 812-0000-0012", "0812-0000-0012", "081200000012", "+6281200000012"])
def test_a_number_leads_to_the_pseudonym_of_every_spelling(shown: str) -> None:
    assert MASKER.pseudonym(shown, KEY) in subject("0812 0000 0012", CONFIG, KEY).pseudonyms


def test_a_fingerprint_is_the_same_for_every_spelling_and_needs_the_key() -> None:
    one, other = (subject(v, CONFIG, KEY).fingerprint for v in ("0812-0000-0012", "+62 81200000012"))
    assert one == other
    assert one != subject("081200000012", CONFIG, b"x" * 32).fingerprint


def test_a_public_official_is_refused() -> None:
    official = Official(name="Sastro Wirabumi", role="Kepala Dinas Contoh")
    known = CONFIG.privacy.model_copy(update={"officials": (official,)})
    with pytest.raises(SubjectError, match="pejabat publik"):
        subject("sastro wirabumi", CONFIG.model_copy(update={"privacy": known}), KEY)
    with pytest.raises(SubjectError, match="terlalu pendek"):
        subject(" x ", CONFIG, KEY)


@pytest.mark.parametrize(
    ("column", "text", "found"),
    [
        ("text", "NIK 3318000000000012", {"[NIK]": 1}),
        ("text", "hubungi 081200000012 atau warga@contoh.example", {"[HP]": 1, "[EMAIL]": 1}),
        ("note", "plat K 0123 ZZ", {"[PLAT]": 1}),
        ("external_id", "3318000000000012", {}),
        ("text", "kata u-0812345678 tadi", {}),
        ("text", "1-081234567890123456789012", {}),
        ("at", "2026-11-16T07:00:00.123456+07:00", {}),
        ("url", "https://medsos.example/p/331800000000001234", {}),
        ("url", "https://wa.example/081200000012", {"[HP]": 1}),
        ("text", "Rp1.254.698.193.000 untuk 250 km", {}),
        ("halaman", "BPBD 0 21 3 44 16 0 5 120", {}),
        ("halaman", "hubungi 0812 0000 0012", {"[HP]": 1}),
        ("score", "0.081234567890", {}),
    ],
)
def test_what_a_scan_takes_for_personal(column: str, text: str, found: dict[str, int]) -> None:
    assert sweep(column, text, numbers_of(MASKER)) == found


def xlsx(text: str) -> bytes:
    book, data = Workbook(), BytesIO()
    assert book.active is not None
    book.active.append(["isi", text])
    book.save(data)
    return data.getvalue()


def docx(text: str) -> bytes:
    letter, data = Document_(), BytesIO()
    paragraph = letter.add_paragraph()
    for n, part in enumerate((text[:9], text[9:])):
        paragraph.add_run(part).bold = bool(n)
    letter.add_picture(BytesIO(png("")))
    letter.save(data)
    return data.getvalue()


def png(text: str) -> bytes:
    about, data = PngInfo(), BytesIO()
    about.add_text("Comment", text)
    noise = random.Random(7).randbytes(3 * 200 * 200)  # noqa: S311 - no secret
    Image.frombytes("RGB", (200, 200), noise).save(data, "png", pnginfo=about)
    return data.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, content)
    return data.getvalue()


SAID = "NIK 3318000000000012 dan 081200000012"
WAYS = {
    "exports/a.csv": f"id;isi\n1;{SAID}\n".encode(),
    "exports/b.xlsx": xlsx(SAID),
    "exports/c.zip": zipped("dalam.csv", SAID.encode()),
    "exports/d.zip": zipped("dalam.xlsx", xlsx(SAID)),
    "reports/a.docx": docx(SAID),
    "reports/a.png": png(SAID),
    "exports/e.json": json.dumps({"rows": [{"text": [SAID]}]}).encode(),
    "logs/run.log": (json.dumps({"message": SAID}) + "\n").encode(),
    "logs/run.log.1": (json.dumps({"message": SAID}) + "\n").encode(),
    "landing/r/s-000001.jsonl.gz": gzip.compress((json.dumps({"text": SAID}) + "\n").encode()),
    "cache/unknown.bin": b"\x00\x01 " + SAID.encode(),
}


@pytest.mark.parametrize("name", WAYS)
def test_every_kind_of_file_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_bytes(WAYS[name])
    settings = Settings(tmp_path)
    seen = scan(settings, Silent(), [subject("3318000000000012", CONFIG, KEY)])
    assert not seen.clean
    (place,) = [one for one in seen.places if one.found]
    assert {"[NIK]", "[HP]", "subjek"} <= set(place.found)
    assert "0000000012" not in repr(place), "a finding never shows the value"
    path.write_bytes(b"tidak ada apa-apa\n" if not name.endswith(".gz") else gzip.compress(b"{}\n"))
    assert scan(settings, Silent(), [subject("3318000000000012", CONFIG, KEY)]).clean


def test_a_name_of_a_file_is_read_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "aduan 081200000012.csv").write_bytes(b"x\n")
    seen = scan(Settings(tmp_path), Silent())
    assert not seen.clean
    assert "081200000012" not in repr(seen)


@pytest.mark.parametrize(("name", "content"), [("a.docx", docx("Laporan minggu ini")), ("a.png", png(""))])
def test_pictures_and_type_faces_are_no_persons(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / name).write_bytes(content)
    assert scan(Settings(tmp_path), Silent()).clean


def test_a_damaged_file_is_named_and_no_proof(tmp_path: Path) -> None:
    (tmp_path / "landing" / "r").mkdir(parents=True)
    (tmp_path / "landing" / "r" / "s-000001.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 99)[:-9])
    seen = scan(Settings(tmp_path), Silent())
    assert (seen.clean, seen.n_found) == (False, 0)
    assert "tidak terbaca" in next(iter(seen.places[0].skipped.values()))


def test_an_archive_that_never_ends_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.erasure.contents.MOST_BYTES", 1_000_000)
    (tmp_path / "exports").mkdir()
    for name, data in (("a.gz", gzip.compress(b"0" * 2_000_000)), ("a.zip", zipped("b", b"0" * 2_000_000))):
        (tmp_path / "exports" / name).write_bytes(data)
        seen = scan(Settings(tmp_path), Silent())
        assert not seen.complete
        assert "setelah dibuka" in seen.places[0].skipped[f"exports/{name}"]


@pytest.mark.parametrize("kept", [0, 1])  # free pages; gaps in a page
def test_deleted_rows_of_a_database_are_read(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "state" / "crawl.sqlite"
    path.parent.mkdir()
    con = sqlite3.connect(path)
    con.execute("PRAGMA secure_delete = OFF")
    con.execute("CREATE TABLE t (payload TEXT)")
    con.execute("INSERT INTO t VALUES ('baris lain')")
    con.executemany(
        "INSERT INTO t VALUES (?)", [(f"hubungi 081200000012 {n} " + "x" * 900,) for n in range(50)]
    )
    con.commit()
    con.execute("DELETE FROM t WHERE rowid > ?", [kept])
    con.commit()
    con.close()
    assert not scan(Settings(tmp_path), Silent()).clean
    con = sqlite3.connect(path)
    con.execute("VACUUM")
    con.close()
    assert scan(Settings(tmp_path), Silent()).clean


def test_text_of_a_pdf_is_read(tmp_path: Path) -> None:
    import typst

    source = tmp_path / "a.typ"
    source.write_text("Hubungi 081200000012 segera")
    typst.compile(str(source), output=str(tmp_path / "a.pdf"))
    assert any("081200000012" in cell.text for cell in cells(tmp_path / "a.pdf"))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Kata SARPI Contohwati, jalan rusak", "Kata [NAMA], jalan rusak"),
        ("sarpi-contohwati", "[NAMA]"),
        ("Sarpi Contohwati Sarpi Contohwati", "[NAMA] [NAMA]"),
        ("Sarpi saja, dan Contohwatini", "Sarpi saja, dan Contohwatini"),
        ("Sarpi", "Sarpi"),
        ("", ""),
    ],
)
def test_a_name_that_was_erased_stays_masked(tmp_path: Path, text: str, masked: str) -> None:
    forgotten = Forgotten(tmp_path / "erased.txt", KEY)
    assert forgotten.mask(text) == text
    forgotten.add([], ["sarpi contohwati", "Budi Santo Rekaan"])
    assert Forgotten(tmp_path / "erased.txt", KEY).mask(text) == masked
    assert "arpi" not in (tmp_path / "erased.txt").read_text()


def test_an_address_that_names_an_erased_person_is_refused(tmp_path: Path) -> None:
    now = datetime(2026, 11, 16, tzinfo=UTC)
    forgotten = Forgotten(tmp_path / "erased.txt", KEY)
    forgotten.add([], ["Sarpi Contohwati"])
    scrub = refusing(lambda document: document, forgotten)
    news = Document("news", "s", "Sarpi Contohwati mengadu", "Isi.", now, url="https://s.example/1")
    clean = scrub(news)
    assert clean is not None
    assert clean.title == "[NAMA] mengadu"
    assert scrub(replace(news, url="https://s.example/sarpi-contohwati-mengadu")) is None


def test_what_was_erased_is_refused_and_the_file_says_nothing(tmp_path: Path) -> None:
    now = datetime(2026, 11, 16, tzinfo=UTC)
    post = Document("social", "s", "", "Jalan rusak.", now, external_id="11")
    path = tmp_path / "state" / "erased.txt"
    forgotten = Forgotten(path, KEY)
    assert forgotten.add([post.doc_id, post.doc_id]) == 1
    assert forgotten.add([post.doc_id]) == 0
    scrub = refusing(lambda document: document, Forgotten(path, KEY))
    assert scrub(post) is None
    other = replace(post, external_id="12")
    assert scrub(other) == other
    assert post.doc_id not in path.read_text()
    assert post.doc_id not in Forgotten(path, b"x" * 32)


@pytest.mark.parametrize(
    ("head", "printed_again"),
    [
        ({"report": "weekly-2026-W46", "week": "2026-W46"}, ["2026-W46"]),
        ({"report": "monthly-2026-10", "period": "2026-10"}, []),
        ({"report": "opd-dputr-2026-W46", "scope": "opd:dputr", "of_week": "2026-W46"}, []),
    ],
)
def test_only_a_weekly_report_is_printed_again(
    tmp_path: Path, head: dict[str, str], printed_again: list[str]
) -> None:
    """All files of one that names somebody go; a month's or an office's is made by hand, also anew."""
    folder = tmp_path / "reports"
    folder.mkdir()
    stem = f"laporan-{head['report']}"
    (folder / f"{stem}.html").write_text(SAID, encoding="utf-8")
    (folder / f"{stem}.pdf").write_bytes(b"%PDF-1.7")
    (folder / f"{stem}.bukti.json").write_text(
        json.dumps({**head, "snapshot": 1, "now": "2026-11-16T00:00:00+00:00"}), encoding="utf-8"
    )
    again: list[str] = []
    eraser = FileEraser(
        Settings(tmp_path), Matcher([subject("081200000012", CONFIG, KEY)]), Found(), 0.0,
        dry_run=False, on_report=lambda one: again.append(one["week"]),
    )  # fmt: skip
    for place, path in eraser.paths():
        eraser.erase(place, path)
    assert again == printed_again
    assert not list(folder.glob("*.html"))
    assert not list(folder.glob("*.pdf"))
