"""What stands behind the body: full tables, links, method and limits."""

from __future__ import annotations

from dashboard import format as fmt
from dashboard.report.blocks import Block, Bullets, Cell, Column, Grid, Heading, Pairs, Said, Text
from dashboard.report.briefing import DISPUTED, disputed
from dashboard.report.issues import (
    BODY_ALERTS,
    BODY_OUTLETS,
    OUTLET_COLUMNS,
    alerts,
    outlet_rows,
)  # fmt: skip
from dashboard.report.services import (
    BODY_AGENCIES,
    BODY_TONES,
    QUEUE_COLUMNS,
    TONE_COLUMNS,
    queue_rows,
    tone_rows,
)  # fmt: skip
from dashboard.report.summary import BAD
from dashboard.report.text import breakable, clean, web_address
from dashboard.report.writer import Writer, label
from warehouse.metrics import footnote
from warehouse.queries.trends import MIN_N

DEFINED = (
    "articles", "stories", "outlets", "story_voices", "i10_net_tone", "complaints", "queue_open",
    "queue_overdue", "queue_late", "i3_response", "i13_quick_win", "kecamatan_volume", "coverage",
    "sources_ok", "undated",
)  # fmt: skip
"""The numbers of the report, in the order a reader meets them; the register says what they mean."""

METHOD = (
    (
        "Artikel, video, komentar, unggahan, dan aduan dikumpulkan dari sumber yang terdaftar; "
        "data pribadi disamarkan sebelum disimpan."
    ),
    (
        "Minggu laporan adalah Senin 00.00 sampai Minggu 23.59 WIB menurut tanggal terbit, atau tanggal "
        "diterima untuk aduan."
    ),
    (
        "Artikel yang menceritakan kejadian yang sama disatukan menjadi satu cerita; teks yang mengulang "
        "artikel lain dihitung sebagai salinan, bukan suara baru."
    ),
    (
        "Topik, OPD, tempat, dan tone ditentukan oleh aturan dan model statistik. Tone adalah sikap terhadap "
        "layanan pemerintah daerah, bukan baik-buruknya peristiwa."
    ),
    f"Persentase dan tone bersih tidak ditampilkan bila kurang dari {MIN_N} dokumen.",
    (
        "Satu dokumen dapat menyangkut beberapa OPD, sehingga jumlah per OPD tidak sama dengan jumlah "
        "keseluruhan."
    ),
)
LIMITS = (
    (
        "Model dapat keliru pada sindiran, bahasa Jawa, dan teks sangat pendek; laporan ini tidak boleh "
        "menjadi dasar penilaian terhadap perorangan."
    ),
    "Sumber yang tidak dapat dijangkau tidak tercermin dalam angka; lihat status data pada halaman pertama.",
    (
        "Sedikitnya aduan dari suatu tempat tidak berarti layanannya baik: bisa jadi warganya belum "
        "terjangkau kanal aduan."
    ),
    "Status aduan mengikuti kanal asalnya; “dijawab” atau “selesai” tidak selalu berarti tuntas di lapangan.",
)
PROOF = (
    "Kode kecil di belakang kalimat menunjuk ke buku bukti (berkas JSON di samping laporan ini), yang "
    "memuat pertanyaan, parameter, dan nilai di balik setiap kalimat dan setiap baris angka."
)


def annex(w: Writer) -> list[Block]:
    """All of it, in the order a doubting reader asks for it."""
    return [*_rest(w), *_sources(w), *_links(w), *_method(w)]


def _rest(w: Writer) -> list[Block]:
    """What the body had no room for: nothing is cut off silently."""
    blocks: list[Block] = []
    judged = [row for row in w.facts.tone.rows if row["net_tone"] is not None]
    if rows := judged[BODY_TONES:]:
        blocks += [
            Heading("Tone layanan per OPD (lanjutan)"),
            Grid(TONE_COLUMNS, tone_rows(w, w.facts.tone, rows)),
        ]
    if agencies := w.facts.agencies.rows[BODY_AGENCIES:]:
        blocks += [Heading("Aduan per OPD (lanjutan)"), Grid(QUEUE_COLUMNS, queue_rows(w, agencies))]
    if w.facts.outlets.rows[BODY_OUTLETS:]:
        blocks += [
            Heading("Sebaran media (lanjutan)"),
            Grid(OUTLET_COLUMNS, outlet_rows(w, w.facts.outlets, BODY_OUTLETS, None)),
        ]
    if more := len(w.facts.alerts.rows[BODY_ALERTS:]):
        blocks += [Heading("Peringatan dini (lanjutan)"), *alerts(w, BODY_ALERTS, more)]
    if w.facts.disputed.rows[DISPUTED:]:
        blocks += [Heading("Klarifikasi dan hoaks (lanjutan)"), Bullets(disputed(w, DISPUTED, None))]
    return blocks


def _sources(w: Writer) -> list[Block]:
    table = w.facts.sources
    failing = [row for row in table.rows if row["verdict"] in BAD]
    if not failing:
        return []
    rows = []
    for row in failing:
        shown = (row["verdict"], fmt.moment(row["last_success_at"]), fmt.day(row["last_item_at"]))
        w.ledger.add(
            f"D.{row['source_id']}",
            f"{clean(row['name'])}: " + " | ".join(shown),
            table.cite(row, "source_id", "verdict", "last_success_at", "last_item_at"),
        )
        rows.append((label(row["name"]), *(Cell(text) for text in shown)))
    columns = (
        Column("Sumber", 2, "left"), Column("Keadaan", 1, "left"),
        Column("Terakhir terjangkau", 1.6, "left"), Column("Isi terbaru", 1.1, "left"),
    )  # fmt: skip
    return [Heading("Sumber yang bermasalah"), Grid(columns, tuple(rows))]


def _links(w: Writer) -> list[Block]:
    rows = []
    for rank, story in enumerate(w.facts.stories.rows, 1):
        for step in w.steps(story["story_id"]):
            url = web_address(step["url"])
            rows.append(
                (Cell(str(rank)), Cell(fmt.day(step["day"])), label(step["source_name"]),
                 Cell(breakable(url or clean(step["title"], 110)), url))
            )  # fmt: skip
    if not rows:
        return []
    columns = (
        Column("Isu", 0.4, "left"), Column("Tanggal", 1, "left"),
        Column("Media", 1.4, "left"), Column("Tautan", 4.2, "left"),
    )  # fmt: skip
    return [Heading("Daftar tautan isu teratas"), Grid(columns, tuple(rows))]


def _method(w: Writer) -> list[Block]:
    f = w.facts
    w.ledger.add("L0", "Model", f.status.cite("model_version"))
    return [
        Heading("Metode"),
        Bullets(tuple(Said("", text) for text in METHOD)),
        Heading("Arti angka"),
        Bullets(tuple(Said("", footnote(one)) for one in DEFINED)),
        Heading("Keterbatasan"),
        Bullets(tuple(Said("", text) for text in LIMITS)),
        Heading("Bukti"),
        Text((Said("", PROOF),)),
        Pairs(
            (
                ("Versi model", clean(f.status.value.model_version) or fmt.MISSING),
                ("Sidik bukti", w.ledger.fingerprint()[:16]),
            )
        ),
    ]
