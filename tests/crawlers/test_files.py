from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from config import Config, load_config
from crawlers.files import read_file
from crawlers.files.social import count_of
from crawlers.items import Document, Rejection

NOW = datetime(2024, 9, 30, 3, tzinfo=UTC)
HEADER = "id,tanggal,kanal,nama,nik,no_wa,kecamatan,laporan,status"
ROW = (
    "T1,25/09/2024,WhatsApp,Warga A,3318000000000000,081200000001,Gabus,"
    '"Jalan rusak,\nsudah 3 bulan",Diproses'
)


@pytest.fixture(scope="module")
def config() -> Config:
    return load_config()


def read(path: Path, config: Config, file_format: str = "complaint_csv") -> list[Document | Rejection]:
    return list(read_file(path, file_format, "aduan", now=NOW, complaints=config.complaints))


def csv(tmp_path: Path, body: str | bytes) -> Path:
    path = tmp_path / "aduan.csv"
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


@pytest.mark.parametrize(
    "body",
    [
        f"{HEADER}\n{ROW}\n",
        f"\ufeff{HEADER}\r\n{ROW}\r\n",
        f"sep=;\n{HEADER}\n{ROW}\n".replace(",\n", "\x00").replace(",", ";").replace("\x00", ",\n"),
        f"REKAP ADUAN,,\nPeriode: September 2024,,\n\n{HEADER}\n{ROW}\n",
        f"{HEADER}\n{ROW}\n".replace("id,tanggal", "Nomor Tiket,Tgl."),
    ],
)
def test_dialects_of_csv(tmp_path: Path, config: Config, body: str) -> None:
    (got,) = read(csv(tmp_path, body), config)
    assert isinstance(got, Document)
    assert got.complaint is not None
    assert (got.external_id, got.text, got.author) == ("T1", "Jalan rusak,\nsudah 3 bulan", "Warga A")
    assert got.published_at == datetime(2024, 9, 24, 17, tzinfo=UTC)
    assert (got.complaint.status, got.complaint.channel) == ("diproses", "whatsapp")
    assert "0812" not in got.text
    assert "3318" not in repr(got), "numbers of reporters are not read at all"


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_encodings_of_csv(tmp_path: Path, config: Config, encoding: str) -> None:
    body = f"{HEADER}\n{ROW}\n".replace("Jalan rusak", "Jum\u2019at jalan rusak").replace(",\n", "\x00")
    body = body.replace(",", "\t").replace("\x00", ",\n")
    (got,) = read(csv(tmp_path, body.encode(encoding)), config)
    assert isinstance(got, Document)
    assert got.text.startswith("Jum\u2019at jalan rusak")


def test_rows_that_cannot_be_used_are_named_by_line(tmp_path: Path, config: Config) -> None:
    body = f"""{HEADER}
T1,25/09/2024,WhatsApp,A,1,2,Pati,Laporan satu,Selesai
T2,25/09/2024,WhatsApp,B,1,2,Pati,"tanpa kutip tutup,Selesai
T3,25/09/2024,WhatsApp,C,1,2,Juwana,Laporan tiga,Selesai
T4,25/09/2024,WhatsApp,D,1,2,Juwana,Laporan empat,Selesai,kolom,lebih
T5,25/09/2024,WhatsApp,E,1,2,Juwana,,Selesai
3.31801E+15,25/09/2024,WhatsApp,F,1,2,Juwana,Laporan enam,Selesai
T7,25/09/2024,WhatsApp,G,1,2,Juwana,Laporan tujuh,Entahlah
"""
    got = read(csv(tmp_path, body), config)
    kept = [d.external_id for d in got if isinstance(d, Document)]
    dropped = {r.key: r.reason for r in got if isinstance(r, Rejection)}
    assert kept == ["T1", "T3"]
    assert dropped == {
        "aduan.csv:3": "bad_row", "aduan.csv:5": "bad_row", "aduan.csv:6": "no_text",
        "aduan.csv:7": "damaged_number", "aduan.csv:8": "unknown_status",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "reason"),
    [("", "empty"), ("<html><table></table></html>", "not_a_table"), ("a,b\n1,2\n", "no_header")],
)
def test_files_that_are_no_tables(tmp_path: Path, config: Config, body: str, reason: str) -> None:
    (got,) = read(csv(tmp_path, body), config)
    assert isinstance(got, Rejection)
    assert got.reason == reason


