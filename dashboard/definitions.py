"""What each number means, one tap away from it: as the register of numbers says (`warehouse/metrics`).

The texts written out here explain a list or a form, not a number.
"""

from __future__ import annotations

from typing import Final

from warehouse.metrics import tooltip

ARTICLES: Final = tooltip("articles")
STORIES: Final = tooltip("stories")
OUTLETS: Final = tooltip("outlets")
COMPLAINTS: Final = tooltip("complaints")
COMMENTS: Final = tooltip("comments")
POSTS: Final = tooltip("posts")
VIDEOS: Final = tooltip("videos")
MOOD: Final = tooltip("mood")
WORDS: Final = tooltip("word_contrast")
CHANNELS: Final = tooltip("channel_volume")
MOVED: Final = tooltip("moved")
TIMELINE: Final = "Semua artikel cerita ini, yang paling awal lebih dulu."
STORY_DAY: Final = tooltip("story_day")
STORY_ECHO: Final = tooltip("story_echo")
QUOTES: Final = (
    "Kalimat di antara tanda kutip, 40 sampai 300 huruf, dari artikel cerita ini; yang dimuat paling banyak "
    "media lebih dulu. Siapa yang mengatakannya tidak dibaca mesin: buka sumbernya."
)
COPIES: Final = (
    "Artikel yang teksnya mengulang teks yang lebih dulu. Bagian sama = bagian teks yang lebih pendek yang "
    "ada di teks lainnya."
)
TOP_STORIES: Final = "Diurutkan menurut banyaknya media yang menulis sendiri, lalu banyaknya artikel."

QUEUE_OPEN: Final = tooltip("queue_open")
HISTORY: Final = (
    "Riwayat hanya bertambah: catatan lama tidak diubah dan tidak dihapus. Status yang hanya terlihat di "
    "berkas kanal, tanpa waktu, ditandai demikian dan tidak dipakai menghitung lama jawaban."
)
RECORDING: Final = (
    "Catatan ditambahkan ke riwayat dan langsung ikut dihitung. Catatan tidak dapat diubah atau dihapus; "
    "yang keliru diperbaiki dengan catatan baru. Dibalas berarti pelapor sudah dijawab, belum tentu tuntas."
)
QUEUE_OVERDUE: Final = tooltip("queue_overdue")
QUEUE_LATE: Final = tooltip("queue_late")
QUEUE_ANSWERED: Final = tooltip("queue_answered")
QUEUE_RESOLVED: Final = tooltip("queue_resolved")
QUEUE_ASIDE: Final = tooltip("queue_aside")
BY_AGENCY: Final = (
    "Aduan yang menyangkut dua OPD dihitung pada keduanya, seperti pada daftar di bawah; jadi jumlah per OPD "
    "bisa lebih banyak daripada jumlah aduan."
)
QUEUE_ORDER: Final = (
    "Yang masih terbuka di atas, yang tenggatnya paling dulu jatuh lebih dulu; sesudahnya yang sudah ditutup."
)

RESPONSE: Final = tooltip("i3_response")
RESPONSE_AGENCY: Final = tooltip("i3_agency_response")
COHORT: Final = tooltip("received")
RESOLUTION: Final = tooltip("i5_resolution")
COMPLIANCE: Final = tooltip("i4_sla")
BACKLOG: Final = tooltip("i6_backlog")
BACKLOG_AGE: Final = tooltip("backlog_age")
LOAD: Final = tooltip("load")
NET_TONE: Final = tooltip("i10_net_tone")
PLACES: Final = tooltip("kecamatan_volume")
PLACE_RATE: Final = tooltip("place_rate")
OFFICE_VOLUME: Final = tooltip("opd_volume")
OFFICE_PAIRS: Final = tooltip("opd_pair")
COVERAGE: Final = tooltip("coverage")
LEAGUES: Final = {
    "opd_tone": tooltip("league_tone"),
    "opd_unanswered": tooltip("league_unanswered"),
    "kecamatan_intake": tooltip("league_intake"),
}
NO_MOMENTS: Final = (
    "lebih dari seperlima waktunya tidak tercatat, misalnya karena berkas kanalnya tidak memuat waktu jawaban"
)
WITHHELD: Final = (
    "Hari kerja = tanpa akhir pekan, libur nasional, dan cuti bersama. **Tidak tersedia** berarti "
    f"{NO_MOMENTS}; pilih kanal pada saringan untuk melihat yang tercatat. **Data belum cukup** berarti "
    "kurang dari 10."
)

SOURCES_OK: Final = tooltip("sources_ok")
SOURCES_REACHABLE: Final = tooltip("sources_reachable")
DOCUMENTS: Final = tooltip("documents")
UNDATED: Final = tooltip("undated")
NORM: Final = tooltip("norm")
COMPLETENESS: Final = tooltip("completeness")
RUNS: Final = "Masuk = tersimpan + ganda + ditolak, selalu."
REJECTED: Final = (
    "Tidak ada yang hilang diam-diam: setiap penolakan tercatat dengan alasannya. Satu catatan dihitung "
    "sekali, dengan alasan terakhirnya; yang kemudian berhasil diambil tidak dihitung lagi."
)

