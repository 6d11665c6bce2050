"""`pati stories`: join stories, take them apart, take a change back, and see what was changed."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from pipelines.cli.shared import FAILED, Json, console, failing, print_json, say_error, settings_of
from pipelines.settings import Settings
from warehouse import Lake

Why = Annotated[str, typer.Option("--why", help="Alasan singkat; ikut tersimpan.")]
By = Annotated[str | None, typer.Option("--by", help="Akun yang mengubah; tanpa ini akun di komputer ini.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(
        no_args_is_help=True, help="Cerita: gabung, pisah, batalkan; berlaku juga untuk berita yang menyusul."
    )
    group.command("merge", help="Gabungkan cerita-cerita ke cerita pertama.")(merge)
    group.command("split", help="Pisahkan dokumen dari ceritanya menjadi cerita sendiri.")(split)
    group.command("undo", help="Batalkan satu perubahan menurut nomornya.")(undo)
    group.command("history", help="Semua perubahan, yang terbaru di atas.")(history)
    group.command("show", help="Satu cerita: berita, salinan, dan perubahannya.")(show)
    app.add_typer(group, name="stories")


def merge(
    context: typer.Context,
    stays: Annotated[str, typer.Argument(metavar="CERITA", help="Cerita yang tetap.")],
    others: Annotated[list[str], typer.Argument(metavar="CERITA-LAIN...")],
    why: Why,
    by: By = None,
) -> None:
    """Join stories."""
    from warehouse.store import merge_stories

    settings = settings_of(context)
    with _edited(settings) as lake:
        number = merge_stories(lake, stays, others, _masked(settings, why), by or getpass.getuser())
    _done(f"{len(others)} cerita digabung ke {stays}.", number)


def split(
    context: typer.Context,
    story: Annotated[str, typer.Argument(metavar="CERITA")],
    documents: Annotated[list[str], typer.Argument(metavar="DOKUMEN...")],
    why: Why,
    by: By = None,
) -> None:
    """Take documents out of a story."""
    from warehouse.store import split_story

    settings = settings_of(context)
    with _edited(settings) as lake:
        number, new = split_story(lake, story, documents, _masked(settings, why), by or getpass.getuser())
    _done(f"{len(set(documents))} dokumen menjadi cerita {new}.", number)


def undo(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NOMOR", help="Lihat `pati stories history`.")],
    why: Why,
    by: By = None,
) -> None:
    """Take an edit back."""
    from warehouse.store import undo_edit

    settings = settings_of(context)
    with _edited(settings) as lake:
        undo_edit(lake, number, _masked(settings, why), by or getpass.getuser())
    console.print(f"Perubahan nomor {number} dibatalkan.")


def history(
    context: typer.Context,
    story: Annotated[str | None, typer.Argument(metavar="[CERITA]")] = None,
    json: Json = False,
) -> None:
    """List the edits."""
    from warehouse.queries.stories import story_edits

    settings = settings_of(context)
    with failing(), Lake(settings.home, now=settings.now()) as lake:
        found = story_edits(lake, story)
    if json:
        print_json(found)
        return
    for row in found.to_dict("records"):
        taken_back = " (dibatalkan)" if row["undone"] else ""
        what = f"batalkan {row['undoes']:.0f}" if row["action"] == "undo" else row["action"]
        line = (
            f"{row['edit']}  {row['edited_at']:%d-%m-%Y %H:%M}  {what}  {row['story_id']}  {row['edited_by']}"
        )
        console.print(f"{line}{taken_back}: {row['reason']}", markup=False, soft_wrap=True)
    console.print(f"{len(found)} perubahan.")


def show(
    context: typer.Context, story: Annotated[str, typer.Argument(metavar="CERITA")], json: Json = False
) -> None:
    """One story with its articles."""
    from warehouse.queries.stories import story as read

    settings = settings_of(context)
    with failing(), Lake(settings.home, now=settings.now()) as lake:
        found = read(lake, story)
    if found is None:
        say_error(f"Cerita {story} tidak ada; periksa nomornya.")
        raise typer.Exit(FAILED)
    if json:
        print_json({"story": found.head, "articles": found.articles})
        return
    console.print(f"{found.head['title']}  ({found.head['topic_label']})", markup=False, soft_wrap=True)
    for row in found.articles.to_dict("records"):
        copied = "  salinan" if isinstance(row["copy_of"], str) else ""
        line = f"  {row['doc_id']}  {row['dated_at']:%d-%m-%Y}  {row['source_name']}: {row['title']}{copied}"
        console.print(line, markup=False, soft_wrap=True)


@contextmanager
def _edited(settings: Settings) -> Iterator[Lake]:
    """An open, migrated lake; what cannot be done becomes one sentence and status 1."""
    from warehouse.migrate import migrate

    try:
        with failing(), Lake(settings.home, now=settings.now()) as lake:
            migrate(lake)
            yield lake
    except ValueError as err:
        say_error(str(err))
        raise typer.Exit(FAILED) from None


def _masked(settings: Settings, reason: str) -> str:
    from pipelines.privacy import key_masker

    return key_masker(settings.config)(reason)


def _done(sentence: str, number: int) -> None:
    console.print(
        f"{sentence} Untuk membatalkan: pati stories undo {number} --why …", markup=False, soft_wrap=True
    )
