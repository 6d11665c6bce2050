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

QUEUE_OPEN: Final = (
    "Belum selesai dan tidak disisihkan; aduan yang baru dijawab masih terbuka. Umur dihitung dalam "
    "hari kalender (median)."
)
HISTORY: Final = (
    "Riwayat hanya bertambah: catatan lama tidak diubah dan tidak dihapus. Status yang hanya terlihat di "
    "berkas kanal, tanpa waktu, ditandai demikian dan tidak dipakai menghitung lama jawaban."
)
RECORDING: Final = (
    "Catatan ditambahkan ke riwayat dan langsung ikut dihitung. Catatan tidak dapat diubah atau dihapus; "
    "yang keliru diperbaiki dengan catatan baru. Dibalas berarti pelapor sudah dijawab, belum tentu tuntas."
)
QUEUE_OVERDUE: Final = (
    "Masih terbuka dan tenggat langkah yang ditunggu (verifikasi, jawaban pertama, atau penyelesaian) sudah "
    "lewat. Tenggat dihitung dalam hari kerja menurut complaints.yaml."
)
QUEUE_LATE: Final = "Masih terbuka dan diterima lebih dari 14 hari kalender yang lalu."
QUEUE_ANSWERED: Final = "Sudah ada jawaban, termasuk yang tuntas. Jawaban belum tentu penyelesaian."
QUEUE_RESOLVED: Final = "Ditutup sebagai selesai oleh kanalnya. Arsip tidak dihitung tuntas."
QUEUE_ASIDE: Final = "Diarsipkan, tidak layak, atau bukan wewenang kabupaten."
BY_AGENCY: Final = (
    "Tabel menghitung aduan pada OPD utamanya. Daftar di bawah juga memuat aduan yang menyangkut OPD itu "
    "sebagai OPD kedua, jadi bisa lebih banyak."
)
QUEUE_ORDER: Final = (
    "Yang masih terbuka di atas, yang tenggatnya paling dulu jatuh lebih dulu; sesudahnya yang sudah ditutup."
)

RESPONSE: Final = (
    "Hari kerja dari aduan masuk sampai jawaban pertama instansi. Median: separuh aduan sudah dijawab "
    "dalam waktu itu; p90: sembilan dari sepuluh. Yang belum dijawab tetap dihitung sebagai masih menunggu "
    "(Kaplan-Meier), tidak dibuang; belum tercapai: terlalu banyak yang masih menunggu. Balasan otomatis "
    "bukan jawaban."
)
RESPONSE_AGENCY: Final = (
    "Seperti di sebelah, tetapi dihitung sejak aduan didisposisikan ke OPD: lebih adil bagi OPD. Hanya "
    "aduan yang didisposisikan."
)
COHORT: Final = (
    "Semua aduan yang diterima dalam periode. Sah = diterima dikurangi bukan wewenang, arsip, tidak layak, "
    "dan ganda. Aduan ganda dikenali dari status kanalnya; nomor tiket yang sama hanya disimpan sekali."
)
RESOLUTION: Final = (
    "Ditutup sebagai selesai dalam 14 hari kerja sejak diterima, dibagi semua aduan sah yang diterima dalam "
    "periode, termasuk yang belum ditutup. Dijawab saja belum selesai; arsip bukan selesai."
)
COMPLIANCE: Final = (
    "Tenggat yang ditepati dibagi semua tenggat yang jatuh dalam periode (bukan dibagi yang sudah ditutup); "
    "yang belum dikerjakan saat tenggat lewat dihitung lewat. Tenggat per kanal dan langkah ada di "
    "complaints.yaml, hari libur dan cuti bersama di calendar.yaml."
)
BACKLOG: Final = (
    "Aduan yang masih terbuka pada akhir periode, apa pun waktu masuknya. Umur dihitung dalam hari kerja "
    "sejak diterima. Aduan yang baru dijawab masih terbuka."
)
BACKLOG_AGE: Final = "Aduan terbuka menurut umurnya dalam hari kerja sejak diterima."
LOAD: Final = (
    "Aduan yang terbuka sekarang dibagi admin aktif: satu per OPD kecuali complaints.yaml (admins) menyebut "
    "lain. OPD aktif bila punya aduan terbuka, atau menerima aduan dalam 12 minggu penuh terakhir."
)
WITHHELD: Final = (
    "Hari kerja = tanpa akhir pekan, libur nasional, dan cuti bersama. **Tidak tersedia** berarti lebih dari "
    "seperlima waktunya tidak tercatat, misalnya karena berkas kanalnya tidak memuat waktu jawaban; pilih "
    "kanal pada saringan untuk melihat yang tercatat. **Data belum cukup** berarti kurang dari 10."
)

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
