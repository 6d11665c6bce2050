"""What columns are called: names people and exports give to the same thing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOT_WORD = re.compile(r"[^a-z0-9]+")

COMPLAINT: dict[str, tuple[str, ...]] = {
    "ticket": ("tracking id", "id", "no", "nomor", "tiket", "no tiket", "nomor tiket",
               "id tiket", "nomor aduan", "no aduan", "id aduan", "kode", "kode aduan", "ticket",
               "id laporan", "no laporan", "nomor laporan", "no registrasi"),
    "date": ("tanggal laporan masuk", "tanggal", "tgl", "tanggal laporan", "tanggal aduan",
             "tanggal masuk", "tgl masuk", "tgl laporan", "waktu", "date", "created at",
             "tanggal lapor", "timestamp"),
    "time": ("waktu laporan masuk", "jam", "pukul", "jam masuk", "waktu masuk"),
    "name": ("nama pelapor", "nama", "pelapor", "nama lengkap", "reporter", "name"),
    "title": ("judul laporan", "judul", "perihal", "subjek", "title"),
    "text": ("isi laporan awal", "laporan", "isi", "isi laporan", "uraian", "aduan", "isi aduan",
             "keluhan", "pesan", "deskripsi", "uraian aduan", "uraian laporan", "text",
             "pengaduan", "isi pengaduan"),
    "kind": ("klasifikasi laporan", "klasifikasi", "jenis", "jenis laporan"),
    "category": ("kategori", "topik", "kategori laporan", "category"),
    "privacy": ("tipe laporan anonim rahasia", "tipe laporan", "tipe", "kerahasiaan", "sifat"),
    "channel": ("kanal", "sumber laporan", "sumber", "kanal aduan", "media", "channel"),
    "agency": ("instansi terdisposisi", "opd", "instansi", "dinas", "opd tujuan", "disposisi",
               "instansi tujuan", "agency", "unit", "perangkat daerah"),
    "status": ("status laporan", "status", "status aduan", "keterangan status"),
    "kecamatan": ("kecamatan", "kec"),
    "desa": ("kelurahan", "desa", "desa kelurahan", "kelurahan desa"),
    "rating": ("rating", "penilaian", "nilai"),
    "answered": ("tanggal tanggapan", "tanggal balasan", "tanggal dijawab", "tgl tanggapan",
                 "waktu tanggapan", "tanggal tindak lanjut"),
    "closed": ("tanggal selesai", "tgl selesai", "tanggal tutup", "waktu selesai"),
    "reply": ("tanggapan", "balasan", "jawaban", "isi tanggapan", "tindak lanjut", "tanggapan instansi"),
    "reason": ("alasan tunda arsip", "alasan", "alasan penolakan"),
    "nik": ("nik", "no nik", "nomor nik", "no ktp", "nomor ktp", "nik pelapor"),
    "phone": ("no wa", "nomor wa", "no hp", "nomor hp", "no telepon", "nomor telepon", "telepon", "hp",
              "no telp", "no whatsapp", "nomor whatsapp", "whatsapp", "phone", "kontak"),
}  # fmt: skip
"""Field of a complaint to the names of its column, best first."""

UNKEPT = ("nik", "phone")
"""Reporters' numbers: looked at only to see whether a spreadsheet has damaged the row; never stored."""

COUNTERS = ("no", "nomor", "no urut")
"""Columns that may hold a ticket, or just count the rows."""

SOCIAL: dict[str, tuple[str, ...]] = {
    "platform": ("platform", "media", "medsos", "kanal", "network", "sumber"),
    "account": ("akun", "account", "author", "username", "user", "pengguna", "nama akun", "handle"),
    "date": ("tanggal", "waktu", "date", "created at", "published at", "tgl", "timestamp"),
    "time": ("jam", "pukul"),
    "text": ("teks", "text", "caption", "isi", "konten", "content", "postingan", "message", "isi unggahan"),
    "url": ("url", "tautan", "link", "permalink", "alamat"),
    "likes": ("suka", "likes", "like", "jumlah suka", "reactions"),
    "comments": ("komentar", "comments", "jumlah komentar", "comment"),
    "shares": ("bagikan", "shares", "share", "retweet", "dibagikan"),
    "views": ("tayangan", "views", "view", "dilihat", "ditonton"),
}  # fmt: skip


def fold(name: str) -> str:
    """Bring a column's name to the form the tables above are written in."""
    return _NOT_WORD.sub(" ", name.lower()).strip()


def match(header: list[str], known: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Map fields to column numbers; a field's better name wins, each column is used once."""
    folded = [fold(cell) for cell in header]
    columns: dict[str, int] = {}
    for field, names in known.items():
        for name in names:
            if name in folded and folded.index(name) not in columns.values():
                columns[field] = folded.index(name)
                break
    return columns
