"""`pati search`: find documents, keep searches, build the index anew."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from dashboard.format import moment, number
from pipelines.cli.shared import (
    FAILED,
    USAGE,
    Json,
    console,
    errors,
    failing,
    print_json,
    say_error,
    settings_of,
)
from pipelines.progress import bars

if TYPE_CHECKING:
    from pipelines.settings import Settings
    from warehouse import Lake
    from warehouse.search import Answer, Order, SearchIndex, Words
    from warehouse.search.snippet import Marked

PATIENCE_SECONDS = 5.0
"""How long a question waits for somebody else who is writing the index."""
Values = list[str] | None


@dataclass(frozen=True, slots=True)
class _View:
    """How hits are shown."""

    order: str
    limit: int
    page: int
    facets: bool
    json: bool


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    settings = {"ignore_unknown_options": True}  # "-kata" is a word that must not occur
    app.command(help="Cari dokumen dengan indeks kata; lihat docs/search.md.", context_settings=settings)(
        search
    )


def search(  # noqa: PLR0913, PLR0917 - one argument per option
    context: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(help='Kata; "frasa persis", -tanpa, judul:kata, topik:…, dari:2026-11-01.'),
    ] = None,
    topic: Annotated[Values, typer.Option("--topic", help="Topik (kode atau nama); boleh diulang.")] = None,
    opd: Annotated[Values, typer.Option("--opd", help="OPD; boleh diulang.")] = None,
    kecamatan: Annotated[Values, typer.Option("--kecamatan", help="Kecamatan; boleh diulang.")] = None,
    kind: Annotated[Values, typer.Option("--kind", help="berita, video, komentar, medsos, aduan.")] = None,
    source: Annotated[Values, typer.Option("--source", help="Sumber; boleh diulang.")] = None,
    tone: Annotated[Values, typer.Option("--tone", help="negatif, netral, positif.")] = None,
    first: Annotated[str, typer.Option("--from", help="Hari pertama, mis. 2026-11-01.")] = "",
    last: Annotated[str, typer.Option("--to", help="Hari terakhir.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Juga yang bukan tentang Kabupaten Pati.")
    ] = False,
    order: Annotated[str, typer.Option("--sort", help="relevan atau terbaru.")] = "relevan",
    limit: Annotated[int, typer.Option(min=1, help="Hasil per halaman.")] = 20,
    page: Annotated[int, typer.Option(min=1, help="Halaman.")] = 1,
    facets: Annotated[bool, typer.Option("--facets", help="Hitung juga per jenis, topik, OPD, …")] = False,
    save: Annotated[str | None, typer.Option("--save", help="Simpan pencarian ini dengan nama.")] = None,
    saved: Annotated[
        bool, typer.Option("--saved", help="Daftar pencarian tersimpan dan temuan barunya.")
    ] = False,
    show: Annotated[
        str | None, typer.Option("--show", help="Tunjukkan temuan baru pencarian tersimpan.")
    ] = None,
    delete: Annotated[str | None, typer.Option("--delete", help="Hapus pencarian tersimpan.")] = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Buat ulang indeks dari gudang data.")] = False,
    json: Json = False,
) -> None:
    """Find documents."""
    settings = settings_of(context)
    typed = list(words or [])
    if strange := next((word for word in typed if word.startswith("--")), None):
        _refuse(f"Opsi '{strange}' tidak dikenal; lihat `pati search --help`.")
    if order not in ("relevan", "terbaru"):
        _refuse("Urutan --sort adalah relevan atau terbaru.")
    typed += [f"dari:{first}"] * bool(first) + [f"sampai:{last}"] * bool(last)
    given = {
        "topics": topic,
        "opd": opd,
        "kecamatan": kecamatan,
        "kinds": kind,
        "sources": source,
        "sentiments": tone,
    }
    view = _View(order, limit, page, facets, json)
    with failing():
        if rebuild:
            _rebuild(settings, json=json)
        elif saved:
            _list_saved(settings, json=json)
        elif delete is not None:
            _delete(settings, delete)
        elif show is not None:
            _show_new(settings, show, view)
        else:
            _search(settings, " ".join(typed), given, view, relevant_only=not everything, save=save)


def _refuse(sentence: str) -> None:
    say_error(sentence)
    raise typer.Exit(USAGE)


def _rebuild(settings: Settings, *, json: bool) -> None:
    from pipelines.run import book, open_lake
    from pipelines.searching import index_stage
    from pipelines.settings import new_run_id
    from warehouse import LakeMissingError, lake_exists

    if not lake_exists(settings.home):
        raise LakeMissingError(settings.home)
    with open_lake(settings) as lake, bars(errors) as shown:
        result = book(
            lake, settings, "index", new_run_id(), shown,
            lambda lake, settings, progress, _: index_stage(lake, settings, progress, rebuild=True),
        )  # fmt: skip
    if json:
        print_json(asdict(result))
    else:
        console.print(result.message, markup=False, soft_wrap=True)


def _opened(lake: Lake, words: Words) -> SearchIndex:
    """The index, brought up to date first if it is not; what was done is said on standard error."""
    from warehouse.search import IndexBusyError, behind, open_index, refresh
    from warehouse.search.errors import SearchIndexError

    try:
        index = open_index(lake.home)
        reason = behind(lake, index, words)
    except SearchIndexError as err:
        index, reason = None, str(err).split(";")[0] + "."
    if reason is None and index is not None:
        return index
    errors.print(f"{reason} Indeks pencarian diperbarui dulu …", markup=False, soft_wrap=True)
    try:
        refresh(lake, words, seconds=PATIENCE_SECONDS)
    except IndexBusyError:
        if index is None or index.marker.words != words.version:
            raise
        errors.print("Proses lain sedang memperbaruinya; hasil ini dari sebelumnya.", markup=False)
        return index
    return open_index(lake.home)


def _search(
    settings: Settings,
    text: str,
    given: dict[str, Values],
    view: _View,
    *,
    relevant_only: bool,
    save: str | None,
) -> None:
    from pipelines.searching import search_words
    from warehouse import Lake
    from warehouse.migrate import migrate
    from warehouse.queries import DocumentFilter
    from warehouse.search import ask
    from warehouse.search.errors import QueryError
    from warehouse.search.filters import by_name
    from warehouse.store.saved_searches import save_search

    words = search_words(settings.config)
    with Lake(settings.home, now=settings.now()) as lake:
        migrate(lake)
        index = _opened(lake, words)
        wanted = DocumentFilter(words=text, relevant_only=relevant_only)
        try:
            wanted = by_name(wanted, given, index.marker)
        except QueryError as err:
            _refuse(str(err))
        offset = (view.page - 1) * view.limit
        order: Order = "terbaru" if view.order == "terbaru" else "relevan"
        answer = ask(index, words, wanted, order=order, limit=view.limit, offset=offset, facets=view.facets)
        if answer.problem:
            _refuse(answer.problem)
        if save is not None:
            try:
                recent = save_search(lake, words, save, wanted, settings.now())
            except ValueError as err:
                _refuse(str(err))
            errors.print(
                f"Disimpan sebagai '{save}'; {recent} dokumen 30 hari terakhir sudah cocok.",
                markup=False, soft_wrap=True,
            )  # fmt: skip
        _tell(answer, index, view)


def _tell(answer: Answer, index: SearchIndex, view: _View) -> None:
    if view.json:
        print_json(_plain(answer))
        return
    for note in answer.notes:
        errors.print(note, markup=False, soft_wrap=True)
    if answer.suggestion:
        what = "Tidak ada hasil; ditampilkan hasil untuk" if answer.corrected else "Mungkin maksud Anda"
        console.print(f"{what}: {answer.suggestion}", markup=False, soft_wrap=True)
    names = index.marker.names
    for hit in answer.hits:
        labels = hit.labels
        source = names["source"].get(labels["source"], [labels["source"]])[-1]
        topic = names["topic"].get(labels["topic"] or "", ["", "tanpa topik"])[-1]
        when = moment(hit.at) if hit.at else "tanpa tanggal"
        console.print(f"{when}  {source}  [{topic}]", markup=False, soft_wrap=True)
        if hit.title.text:
            console.print(Text("  ").append_text(_marked(hit.title)).append(""), style="bold", soft_wrap=True)
        console.print(Text("  ").append_text(_marked(hit.snippet)), soft_wrap=True)
        if hit.url:
            console.print(f"  {hit.url}", markup=False, soft_wrap=True)
    _tell_counts(answer, index, view)


def _plain(answer: Answer) -> dict[str, Any]:
    """The answer for other programs; marks are pairs of positions in the text beside them."""
    rows = [
        {
            "doc_id": hit.doc_id, "title": hit.title.text, "title_marks": hit.title.marks,
            "excerpt": hit.snippet.text, "excerpt_marks": hit.snippet.marks, "url": hit.url,
            "day": hit.day, "dated_at": hit.at, **hit.labels,
        }
        for hit in answer.hits
    ]  # fmt: skip
    return {**{key: value for key, value in asdict(answer).items() if key != "hits"}, "rows": rows}


def _tell_counts(answer: Answer, index: SearchIndex, view: _View) -> None:
    for field, values in (answer.facets or {}).items():
        known = index.marker.names.get(field, {})
        said = ", ".join(f"{known.get(key, [key])[-1]} {number(n)}" for key, n in values)
        console.print(f"{field}: {said or 'tidak ada'}", markup=False, soft_wrap=True)
    first = (view.page - 1) * view.limit
    shown = f" Ditampilkan {first + 1}-{first + len(answer.hits)}" if answer.hits else ""
    more = "; --page untuk halaman lain." if answer.total > first + len(answer.hits) and shown else ""
    console.print(
        f"{number(answer.total)} dokumen cocok.{shown}{more or ('.' if shown else '')}", markup=False
    )


def _marked(part: Marked) -> Text:
    text = Text(part.text)
    for start, end in part.marks:
        text.stylize("yellow underline", start, end)
    return text


def _list_saved(settings: Settings, *, json: bool) -> None:
    from pipelines.run import open_lake
    from warehouse.queries.saved_searches import saved_searches

    with open_lake(settings) as lake:
        found = saved_searches(lake)
    if json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        console.print(f"{one.name}: {one.words or '(saringan saja)'}; {one.n_new} temuan baru", markup=False)
    if not found:
        console.print("Belum ada pencarian tersimpan; simpan dengan `pati search KATA --save NAMA`.")


def _delete(settings: Settings, name: str) -> None:
    from pipelines.run import open_lake
    from warehouse.store.saved_searches import delete_search

    with open_lake(settings) as lake:
        if not delete_search(lake, name):
            say_error(f"Pencarian '{name}' tidak ada; lihat `pati search --saved`.")
            raise typer.Exit(FAILED)
    console.print(f"Pencarian '{name}' dihapus.", markup=False)


def _show_new(settings: Settings, name: str, view: _View) -> None:
    from pipelines.run import open_lake
    from warehouse.queries import documents_by_id, records
    from warehouse.queries.saved_searches import new_hits, saved_searches
    from warehouse.store.saved_searches import looked

    with open_lake(settings) as lake:
        if name not in {one.name for one in saved_searches(lake)}:
            say_error(f"Pencarian '{name}' tidak ada; lihat `pati search --saved`.")
            raise typer.Exit(FAILED)
        ids = next((one.doc_ids for one in new_hits(lake, private=True) if one.name == name), ())
        frame = documents_by_id(lake, ids)
        looked(lake, name, settings.now())
    if view.json:
        print_json(frame)
        return
    for row in records(frame):
        title = row["title"] or row["excerpt"][:90]
        console.print(
            f"{moment(row['dated_at'])}  {row['source_name']}: {title}", markup=False, soft_wrap=True
        )
        if row["url"]:
            console.print(f"  {row['url']}", markup=False, soft_wrap=True)
    console.print(f"{len(ids)} temuan baru; sekarang ditandai sudah dilihat.")