def test_hostile_files_crash_nothing(shared: Path, config: Config) -> None:
    files = sorted((shared / "real/complaints/hostile").iterdir())
    assert len(files) > 20
    for path in files:
        records = read(path, config)
        if path.name == "bomb.xlsx":
            assert [r.reason for r in records if isinstance(r, Rejection)] == ["too_large"]
        assert records or path.name == "header_only.csv", path.name


def test_ids_without_tickets_are_stable_and_hold_no_number(tmp_path: Path, config: Config) -> None:
    def identity(text: str) -> str:
        (got,) = read(csv(tmp_path, f"tanggal,laporan\n25/09/2024,{text}\n"), config)
        assert isinstance(got, Document)
        assert got.external_id is not None
        return got.external_id

    assert identity("Jalan rusak HP 081200000001") == identity("jalan  rusak HP 081200000002")
    assert identity("Jalan rusak") != identity("Jalan bagus")


def test_anonymous_reports_lose_their_name(tmp_path: Path, config: Config) -> None:
    body = "id,nama,tipe,laporan\n1,Warga A,Anonim,Satu\n2,Warga B,Rahasia,Dua\n3,Warga C,,Tiga\n"
    got = [d for d in read(csv(tmp_path, body), config) if isinstance(d, Document)]
    assert [d.author for d in got] == [None, None, "Warga C"]
    assert [d.complaint and d.complaint.confidentiality for d in got] == ["anonim", "rahasia", "publik"]


def test_sp4n_export_with_metadata_rows(tmp_path: Path, config: Config) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Laporan SP4N-LAPOR!"])
    sheet.append(["Periode", "September 2024"])
    sheet.append(["Tracking ID", "Tanggal Laporan Masuk", "Waktu Laporan Masuk", "Nama Pelapor",
                  "Klasifikasi Laporan", "Judul Laporan", "Isi Laporan Awal", "Isi Laporan Akhir",
                  "Tipe Laporan (Anonim/Rahasia)", "Instansi Terdisposisi", "Status Laporan",
                  "Kecamatan", "Rating"])  # fmt: skip
    sheet.append([9876543, "3 Agu 2024", "08:15", "Warga A", "Pengaduan", "Lampu", "Lampu jalan mati",
                  "Disunting admin", None, "Dinas Contoh", "Diarsipkan oleh Admin", "Tayu", 4])  # fmt: skip
    path = tmp_path / "lapor.xlsx"
    book.save(path)
    (got,) = read(path, config, "sp4n_xlsx")
    assert isinstance(got, Document)
    assert got.complaint is not None
    assert (got.external_id, got.text) == ("9876543", "Lampu jalan mati")
    assert got.published_at == datetime(2024, 8, 3, 1, 15, tzinfo=UTC)
    assert (got.complaint.status, got.complaint.rating, got.complaint.channel) == ("arsip", 4, "sp4n")


ANDROID = """25/09/24 14.05 - Pesan dan panggilan dienkripsi secara end-to-end.
25/09/24 14.05 - Warga A: Selamat siang
25/09/24 14.06 - Warga A: Jalan di Gabus rusak
parah sekali
25/09/24 14.07 - Warga A: <Media tidak disertakan>
25/09/24 14.08 - +62 812-0000-0001: Lampu mati
25/09/24 14.20 - Admin Aduan: Terima kasih, kami teruskan
25/09/24 16.00 - Warga A: Bagaimana kabarnya?
25/09/24 16.05 - Warga B: IMG-1.jpg (file terlampir)
"""
IOS = """[25/09/24 14.05.01] Warga A: Selamat siang
\u200e[25/09/24 14.06.30] Warga A: Jalan di Gabus rusak
[25/09/24 16.00.00] Warga A: \u200egambar tidak disertakan
"""


