"""The command line as a person meets it: real processes, exit statuses, sentences."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from pipelines.cli.app import hoist
from pipelines.cli.stages import period_of
from tests.pipelines.conftest import PATI

SOURCE = """sources:
  - id: satu
    name: Satu
    kind: news
    url: https://satu.example
    scope: pati_only
    discover:
      - feed: https://satu.example/feed
    permission: robots_ok
    status: active
"""


def pati(*arguments: str | Path, timeout: int = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PATI, *arguments], text=True, capture_output=True, timeout=timeout, check=False)


BROKEN = [
    pytest.param(
        "sources.yaml", SOURCE.replace("scope:", "scop:"), ("sources.yaml", "6", "scop"), id="unknown key"
    ),
    pytest.param("sources.yaml", SOURCE + SOURCE[9:], ("sources.yaml", "satu"), id="duplicate source id"),
    pytest.param(
        "sources.yaml",
        SOURCE.replace("url: https://satu.example\n", "url: satu.example\n"),
        ("sources.yaml", "5", "url"),
        id="bad URL",
    ),
    pytest.param(
        "sources.yaml",
        SOURCE + "    opd: dinas_entah\n",
        ("sources.yaml", "11", "dinas_entah"),
        id="missing OPD",
    ),
]


@pytest.mark.parametrize(("name", "text", "words"), BROKEN)
def test_a_broken_config_ends_with_status_2_and_one_sentence(
    tmp_path: Path, name: str, text: str, words: tuple[str, ...]
) -> None:
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    done = pati("--home", tmp_path / "home", "--config", folder, "run")
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    for word in words:
        assert word in done.stderr
    assert not (tmp_path / "home" / "lake").exists(), "nothing may be touched before the config is right"


def test_no_lake_is_a_sentence_and_status_1(tmp_path: Path) -> None:
    for command in (["status"], ["search", "rob"], ["report", "weekly"]):
        done = pati("--home", tmp_path, *command)
        assert done.returncode == 1
        assert "pati run" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["run", "--only", "terbang"], ["report", "weekly", "--week", "2026-W99"], ["nothing"]]
)
def test_wrong_usage_is_status_2(tmp_path: Path, arguments: list[str]) -> None:
    assert pati("--home", tmp_path, *arguments).returncode == 2


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (["run", "--home", "h"], ["--home", "h", "run"]),
        (["run", "--config=c", "--json"], ["--config=c", "run", "--json"]),
        (["--home", "h", "search", "--", "--home"], ["--home", "h", "search", "--", "--home"]),
        (["run", "--home"], ["--home", "run"]),
        ([], []),
    ],
)
def test_global_options_may_stand_anywhere(given: list[str], wanted: list[str]) -> None:
    assert hoist(given) == wanted


def test_an_unknown_source_is_named(tmp_path: Path) -> None:
    done = pati("--home", tmp_path, "collect", "--source", "entah")
    assert done.returncode == 1
    assert "entah" in done.stderr


def test_sources_can_be_listed_before_the_first_run(tmp_path: Path) -> None:
    listed = json.loads(pati("--home", tmp_path, "sources", "--json").stdout)
    assert {"source_id", "status", "permission"} <= set(listed[0])


def test_classify_labels_good_lines_and_names_bad_ones(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"id": 1, "text": "Jalan rusak parah di Juwana, NIK 3318000000000000", "kind": "complaint"}
        ),
        "{broken",
        json.dumps({"id": 3, "kind": "news"}),
        json.dumps({"id": 4, "text": "a\u2028b", "kind": "comment", "source": "general", "title": None}),
    ]
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    done = pati("classify", source, "--output", target)
    assert done.returncode == 1
    assert "baris 2" in done.stderr
    assert "baris 3" in done.stderr
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == [1, 4]
    assert {
        "id", "relevant", "relevance_score", "language", "topic", "topic_score", "opd", "sentiment",
        "sentiment_score", "needs_review", "kecamatan", "desa", "masked_text", "why",
    } <= set(rows[0])  # fmt: skip
    assert "3318000000000000" not in target.read_text(encoding="utf-8")
    assert rows[0]["kecamatan"] == ["Juwana"]


def test_extract_reads_a_saved_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>Jalan Diperbaiki - Warta</title>"
        '<meta property="article:published_time" content="2026-11-10T08:30:00+07:00"></head>'
        "<body><article><h1>Jalan Diperbaiki</h1>" + "<p>Warga lega karena jalan desa rampung dicor.</p>" * 8,
        encoding="utf-8",
    )
    found = json.loads(pati("extract", page, "--url", "https://warta.example/jalan", "--json").stdout)
    assert found["title"] == "Jalan Diperbaiki"
    assert found["published_at"] == "2026-11-10T01:30:00+00:00"
    assert "rampung dicor" in found["text"]


CSV = (
    "tanggal;nama;no_wa;kategori;laporan;lokasi;status\n"
    "2026-11-02;Sarpi Contohwati;081200000001;Jalan;Jalan desa berlubang;Juwana;Diproses\n"
)


@pytest.mark.proof
def test_an_import_can_be_looked_at_first_and_is_stored_once(tmp_path: Path) -> None:
    file = tmp_path / "aduan.csv"
    file.write_text(CSV, encoding="utf-8")
    home = tmp_path / "home"
    first = json.loads(pati("--home", home, "import", "complaints", file, "--dry-run", "--json").stdout)
    assert (first["preview"]["n_documents"], first["results"]) == (1, [])
    assert not (home / "lake").exists()
    for new in (1, 0):
        done = json.loads(pati("--home", home, "import", "complaints", file, "--json").stdout)
        assert {one["stage"]: one["n_new"] for one in done["results"]}["load"] == new


def test_an_import_of_an_unknown_kind_of_file_asks_for_the_format(tmp_path: Path) -> None:
    done = pati("--home", tmp_path, "import", "complaints", tmp_path / "aduan.docx")
    assert done.returncode == 2
    assert "--format" in done.stderr


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-03-31", "2026-01-01"), ("31/01/2026", "2026-02-01"), ("2026-02-30", "2026-03-01")],
)
def test_a_range_of_days_that_cannot_be_is_refused_before_anything_is_fetched(
    tmp_path: Path, since: str, until: str
) -> None:
    done = pati("--home", tmp_path / "home", "backfill", "--from", since, "--to", until)
    assert done.returncode == 2
    words = " ".join(done.stderr.replace("│", " ").split())
    assert f"Rentang '{since}' sampai '{until}' tidak sah" in words
    assert not (tmp_path / "home" / "landing").exists()


def test_both_days_of_a_range_belong_to_it() -> None:
    assert str(period_of("2026-01-01", "2026-01-31")) == "20251231T1700Z-20260131T1700Z"  # WIB is UTC+7
    assert str(period_of("2026-01-01", "2026-01-01")) == "20251231T1700Z-20260101T1700Z"
