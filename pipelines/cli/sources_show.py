"""How the answers of `pati sources` look: tables and sentences in plain Indonesian."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table

from crawlers.onboarding import Coverage, SiteReport
from crawlers.onboarding.judge import readiness
from dashboard.format import moment, number, percent
from pipelines.cli.shared import console

if TYPE_CHECKING:
    from crawlers.onboarding.fixtures import Difference

SHARES_FROM = 10
"""Fewer pages than this are told as counts, not as a percentage."""
READY = {
    "siap": "Siap dipakai: judul, tanggal, dan isi terbaca.",
    "periksa": "Dapat dipakai, tetapi periksa dulu yang tertulis di bawah.",
    "belum": "Belum dapat dipakai: tidak ada tulisan yang dapat dibaca.",
}
PROVENANCE = {
    "json-ld": "data halaman (JSON-LD)",
    "meta": "data halaman (meta)",
    "time-tag": "penanda waktu di halaman",
    "byline": "baris tanggal di bawah judul",
    "url": "alamat tulisan",
    "text": "isi tulisan",
    "feed": "umpan",
    "sitemap": "peta situs",
    "api": "API",
}
SCOPE = {
    "pati_only": "seluruhnya tentang Kabupaten Pati",
    "general": "umum; hanya tulisan tentang Kabupaten Pati yang disimpan",
}


def table(*headings: str) -> Table:
    """An empty table in the house style."""
    made = Table(box=None, pad_edge=False)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


def share(n: int, of: int) -> str:
    """``15 dari 15 (100%)``; below ten no percentage, as everywhere."""
    told = f"{number(n)} dari {number(of)}"
    return f"{told} ({percent(n / of)})" if of >= SHARES_FROM else told


def show_report(report: SiteReport) -> None:
    """Print what a look at a site found."""
    found = report.proposal
    console.print(f"{found.name} ({found.url})", style="bold", markup=False)
    console.print(f"Jenis situs: {report.family_name}. {report.requests} permintaan.", markup=False)
    ways = table("Yang dicari", "Alamat", "Hasil")
    for one in report.tried:
        ways.add_row(one.what, one.url, ("✓ " if one.works else "- ") + one.outcome)
    console.print(ways)
    if report.coverage.n:
        console.print()
        console.print(_fields(report.coverage))
    console.print()
    for sentence in _conclusions(report):
        console.print(sentence, markup=False, soft_wrap=True)


def show_yaml(text: str) -> None:
    """Print an entry so that it can be copied: no colours, no wrapping."""
    console.print(text, markup=False, highlight=False, soft_wrap=True, end="")


def show_differences(found: Mapping[str, tuple[int, Sequence[Difference]]]) -> None:
    """Print what kept pages give now and did not before."""
    for source_id, (pages, differences) in found.items():
        state = f"{len(differences)} perubahan" if differences else "sama seperti saat disimpan"
        console.print(f"{source_id}: {pages} halaman, {state}.", markup=False)
        for one in differences:
            console.print(f"  {one.url}", markup=False, soft_wrap=True)
            console.print(f"    {one.field}: {one.before!r} → {one.now!r}", markup=False, soft_wrap=True)


def show_sources(rows: Iterable[Mapping[str, Any]]) -> None:
    """Print every source with its verdict."""
    made = table(
        "Sumber", "Nama", "Jenis", "Keadaan", "Minggu lalu", "Biasanya", "Terakhir terbit", "Kendala"
    )
    for row in rows:
        made.add_row(
            *(row[name] for name in ("source_id", "name", "kind", "verdict")),
            number(row["n_last_week"]),
            number(row["norm_per_week"]),
            moment(row["last_item_at"]),
            row["last_error"] or "",
        )
    console.print(made)


def show_health(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the health of the active sources: how many items, how complete, what waits."""
    active = [row for row in rows if row["status"] == "active"]
    made = table(
        "Sumber",
        "Keadaan",
        "Terakhir terbaca",
        "Per hari (7)",
        "Per hari (28)",
        "Biasanya",
        "Menunggu",
        "Kendala",
    )
    for row in active:
        made.add_row(
            row["source_id"],
            row["verdict"],
            moment(row["last_success_at"]),
            number(row["per_day_7"], 1),
            number(row["per_day_28"], 1),
            number(row["norm_per_day"], 1) if row["norm_from"] else "",
            _waiting(row),
            row["last_error"] or "",
        )
    console.print(made)
    lately = [row for row in active if row["n_new_28"]]
    if lately:
        console.print("\nKelengkapan tulisan yang terkumpul dalam 28 hari terakhir:\n")
        console.print(_completeness(lately))
    if len(rows) > len(active):
        console.print(f"\n{len(rows) - len(active)} sumber lain tidak aktif; lihat `pati sources`.")


def _completeness(rows: Sequence[Mapping[str, Any]]) -> Table:
    fields = table("Sumber", "Terkumpul", "Tanggal", "Jam terbit", "Penulis", "Isi")
    for row in rows:
        shares = (row[f"share_{name}"] for name in ("dated", "timed", "author", "text"))
        fields.add_row(
            row["source_id"],
            number(row["n_new_28"]),
            *map(percent, shares),
        )
    return fields


def _waiting(row: Mapping[str, Any]) -> str:
    if not row["n_waiting"]:
        return ""
    oldest = f", tertua {moment(row['oldest_waiting'])}" if row["oldest_waiting"] else ""
    return f"{number(row['n_waiting'])}{oldest}"


def show_configured(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print the configuration's own list: before the first run there is nothing else."""
    made = table(*(rows[0] if rows else ()))
    for row in rows:
        made.add_row(*map(str, row.values()))
    console.print(made)
    console.print("Belum pernah dijalankan; keadaan tiap sumber tampil setelah `pati run`.")


def _fields(found: Coverage) -> Table:
    from dashboard import labels

    made = table("Tulisan contoh", "Terbaca", "Keterangan")
    problems = ", ".join(f"{labels.of(labels.REASON, name)} {n}" for name, n in found.problems.items())
    made.add_row("isi", share(found.body, found.n), problems or _length(found))
    dates = ", ".join(f"{PROVENANCE.get(name, name)} {n}" for name, n in found.provenance.items())
    made.add_row("judul", share(found.title, found.body), "")
    made.add_row("tanggal", share(found.date, found.body), f"dari {dates}" if dates else "")
    made.add_row("jam terbit", share(found.time, found.body), "")
    made.add_row("penulis", share(found.author, found.body), "")
    made.add_row("tentang Pati", share(found.about, found.body), "")
    return made


def _length(found: Coverage) -> str:
    return (
        f"median {number(found.median_words)} kata" if found.median_words else "terbagi atas beberapa halaman"
    )


def _conclusions(report: SiteReport) -> Iterable[str]:
    found = report.proposal
    yield READY[readiness(report)]
    yield f"Lingkup: {SCOPE[found.scope]}."
    if found.per_week is not None:
        yield f"Perkiraan: {number(found.per_week, 1)} tulisan tersimpan per minggu."
    else:
        yield "Perkiraan jumlah tulisan per minggu belum dapat dibuat."
    for sentence in found.missing:
        yield f"• {sentence}"
