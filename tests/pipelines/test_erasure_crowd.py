"""Ten thousand complaints full of personal data: none of it is stored, and fifty people can leave."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path

import pytest

from pipelines.erasure.erase import erase
from pipelines.erasure.scan import scan
from pipelines.erasure.subjects import subject
from pipelines.progress import Silent
from pipelines.run import run_stages
from pipelines.settings import Settings
from samples.crowd import Reporter, crowd, write_crowd
from samples.world import World
from tests.pipelines.conftest import Home
from tests.pipelines.content import content
from tests.pipelines.test_erasure import texts, totals
from warehouse import Lake

pytestmark = pytest.mark.proof

COUNT, LEAVING = 10_000, 50
STAGES = ("load", "enrich", "link", "watch", "publish")


def take_in(home: Home, *files: Path) -> int:
    """Import files; returns how many documents were new."""
    new = 0
    for path in files:
        found = json.loads(home.pati("import", "complaints", str(path), "--json").stdout)
        collected, loaded = found["results"][:2]
        assert collected["n_in"] == collected["n_stored"] + collected["n_rejected"]
        new += loaded["n_new"]
    return new


def leaving(rows: Sequence[Reporter]) -> list[Reporter]:
    """Some of the table, known by name, and of the chat, known by number."""
    return list(rows[7 :: COUNT // LEAVING])[:LEAVING]


def test_nothing_is_stored_and_fifty_people_leave(tmp_path: Path) -> None:
    world = World(weeks=26)
    rows = list(crowd(world, COUNT))
    table, chat = tmp_path / "aduan.csv", tmp_path / "chat.txt"
    write_crowd(rows, table, chat)
    settings = Settings(tmp_path / "home", None, world.now.astimezone(UTC))
    home = Home(settings.home, {**os.environ, "PATI_NOW": settings.now().isoformat()})
    assert take_in(home, table, chat) == COUNT
    run_stages(settings, STAGES)
    found = scan(settings, Silent())
    assert found.clean, [(place.place, place.found, place.where) for place in found.places]
    assert {"gudang data", "hasil pengumpulan", "laporan"} <= {place.place for place in found.places}
    numbers = {who.nik for who, _ in rows} | {who.phone for who, _ in rows} | {who.email for who, _ in rows}
    assert not numbers & set(
        re.findall(r"\d{16}|0812-0000-\d{4}|[\w.]+@contoh\.example", "\n".join(texts(settings.home)))
    )

    people, cut = leaving([who for who, _ in rows]), COUNT * 4 // 5
    key, order = settings.pseudonym_key(), {who: n for n, (who, _) in enumerate(rows)}
    subjects = [subject(who.name if order[who] < cut else who.phone, settings.config, key) for who in people]
    assert 5 < sum(order[who] >= cut for who in people) < LEAVING
    counted = totals(settings.home)
    assert sum(map(len, counted.values())) > COUNT
    done = erase(settings, subjects, Silent())
    assert (done.documents, done.complete) == (LEAVING, True)
    everything = "\n".join(texts(settings.home)).casefold()
    tickets = [complaint.ticket for who, complaint in rows[:cut] if who in people]
    tokens = {token for who in people for token in who.tokens}
    tokens |= {name for one in subjects for name in one.pseudonyms} | set(tickets)
    assert [token for token in tokens if token.casefold() in everything] == []
    assert totals(settings.home) == counted

    after = content(settings.home)
    run_stages(settings, STAGES)
    assert erase(settings, subjects, Silent()).documents == 0
    assert content(settings.home) == after
    assert take_in(home, table, chat) == 0
    assert content(settings.home) == after
    assert totals(settings.home) == counted
    with Lake(settings.home) as lake:
        assert lake.rows("SELECT reason, count(*) FROM rejected GROUP BY 1") == [("erased", LEAVING)]
    everything = "\n".join(texts(settings.home)).casefold()
    assert [token for token in tokens if token.casefold() in everything] == []
