"""`pati alerts`: what is going on, who looks at it, and what rules would have raised before."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from pipelines.cli.shared import FAILED, Json, console, failing, print_json, say_error, settings_of

if TYPE_CHECKING:
    from warehouse import Lake
    from warehouse.store.alert_answers import Answer

STATUS = {"open": "terbuka", "acknowledged": "ditangani", "closed": "ditutup"}
VERDICT = {
    "passed": "lulus",
    "refused": "DITOLAK: dimatikan",
    "unknown": "belum dapat diuji (riwayat kurang dari 8 minggu)",
}

Who = Annotated[str | None, typer.Option("--by", help="Siapa; bawaan: nama pengguna komputer ini.")]
Note = Annotated[str | None, typer.Option("--note", help="Catatan.")]
Key = Annotated[str, typer.Argument(help="Nomor peringatan, seperti dalam `pati alerts list`.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Peringatan: daftar, tangani, tutup, uji riwayat.")
    group.command("list", help="Peringatan yang berlaku, dengan alasannya.")(listed)
    group.command("ack", help="Tandai: seseorang menanganinya.")(acknowledge)
    group.command("close", help="Tutup; kejadian yang sama tidak dibuka lagi sampai ia reda.")(close)
    group.command("backtest", help="Uji aturan pada riwayat: berapa peringatan sebulan?")(backtest)
    app.add_typer(group, name="alerts")


def listed(
    context: typer.Context,
    all_: Annotated[bool, typer.Option("--all", help="Juga yang sudah ditutup.")] = False,
    json: Json = False,
) -> None:
    """Alerts with reason and counterfactual, and messages that did not arrive."""
    from warehouse import queries
    from warehouse.queries.watch import backtests, failed_deliveries

    with failing(), _opened(context) as lake:
        found = queries.alerts(lake, open_only=not all_)
        failed, tests = failed_deliveries(lake), queries.records(backtests(lake))
        refused = [row["rule"] for row in tests if row["verdict"] == "refused"]
        if json:
            print_json({"alerts": found, "failed_deliveries": failed, "refused_rules": refused})
            return
        if found.empty:
            console.print("Tidak ada peringatan yang berlaku.")
        for row in queries.records(found):
            _show(row)
        for row in queries.records(failed):
            console.print(
                f"Pesan {row['notice']} BELUM terkirim lewat {row['service']} "
                f"({row['n_tries']} percobaan: {row['detail']}).",
                style="red", markup=False, soft_wrap=True,
            )  # fmt: skip
        for rule in refused:
            console.print(f"Aturan {rule} dimatikan: uji riwayatnya melebihi batas.", style="red")


def _show(row: dict[str, Any]) -> None:
    head = f"{row['alert_id']}  {STATUS[row['status']]}  {row['rule']}  {row['subject_label']}"
    console.print(head, style="bold", markup=False, soft_wrap=True)
    handled = f"{row['actor']}: {row['note'] or 'tanpa catatan'}" if row["actor"] else ""
    behind = f"{len(row['doc_ids'])} dokumen: {' '.join(row['doc_ids'][:3])}" if len(row["doc_ids"]) else ""
    more = f" … (semua: --json, {len(row['doc_ids'])})" if len(row["doc_ids"]) > 3 else ""
    for line in (row["reason"], row["counterfactual"], handled, behind + more):
        if line:
            console.print(f"  {line}", markup=False, soft_wrap=True)


def acknowledge(context: typer.Context, alert_id: Key, by: Who = None, note: Note = None) -> None:
    """Say that somebody takes care of an alert."""
    _by_hand(context, alert_id, "acknowledged", by, note)


def close(context: typer.Context, alert_id: Key, by: Who = None, note: Note = None) -> None:
    """Close an alert by hand."""
    _by_hand(context, alert_id, "closed", by, note)


def _by_hand(context: typer.Context, alert_id: str, answer: Answer, by: str | None, note: str | None) -> None:
    from pipelines.privacy import key_masker
    from warehouse.store import answer_alert

    settings = settings_of(context)
    mask = key_masker(settings.config)
    with failing(), _opened(context) as lake:
        who = by or getpass.getuser()
        if not answer_alert(lake, alert_id, answer, who, mask(note) if note else None, settings.now()):
            say_error(f"Peringatan '{alert_id}' tidak ada atau sudah ditutup; lihat `pati alerts list`.")
            raise typer.Exit(FAILED)
    word = "ditandai ditangani" if answer == "acknowledged" else "ditutup"
    console.print(f"Peringatan {alert_id} {word}.", markup=False)


def backtest(context: typer.Context, json: Json = False) -> None:
    """Run all rules, switched on or not, over the history of the lake, and remember the outcome."""
    from pipelines.alerting import history
    from pipelines.alerting.watching import Scene
    from warehouse.queries import last_complete_week
    from warehouse.store import add_backtests

    settings = settings_of(context)
    with failing(), _opened(context) as lake:
        scene = Scene(lake, settings.config.alerts, last_complete_week(settings.now()))
        rows = history.backtest(scene, settings.now())
        add_backtests(lake, rows)
    if json:
        from dataclasses import asdict

        print_json([asdict(row) for row in rows])
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("Aturan", "Minggu diuji", "Peringatan", "Sebulan", "Batas", "Hasil"):
        table.add_column(heading, justify="left" if heading in ("Aturan", "Hasil") else "right")
    for row in rows:
        table.add_row(
            row.rule, str(row.n_weeks), str(row.n_alerts), _number(row.per_month),
            _number(row.allowed_per_month), VERDICT[row.verdict],
        )  # fmt: skip
    console.print(table)
    console.print(
        f"Anggaran: {_number(settings.config.alerts.budget.false_per_month)} peringatan palsu sebulan. "
        "Yang dihitung di atas adalah semua peringatan, palsu atau benar.",
        soft_wrap=True,
    )


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}".replace(".", ",")


def _opened(context: typer.Context) -> Lake:
    from pipelines.run import open_lake
    from warehouse import lake_exists
    from warehouse.errors import LakeMissingError

    settings = settings_of(context)
    if not lake_exists(settings.home):
        raise LakeMissingError(settings.home)
    return open_lake(settings)
