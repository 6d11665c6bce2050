"""`pati stories` as people type it."""

import json
import shutil
from pathlib import Path

import pytest

from pipelines.linking.incremental import link
from pipelines.progress import Silent
from tests.pipelines.test_language_cli import pati
from tests.pipelines.test_linking_lake import Feed, empty
from tests.pipelines.test_story_edits import FIRST, A, B
from warehouse import Lake

__all__ = ["empty"]


@pytest.mark.proof
def test_stories_are_joined_and_the_reason_is_masked(empty: Path, tmp_path: Path) -> None:
    shutil.copytree(empty, tmp_path, dirs_exist_ok=True)
    with Lake(tmp_path) as lake:
        Feed(lake).bring(FIRST, set())
        link(lake, Silent())
    done = pati(tmp_path, "stories", "merge", A, B, "--why", "kata 0812-3456-7890 sama", "--by", "ana")
    assert done.returncode == 0, done.stderr
    assert "pati stories undo 1" in done.stdout
    (edit,) = json.loads(pati(tmp_path, "stories", "history", "--json").stdout)
    assert (edit["action"], edit["edited_by"], edit["n_articles"]) == ("merge", "ana", 4)
    assert "7890" not in edit["reason"]
    wrong = pati(tmp_path, "stories", "split", A, "d99", "--why", "x", "--by", "ana")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "d99 tidak ada di cerita" in wrong.stderr
