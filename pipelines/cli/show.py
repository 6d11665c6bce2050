"""Commands that show something to people: report, dashboard, demo."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli import reports, reports_more
from pipelines.cli.shared import FAILED, USAGE, Json, console, failing, print_json, say_error, settings_of
from pipelines.progress import Silent, bars

if TYPE_CHECKING:
    from dashboard.report.verify import Verdict

Port = Annotated[int, typer.Option("--port", help="Porta dasbor di komputer ini.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Laporan untuk pimpinan.")
    group.command(
        "weekly",
        help="Tulis laporan mingguan (PDF, ringkasan satu halaman, HTML, XLSX, DOCX, dan buku buktinya).",
    )(weekly)
    group.command("verify", help="Periksa apakah setiap kalimat laporan masih sesuai dengan datanya.")(verify)
    reports_more.add(group)
    reports.add(group)
    app.add_typer(group, name="report")
    app.command(help="Buka dasbor di peramban.")(dashboard)
    app.command(help="Coba semuanya dengan ruang redaksi luring bawaan.")(demo)


def weekly(
    context: typer.Context,
    week: Annotated[
        str | None, typer.Option("--week", help="Misalnya 2026-W46; bawaan: minggu lengkap terakhir.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder hasil.")] = None,
    json: Json = False,
) -> None:
    """Write the weekly report."""
    from pipelines.run import book, open_lake
    from pipelines.settings import new_run_id
    from pipelines.stages import publish
    from warehouse import lake_exists
    from warehouse.errors import LakeMissingError
    from warehouse.queries import Week

    settings = settings_of(context)
    try:
        chosen = Week.parse(week) if week else None
    except ValueError as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    with failing():
        if not lake_exists(settings.home):
            raise LakeMissingError(settings.home)
        with open_lake(settings) as lake:
            result = book(
                lake, settings, "publish", new_run_id(), Silent(),
                lambda lake, settings, progress, _: publish.run(lake, settings, progress, chosen, out),
            )  # fmt: skip
    if json:
        print_json(asdict(result))
    else:
        console.print(result.message, markup=False, soft_wrap=True)


def verify(
    context: typer.Context,
    ledger: Annotated[Path, typer.Argument(help="Buku bukti di samping laporan (.bukti.json).")],
    latest: Annotated[
        bool,
        typer.Option("--latest", help="Bandingkan dengan data terbaru, bukan dengan potret data laporan."),
    ] = False,
    json: Json = False,
) -> None:
    """Ask everything behind a report again; status 1 if a sentence no longer holds."""
    from dashboard.report import ReportError
    from dashboard.report.verify import verify as ask_again

    settings = settings_of(context)
    try:
        with failing():
            found = ask_again(settings.home, ledger, latest=latest)
    except ReportError as err:
        say_error(str(err))
        raise typer.Exit(USAGE) from None
    if json:
        print_json({**asdict(found), "holds": found.holds, "broken": found.broken})
    else:
        for line in verdict_lines(found):
            console.print(line, markup=False, soft_wrap=True)
    if not found.holds:
        raise typer.Exit(FAILED)


def verdict_lines(found: Verdict) -> list[str]:
    """The verdict in words: what was asked, then every sentence that does not hold with its values. Pure."""
    where = "data terbaru" if found.snapshot is None else f"potret data {found.snapshot}"
    lines = [f"{found.report}: {found.entries} butir diperiksa terhadap {where}."]
    if found.expired:
        lines.append("Potret data laporan ini sudah dihapus menurut aturan retensi.")
    if found.altered:
        lines.append("Buku bukti diubah sesudah ditulis: sidiknya tidak cocok dengan isinya.")
    if found.printed is False:
        lines.append("Berkas PDF di sampingnya bukan yang dicetak bersama buku bukti ini.")
    if found.edited:
        lines.append(
            f"Kalimat tulisan orang, bukan mesin: {', '.join(found.edited)}; "
            "yang diperiksa hanya data asalnya."
        )
    for key, text in found.broken:
        lines.append(f"[{key}] {text}")
        lines += [
            f"    {one.query}.{one.field}: tertulis {one.written}, sekarang "
            f"{'tidak ada lagi' if one.found is None else one.found}"
            for one in found.differences
            if one.entry == key and not one.erased
        ]
    lines += [f"[{key}] Teks di baliknya sudah dihapus menurut hukum atau retensi." for key in found.erased]
    return [*lines, _good(found) if found.holds else "Laporan ini tidak sesuai lagi."]


def _good(found: Verdict) -> str:
    kept = "Semua kalimat dan angka sesuai."
    return "Semua kalimat dan angka yang tidak dihapus sesuai." if found.erased else kept


def dashboard(
    context: typer.Context,
    port: Port = 8501,
    recorder: Annotated[
        str | None,
        typer.Option(
            "--recorder", help="Catat riwayat aduan atas nama unit ini, mis. Diskominfo; bawaan: nama akun."
        ),
    ] = None,
    address: Annotated[
        str,
        typer.Option(
            "--address", help="Alamat yang didengarkan; lain dari localhost hanya di belakang proxy TLS."
        ),
    ] = "localhost",
) -> None:
    """Serve the dashboard until interrupted."""
    from pipelines.serving import serve_dashboard

    settings = settings_of(context)
    with failing():
        console.print(f"Dasbor: http://localhost:{port} (Ctrl+C untuk berhenti)")
        serve_dashboard(settings, port, recorder, address)


def demo(
    context: typer.Context,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Setelah selesai, buka dasbor.")] = True,
    port: Port = 8501,
    newsroom_port: Annotated[int, typer.Option(help="Porta ruang redaksi luring.")] = 8765,
    weeks: Annotated[int, typer.Option(min=1, max=26, help="Berapa minggu isi yang dibuat.")] = 26,
    json: Json = False,
) -> None:
    """Crawl the bundled offline newsroom from end to end and show the result."""
    from pipelines.demo import newsroom, prepare, run_demo, summary
    from pipelines.serving import serve_dashboard

    home = (context.obj.args[0] or Path("demo-home")).absolute()
    with failing(), newsroom(newsroom_port, weeks) as room:
        settings = prepare(home, room)
        if json:
            results = run_demo(settings, room, Silent())
            print_json({"results": [asdict(one) for one in results], "summary": summary(settings)})
        else:
            with bars(console) as shown:
                results = run_demo(settings, room, shown)
            _print_summary(summary(settings), home, port, serve=serve)
        if serve:
            serve_dashboard(settings, port, "Demo")


def _print_summary(found: dict[str, object], home: Path, port: int, *, serve: bool) -> None:
    address = f"http://localhost:{port}"
    hint = "(Ctrl+C untuk berhenti)" if serve else f"setelah `pati --home {home} dashboard --port {port}`"
    for label, value in {**found, "Dasbor": f"{address} {hint}"}.items():
        console.print(f"{label:<18} {value}", markup=False, soft_wrap=True)
