"""Hands the lake's search what it needs to know of language, and keeps the index in step with the lake."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

from config import Config, load_config
from nlp.searching import SearchWords
from pipelines.progress import Progress
from pipelines.result import StageResult
from pipelines.settings import Settings
from warehouse import Lake
from warehouse.migrate import migrate
from warehouse.search import Refreshed, refresh
from warehouse.store.saved_searches import note_new_hits

log = logging.getLogger(__name__)


def search_words(config: Config) -> SearchWords:
    """The analyser of texts and questions, by the word lists in force."""
    return SearchWords(config)


@lru_cache(maxsize=2)
def words_of(folder: str | None) -> SearchWords:
    """The same for a process that only knows the folder of its configuration."""
    return SearchWords(load_config(Path(folder) if folder else None))


def index_stage(lake: Lake, settings: Settings, progress: Progress, *, rebuild: bool = False) -> StageResult:
    """Bring the index up to date and look for new hits of saved searches; one row in `run`.

    Raises:
        LakeError: the index cannot be written.
    """
    migrate(lake)
    words = search_words(settings.config)
    progress.begin("Memperbarui indeks pencarian", None)
    done = refresh(lake, words, rebuild=rebuild, on_documents=progress.advance)
    new = {} if done.did_nothing else note_new_hits(lake, words, settings.now())
    n = done.n_indexed + done.n_removed
    return StageResult("index", n_in=n, n_stored=n, n_new=done.n_indexed, message=said(done, new))


def said(done: Refreshed, new: dict[str, int]) -> str:
    """One sentence about it, and one about saved searches that found something."""
    what = f"{done.n_indexed} dokumen diindeks"
    what += f", {done.n_removed} dikeluarkan" if done.n_removed else ""
    why = f" Indeks dibuat ulang: {done.rebuilt}" if done.rebuilt else ""
    found = "; ".join(f"{name}: {n}" for name, n in new.items() if n)
    return f"{what}.{why}" + (f" Temuan baru pencarian tersimpan: {found}." if found else "")


def keep_in_step(
    lake: Lake, settings: Settings, progress: Progress, *, rebuild: bool = False
) -> StageResult | None:
    """As `index_stage`, but what goes wrong is only logged: the index is a cache, the lake is safe."""
    try:
        return index_stage(lake, settings, progress, rebuild=rebuild)
    except Exception:
        log.exception("Indeks pencarian tidak diperbarui")
        return None
