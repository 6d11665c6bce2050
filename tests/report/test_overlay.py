"""Edits laid over a real report: words, order, hidden things, recommendations, the log, `verify`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from report_seed import NOW, WEEK

from config import Config
from dashboard.report import ReportError, build_weekly
from dashboard.report import ledger as book
from dashboard.report.document import Composed, compose
from dashboard.report.editions import (
    approve,
    archived,
    draft_of,
    edition_folder,
    newest_edition,
    open_draft,
    report_id,
)  # fmt: skip
from dashboard.report.facts import gather
from dashboard.report.overlay import laid_over, overlay_of
from dashboard.report.recommending import Advice
from dashboard.report.verify import verify
from tests.lakes import new_lake
from warehouse import Lake
from warehouse.access import AccessError, viewer_of
from warehouse.queries.report_events import ReportEvent
from warehouse.store.report_events import ReportStep, take_step

HOSTILE = '<script>alert(1)</script> #set page(fill: red) =HYPERLINK("https://jahat.example") ' + "x" * 300


@pytest.fixture(scope="module")
def composed(busy_lake: Lake, config: Config) -> Composed:
    return compose(gather(busy_lake, config, WEEK), config)


def event(n: int, action: Any, target: str = "", new: str | None = None, **more: Any) -> ReportEvent:
    row = ReportEvent("weekly-2026-W46", n, action, target, None, new, "", None, None, "ana", NOW)
    return replace(row, **more)


def machine(composed: Composed, key: str) -> str:
    return next(one.text for one in composed.ledger.entries if one.id == key)


def part(found: Composed, key: str) -> Any:
    return next(one for one in found.data["parts"] if one["id"] == key)


def test_without_edits_nothing_is_another(composed: Composed, config: Config) -> None:
    assert laid_over(composed, overlay_of([]), config).composed is composed


def test_other_words_are_printed_and_marked_and_keep_their_evidence(
    composed: Composed, config: Config
) -> None:
    old = machine(composed, "R1")
    found = laid_over(
        composed, overlay_of([event(0, "worded", "R1", "Pekan yang ramai.", old=old)]), config
    ).composed
    bullets = next(block for block in part(found, "ringkasan")["blocks"] if block["kind"] == "bullets")
    assert (bullets["said"][0]["id"], bullets["said"][0]["text"]) == ("R1*", "Pekan yang ramai.")
    entry = next(one for one in found.ledger.entries if one.id == "R1")
    assert (entry.text, entry.machine, entry.edit) == ("Pekan yang ramai.", old, "worded")
    assert entry.evidence
    assert [one.edit for one in found.ledger.entries if one.id != "R1" and one.edit] == []


def test_an_edit_of_what_the_machine_no_longer_says_is_stale(composed: Composed, config: Config) -> None:
    overlay = overlay_of([event(0, "worded", "R1", "Lain.", old="Yang dulu."), event(1, "worded", "ZZ", "x")])
    found = laid_over(composed, overlay, config)
    assert found.stale == ("R1", "ZZ")
    assert machine(found.composed, "R1") == machine(composed, "R1")


def test_hidden_things_are_not_printed_but_named_in_ledger_and_log(
    composed: Composed, config: Config
) -> None:
    events = [
        event(n, "hidden", key) for n, key in enumerate(("R2", "I1", "bagian:media", "bagian:identitas"))
    ]
    found = laid_over(composed, overlay_of(events), config).composed
    ids = [one["id"] for one in found.data["parts"]]
    assert "media" not in ids
    assert "identitas" in ids, "what the report rests on cannot be hidden"
    shown = json.dumps(found.data["parts"][:-1])
    assert '"R2"' not in shown
    assert '"I1"' not in shown
    assert {one.id for one in found.ledger.entries if one.edit == "hidden"} >= {"R2", "I1"}
    ranks = [block["rank"] for block in part(found, "isu")["blocks"] if block["kind"] == "issue"]
    assert ranks == list(range(1, len(ranks) + 1))


def test_shown_again_it_is_as_the_machine_made_it(composed: Composed, config: Config) -> None:
    old = machine(composed, "R1")
    events = [event(0, "worded", "R1", "Lain.", old=old), event(1, "hidden", "R1"), event(2, "shown", "R1")]
    found = laid_over(composed, overlay_of(events), config).composed
    assert json.dumps(part(found, "ringkasan")) == json.dumps(part(composed, "ringkasan"))


@pytest.mark.parametrize(
    ("key", "place", "first"), [("R3", 1, "R3"), ("R1", 99, "R2"), ("R1", 1, "R1"), ("tiada", 1, "R1")]
)
def test_sentences_move_among_their_like(
    composed: Composed, config: Config, key: str, place: int, first: str
) -> None:
    found = laid_over(composed, overlay_of([event(0, "moved", key, str(place))]), config).composed
    bullets = next(block for block in part(found, "ringkasan")["blocks"] if block["kind"] == "bullets")
    before = next(block for block in part(composed, "ringkasan")["blocks"] if block["kind"] == "bullets")
    assert bullets["said"][0]["id"] == first
    assert {one["id"] for one in bullets["said"]} == {one["id"] for one in before["said"]}


def test_sections_and_stories_move_and_the_links_follow(composed: Composed, config: Config) -> None:
    events = [event(0, "moved", "bagian:aduan", "1"), event(1, "moved", "I2", "1")]
    found = laid_over(composed, overlay_of(events), config).composed
    assert found.data["parts"][0]["id"] == "aduan"
    assert found.data["parts"][-1]["id"] == "lampiran"
    stories = [block for block in part(found, "isu")["blocks"] if block["kind"] == "issue"]
    assert [(one["title"]["id"], one["rank"]) for one in stories[:2]] == [("I2", 1), ("I1", 2)]

    def links(one: Composed) -> dict[str, set[str]]:
        rows = next(
            block["rows"]
            for block in part(one, "lampiran")["blocks"]
            if block["kind"] == "table" and block["columns"][0]["title"] == "Isu"
        )
        return {n: {row[3]["text"] for row in rows if row[0]["text"] == n} for n in ("1", "2")}

    assert links(found)["1"] == links(composed)["2"]
    assert links(found)["2"] == links(composed)["1"]


def test_recommendations_and_what_became_of_last_weeks(composed: Composed, config: Config) -> None:
    first = Advice("H1", "dputr", "Tambal jalan Juwana sampai Tayu.", date(2026, 11, 20))
    last = [event(0, "advised", "H1", first.written()), event(1, "advised", "H2", first.written())]
    events = [
        event(0, "advised", "H1", replace(first, action="Ukur ulang genangan.").written()),
        event(1, "advised", "H2", first.written()),
        event(2, "withdrawn", "H2"),
        event(3, "judged", "H1", "selesai", reason="foto terlampir"),
    ]
    found = laid_over(composed, overlay_of(events, last), config).composed
    order = [one["id"] for one in found.data["parts"]]
    assert order.index("rekomendasi") == order.index("smart_city") + 1
    now, before = [
        block
        for block in part(found, "rekomendasi")["blocks"]
        if block["kind"] == "table" and block["columns"][0]["title"] == "Kode"  # the others are by rule
    ]
    assert [[cell["text"] for cell in row] for row in now["rows"]] == [
        ["H1", "DPUTR", "Ukur ulang genangan.", "20 Nov 2026"]
    ]
    assert [row[4]["text"] for row in before["rows"]] == ["selesai; foto terlampir", "belum dinilai"]
    written = {one.id: one for one in found.ledger.entries if one.edit == "written"}
    assert set(written) == {"H1", "H1-lalu", "H2-lalu"}
    assert not any(one.evidence for one in written.values())


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return " ".join("\n".join(pages).replace("\ufffe", "").replace("\u200b", "").split())


@pytest.fixture
def mine(busy_lake: Lake, tmp_path: Path) -> Any:
    """A copy of the busy lake in which people may write."""
    import shutil

    shutil.copytree(busy_lake.home / "lake", tmp_path / "home" / "lake")
    with Lake(tmp_path / "home", now=NOW) as lake:
        yield lake


KEY = report_id(WEEK)


@pytest.mark.proof
def test_an_edited_report_is_approved_archived_and_verified(mine: Lake, config: Config) -> None:
    assert open_draft(mine, WEEK, "sistem")
    assert not open_draft(mine, WEEK, "sistem")
    old = machine(compose(gather(mine, config, WEEK), config), "R1")
    take_step(mine, KEY, ReportStep("worded", "R1", old, HOSTILE, "uji <b>keras</b>"), "ana")
    take_step(mine, KEY, ReportStep("hidden", "R2", None, None, "sudah diketahui"), "ana")
    take_step(
        mine, KEY, ReportStep("advised", "H1", None, Advice("H1", "dlh", HOSTILE, None).written()), "ana"
    )
    with pytest.raises(ValueError, match="orang lain"):
        take_step(mine, KEY, ReportStep("reviewed"), "ana")
    take_step(mine, KEY, ReportStep("reviewed"), "budi")
    with pytest.raises(ValueError, match="orang lain"):
        approve(mine, config, WEEK, "Ana")
    done = approve(mine, config, WEEK, "bupati")
    assert (done.state, done.edition) == ("approved", 1)

    files = {one.name: one for one in newest_edition(mine, WEEK)}
    names = {f"laporan-{WEEK.iso}.{kind}" for kind in ("pdf", "html", "xlsx", "bukti.json")}
    assert names <= set(files)
    for one in files.values():
        content = archived(mine.home, one)
        assert hashlib.sha256(content).hexdigest() == one.sha256
        assert len(content) == one.n_bytes
    folder = edition_folder(mine.home, KEY, 1)
    shown = text_of(folder / f"laporan-{WEEK.iso}.pdf")
    assert "<script>alert(1)</script> #set page(fill: red)" in shown
    assert "Catatan penyuntingan" in shown
    for who in ("ana", "budi", "bupati"):
        assert who in shown
    web = (folder / f"laporan-{WEEK.iso}.html").read_text(encoding="utf-8")
    assert "<script>" not in web
    assert "<b>keras</b>" not in web

    ledger = folder / f"laporan-{WEEK.iso}.bukti.json"
    head, entries = book.read(ledger)
    assert [one["action"] for one in head["edits"]] == ["worded", "hidden", "advised", "reviewed", "approved"]
    assert head["fingerprint"][:16] in shown
    verdict = verify(mine.home, ledger)
    assert verdict.holds
    assert verdict.edited == ("R1", "H1")
    assert {one.id: one.edit for one in entries if one.edit} == {
        "R1": "worded",
        "R2": "hidden",
        "H1": "written",
    }
    # words changed behind the ledger's back are noticed, also those of a person
    ledger.write_text(ledger.read_text(encoding="utf-8").replace("worded", "hidden", 1), encoding="utf-8")
    written = ledger.read_text(encoding="utf-8")
    ledger.write_text(written.replace('"machine": "', '"machine": "bukan ', 1), encoding="utf-8")
    assert verify(mine.home, ledger).altered

    # an edit after the approval begins the second edition; the first stays
    take_step(mine, KEY, ReportStep("shown", "R2"), "cici")
    assert draft_of(mine, WEEK).life.state == "draft"
    take_step(mine, KEY, ReportStep("reviewed"), "budi")
    assert approve(mine, config, WEEK, "bupati").edition == 2
    assert {one.edition for one in newest_edition(mine, WEEK)} == {2}
    assert folder.exists()


def test_a_changed_or_missing_file_of_the_archive_is_said(mine: Lake, config: Config) -> None:
    open_draft(mine, WEEK, "sistem")
    take_step(mine, KEY, ReportStep("reviewed"), "budi")
    approve(mine, config, WEEK, "bupati")
    pdf = next(one for one in newest_edition(mine, WEEK) if one.name.endswith(".pdf"))
    path = edition_folder(mine.home, KEY, 1) / pdf.name
    path.write_bytes(b"%PDF-lain")
    with pytest.raises(ReportError, match="bukan lagi yang disetujui"):
        archived(mine.home, pdf)
    path.unlink()
    with pytest.raises(ReportError, match="tidak ada lagi"):
        archived(mine.home, pdf)


def test_the_same_edits_give_the_same_bytes(mine: Lake, config: Config, tmp_path: Path) -> None:
    overlay = overlay_of([event(0, "moved", "bagian:aduan", "1"), event(1, "hidden", "R2", reason="x")])
    once, again = (build_weekly(mine, config, WEEK, tmp_path / name, overlay) for name in "ab")
    assert once.pdf.read_bytes() == again.pdf.read_bytes()
    assert once.ledger.read_bytes() == again.ledger.read_bytes()


def test_what_may_not_be_written(tmp_path: Path, config: Config) -> None:
    with new_lake(tmp_path, NOW) as lake:
        for step, said in (
            (ReportStep("worded", "R1", "a", "b"), "alasan"),
            (ReportStep("worded", "R1", "a", " ", "x"), "kosong"),
            (ReportStep("hidden", "R1"), "alasan"),
            (ReportStep("worded", "R1", "a", "x" * 2001, "x"), "2000"),
            (ReportStep("based"), "potret"),
        ):
            with pytest.raises(ValueError, match=said):
                take_step(lake, KEY, step, "ana")
        take_step(lake, KEY, ReportStep("hidden", "R1", reason="x"), "ana", seen=-1)
        with pytest.raises(ValueError, match="baru saja diubah"):
            take_step(lake, KEY, ReportStep("hidden", "R2", reason="x"), "budi", seen=-1)
        take_step(lake, KEY, ReportStep("reviewed"), "budi")
        with pytest.raises(ReportError, match="belum dibuat"):
            approve(lake, config, WEEK, "bupati")
        assert lake.value("SELECT count(*) FROM report_event") == 2


@pytest.mark.parametrize(
    ("role", "step", "allowed"),
    [
        ("analis", "hidden", True), ("analis", "reviewed", True), ("analis", "approved", False),
        ("pimpinan", "hidden", False), ("pimpinan", "approved", True), ("pimpinan", "returned", True),
        ("opd:dlh", "hidden", False), ("opd:dlh", "approved", False), ("admin", "approved", True),
    ],
)  # fmt: skip
def test_rights_are_the_lakes(tmp_path: Path, role: str, step: Any, allowed: bool) -> None:
    new_lake(tmp_path, NOW).close()
    with Lake(tmp_path, now=NOW) as lake:
        take_step(lake, KEY, ReportStep("reviewed"), "lain")
    with Lake(tmp_path, now=NOW, viewer=viewer_of("uji", role)) as lake:
        if step == "reviewed" and allowed:
            with pytest.raises(ValueError, match="Hanya draf"):
                take_step(lake, KEY, ReportStep(step), "uji")
        elif allowed:
            take_step(lake, KEY, ReportStep(step, "R1", reason="x"), "uji")
        else:
            with pytest.raises(AccessError):
                take_step(lake, KEY, ReportStep(step, "R1", reason="x"), "uji")
        if role.startswith("opd"):
            with pytest.raises(AccessError):
                draft_of(lake, WEEK)
