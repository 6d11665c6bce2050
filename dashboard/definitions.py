"""What each number means, in one or two plain sentences: one tap away from the number."""

from __future__ import annotations

from typing import Final

ARTICLES: Final = "Artikel tentang Pati yang terbit Senin sampai Minggu WIB; salinan ikut dihitung."
STORIES: Final = (
    "Artikel tentang peristiwa yang sama digabung menjadi satu cerita: satu rilis yang dimuat dua belas "
    "media tetap satu cerita. Artikel yang berdiri sendiri dihitung satu."
)
OUTLETS: Final = "Media yang menerbitkan sedikitnya satu artikel tentang Pati pada minggu ini."
COMPLAINTS: Final = "Aduan yang diterima pada minggu ini dari semua kanal."
COMMENTS: Final = "Komentar pada video yang terkait Pati, ditulis pada minggu ini."
POSTS: Final = "Unggahan media sosial yang terkait Pati pada minggu ini."
RISEN: Final = "Sedikitnya 10 dokumen minggu ini, dan di atas rata-rata 4 minggu sebelumnya."
TIMELINE: Final = "Semua artikel cerita ini, yang paling awal lebih dulu."
TOP_STORIES: Final = "Diurutkan menurut banyaknya media yang menulis sendiri, lalu banyaknya artikel."

QUEUE_ALL: Final = "Aduan tentang Pati yang cocok dengan saringan, dari semua kanal."
QUEUE_OPEN: Final = (
    "Belum selesai dan tidak disisihkan; aduan yang baru dijawab masih terbuka. Umur dihitung dalam "
    "hari kalender (median)."
)
QUEUE_LATE: Final = "Masih terbuka dan diterima lebih dari 14 hari kalender yang lalu."
QUEUE_ANSWERED: Final = "Sudah ada jawaban, termasuk yang tuntas. Jawaban belum tentu penyelesaian."
QUEUE_RESOLVED: Final = "Ditutup sebagai selesai oleh kanalnya. Arsip tidak dihitung tuntas."
QUEUE_ASIDE: Final = "Diarsipkan, tidak layak, atau bukan wewenang kabupaten."
BY_AGENCY: Final = (
    "Tabel menghitung aduan pada OPD utamanya. Daftar di bawah juga memuat aduan yang menyangkut OPD itu "
    "sebagai OPD kedua, jadi bisa lebih banyak."
)
QUEUE_ORDER: Final = "Yang terbuka paling lama di atas; sesudahnya yang sudah ditutup."

SOURCES_OK: Final = "Terbaca pada percobaan terakhir dan terbit seperti biasanya."
SOURCES_REACHABLE: Final = "Terbaca pada percobaan terakhir; termasuk yang sedang sepi."
DOCUMENTS: Final = "Semua yang tersimpan; halaman lain hanya menghitung yang tentang Pati."
UNDATED: Final = (
    "Dokumen tentang Pati tanpa tanggal yang dapat dipercaya; tidak dihitung pada minggu mana pun."
)
NORM: Final = (
    "Biasanya: yang tertulis di sources.yaml (expected_per_week); kalau tidak ada, median terbitan "
    "per minggu selama 8 minggu sebelum 2 minggu terakhir."
)
COMPLETENESS: Final = (
    "Bagian dari tulisan yang terkumpul dalam 28 hari terakhir; tidak ditampilkan di bawah 10 tulisan. "
    "Bagian yang turun tiba-tiba biasanya berarti tata letak situsnya berubah."
)
RUNS: Final = "Masuk = tersimpan + ganda + ditolak, selalu."
REJECTED: Final = "Tidak ada yang hilang diam-diam: setiap penolakan tercatat dengan alasannya."
