"""The certificate of an erasure: what was asked, what was done, what is left; nothing of the person."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from config.zones import WIB
from pipelines.erasure.erase import Erasure
from pipelines.erasure.files import Deed
from pipelines.erasure.scan import ScanResult

FORMAT = 1
KINDS: Mapping[str, str] = {
    "nik": "NIK atau nomor KK", "hp": "nomor telepon", "email": "alamat surel", "nama": "nama",
    "akun": "akun", "samaran": "samaran", "tiket": "nomor aduan atau akun",
}  # fmt: skip
DEEDS: Mapping[Deed, str] = {
    "rewritten": "ditulis ulang", "deleted": "dihapus", "reprint": "dicetak ulang", "kept": "belum dihapus",
}  # fmt: skip


def facts(done: Erasure, at: datetime) -> dict[str, Any]:
    """The certificate as plain values. Pure.

    Args:
        done: what happened.
        at: when (aware).
    """
    lake = done.lake
    return {
        "format": FORMAT,
        "at": at.isoformat(timespec="seconds"),
        "dry_run": done.dry_run,
        "complete": done.complete,
        "subjects": [
            {"kind": one.kind, "fingerprint": one.fingerprint, "hunted_in_texts": one.hunted}
            for one in done.subjects
        ],
        "documents_erased": done.documents,
        "lake": None if lake is None else {
            "parquet_files": lake.n_files, "parquet_rewritten": lake.n_rewritten,
            "row_versions": lake.n_file_rows + lake.n_inlined_rows, "statistics_emptied": lake.n_statistics,
            "old_files_deleted": lake.n_orphans,
        },
        "files": {place: dict(deeds) for place, deeds in done.files.deeds.items()},
        "reports_reprinted": list(done.reprinted),
        "notes": list(done.notes),
        "scan": None if done.scan is None else scan_facts(done.scan, subjects_only=True),
    }  # fmt: skip


def scan_facts(result: ScanResult, *, subjects_only: bool = False) -> dict[str, Any]:
    """The result of a scan as plain values. Pure."""
    return {
        "clean": result.clean,
        "complete": result.complete,
        "n_subjects": result.n_subjects,
        "places": [
            {
                "place": one.place,
                "files": one.n_files,
                "texts": one.n_texts,
                "id_texts": one.n_id_texts,
                "found": {k: n for k, n in sorted(one.found.items()) if k == "subjek" or not subjects_only},
                "where": [] if subjects_only else one.where,
                "skipped": one.skipped,
            }
            for one in result.places
        ],
    }


def sentences(one: Mapping[str, Any]) -> str:
    """The certificate in Markdown, for the file of the request. Pure."""
    lines = ["# Berita acara penghapusan data pribadi", "", f"Waktu: {_local(one['at'])}", ""]
    lines += ["Diminta (sidik jari berkunci, bukan datanya):", ""]
    lines += [f"- {KINDS[s['kind']]}: `{s['fingerprint']}`" for s in one["subjects"]]
    lines += [
        "",
        f"Dokumen yang isinya dihapus: {one['documents_erased']}.",
        "",
        "| tempat | yang dilakukan |",
        "|---|---|",
    ]
    if lake := one["lake"]:
        lines.append(
            f"| gudang data | {lake['row_versions']} baris dari semua versi, "
            f"{lake['parquet_rewritten']} dari {lake['parquet_files']} berkas Parquet ditulis ulang, "
            f"{lake['old_files_deleted']} berkas lama dihapus, "
            f"{lake['statistics_emptied']} statistik dikosongkan |"
        )
    for place, deeds in one["files"].items():
        said = ", ".join(f"{n} berkas {DEEDS[deed]}" for deed, n in deeds.items())
        lines.append(f"| {place} | {said} |")
    if one["reports_reprinted"]:
        lines += ["", f"Laporan yang dicetak ulang tanpa subjek ini: {', '.join(one['reports_reprinted'])}."]
    if one["notes"]:
        lines += ["", "Catatan:", "", *(f"- {note}" for note in one["notes"])]
    if one["scan"]:
        lines += ["", *_scan_lines(one["scan"])]
    lines += ["", _verdict(one), ""]
    return "\n".join(lines)


def save(home: Path, one: Mapping[str, Any]) -> Path:
    """Write the certificate as JSON and Markdown; returns the Markdown file."""
    folder = home / "certificates"
    folder.mkdir(parents=True, exist_ok=True)
    moment = datetime.fromisoformat(one["at"]).strftime("%Y%m%dT%H%M%SZ")
    stem = f"penghapusan-{moment}-{one['subjects'][0]['fingerprint'][:8]}"
    for ending, text in (
        ("json", json.dumps(one, ensure_ascii=False, indent=1) + "\n"),
        ("md", sentences(one)),
    ):
        path = folder / f"{stem}.{ending}"
        with path.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    return folder / f"{stem}.md"


def _scan_lines(scan: Mapping[str, Any]) -> list[str]:
    lines = ["Pemindaian sesudahnya:", "", "| tempat | berkas | teks | sisa |", "|---|---:|---:|---:|"]
    lines += [
        f"| {place['place']} | {place['files']} | {place['texts']} | {place['found'].get('subjek', 0)} |"
        for place in scan["places"]
    ]
    skipped = {name: why for place in scan["places"] for name, why in place["skipped"].items()}
    return lines + [f"- tidak dibaca: `{name}` ({why})" for name, why in skipped.items()]


def _verdict(one: Mapping[str, Any]) -> str:
    if one["dry_run"]:
        return "Ini baru percobaan: belum ada yang dihapus."
    if one["complete"]:
        return (
            "**Selesai: tidak ada sisa subjek ini di folder data.** Cadangan di tempat lain: hapus sendiri."
        )
    return "**Belum selesai: ada sisa atau berkas yang tidak terbaca;** ikuti catatan lalu ulangi."


def _local(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(WIB).strftime("%d-%m-%Y %H.%M WIB")
