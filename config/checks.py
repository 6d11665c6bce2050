"""What no single file can check: references between files, and keys used twice.

Pure: takes the parsed models, returns what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import isclose
from typing import TYPE_CHECKING

from config.access import OFFICE
from config.base import did_you_mean
from config.instrument_checks import instrument_problems
from config.problem import Loc, Problem

if TYPE_CHECKING:
    from config.days import Calendar
    from config.lexicon import LexiconFile, NormaliseFile
    from config.model import Config
    from config.places import Kecamatan

IMPORTED = "impor-"
"""Sources of imported files are named when a file is imported, and stand in no file."""


def problems(config: Config, words: LexiconFile, spelling: NormaliseFile) -> Iterator[Problem]:
    """Everything wrong with a configuration whose files are each correct by themselves."""
    yield from _duplicates(config)
    yield from _opd_references(config)
    yield from _other_references(config)
    yield from _retention(config)
    yield from _access(config)
    yield from _kecamatan(config.kecamatan)
    yield from _holidays(config.calendar)
    yield from _statuses(config)
    yield from _weights(words)
    yield from _spelling(spelling)
    yield from _judging(config)
    yield from instrument_problems(config.instruments, [item.id for item in config.dimensions])


def _twice(file: str, root: str, ids: Iterable[str], what: str = "id") -> Iterator[Problem]:
    seen: set[str] = set()
    for position, value in enumerate(ids):
        if value in seen:
            yield Problem(file, (root, position, what), value, f"{what} '{value}' dipakai dua kali")
        seen.add(value)


def _duplicates(config: Config) -> Iterator[Problem]:
    lists: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("sources.yaml", "sources", (item.id for item in config.sources)),
        ("topics.yaml", "dimensions", (item.id for item in config.dimensions)),
        ("topics.yaml", "topics", (item.id for item in config.topics)),
        ("opd.yaml", "opd", (item.id for item in config.opd)),
        ("places.yaml", "kecamatan", (item.id for item in config.kecamatan)),
        ("ambiguity.yaml", "pati_senses", (item.id for item in config.places.pati_senses)),
        ("routing.yaml", "routing", (item.id for item in config.routing)),
        ("routing.yaml", "roads", (item.id for item in config.roads)),
        ("complaints.yaml", "channels", (item.id for item in config.complaints.channels)),
        ("complaints.yaml", "statuses", (item.id for item in config.complaints.statuses)),
        ("complaints.yaml", "sla", (item.id for item in config.complaints.sla)),
        ("calendar.yaml", "breaks", (item.id for item in config.calendar.breaks)),
        ("quick_wins.yaml", "quick_wins", (item.id for item in config.quick_wins)),
        ("report.yaml", "sections", (item.id for item in config.report.sections)),
    )
    for file, root, ids in lists:
        yield from _twice(file, root, ids)
    for what in ("kemendagri", "bps"):
        codes = (getattr(item, what) for item in config.kecamatan)
        yield from _twice("places.yaml", "kecamatan", codes, what)


def _unknown(file: str, loc: Loc, value: str | None, known: Sequence[str], what: str) -> Iterator[Problem]:
    if value is not None and value not in known:
        hint = did_you_mean(value, known)
        yield Problem(file, loc, value, f"{what} '{value}' tidak terdaftar{hint}")


def _opd_references(config: Config) -> Iterator[Problem]:
    known = [opd.id for opd in config.opd]
    one: list[tuple[str, Loc, str | None]] = [
        ("sources.yaml", ("sources", i, "opd"), item.opd) for i, item in enumerate(config.sources)
    ]
    one += [
        ("topics.yaml", ("topics", i, "opd", j), opd)
        for i, item in enumerate(config.topics)
        for j, opd in enumerate(item.opd)
    ]
    one += [
        ("routing.yaml", ("routing", i, "opd", j), opd)
        for i, rule in enumerate(config.routing)
        for j, opd in enumerate(rule.opd)
    ]
    one += [
        ("routing.yaml", ("roads", i, "authority"), road.authority) for i, road in enumerate(config.roads)
    ]
    one += [
        ("quick_wins.yaml", ("quick_wins", i, "opd"), quick_win.opd)
        for i, quick_win in enumerate(config.quick_wins)
    ]
    one += [("complaints.yaml", ("admins", "own", opd), opd) for opd in config.complaints.admins.own]
    one += [("report.yaml", ("owner",), config.report.owner)]
    for file, loc, value in one:
        yield from _unknown(file, loc, value, known, "OPD")
    for i, kecamatan in enumerate(config.kecamatan):
        if kecamatan.opd not in known:
            message = f"kecamatan '{kecamatan.name}' tidak punya OPD '{kecamatan.opd}' di opd.yaml"
            yield Problem("places.yaml", ("kecamatan", i, "id"), kecamatan.id, message)
    vertical = {opd.id for opd in config.opd if opd.vertical}
    for i, rule in enumerate(config.routing):
        if rule.opd[0] in known and rule.vertical != (rule.opd[0] in vertical):
            message = f"'vertical' tidak cocok dengan kelompok OPD '{rule.opd[0]}' di opd.yaml"
            yield Problem("routing.yaml", ("routing", i, "vertical"), "vertical", message)


def _other_references(config: Config) -> Iterator[Problem]:
    dimensions = [item.id for item in config.dimensions]
    topics = [item.id for item in config.topics]
    kecamatan = [item.id for item in config.kecamatan]
    channels = [item.id for item in config.complaints.channels]
    for i, topic in enumerate(config.topics):
        loc: Loc = ("topics", i, "dimension")
        yield from _unknown("topics.yaml", loc, topic.dimension, dimensions, "dimensi")
    for i, win in enumerate(config.quick_wins):
        loc = ("quick_wins", i, "dimension")
        yield from _unknown("quick_wins.yaml", loc, win.dimension, dimensions, "dimensi")
    for i, rule in enumerate(config.routing):
        yield from _unknown("routing.yaml", ("routing", i, "topic"), rule.topic, topics, "topik")
    for i, item in enumerate(config.calendar.breaks):
        for j, name in enumerate(item.topics):
            yield from _unknown("calendar.yaml", ("breaks", i, "topics", j), name, topics, "topik")
    for name, slug in config.places.landmarks.items():
        yield from _unknown("ambiguity.yaml", ("landmarks", name), slug, kecamatan, "kecamatan")
    for i, sla in enumerate(config.complaints.sla):
        yield from _unknown("complaints.yaml", ("sla", i, "channel"), sla.channel, channels, "kanal")
    sources = [item.id for item in config.sources]
    for i, source in enumerate(config.sources):
        loc = ("sources", i, "clone_of")
        yield from _unknown("sources.yaml", loc, source.clone_of, sources, "sumber")
        if source.clone_of == source.id:
            yield Problem("sources.yaml", loc, source.id, f"sumber '{source.id}' menyalin dirinya sendiri")


def _retention(config: Config) -> Iterator[Problem]:
    """A source that is named by mistake would keep its texts for the usual time, unnoticed."""
    known = [source.id for source in config.sources]
    for name in config.retention.texts.sources:
        if not name.startswith(IMPORTED):
            yield from _unknown("retention.yaml", ("texts", "sources", name), name, known, "sumber")


def _access(config: Config) -> Iterator[Problem]:
    """A role of an office that is not in the register would see nothing, and nobody would know why."""
    known = [f"{OFFICE}{item.id}" for item in config.opd]
    for i, rule in enumerate(config.access.oidc.roles):
        if rule.role.startswith(OFFICE):
            yield from _unknown("access.yaml", ("oidc", "roles", i, "role"), rule.role, known, "peran")


def _kecamatan(kecamatan: Sequence[Kecamatan]) -> Iterator[Problem]:
    for i, item in enumerate(kecamatan):
        seen: set[str] = set()
        for j, desa in enumerate(item.desa):
            if desa.name in seen:
                message = f"desa '{desa.name}' ditulis dua kali di kecamatan '{item.name}'"
                yield Problem("places.yaml", ("kecamatan", i, "desa", j), desa.name, message)
            seen.add(desa.name)


def _holidays(calendar: Calendar) -> Iterator[Problem]:
    seen = set()
    for i, holiday in enumerate(calendar.holidays):
        loc: Loc = ("holidays", i, "date")
        day = str(holiday.date)
        if holiday.date in seen:
            yield Problem("calendar.yaml", loc, day, f"tanggal '{day}' ditulis dua kali")
        if holiday.date.year not in calendar.years:
            message = f"tanggal '{day}' di luar tahun yang tercantum di 'years'"
            yield Problem("calendar.yaml", loc, day, message)
        seen.add(holiday.date)


def _statuses(config: Config) -> Iterator[Problem]:
    seen: set[str] = set()
    for i, status in enumerate(config.complaints.statuses):
        for j, raw in enumerate(status.raw):
            if raw in seen:
                message = f"kata status '{raw}' dipakai untuk dua status"
                yield Problem("complaints.yaml", ("statuses", i, "raw", j), raw, message)
            seen.add(raw)


def _weights(words: LexiconFile) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for side in ("positive", "negative"):
        for i, group in enumerate(getattr(words, side)):
            for j, word in enumerate(group.words):
                if word in seen:
                    message = f"kata '{word}' sudah ada di '{seen[word]}'; hapus salah satunya"
                    yield Problem("lexicon.yaml", (side, i, "words", j), word, message)
                seen.setdefault(word, side)


def _spelling(spelling: NormaliseFile) -> Iterator[Problem]:
    for table in ("slang", "javanese"):
        meaning: dict[str, str] = {}
        for word, forms in getattr(spelling, table).items():
            for j, form in enumerate(forms):
                if form in meaning:
                    message = f"'{form}' sudah diartikan '{meaning[form]}'; hapus salah satunya"
                    yield Problem("normalise.yaml", (table, word, j), form, message)
                meaning.setdefault(form, word)


def _judging(config: Config) -> Iterator[Problem]:
    if config.judging is None:
        return
    criteria = config.judging.criteria
    seen: set[str] = set()
    for i, one in enumerate(criteria):
        loc: Loc = ("judging", "criteria", i)
        if one.id in seen:
            yield Problem("quick_wins.yaml", (*loc, "id"), one.id, f"id '{one.id}' dipakai dua kali")
        if one.least >= one.most:
            message = f"'most' ({one.most}) harus lebih besar daripada 'least' ({one.least})"
            yield Problem("quick_wins.yaml", (*loc, "most"), "most", message)
        seen.add(one.id)
    total = sum(one.weight for one in criteria)
    if not isclose(total, 100, abs_tol=1e-6):
        message = f"jumlah bobot kriteria adalah {total:g}, seharusnya 100; perbaiki angkanya"
        yield Problem("quick_wins.yaml", ("judging", "criteria"), "criteria", message)
