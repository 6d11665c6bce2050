"""The files of a pack, as bytes: the same facts give the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any, Final

from dashboard.pack import words
from dashboard.pack.facts import Facts, Row
from dashboard.report.answers import Table, plain
from dashboard.report.text import clean
from dashboard.report.typst import render
from dashboard.report.workbook import FIXED, workbook
from warehouse.queries.rows import records
from warehouse.spreadsheet import guarded

FORMAT: Final = 1
"""Raised when the shape of MANIFEST.json changes."""
MANIFEST: Final = "MANIFEST.json"
SUMS: Final = "SHA256SUMS"
README: Final = """Paket bukti penilaian

bukti.pdf          untuk dibaca
bukti.xlsx         semua tabel, semua dokumen, dan isi grafik
dokumen.csv        semua dokumen di balik angka, dengan label, koreksi, dan tanda bukti
angka.json         angka dengan selang, n, periode, dan letaknya di daftar angka
lembar-kerja.json  isian orang, riwayatnya, tinjauan, dan indeks
MANIFEST.json      asal paket, potret data, dan SHA-256 setiap berkas
SHA256SUMS         SHA-256 setiap berkas (juga terbaca oleh sha256sum -c)
verify.py          python3 verify.py: menyebut setiap berkas yang berubah, hilang, atau tidak terdaftar

Angka pemantauan adalah bukti pendamping, bukan nilai.
"""
_DOCUMENT: Final = {
    "indicator": "Indikator", "doc_id": "Id", "mark": "Tanda", "marked_by": "Ditandai oleh", "title": "Judul",
    "source_name": "Sumber", "dated_at": "Tanggal", "url": "Tautan", "excerpt": "Kutipan", "kind": "Jenis",
    "topic_label": "Topik", "opd_short": "OPD", "kecamatan": "Kecamatan", "sentiment": "Nada",
    "advertorial": "Advertorial", "codes": "Angka", "corrected_by": "Dikoreksi oleh",
    "corrected": "Label dikoreksi",    "n_comments": "Catatan",
}  # fmt: skip


def contents(facts: Facts, composed: Mapping[str, Any], head: Mapping[str, Any]) -> dict[str, bytes]:
    """All files of a pack by name, the manifest and the list of digests among them.

    Args:
        facts: what is said.
        composed: the same as `compose.compose` wrote it.
        head: what the manifest says of the pack, in plain values.

    Raises:
        ReportError: the PDF could not be made.
    """
    documents = [{"indicator": part.indicator.id, **row} for part in facts.parts for row in part.documents]
    made = {
        "BACA-SAYA.txt": README.encode(),
        "bukti.pdf": render(composed).pdf,
        "bukti.xlsx": workbook(composed, _tables(facts, documents), facts.moment.now),
        "dokumen.csv": _csv(documents),
        "angka.json": _json([_number(one) for part in facts.parts for one in part.numbers]),
        "lembar-kerja.json": _json(_worksheet(facts)),
        "verify.py": (files("dashboard.pack") / "verify.py").read_bytes(),
    }
    told = {
        name: {"sha256": sha256(content), "bytes": len(content)} for name, content in sorted(made.items())
    }
    made[MANIFEST] = _json({"format": FORMAT, **head, "files": told})
    made[SUMS] = "".join(f"{sha256(content)}  {name}\n" for name, content in sorted(made.items())).encode()
    return made


def zipped(folder: str, made: Mapping[str, bytes]) -> bytes:
    """The files of a pack in one archive whose bytes depend on nothing else."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in sorted(made.items()):
            part = zipfile.ZipInfo(f"{folder}/{name}", FIXED)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = 0
            archive.writestr(part, content)
    return written.getvalue()


def sha256(content: bytes) -> str:
    """Its digest."""
    return hashlib.sha256(content).hexdigest()


def _number(one: Any) -> dict[str, Any]:  # noqa: ANN401 - a number
    return {**asdict(one), "shown": words.value(one, one.value), "interval": words.interval(one)}


def _tables(facts: Facts, documents: Sequence[Row]) -> dict[str, Table]:
    listed = tuple({head: _cell(row.get(name)) for name, head in _DOCUMENT.items()} for row in documents)
    weeks = Table("", {}, tuple(map(str, facts.weeks.columns)), tuple(records(facts.weeks)))
    return {
        "Dokumen": Table("", {}, tuple(_DOCUMENT.values()), listed),
        "Grafik dokumen per minggu": Table("", {}, weeks.columns, tuple(_python(row) for row in weeks.rows)),
    }


def _python(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(name): plain(value) for name, value in row.items()}


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell
    shown = plain(value)
    if isinstance(shown, list):
        return ", ".join(map(str, shown))
    if isinstance(shown, bool):
        return "ya" if shown else "tidak"
    return clean(shown) if isinstance(shown, str) else shown


def _csv(documents: Sequence[Row]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(_DOCUMENT.values())
    for row in documents:
        cells = (_cell(row.get(name)) for name in _DOCUMENT)
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def _worksheet(facts: Facts) -> dict[str, Any]:
    return {
        "index": asdict(facts.assessed.index),
        "before": asdict(facts.assessed.before),
        "improvement": asdict(facts.assessed.improvement),
        "entries": [
            {
                "indicator": part.indicator.id,
                "entry": part.entry,
                "history": part.history,
                "comments": part.comments,
            }
            for part in facts.parts
        ],
    }


def _json(content: Any) -> bytes:  # noqa: ANN401 - JSON is any
    return (json.dumps(_jsonable(content), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _jsonable(value: Any) -> Any:  # noqa: ANN401 - same
    if isinstance(value, Mapping):
        return {str(name): _jsonable(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(one) for one in value]
    return plain(value)
