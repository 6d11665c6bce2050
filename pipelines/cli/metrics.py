"""Commands about the numbers: what each one means, and the documents behind a row."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.shared import FAILED, USAGE, Json, console, failing, print_json, say_error, settings_of

DOCUMENT = Path("docs") / "metrics.md"


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(no_args_is_help=True, help="Arti setiap angka, dan dokumen di baliknya.")
    group.command("list", help="Daftar semua angka.")(show_all)
    group.command("show", help="Definisi satu angka (kunci, atau kode seperti I5).")(show)
    group.command("drill", help="Nomor dokumen di balik satu baris angka.")(drill)
    group.command("docs", help="Tulis docs/metrics.md dari daftar angka.")(docs)
    app.add_typer(group, name="metrics")


def show_all(json: Json = False) -> None:
    """List the register."""
    from warehouse.metrics import metrics

    every = list(metrics().values())
    if json:
        print_json([one.model_dump() for one in every])
        return
    for one in every:
        console.print(f"{one.code or '':<4} {one.id:<22} {one.name}", markup=False, soft_wrap=True)


def show(
    word: Annotated[str, typer.Argument(help="Kunci angka (i10_net_tone) atau kodenya (I10).")],
    json: Json = False,
) -> None:
    """Show one number, or the numbers of one indicator."""
    from warehouse.metrics import document, metric, named

    found = named(word)
    if not found:
        try:
            metric(word)
        except KeyError as err:
            say_error(f"{err.args[0]} Lihat `pati metrics list`.")
        raise typer.Exit(USAGE)
    if json:
        print_json([one.model_dump() for one in found])
        return
    console.print(document(found, head=False), markup=False, soft_wrap=True)


def drill(
    context: typer.Context,
    metric_id: Annotated[str, typer.Argument(help="Kunci angka, mis. i10_net_tone.")],
    grain: Annotated[list[str] | None, typer.Argument(help="kolom=nilai untuk setiap kolom `Per`.")] = None,
    json: Json = False,
) -> None:
    """Print the ids behind one row."""
    from pipelines.run import open_lake
    from warehouse import lake_exists, queries
    from warehouse.errors import LakeMissingError

    settings = settings_of(context)
    wanted = dict(part.partition("=")[::2] for part in grain or ())
    try:
        with failing():
            if not lake_exists(settings.home):
                raise LakeMissingError(settings.home)
            with open_lake(settings) as lake:
                ids = queries.drill(lake, metric_id, **wanted)
    except KeyError as err:
        say_error(f"{err.args[0]} Lihat `pati metrics list`.")
        raise typer.Exit(USAGE) from None
    except ValueError:
        say_error(f"Sebut nilai setiap kolom `Per` pada `pati metrics show {metric_id}` sebagai kolom=nilai.")
        raise typer.Exit(USAGE) from None
    if json:
        print_json(ids)
    else:
        for one in ids:
            console.print(one, markup=False, soft_wrap=True)


def docs(
    out: Annotated[Path, typer.Option("--out", help="Berkas yang ditulis.")] = DOCUMENT,
    check: Annotated[
        bool, typer.Option("--check", help="Jangan menulis; gagal bila berkasnya ketinggalan.")
    ] = False,
) -> None:
    """Write the documentation of all numbers."""
    from warehouse.metrics import document, metrics

    text = document(metrics().values())
    if check:
        if not out.exists() or out.read_text(encoding="utf-8") != text:
            say_error(f"{out} tidak sesuai dengan daftar angka; jalankan `pati metrics docs`.")
            raise typer.Exit(FAILED)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    console.print(f"{out} ditulis.", markup=False)
