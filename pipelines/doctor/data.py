"""The data: configuration, lake and schema, freshness, sources, search index, models, what is half done."""

from __future__ import annotations

from datetime import timedelta

from nlp.trained import ModelError, check_folder
from pipelines.doctor.base import Check
from pipelines.erasure.journal import journal_path
from pipelines.learning import CURRENT, models_in_force
from pipelines.settings import Settings
from warehouse import Lake, LakeError, lake_exists, queries
from warehouse.errors import LakeMissingError
from warehouse.migrate import schema_state
from warehouse.search.errors import SearchIndexError
from warehouse.search.folder import current

STALE = timedelta(days=2)


def config(settings: Settings) -> Check:
    """What is collected."""
    active = sum(source.status == "active" for source in settings.config.sources)
    where = settings.config_dir or "bawaan"
    if not active:
        return Check(
            "Konfigurasi",
            "warn",
            f"{where}: tidak ada sumber aktif; ubah status sumber di sources.yaml menjadi 'active'.",
        )
    return Check("Konfigurasi", "ok", f"{where}: {active} sumber aktif.")


def lake(settings: Settings) -> Check:
    """Whether the lake opens."""
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            total = queries.status(lake).n_documents
    except LakeMissingError as err:
        return Check("Gudang data", "warn", str(err))
    except LakeError as err:
        return Check("Gudang data", "fail", str(err))
    return Check("Gudang data", "ok", f"{total} dokumen.")


def freshness(settings: Settings) -> Check:
    """Whether something came in lately."""
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            newest = queries.status(lake).data_through
    except LakeError:
        return Check("Kesegaran", "warn", "belum ada data.")
    if newest is None or settings.now() - newest > STALE:
        return Check(
            "Kesegaran",
            "warn",
            "tidak ada dokumen baru dalam dua hari; jalankan `pati run` dan periksa `pati sources`.",
        )
    return Check("Kesegaran", "ok", "ada dokumen dari dua hari terakhir.")


def sources(settings: Settings) -> Check:
    """Sources that do not deliver."""
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            frame = queries.sources(lake)
    except LakeError:
        return Check("Sumber", "warn", "belum pernah diambil.")
    bad = frame[frame["verdict"].isin(["hilang", "diblokir", "rusak", "sepi"])]
    if len(bad):
        return Check(
            "Sumber", "warn", f"perlu diperiksa: {', '.join(bad['source_id'])}; lihat `pati sources`."
        )
    return Check("Sumber", "ok", "semua sumber aktif dalam keadaan baik.")


def erasure(settings: Settings) -> Check:
    """An erasure that was interrupted."""
    if journal_path(settings.home).exists():
        said = "ada penghapusan yang terputus; ulangi `pati privacy erase` dengan subjek yang sama."
        return Check("Penghapusan", "fail", said)
    return Check("Penghapusan", "ok", "tidak ada yang tertunda.")


def schema(settings: Settings) -> Check:
    """The lake's schema against the one this program writes."""
    try:
        with Lake(settings.home, now=settings.now()) as lake:
            state = schema_state(lake)
    except LakeError:
        return Check("Skema", "ok", "dibuat bersama gudang data.")
    if state.newer:
        said = f"nomor {state.present}, lebih baru daripada program ini ({state.known}); pasang versi "
        "yang lebih baru."
        return Check("Skema", "fail", said)
    if state.missing:
        said = f"nomor {state.present}, program ini memakai {state.known}: jalankan `pati upgrade` "
        "(mencadangkan dulu)."
        return Check("Skema", "warn", said)
    return Check("Skema", "ok", f"nomor {state.present}, sesuai dengan program ini.")


def index(settings: Settings) -> Check:
    """The search index: a cache, but search is empty without it."""
    if not lake_exists(settings.home):
        return Check("Indeks pencarian", "ok", "dibuat pada `pati run` pertama.")
    try:
        current(settings.home)
    except SearchIndexError:
        return Check("Indeks pencarian", "warn", "belum ada atau rusak; buat dengan `pati search --rebuild`.")
    return Check("Indeks pencarian", "ok", "ada.")


def models(settings: Settings) -> Check:
    """The models in force against the checksums of their manifest."""
    folder = models_in_force(settings)
    try:
        check_folder(folder)
    except ModelError as error:
        return Check(
            "Model", "fail", f"berkas model di {folder} rusak ({error}); jalankan `make install` lagi."
        )
    own = settings.models / CURRENT
    if own.is_dir() and folder != own:
        said = f"model di {own} rusak atau dari versi lain dan tidak dipakai; latih lagi dengan `pati "
        "nlp train`."
        return Check("Model", "warn", said)
    where = "buatan sendiri" if folder == own else "bawaan"
    return Check("Model", "ok", f"{where}, SHA-256 sesuai.")
