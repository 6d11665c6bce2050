"""A person leaves: pinned evidence no longer shows their documents, and packs handed out are listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from config import load_config
from tests.assessment.conftest import NOW, As
from warehouse import Lake
from warehouse.forget import Plan, forget
from warehouse.queries.assessment import evidence_marks, issued_packs, worksheet
from warehouse.queries.rows import records
from warehouse.store.assessment import Cell, enter_score
from warehouse.store.evidence import mark_evidence, note_pack
from warehouse.store.history import mark_erased

CITY = load_config().instrument_by_id("smart_city")
IMPACT, OUTCOME = Cell(CITY, 2022, "impact"), Cell(CITY, 2022, "outcome")


def test_pinned_evidence_of_somebody_erased_is_gone_and_issued_packs_are_listed(
    opened: As, home: Path
) -> None:
    ana = opened("ana")
    enter_score(ana, IMPACT, 3.0, "Kata Sarpi Contohwati", ["d1", "k1"])
    mark_evidence(ana, IMPACT, ["d1", "k1"], "pinned", "Sarpi Contohwati bercerita")
    days = (date(2022, 1, 1), date(2022, 12, 31))
    note_pack(
        ana, "paket-1", [(IMPACT, ["d1", "k1"]), (OUTCOME, ["k1"])], days, ana.snapshot(), "0" * 64, "analis"
    )
    note_pack(ana, "paket-2", [(IMPACT, ["d1"])], days, ana.snapshot(), "1" * 64, "analis")
    ana.write(lambda con: mark_erased(con, {"k1": "complaint"}))
    ana.close()
    forget(home, Plan({"k1"}, lambda text: text.replace("Sarpi Contohwati", "[NAMA]")))
    with Lake(home, now=NOW) as lake:
        assert list(evidence_marks(lake, "smart_city", 2022, "impact")["doc_id"]) == ["d1"]
        [row] = records(worksheet(lake, "smart_city", 2022))
        assert (list(row["doc_ids"]), row["justification"], row["score"]) == (["d1"], "Kata [NAMA]", 3.0)
        comments = lake.rows("SELECT doc_id, comment FROM evidence_event ORDER BY doc_id")
        assert comments == [("d1", "[NAMA] bercerita"), ("k1", "[DIHAPUS]")]
        assert [(one.pack_id, one.n_documents) for one in issued_packs(lake, ("k1",))] == [("paket-1", 1)]
        assert issued_packs(lake, ("d5",)) == []
        assert len(issued_packs(lake)) == 2
