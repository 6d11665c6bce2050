"""What works on one lake at once in `test_long_life`: each is a real process, killed at any moment.

`python -m tests.pipelines.endurance ROLE HOME …` works until it is killed or a file `stop` appears.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from crawlers.items import Document
from pipelines.progress import Silent
from pipelines.run import open_lake
from pipelines.safekeeping import back_up_home
from pipelines.settings import Settings, new_run_id
from pipelines.stages import enrich, load
from pipelines.upkeep import maintain
from warehouse import Lake, LakeBusyError
from warehouse.reading import open_reading

PER_BATCH = 12
TEXT = "Warga Juwana mengeluh jalan rusak di Desa Bumirejo, dokumen nomor {n}. Dinas PUTR belum datang. " * 8
NOW = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)


def document(n: int) -> Document:
    """Every seventh is so old that its full words are over at once."""
    at = NOW.replace(month=8) if n % 7 == 0 else NOW
    return Document("news", f"sumber-{n % 3}", f"Judul {n}", TEXT.format(n=n), at,
                    url=f"https://contoh.example/{n}", published_at=at, published_from="feed")  # fmt: skip


def loader(settings: Settings) -> None:
    """Load what is waiting, as two runs at once would (if their lock failed)."""
    with open_lake(settings) as lake:
        load.run(lake, settings, Silent(), new_run_id())


def enricher(settings: Settings) -> None:
    """Label what is waiting."""
    with open_lake(settings) as lake:
        enrich.run(lake, settings, Silent(), _analyzer(settings))


def maintainer(settings: Settings) -> None:
    """Look after the lake; a backup may be in the way, which is said and no error."""
    maintain(settings, Silent())


def backup(settings: Settings) -> None:
    """Back up; an earlier one that was killed is taken up."""
    folder = settings.home.with_name("kept")
    back_up_home(Settings(settings.home, settings.config_dir, datetime.now(UTC)), folder, Silent(), keep=5)


def reader(settings: Settings) -> None:
    """Ask the lake itself and its copy in memory; any error ends this process and the test."""
    with Lake(settings.home, now=NOW) as lake:
        for _ in range(3):
            n, distinct = lake.rows("SELECT count(*), count(DISTINCT doc_id) FROM document")[0]
            if n != distinct:
                raise AssertionError(f"{n} rows, {distinct} documents")
            lake.rows("SELECT week, kind, n FROM mart_week_kind")
            lake.rows("SELECT sum(length(text)) FROM document")
    copy, _ = open_reading(settings.home, NOW)
    with copy:
        copy.rows("SELECT count(*) FROM mart_document")


_made: list[object] = []


def _analyzer(settings: Settings) -> enrich.Analyzer:
    """Loaded once per process."""
    from pipelines.learning import load_analyzer

    if not _made:
        _made.append(load_analyzer(settings))
    return _made[0]  # type: ignore[return-value]


ROLES: dict[str, Callable[[Settings], None]] = {
    "loader": loader, "enricher": enricher, "maintainer": maintainer, "backup": backup, "reader": reader,
}  # fmt: skip


def main(role: str, home: Path, done: Path) -> None:
    """Work until told to stop; each finished piece adds a line to `done`."""
    settings = Settings(home, home / "config", NOW)
    while not (home.parent / "stop").exists():
        try:
            ROLES[role](settings)
        except LakeBusyError:
            continue
        with done.open("a") as file:
            file.write(".\n")
        time.sleep(0.05)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