REVIEW_WAITING: Final = tooltip("review_waiting")
REVIEW_JUDGED: Final = tooltip("review_judged")
REVIEW_NEW: Final = tooltip("review_new")
REVIEW_MINE: Final = (
    "Teks yang Anda beri label: jawaban, pendapat kedua, dan keputusan; yang dilewati tidak dihitung."
)
REVIEW_ORDER: Final = (
    "Yang paling menolong model lebih dulu: keraguan model dikalikan seberapa banyak teks yang sejenis "
    "(jenis dan "
    "topik yang sama). Teks yang modelnya sendiri minta diperiksa didahulukan; kata-kata yang sama "
    "ditanyakan sekali."
)
SECOND_OPINION: Final = (
    "Seperlima teks yang sudah dijawab ditunjukkan kepada orang lain tanpa jawaban pertama dan tanpa label "
    "model. "
    "Jawabannya tidak mengubah label; gunanya mengukur apakah dua orang membaca teks dengan cara yang sama."
)
AGREEMENT: Final = (
    "Kappa Cohen: kesamaan jawaban dua orang di luar kebetulan, dari -1 sampai 1; 0,8 ke atas biasanya "
    "dianggap "
    "baik. Untuk OPD yang dibandingkan hanya yang pertama. Tidak ditampilkan bila kurang dari 10 teks."
)
DIFFERING: Final = "Dua orang menjawab berbeda dan belum ada yang memutuskan; keputusan di sini yang berlaku."
REVIEW_FORM: Final = (
    "Simpan juga bila semua sudah benar: model belajar dari jawaban benar. Teks yang bukan tentang Pati "
    "tidak "
    "punya label lain; politik tidak punya OPD dan nada, jadi isiannya diabaikan."
)
QUEUE_DUE: Final = "Masih terbuka, dan tenggat berikutnya jatuh dalam dua hari kerja."
DUE: Final = (
    "Aduan yang masih terbuka menurut tenggat langkah yang ditunggu (verifikasi, jawaban pertama, atau "
    "penyelesaian): hari ini, sesudahnya sampai hari kerja berikutnya, atau sudah lewat."
)
QUEUE_UNANSWERED: Final = "Masih terbuka dan belum pernah dijawab; balasan otomatis bukan jawaban."
TREND: Final = (
    "Banyaknya aduan menurut label; satu aduan punya satu topik dan dihitung pada kecamatan pertama yang "
    "disebut. "
    "Angka kecil naik turun karena kebetulan, jadi persennya tidak dihitung."
)
RECURRING: Final = (
    "Topik di satu desa yang diadukan dalam sedikitnya 3 dari 8 minggu penuh terakhir. Yang aduannya "
    "kurang dari 5 "
    "disembunyikan agar tidak menunjuk orang."
)
HANDOVER: Final = (
    "Usulan pemilik berasal dari skor OPD pada label, yang sudah mengikuti aturan kewenangan. Serah terima "
    "mencatat "
    "dua kejadian, bukan wewenang lalu didisposisi, dan mengganti OPD aduan; ia ikut dihitung sebagai "
    "salah alamat."
)
SIMILAR: Final = (
    "Aduan terdahulu bertopik sama yang punya kata penting atau kecamatan yang sama; yang katanya paling "
    "banyak sama "
    "lebih dulu. Aduan rahasia tidak ditampilkan."
)
SETTINGS_SOURCES: Final = (
    "Sumber yang dijeda tidak diambil lagi dan disebut nonaktif; dokumen lamanya tetap dihitung. Sumber baru "
    "ditambahkan dengan `pati sources add`."
)
SETTINGS_RECEIVERS: Final = (
    "Ke mana peringatan dan temuan pencarian bersama dikirim. Alamat memuat sandi: disimpan di "
    "keys/rahasia.env yang hanya dibaca pemiliknya, dan setiap perubahan dicatat tanpa alamatnya."
)
SETTINGS_ALERTS: Final = (
    "Yang diatur adalah anggaran peringatan palsu, bukan ambang: sistem menghitung sendiri seberapa jauh "
    "sebuah "
    "angka harus menyimpang agar anggaran ini cukup."
)

NOT_A_SCORE: Final = (
    "Angka pemantauan adalah bukti pendamping, bukan nilai: setiap tingkat diisi seseorang dan ditinjau "
    "orang lain."
)
EVIDENCE: Final = (
    "Dokumen yang dihitung angka indikator ini. Yang disematkan tampil lebih dulu; menolak tidak mengubah "
    "angka, hanya menyatakan dokumen itu bukan bukti. Setiap tanda dan catatan tersimpan dengan nama."
)
INDEX: Final = (
    "Jumlah nilai yang diisi orang dikali bobot tahunnya. Satu isian kosong, dikembalikan, atau bobot yang "
    "belum diketahui membuat indeks terbuka; kosong tidak pernah dihitung nol."
)
IMPROVEMENT: Final = "Indeks tahun ini dikurangi indeks tahun sebelumnya; terbuka bila salah satunya terbuka."
WORKSHEET: Final = (
    "Seseorang mengisi nilai dan alasannya, orang lain meninjau. Isian lama tidak dihapus; isian baru perlu "
    "tinjauan baru."
)
CONTINUITY: Final = " ".join(tooltip(one) for one in ("quick_win_silence", "quick_win_after_start"))
JUDGING: Final = (
    "Rata-rata tertimbang nilai juri yang menilai semua kriteria. Selisih antarjuri menunjukkan kesepakatan; "
    "nilai yang sama tetap seri sampai juri memutuskan."
)
PACK: Final = (
    "PDF, buku kerja, dan berkas bukti dengan SHA-256 setiap berkas; penerimanya memeriksa keutuhannya "
    "dengan verify.py di "
    "dalamnya. Setiap paket yang keluar tercatat."
)