def test_whatsapp_bursts_are_single_complaints(tmp_path: Path, config: Config) -> None:
    got = read(csv(tmp_path, ANDROID), config, "whatsapp")
    texts = [d.text for d in got if isinstance(d, Document)]
    assert texts == ["Selamat siang\nJalan di Gabus rusak\nparah sekali", "Lampu mati", "Bagaimana kabarnya?"]
    first, second = got[0], got[1]
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.published_at == datetime(2024, 9, 25, 7, 5, tzinfo=UTC)
    assert second.complaint is not None
    # "we pass it on" is no answer
    assert (second.complaint.status, len(second.complaint.events)) == ("didisposisi", 1)
    assert [r.key for r in got if isinstance(r, Rejection)] == ["aduan.csv:9"]


DESK = [
    pytest.param("Terima kasih, laporan sudah kami teruskan ke DPUTR.", "didisposisi", id="passed on"),
    pytest.param("Petugas datang minggu ini, mohon ditunggu.", "dibalas", id="answered"),
    pytest.param("Sudah selesai ditangani, kami teruskan ke arsip.", "selesai_admin", id="solved wins"),
    pytest.param("<Media tidak disertakan>", "baru", id="a picture says nothing"),
]


@pytest.mark.parametrize(("reply", "status"), DESK)
def test_what_the_desk_of_a_chat_says(tmp_path: Path, config: Config, reply: str, status: str) -> None:
    chat = f"25/09/24 14.05 - Warga A: Jalan rusak\n25/09/24 15.05 - Admin Aduan: {reply}\n"
    (got,) = read(csv(tmp_path, chat), config, "whatsapp")
    assert isinstance(got, Document)
    assert got.complaint is not None
    assert got.complaint.status == status


def test_a_late_reply_belongs_to_the_sender_it_names(tmp_path: Path, config: Config) -> None:
    chat = (
        "25/09/24 14.05 - Warga A: Jalan rusak\n25/09/24 15.05 - Warga B: Lampu mati\n"
        "27/09/24 09.00 - Admin Aduan: Warga A, jalan sudah kami perbaiki.\n"
    )
    got = [d for d in read(csv(tmp_path, chat), config, "whatsapp") if isinstance(d, Document)]
    assert [d.complaint.status for d in got if d.complaint] == ["selesai_admin", "baru"]


def test_a_longer_export_keeps_the_ids_of_the_shorter(tmp_path: Path, config: Config) -> None:
    short = read(csv(tmp_path, "".join(ANDROID.splitlines(keepends=True)[:2])), config, "whatsapp")
    whole = read(csv(tmp_path, ANDROID), config, "whatsapp")
    assert isinstance(short[0], Document)
    assert isinstance(whole[0], Document)
    assert short[0].doc_id == whole[0].doc_id


def test_whatsapp_from_ios(tmp_path: Path, config: Config) -> None:
    got = read(csv(tmp_path, IOS), config, "whatsapp")
    assert [d.text for d in got if isinstance(d, Document)] == ["Selamat siang\nJalan di Gabus rusak"]
    assert [r.reason for r in got if isinstance(r, Rejection)] == ["no_text"]


def test_social_posts(tmp_path: Path, config: Config) -> None:
    row = 'Instagram,warga_biasa,2024-09-25 08:00,Rob lagi,https://ig.example/p/1,"1,2 rb",7'
    body = f"platform,akun,tanggal,teks,url,suka,komentar\n{row}\n"
    (got,) = read(csv(tmp_path, body), config, "social_csv")
    assert isinstance(got, Document)
    assert (got.kind, got.author, got.section, got.metrics) == (
        "social", "warga_biasa", "Instagram", {"likes": 1200, "comments": 7},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [("1.234", 1234), ("3k", 3000), ("2 jt", 2_000_000), ("12", 12), ("banyak", None), ("", None)],
)
def test_counts(text: str, count: int | None) -> None:
    assert count_of(text) == count
