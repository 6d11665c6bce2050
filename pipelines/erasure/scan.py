"""`pati privacy scan`: is there personal data anywhere under the home folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nlp.privacy import Masker
from pipelines.erasure.contents import SQLITE_HEAD, Cell, UnreadableError, cells, raw_cells
from pipelines.erasure.matching import Matcher
from pipelines.erasure.places import NAMES, OTHER, RAW, Found, files
from pipelines.erasure.subjects import Subject
from pipelines.erasure.sweep import RAW_COLUMN, numbers_of, residue, sweep, swept
from pipelines.privacy import key_masker
from pipelines.progress import Progress
from pipelines.settings import Settings
from warehouse.place import is_elsewhere, lake_exists

EXAMPLES = 20
"""Findings named one by one for each place; the others are only counted, and that is said."""
_PARTS = ("-wal", "-shm")
_REMEMBERED = 200_000
"""Cells judged before: a text stands in the landing zone and in the lake."""


@dataclass(slots=True)
class PlaceResult:
    """What one place holds.

    Attributes:
        place: its name.
        n_files: files read.
        n_texts: texts read in them.
        n_id_texts: texts of columns of ids, in which only subjects are looked for.
        found: token to number of cells with it; subjects count as ``subjek``.
        where: file and column of findings, the first ones; never the value.
        skipped: file or group to the reason why it was not read.
    """

    place: str
    n_files: int = 0
    n_texts: int = 0
    n_id_texts: int = 0
    found: Counter[str] = field(default_factory=Counter)
    where: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScanResult:
    """All places.

    Attributes:
        places: in the order they were met.
        n_subjects: subjects looked for.
        complete: nothing was unreadable.
    """

    places: tuple[PlaceResult, ...]
    n_subjects: int
    complete: bool

    @property
    def n_found(self) -> int:
        """Number of findings."""
        return sum(sum(place.found.values()) for place in self.places)

    @property
    def clean(self) -> bool:
        """Nothing was found, and everything could be read."""
        return self.complete and not self.n_found


class Scanner:
    """Looks for numbers of any person, and for subjects, in one file after the other."""

    def __init__(self, settings: Settings, subjects: Sequence[Subject]) -> None:
        self._settings, self._home = settings, settings.home
        self._numbers = numbers_of(Masker(settings.config))
        self._mask = key_masker(settings.config)
        self._matcher = Matcher(subjects) if subjects else None
        self._places: dict[str, PlaceResult] = {}
        self._swept: dict[tuple[str, str], dict[str, int]] = {}
        self.complete = True

    def result(self) -> tuple[PlaceResult, ...]:
        """What was found so far."""
        return tuple(self._places.values())

    def look(self, one: Found) -> None:
        """Read a file and note what is in it."""
        place = self._places.setdefault(one.place, PlaceResult(one.place))
        name = self._shown(one.path.relative_to(self._home).as_posix())
        if one.skipped:
            place.skipped[name] = one.skipped
            return
        if one.path.name.endswith(_PARTS):
            return  # read with its database
        if one.place == RAW and not self._matcher:
            place.skipped[name] = "berkas mentah, disimpan terenkripsi sampai masa simpannya habis"
            return
        try:
            self._note(place, name, "nama berkas", self._judge(Cell("nama berkas", one.path.name)))
            live: list[str] = []
            for cell in self._cells(one):
                live.append(cell.text)
                place.n_texts += 1
                place.n_id_texts += not swept(cell.column)
                self._note(place, name, cell.column, self._judge(cell))
            self._note(place, name, "byte", self._raw(one.path, live))
            place.n_files += 1
        except FileNotFoundError:
            return  # gone since: a lock, a rotated log
        except (UnreadableError, OSError) as error:
            self.complete = False
            place.skipped[name] = f"tidak terbaca ({error})"

    def look_elsewhere(self) -> None:
        """Read all rows of all versions of a lake in a database and an object store."""
        from warehouse import Lake
        from warehouse.forget.elsewhere import every_row_elsewhere, words_of

        place = self._places.setdefault(NAMES["lake"], PlaceResult(NAMES["lake"]))
        with Lake(self._home) as lake:
            words = words_of(lake)
        every = {column for columns in words.values() for column in columns}
        for table, row in every_row_elsewhere(self._home, words, every):
            for column, value in row.items():
                for text in value if isinstance(value, list) else [value]:
                    if isinstance(text, str):
                        place.n_texts += 1
                        place.n_id_texts += not swept(column)
                        self._note(place, table, column, self._judge(Cell(column, text)))

    def _cells(self, one: Found) -> Iterator[Cell]:
        """Cells of a file; a raw file is opened, and only subjects are looked for in it."""
        if one.place != RAW:
            yield from cells(one.path)
            return
        yield from (Cell(RAW_COLUMN, cell.text) for cell in raw_cells(self._settings, one.path))

    def _shown(self, name: str) -> str:
        """A path as it may be told: a file can be named after a person, or by a number."""
        name = self._matcher.redact(name) if self._matcher else name
        return self._mask(name) if sweep("nama berkas", name, self._numbers) else name

    def _judge(self, cell: Cell) -> dict[str, int]:
        found = self._swept.get(cell)
        if found is None:
            if len(self._swept) >= _REMEMBERED:
                self._swept.clear()
            found = self._swept[cell] = sweep(cell.column, cell.text, self._numbers)
        if self._matcher and self._matcher.redact(cell.text) != cell.text:
            return {**found, "subjek": 1}
        return found

    def _raw(self, path: Path, live: list[str]) -> dict[str, int]:
        data = path.read_bytes()
        found: dict[str, int] = {}
        if data.startswith(SQLITE_HEAD):
            log = path.with_name(path.name + "-wal")
            data += b"\x00" + log.read_bytes() if log.exists() else b""
            found = residue(data, "\n".join(live))
        if self._matcher and any(True for _ in self._matcher.raw(data)):
            found["subjek"] = 1
        return found

    def _note(self, place: PlaceResult, name: str, column: str, found: dict[str, int]) -> None:
        if not found:
            return
        place.found.update(found)
        what = f"{', '.join(sorted(found))} di {name} ({column})"
        if what not in place.where and len(place.where) < EXAMPLES:
            place.where.append(what)


def scan(settings: Settings, progress: Progress, subjects: Sequence[Subject] = ()) -> ScanResult:
    """Read everything under the home folder.

    Args:
        settings: which home folder.
        progress: who is told how far it is.
        subjects: also look for these.
    """
    found = list(_in_order(settings.home))
    progress.begin("Memindai", len(found))
    scanner = Scanner(settings, subjects)
    for one in found:
        progress.note(one.place)
        scanner.look(one)
        progress.advance()
    if is_elsewhere(settings.home) and lake_exists(settings.home):
        progress.note(NAMES["lake"])
        scanner.look_elsewhere()
    return ScanResult(scanner.result(), len(subjects), scanner.complete)


def _in_order(home: Path) -> Iterator[Found]:
    """Places one after the other, other files last."""
    every = list(files(home))
    yield from (one for one in every if one.place != OTHER)
    yield from (one for one in every if one.place == OTHER)
