"""`pati import complaints`: preview, refused rows, the LAPOR! export, maps, the same file again."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import typer
from typer.testing import CliRunner

from pipelines.cli import files
from pipelines.cli.app import options
from samples.files import SP4N_COLUMNS
from warehouse import Lake
from warehouse.spreadsheet import CELL_CHARS, for_excel, guarded

APP = typer.Typer()
APP.callback()(options)
files.register(APP)
HEADER = "id,tanggal,nama,nik,no_wa,kecamatan,laporan,status,petugas"
ROWS = (
    (
        "T1,25/09/2026,Sukarmin Contoh,3318000000000001,081200000001,Gabus,"
        "Jalan rusak kata Sukarmin Contoh,Diproses,Budi"
    ),
    "T2,05/09/2026,Warga B,3318000000000002,081200000002,Tayu,Lampu mati hubungi 081200000002,Selesai,Budi",
    "T2,05/09/2026,Warga B,3318000000000002,081200000002,Tayu,Lampu mati hubungi 081200000002,Selesai,Budi",
    "T3,05/09/2026,Warga C,3.318E+15,081200000003,Tayu,Air keruh,Selesai,",
    "T4,05/09/2026,Warga D,3318000000000004,081200000004,Tayu,Air mati,Entahlah,",
    "=T5,31/02/2026,Warga E,3318000000000005,081200000005,Tayu,Banjir,Selesai,",
)
PERSONAL = ("Sukarmin", "081200000001", "081200000002", "3318000000000001", "Budi", "Warga B")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATI_NOW", "2026-11-16T07:00:00+07:00")
    return tmp_path


def pati(home: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(APP, ["--home", str(home / "rumah"), "import", "complaints", *arguments])
    return done.exit_code, done.output


def table(home: Path, *rows: str, header: str = HEADER) -> str:
    path = home / "aduan.csv"
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return str(path)


def answer(said: str) -> Any:
    return json.loads(said[said.index("{") :])


def columns(preview: Any) -> dict[str, Any]:
    return {one["header"]: one for one in preview["table"]}


def test_a_preview_column_by_column(home: Path) -> None:
    code, said = pati(home, table(home, *ROWS), "--dry-run", "--json")
    assert code == 0, said
    preview = answer(said)["preview"]
    counts = [preview[name] for name in ("n_in", "n_new", "n_changed", "n_duplicate")]
    assert counts == [6, 2, 0, 1]
    assert preview["reasons"] == {"damaged_number": 1, "unknown_status": 1, "bad_date": 1}
    got = columns(preview)
    assert {name: one["field"] for name, one in got.items()} == {
        "id": "ticket", "tanggal": "date", "nama": "name", "nik": "nik", "no_wa": "phone",
        "kecamatan": "kecamatan", "laporan": "text", "status": "status", "petugas": None,
    }  # fmt: skip
    assert got["tanggal"]["dates"].startswith("hari/bulan/tahun")
    assert "25/09/2026" in got["tanggal"]["dates"]
    assert got["tanggal"]["not_understood"] == {"31/02/2026": 1}
    assert got["status"]["not_understood"] == {"Entahlah": 1}
    assert got["petugas"]["filled"] == 0.5
    assert got["petugas"]["note"] == "tidak dibaca"
    assert got["no_wa"]["samples"][0] == "999999999999", "twelve digits: the leading zero is there"
    assert [word for word in PERSONAL if word in said] == []
    assert not (home / "rumah").exists(), "a look writes nothing"


def test_the_preview_for_people(home: Path) -> None:
    code, said = pati(home, table(home, *ROWS), "--dry-run")
    assert code == 0
    plain = " ".join(said.split())
    assert "6 catatan terbaca sebagai complaint_csv: 3 baik, 3 ditolak." in plain
    assert "2 akan disimpan, 0 diperbarui, 1 sudah ada, 3 ditolak" in plain
    assert "aduan.csv:5" in plain
    assert [word for word in PERSONAL if word in said] == []


@pytest.mark.proof
def test_import_twice_adds_nothing_and_loses_nothing(home: Path) -> None:
    path = table(home, *ROWS)
    loads = []
    for _ in range(2):
        code, said = pati(home, path, "--json")
        assert code == 0, said
        loads.append(next(one for one in answer(said)["results"] if one["stage"] == "load"))
    counts = [(one["n_in"], one["n_new"], one["n_duplicate"], one["n_rejected"]) for one in loads]
    assert counts == [(6, 2, 1, 3), (6, 0, 3, 3)]
    _, said = pati(home, path, "--dry-run", "--json")
    preview = answer(said)["preview"]
    assert (preview["n_new"], preview["n_changed"], preview["n_duplicate"]) == (0, 0, 3)
    changed = table(home, ROWS[0].replace("Diproses", "Selesai"))
    _, said = pati(home, changed, "--dry-run", "--json")
    assert answer(said)["preview"]["n_changed"] == 1
    written = list((home / "rumah" / "imports").glob("*-aduan-ditolak.csv"))
    assert len(written) >= 1


def test_refused_rows_as_a_file(home: Path) -> None:
    target = home / "tolak" / "baris.csv"
    code, _ = pati(home, table(home, *ROWS), "--dry-run", "--errors", str(target))
    assert code == 0
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["tempat"], row["alasan"]) for row in rows] == [
        ("aduan.csv:5", "damaged_number"), ("aduan.csv:6", "unknown_status"), ("aduan.csv:7", "bad_date"),
    ]  # fmt: skip
    assert all(row["penjelasan"].endswith((".", "Teks.")) for row in rows)


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_ours_is_a_formula(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert guarded(f"a{cell}") == f"a{cell}"
    assert for_excel(f"\x01{cell}") == (f"'{cell}", False), "what is taken out must not uncover a formula"


def test_a_cell_holds_what_a_workbook_can_and_says_what_was_cut() -> None:
    assert for_excel("=" * CELL_CHARS) == ("'" + "=" * (CELL_CHARS - 1), True)
    assert for_excel("a" * CELL_CHARS) == ("a" * CELL_CHARS, False)
    assert for_excel(7) == (7, False)


def test_dates_that_fit_both_orders_are_refused_until_somebody_says_which(home: Path) -> None:
    path = table(home, ROWS[1])
    code, said = pati(home, path, "--dry-run")
    assert code == 1
    assert "--date-order DMY" in " ".join(said.split())
    assert "TIDAK DAPAT DIPASTIKAN" in " ".join(said.split())
    days = {}
    for order in ("DMY", "MDY"):
        code, said = pati(home, path, "--dry-run", "--json", "--date-order", order)
        assert code == 0
        days[order] = answer(said)["preview"]["sample"][0]["published_at"][:10]
    assert days == {"DMY": "2026-09-04", "MDY": "2026-05-08"}
    assert pati(home, path, "--date-order", "YMD")[0] == 2


MAP = """\
columns: {ticket: Kode, text: Curhat, date: Kapan, status: Beres?, name: Siapa}
channel: lapor_pak_dewo
date_order: mdy
statuses: {sip: selesai_admin}
"""


def test_any_table_with_a_map(home: Path) -> None:
    (home / "peta.yaml").write_text(MAP, "utf-8")
    path = table(home, "K1,9/5/2026,Lampu mati,sip,Warga A", header="Kode,Kapan,Curhat,Beres?,Siapa")
    code, said = pati(home, path, "--map", str(home / "peta.yaml"), "--dry-run", "--json")
    assert code == 0, said
    (one,) = answer(said)["preview"]["sample"]
    assert one["published_at"].startswith("2026-09-04T17:00")
    info = one["complaint"]
    assert (info["channel"], info["status"], info["ticket_id"]) == ("lapor_pak_dewo", "selesai_admin", "K1")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("Kode", "Nomor", "Kolom 'Nomor' tidak ada; yang ada: 'Kode'"),
        ("text: Curhat, ", "", "harus memuat 'text'"),
        ("ticket", "tiket", "mungkin maksudnya"),
        ("selesai_admin", "beres", "'sip' tidak dikenal"),
    ],
)
def test_a_map_that_does_not_fit_is_explained(home: Path, old: str, new: str, says: str) -> None:
    (home / "peta.yaml").write_text(MAP.replace(old, new), "utf-8")
    path = table(home, "K1,9/5/2026,Lampu mati,sip,Warga A", header="Kode,Kapan,Curhat,Beres?,Siapa")
    code, said = pati(home, path, "--map", str(home / "peta.yaml"), "--dry-run")
    assert code in (1, 2)
    assert says in " ".join(said.split())


def test_a_running_number_is_no_ticket(home: Path) -> None:
    path = table(home, "1,25/09/2026,Jalan", "2,26/09/2026,Lampu", header="No,Tanggal,Laporan")
    _, said = pati(home, path, "--dry-run", "--json")
    preview = answer(said)["preview"]
    assert all(one["complaint"]["ticket_id"] is None for one in preview["sample"])
    path = table(home, "17,25/09/2026,Jalan", "4,26/09/2026,Lampu", header="No,Tanggal,Laporan")
    _, said = pati(home, path, "--dry-run", "--json")
    assert [one["complaint"]["ticket_id"] for one in answer(said)["preview"]["sample"]] == ["17", "4"]


def lapor(home: Path, *rows: dict[str, object]) -> str:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (("Data Laporan SP4N-LAPOR!",), ("Instansi", "Pemkab Pati"), ("Jumlah", len(rows)), ()):
        sheet.append(line)
    sheet.append(SP4N_COLUMNS)
    for row in rows:
        sheet.append([row.get(name) for name in SP4N_COLUMNS])
    path = home / "ekspor.xlsx"
    book.save(path)
    return str(path)


def report(ticket: object, **more: object) -> dict[str, object]:
    names = {
        "date": "Tanggal Laporan Masuk", "type": "Tipe Laporan (Anonim/Rahasia)", "status": "Status Laporan",
        "reason": "Alasan Tunda/Arsip", "kind": "Klasifikasi Laporan",
    }  # fmt: skip
    base: dict[str, object] = {
        "Tracking ID": ticket, "Tanggal Laporan Masuk": "3 Jan 2026", "Waktu Laporan Masuk": "08:15:00",
        "Nama Pelapor": "Sukarmin Contoh", "Klasifikasi Laporan": "Pengaduan", "Kategori": "Jalan",
        "Judul Laporan": "Jalan rusak", "Isi Laporan Awal": f"Jalan rusak nomor {ticket}",
        "Isi Laporan Akhir": "Disunting admin", "Sumber Laporan": "Website", "Kecamatan": "Tayu",
        "Instansi Terdisposisi": "DPUTR", "Status Laporan": "Diproses", "Rating": 4,
    }  # fmt: skip
    return base | {names[key]: value for key, value in more.items()}


@pytest.mark.proof
def test_the_lapor_export(home: Path) -> None:
    months = {
        1: "3 Mei 2026",
        2: "3 May 2026",
        3: "5 Agu 2026",
        4: "5 Aug 2026",
        5: "7 Okt 2026",
        6: "7 Oct 2026",
    }
    rows = [report(9876540 + n, date=day) for n, day in months.items()]
    rows += [
        report("0009876550", type="Anonim", kind="Aspirasi")
        | {"Isi Laporan Awal": "Saya Sukarmin Contoh melapor"},
        report("9876551", type="Rahasia", kind="Permintaan Informasi"),
        report("9876552", status="Diarsipkan oleh Sistem", reason="Lokasi tidak jelas, hubungi 081200000009"),
        report("9876553", status="Entah"),
    ]
    path = lapor(home, *rows)
    code, said = pati(home, path, "--dry-run", "--json")
    assert code == 0, said
    preview = answer(said)["preview"]
    assert preview["format"] == "sp4n_xlsx", "told by its header, not by its ending"
    assert {one["header"] for one in preview["table"]} == set(SP4N_COLUMNS), (
        "all 26 columns are accounted for"
    )
    assert all(one["field"] or one["note"] == "tidak dibaca" for one in preview["table"])
    assert preview["reasons"] == {"unknown_status": 1}
    assert "baris 5" in preview["notes"][0]
    assert pati(home, path)[0] == 0
    with Lake(home / "rumah") as lake:
        found = {
            row[0]: row[1:]
            for row in lake.rows(
                "SELECT c.ticket_id, d.text, d.author, c.status, c.status_raw, c.confidentiality, "
                "c.classification, c.channel, c.rating, strftime(d.published_at, '%m-%d %H:%M') "
                "FROM document d JOIN complaint c USING (doc_id)"
            )
        }
        notes = [note for (note,) in lake.rows("SELECT note FROM complaint_event WHERE note IS NOT NULL")]
    assert len(found) == 9
    assert {found[str(9876540 + n)][8] for n in (1, 2)} == {"05-03 01:15"}
    assert {found[str(9876540 + n)][8] for n in (3, 4)} == {"08-05 01:15"}
    assert {found[str(9876540 + n)][8] for n in (5, 6)} == {"10-07 01:15"}
    assert found["9876541"][0] == "Jalan rusak nomor 9876541", "the citizen's words, not the edited ones"
    assert str(found["9876541"][1]).startswith("u-")
    assert (found["0009876550"][1], found["0009876550"][4]) == (None, "anonim")
    assert found["0009876550"][0] == "Saya [NAMA] melapor", "dropped, and yet known to the mask"
    assert (found["9876551"][1], found["9876551"][4], found["9876551"][5]) == (None, "rahasia", "informasi")
    assert found["9876552"][2:4] == ("arsip", "Diarsipkan oleh Sistem"), "archived is not resolved"
    assert notes == ["Lokasi tidak jelas, hubungi [HP]"]


def test_a_workbook_without_the_lapor_header_is_a_plain_table(home: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["id", "laporan", "kanal"])
    book.active.append(["7", "Jalan rusak", "LaporGub"])
    book.create_sheet("Lain").append(["x"])
    path = home / "rekap.xlsx"
    book.save(path)
    _, said = pati(home, str(path), "--dry-run", "--json")
    preview = answer(said)["preview"]
    assert preview["format"] == "complaint_csv"
    assert preview["sample"][0]["complaint"]["channel"] == "laporgub"
    assert any("Lain" in note for note in preview["notes"]), "sheets that are not read are named"
    code, said = pati(home, str(path), "--format", "sp4n_xlsx")
    assert code == 1
    assert "Tracking Id" in said


def test_a_format_nobody_knows(home: Path) -> None:
    code, said = pati(home, table(home, ROWS[0]), "--format", "excel")
    assert code == 2
    assert "sp4n_xlsx" in said
