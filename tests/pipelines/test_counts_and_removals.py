"""From a platform to the lake: counts become a series, what is taken down disappears."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from crawlers.landing import batches, read_batch
from pipelines.stages.load import to_batch
from samples.social_graph import post_id
from samples.social_server import SocialApis
from samples.social_town import PAGE, Town, Trouble
from tests.crawlers.apis import AGENT, LOOPBACK, Desk, source
from tests.crawlers.studio import START
from tests.lakes import new_lake
from warehouse import Lake
from warehouse.store.documents import LoadCounts, store_batch


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[Lake]:
    with new_lake(tmp_path / "home", START) as opened:
        yield opened


def load(lake: Lake, desk: Desk) -> LoadCounts:
    """Load what the last run put into the landing zone."""
    run = f"run-{desk.runs:03d}"
    group = {p.name: list(read_batch(p)) for p in batches(desk.home / "landing") if p.parent.name == run}
    return store_batch(
        lake, to_batch(run, {f"{run}/{name}": found for name, found in group.items()}), desk.now
    )


def test_a_post_grows_and_goes(lake: Lake, tmp_path: Path) -> None:
    town = Town(start=START)
    post, other = town.post("facebook", "jalan diperbaiki", own=True), town.post("facebook", "lain", own=True)
    town.remark(post, "mantap")
    town.remark(other, "oke")
    desk = Desk(tmp_path, START + timedelta(hours=1), {"FACEBOOK_PAGE_TOKEN": "t"})
    with SocialApis(town) as apis:
        desk.configure(
            [source("laman", {"facebook": PAGE})], crawl={**AGENT, **LOOPBACK}, social=apis.settings()
        )
        desk.run()
        assert load(lake, desk).n_new == 4
        for likes in (3, 8):
            post.likes = likes
            desk.now += timedelta(hours=1)
            desk.run()
            load(lake, desk)
        town.remark(post, "hapus saja")
        town.troubles = [Trouble("missing", part=post_id(town, post))]
        desk.now += timedelta(hours=1)
        series = (
            "SELECT h.likes FROM metric_history h JOIN document d USING (doc_id) "
            "WHERE d.text = 'jalan diperbaiki'"
        )
        assert lake.rows(f"{series} ORDER BY counted_at") == [(0,), (3,), (8,)]
        desk.run()
        done = load(lake, desk)
    assert done.n_in == done.n_new + done.n_updated + done.n_duplicate + done.n_rejected
    assert done.n_updated == 1
    assert lake.rows(series) == []
    assert {text for (text,) in lake.rows("SELECT text FROM document")} == {"lain", "oke"}
