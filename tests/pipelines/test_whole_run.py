"""Issue A as a person would try it: real processes, real HTTP, one home folder."""

import json
import re
from pathlib import Path

import pytest

from samples.server import Newsroom
from tests.pipelines.conftest import Home
from tests.pipelines.content import content, difference
from warehouse import Lake, queries

pytestmark = pytest.mark.slow


def test_every_stage_accounts_for_every_record(finished: Home) -> None:
    with Lake(finished.path) as lake:
        runs = lake.rows("SELECT stage, status, n_in, n_stored + n_duplicate + n_rejected FROM run")
    assert {stage for stage, *_ in runs} == {"collect", "load", "enrich", "index", "link", "watch", "publish"}
    most: dict[str, int] = {}
    for stage, status, n_in, accounted in runs:
        assert (status, n_in) == ("ok", accounted), stage
        most[stage] = max(most.get(stage, 0), n_in)
    assert min(most[stage] for stage in ("collect", "load", "enrich", "link")) > 0


def test_what_the_newsroom_published_is_in_the_lake(finished: Home, room: Newsroom) -> None:
    with Lake(finished.path) as lake:
        kinds = dict(lake.rows("SELECT kind, count(*) FROM document GROUP BY kind"))
        titles = {title for (title,) in lake.rows("SELECT title FROM document WHERE kind = 'news'")}
    local = [one for one in room.world.articles if one.labels.relevant and room.visible(one.outlet)]
    found = sum(one.title in titles for one in local)
    assert found / len(local) >= 0.98
    assert kinds["video"] == len(room.visible_videos())
    assert kinds["complaint"] > 0.9 * len(room.world.complaints)
    assert {"comment", "social"} <= set(kinds)


@pytest.mark.proof
def test_running_again_adds_nothing_and_says_so(finished: Home) -> None:
    before = content(finished.path)
    results = {one["stage"]: one for one in json.loads(finished.pati("run", "--json").stdout)}
    assert difference(before, content(finished.path)) == []
    assert [results[stage]["n_new"] for stage in ("load", "enrich", "link")] == [0, 0, 0]
    assert "0 dokumen baru" in results["load"]["message"]


def test_the_report_is_a_pdf_of_the_last_complete_week(finished: Home) -> None:
    with Lake(finished.path) as lake:
        report = queries.reports(lake).iloc[0]
    assert report["report_id"] == "weekly-2026-W46"
    assert Path(report["path"]).read_bytes().startswith(b"%PDF-")


def test_a_dead_source_is_named(finished: Home) -> None:
    listed = {one["source_id"]: one for one in json.loads(finished.pati("sources", "--json").stdout)}
    assert listed["kilaskendeng"]["verdict"] in ("rusak", "diblokir", "hilang")
    assert listed["suaramuria"]["verdict"] == "baik"
    with Lake(finished.path) as lake:
        found = queries.records(queries.alerts(lake))
    (alert,) = [one for one in found if one["rule"] == "silent_source"]
    assert "kilaskendeng" in alert["members"]
    assert "suaramuria" not in alert["members"]


@pytest.mark.parametrize("command", [["status"], ["sources"], ["search", "banjir"], ["doctor"]])
def test_every_question_answers_in_json_too(finished: Home, command: list[str]) -> None:
    done = finished.pati(*command, "--json", check=False)
    assert json.loads(done.stdout)
    assert finished.pati(*command, check=False).stdout.strip()


def test_search_finds_by_all_words(finished: Home) -> None:
    found = json.loads(finished.pati("search", "rob", "juwana", "--json").stdout)
    assert found["total"] > 0
    for row in found["rows"]:
        text = f"{row['title']} {row['excerpt']}".lower()
        assert re.search("rob|juwana", text)
        marked = {row["excerpt"][start:end].lower() for start, end in row["excerpt_marks"]}
        assert marked or row["title_marks"]


def test_two_runs_at_once_are_refused(finished: Home) -> None:
    from filelock import FileLock

    with FileLock(finished.path / "run.lock"):
        done = finished.pati("run", check=False)
    assert done.returncode == 1
    assert "sedang bekerja" in done.stderr
