"""What an instrument's models cannot check alone: ids used twice, references, sums of weights. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import isclose
from typing import TYPE_CHECKING

from config.base import did_you_mean
from config.problem import Loc, Problem

if TYPE_CHECKING:
    from config.instrument import Group, Indicator, Instrument, Weights

FOLDER = "instruments"
WHOLE = 100.0
"""What weights make together."""
_CLOSE = 1e-6


def instrument_problems(instruments: Sequence[Instrument], dimensions: Sequence[str]) -> Iterator[Problem]:
    """Everything wrong with instruments whose files are each well formed.

    Args:
        instruments: as read.
        dimensions: ids of the smart-city dimensions.
    """
    for one in instruments:
        file = f"{FOLDER}/{one.id}.yaml"
        for loc, key, message in (
            *_twice(one),
            *_references(one, dimensions),
            *_scales(one),
            *_names(one),
            *_years(one),
            *_predicates(one),
        ):
            yield Problem(file, loc, key, message)
        for position, weights in enumerate(one.weights):
            for loc, key, message in _weights(one, weights, ("weights", position)):
                yield Problem(file, loc, key, message)


Found = Iterator[tuple[Loc, str, str]]


def _twice(one: Instrument) -> Found:
    lists: tuple[tuple[Loc, Iterable[str]], ...] = (
        (("scales",), (item.id for item in one.scales)),
        (("groups",), (item.id for item in one.groups)),
        (("indicators",), (item.id for item in one.indicators)),
        (("weights",), (item.id for item in one.weights)),
        (("dimensions",), (item.id for item in one.dimensions)),
        *(
            (("dimensions", i, "programmes"), (item.id for item in dimension.programmes))
            for i, dimension in enumerate(one.dimensions)
        ),
    )
    for root, ids in lists:
        seen: set[str] = set()
        for position, value in enumerate(ids):
            if value in seen:
                yield (*root, position, "id"), value, f"id '{value}' dipakai dua kali; beri id lain"
            seen.add(value)
    numbers: set[int] = set()
    for position, item in enumerate(one.indicators):
        if item.number in numbers:
            message = f"nomor indikator {item.number} dipakai dua kali; tiap indikator punya nomor sendiri"
            yield ("indicators", position, "number"), str(item.number), message
        numbers |= {item.number} if item.number else set()


def _unknown(loc: Loc, value: str | None, known: Sequence[str], what: str) -> Found:
    if value is not None and value not in known:
        hint = did_you_mean(value, known)
        yield loc, value, f"{what} '{value}' tidak terdaftar di berkas ini{hint}"


def _references(one: Instrument, dimensions: Sequence[str]) -> Found:
    groups, scales = [item.id for item in one.groups], [item.id for item in one.scales]
    for position, indicator in enumerate(one.indicators):
        yield from _unknown(("indicators", position, "scale"), indicator.scale, scales, "skala")
        yield from _unknown(("indicators", position, "group"), indicator.group, groups, "kelompok")
        if indicator.survey and indicator.evidence:
            message = (
                "indikator ini diukur dengan survei: kosongkan 'evidence', angka kita bukan penggantinya"
            )
            yield ("indicators", position, "evidence"), "evidence", message
    parents = {item.id: item.parent for item in one.groups}
    for position, group in enumerate(one.groups):
        loc: Loc = ("groups", position, "parent")
        yield from _unknown(loc, group.parent, groups, "kelompok")
        if _circles(group.id, parents):
            yield loc, group.id, f"kelompok '{group.id}' berada di dalam dirinya sendiri; ubah 'parent'"
    for position, dimension in enumerate(one.dimensions):
        if dimension.id not in dimensions:
            hint = did_you_mean(dimension.id, dimensions)
            message = f"dimensi '{dimension.id}' tidak terdaftar di topics.yaml{hint}"
            yield ("dimensions", position, "id"), dimension.id, message


def _circles(group: str, parents: dict[str, str | None]) -> bool:
    above, steps = parents.get(group), 0
    while above is not None and above != group and steps <= len(parents):
        above, steps = parents.get(above), steps + 1
    return above == group


def _scales(one: Instrument) -> Found:
    for position, scale in enumerate(one.scales):
        loc: Loc = ("scales", position)
        if scale.least >= scale.most:
            message = f"'most' ({scale.most:g}) harus lebih besar daripada 'least' ({scale.least:g})"
            yield (*loc, "most"), "most", message
        seen: set[int] = set()
        for i, level in enumerate(scale.levels):
            if level.level in seen:
                yield (*loc, "levels", i), str(level.level), f"tingkat {level.level} ditulis dua kali"
            if not scale.least <= level.level <= scale.most:
                message = f"tingkat {level.level} di luar {scale.least:g} sampai {scale.most:g}"
                yield (*loc, "levels", i), str(level.level), message
            seen.add(level.level)


def _names(one: Instrument) -> Found:
    """Nothing is invented, nothing established stays without a name."""
    lists: tuple[tuple[str, tuple[Group | Indicator, ...]], ...] = (
        ("groups", one.groups),
        ("indicators", one.indicators),
    )
    for root, items in lists:
        for position, item in enumerate(items):
            if item.name is None and item.kepastian != "belum_diketahui":
                message = f"'{item.id}' belum punya nama: isi 'name', atau tulis kepastian: belum_diketahui"
                yield (root, position, "kepastian"), "kepastian", message
            if item.name is not None and item.kepastian == "belum_diketahui":
                message = (
                    f"'{item.id}' bernama tetapi ditandai belum_diketahui; pilih pasti atau perlu_verifikasi"
                )
                yield (root, position, "kepastian"), "kepastian", message


def _years(one: Instrument) -> Found:
    seen: dict[int, str] = {}
    for position, weights in enumerate(one.weights):
        for i, year in enumerate(weights.years):
            if year in seen:
                message = f"tahun {year} sudah memakai bobot '{seen[year]}'; satu tahun hanya satu bobot"
                yield ("weights", position, "years", i), str(year), message
            seen.setdefault(year, weights.id)


def _weights(one: Instrument, weights: Weights, root: Loc) -> Found:
    known = [item.id for item in one.indicators]
    for name in weights.of:
        yield from _unknown((*root, "of", name), name, known, "indikator")
    missing = [name for name in known if name not in weights.of]
    if missing:
        said = ", ".join(f"'{name}'" for name in missing[:3]) + (" …" if len(missing) > 3 else "")
        message = f"bobot '{weights.id}' tidak menyebut {len(missing)} indikator: {said}; tambahkan"
        yield (*root, "of"), "of", message
    total = sum(weights.of.values())
    if not isclose(total, WHOLE, abs_tol=_CLOSE):
        message = f"jumlah bobot '{weights.id}' adalah {total:g}, seharusnya 100; perbaiki angkanya"
        yield (*root, "of"), "of", message
    groups = [item.id for item in one.groups]
    for name, weight in weights.groups.items():
        loc: Loc = (*root, "groups", name)
        yield from _unknown(loc, name, groups, "kelompok")
        members = sum(weights.of.get(item, 0.0) for item in _members(one, name))
        if name in groups and not isclose(members, weight, abs_tol=_CLOSE):
            message = f"bobot kelompok '{name}' tertulis {weight:g}, tetapi jumlah indikatornya {members:g}"
            yield loc, name, message


def _members(one: Instrument, group: str) -> list[str]:
    """Indicators of a group and of the groups in it."""
    inside, size = {group}, 0
    while len(inside) > size:
        size = len(inside)
        inside |= {item.id for item in one.groups if item.parent in inside}
    return [item.id for item in one.indicators if item.group in inside]


def _predicates(one: Instrument) -> Found:
    above: float | None = None
    for position, predicate in enumerate(one.predicates):
        if above is not None and predicate.least >= above:
            message = (
                "predikat harus urut dari yang tertinggi; 'least' ini tidak lebih kecil dari yang di atasnya"
            )
            yield ("predicates", position, "least"), "least", message
        above = predicate.least
