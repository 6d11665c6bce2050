"""What codes are called in the dashboard. Names of agencies, topics and channels are config."""

from __future__ import annotations

from typing import Final

from dashboard.charts import KINDS, SENTIMENTS

KIND: Final = {key: label for key, (label, _) in KINDS.items()}
SENTIMENT: Final = {key: label for key, (label, _) in SENTIMENTS.items()}

SOURCE_KIND: Final = {
    "news": "Media berita",
    "government": "Pemerintah",
    "video": "Kanal video",
    "social": "Media sosial",
    "complaint": "Aduan",
}

VERDICT: Final = {
    "baik": ("Baik", "terbaca dan terbit seperti biasanya"),
    "sepi": ("Sepi", "terbaca, tetapi terbitannya jauh lebih sedikit daripada biasanya"),
    "rusak": ("Rusak", "percobaan terakhir gagal, atau sebagian besar halamannya tidak terbaca"),
    "diblokir": ("Diblokir", "situs menolak perayap kita"),
    "hilang": (
        "Hilang",
        "tiga percobaan terakhir tidak dapat dihubungi; sudah lebih dari seminggu tidak terbaca",
    ),
    "belum dicoba": ("Belum dicoba", "terdaftar, tetapi belum pernah diambil"),
    "nonaktif": ("Nonaktif", "sengaja tidak diambil"),
}
"""Verdict on a source: name and what it means."""

ALERT: Final = {
    "surge": "Topik melonjak",
    "surge_opd": "Aduan kepada satu OPD melonjak",
    "surge_kecamatan": "Topik melonjak di satu kecamatan",
    "fall": "Topik menyepi",
    "fall_opd": "Aduan kepada satu OPD menyepi",
    "widespread": "Cerita menyebar cepat",
    "silent_source": "Sumber terganggu",
}

SCOPE: Final = {"topic": "topik", "opd": "OPD", "kecamatan": "kecamatan"}
FILTER: Final = {"topic": "topik", "opd": "opd", "kecamatan": "kecamatan"}
"""What a subject of counting is called, and which filter of the lists it is."""

STAGE: Final = {
    "collect": "Mengumpulkan",
    "load": "Memuat",
    "enrich": "Memberi label",
    "index": "Mengindeks",
    "link": "Merangkai cerita",
    "watch": "Memantau",
    "train": "Melatih model",
    "publish": "Menerbitkan laporan",
}

RUN_STATUS: Final = {"ok": "Berhasil", "failed": "Gagal", "partial": "Sebagian"}

REASON: Final = {
    "not_about_pati": "bukan tentang Kabupaten Pati",
    "no_text": "halaman tanpa teks",
    "http_error": "server menjawab dengan kesalahan",
    "fetch_failed": "gagal diunduh",
    "too_large": "halaman terlalu besar",
    "robots": "dilarang oleh robots.txt",
    "unreadable": "isi tidak dapat dibaca",
    "blocked": "situs menolak",
    "challenge": "dijaga pemeriksaan bot",
    "gone": "halaman sudah tidak ada",
    "soft_404": "halaman tidak ditemukan",
    "listing": "daftar, bukan tulisan",
    "timeout": "tidak menjawab",
    "video_gone": "video sudah dihapus",
    "bad_row": "baris berkas tidak lengkap",
    "unknown_status": "status aduan tidak dikenal",
    "internal_error": "kesalahan program",
    "damaged_batch": "berkas kiriman rusak",
}
"""Reasons of rejection; one that is not named here is shown by its own code."""

STATE: Final = {
    "open": "Masih terbuka",
    "today": "Jatuh tempo hari ini",
    "next": "Jatuh tempo hari kerja berikutnya",
    "due": "Segera jatuh tempo",
    "overdue": "Lewat tenggat",
    "unanswered": "Belum dijawab",
    "late": "Terbuka > 14 hari",
    "answered": "Dijawab",
    "resolved": "Tuntas",
    "set_aside": "Tidak dilanjutkan",
}
"""Groups of complaints in the queue."""

DOUBT: Final = {
    "topic": "topiknya",
    "opd": "OPD-nya",
    "sentiment": "nadanya",
    "relevant": "apakah ini tentang Pati",
}
"""What a model is not sure of."""

FIELD: Final = {
    "relevant": "Tentang Pati",
    "topic": "Topik",
    "opd": "OPD (yang pertama)",
    "sentiment": "Nada",
    "kecamatan": "Kecamatan",
}
"""What a person says about a text."""

ORIGIN: Final = {
    "import": "dari berkas kanal",
    "derived": "dari status di berkas kanal",
    "dashboard": "dicatat di dasbor",
}
"""How an event in the history of a complaint is known."""

CONFIDENTIALITY: Final = {"publik": "Publik", "anonim": "Anonim", "rahasia": "Rahasia"}


def of(names: dict[str, str], key: object) -> str:
    """The name of a code; a code without a name is shown as it is, underscores as spaces."""
    return names.get(str(key), str(key).replace("_", " "))
