"""A desa about which fewer than five complain is not shown: on no page, in no relation, in no file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.access.conftest import USERS, Place
from tests.access.test_attempts import at, everything
from tests.access.test_menu import opened
from tests.access.test_wall import all_of, relations
from tests.dashboard.seed import NOW
from warehouse import Lake
from warehouse.access import viewer_of
from warehouse.access.wall import SMALL, WalledLake
from warehouse.queries import DocumentFilter, drill, recurring_issues
from warehouse.queries.complaint_work import recurring_complaints
from warehouse.queries.export import export, exportable
from warehouse.reading import open_reading
from warehouse.store import facts, sync_dimensions

FEW, ENOUGH = "Rawasepi", "Rawaramai"
IN_FEW = ("k0", "k2", "k4", "k6")
IN_ENOUGH = ("k-script", "k-bidi", "k0", "k2", "k4")
"""Weeks apart, so that both come back; all of the office `dpu`."""


@pytest.fixture(scope="module")
def desa(place: Place, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home = tmp_path_factory.mktemp("desa") / "home"
    shutil.copytree(place.home, home)
    with Lake(home, now=NOW) as lake:
        sync_dimensions(lake, {"dim_desa": [(FEW, "Juwana"), (ENOUGH, "Juwana")]})
        for name, keys in ((FEW, IN_FEW), (ENOUGH, IN_ENOUGH)):
            told = "UPDATE enrichment SET desa = list_append(desa, ?) WHERE list_contains(?, doc_id)"
            lake.write(lambda con, told=told, name=name, keys=keys: con.execute(told, [name, list(keys)]))
        lake.write(facts.rebuild)
    lake, _ = open_reading(home, NOW)
    yield replace(place, home=Path(home), lake=lake)
    lake.close()


@pytest.fixture
def walls(desa: Place) -> Iterator[dict[str, WalledLake]]:
    found = {role: WalledLake(desa.lake, viewer_of("x", role)) for role in sorted({*USERS.values()})}
    yield found
    for wall in found.values():
        wall.close()


def test_the_seed_has_a_small_cell_and_one_that_is_not(desa: Place) -> None:
    rows = desa.lake.rows("SELECT desa, n, recurring FROM mart_recurring WHERE topic = 'jalan' ORDER BY n")
    assert rows == [(FEW, len(IN_FEW), True), (ENOUGH, len(IN_ENOUGH), True)]
    assert len(IN_FEW) < SMALL <= len(IN_ENOUGH)


def test_it_is_in_no_relation_that_leadership_reads(walls: dict[str, WalledLake]) -> None:
    wall = walls["pimpinan"]
    assert FEW in all_of(walls["analis"], "mart_recurring")
    shown = {name for name in relations(wall) if FEW in all_of(wall, name)}
    assert shown == {"dim_desa"}, "only the list of all names"
    assert ENOUGH in all_of(wall, "mart_recurring")


@pytest.mark.parametrize("role", ["opd:dlh", "opd:dpu"])
def test_an_office_reads_it_with_its_own_complaints_only(walls: dict[str, WalledLake], role: str) -> None:
    wall = walls[role]
    shown = {name for name in relations(wall) if FEW in all_of(wall, name)}
    counting = {
        name for name in shown
        if "doc_id" not in {column for (column, *_) in wall.rows(f'DESCRIBE "{name}"')}
    }  # fmt: skip
    assert counting == {"dim_desa"}
    if role == "opd:dlh":
        assert shown == {"dim_desa"}


@pytest.mark.proof
def test_it_is_in_no_answer_and_no_file(walls: dict[str, WalledLake]) -> None:
    for role, wall in walls.items():
        found, hidden = recurring_complaints(wall)
        assert (list(found["desa"]), hidden) == ([ENOUGH], 1), role
        if not wall.viewer.walled:
            continue
        assert FEW not in str(recurring_issues(wall).to_dict()), role
        for what in exportable(wall):
            if what == "documents" and role == "opd:dpu":
                continue  # its own complaints, one by one
            batches = export(wall, what, DocumentFilter(), authors=False).batches
            counted = [row for batch in batches for row in batch.to_pylist() if "doc_id" not in row]
            assert FEW not in str(counted), (role, what)
    grain = {"topic": "jalan", "desa": FEW, "kecamatan": "Juwana"}
    assert drill(walls["analis"], "i12_recurring", **grain) == sorted(IN_FEW)
    assert drill(walls["pimpinan"], "i12_recurring", **grain) == []
    assert drill(walls["opd:dlh"], "i12_recurring", **grain) == []


@pytest.mark.parametrize("user", ["ana", "bupati", "dpu.admin", "dlh.admin"])
def test_the_page_says_that_something_is_hidden_and_not_what(desa: Place, user: str) -> None:
    with at(desa):
        app = opened(desa, user, "aduan", {})
    tables = str([table.value.to_dict() for table in app.dataframe])
    said = everything(app)
    assert FEW not in tables + said
    if user != "dlh.admin":
        assert ENOUGH in tables
        assert "1 isu tidak ditampilkan karena aduannya kurang dari 5" in said
