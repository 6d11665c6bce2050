"""A town small enough to count by hand: what every test of the indicators looks at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.warehouse.rows import complaint, document, enrich, labels, load
from warehouse import Lake
from warehouse.store import SourceRow, record_sources, replace_stories, sync_dimensions

NOW = datetime(
    2026, 11, 16, 0, 0, tzinfo=UTC
)  # Monday 07.00 WIB; the last 4 weeks: 19 October to 15 November

DIMENSIONS: dict[str, list[tuple[Any, ...]]] = {
    "dim_regency": [("Kabupaten Contoh", 1_000_000, "dikarang")],
    "dim_kecamatan": [
        ("Juwana", -6.7, 111.1, 100_000), ("Tayu", -6.5, 111.0, 50_000),
        ("Gabus", -6.8, 111.0, 50_000), ("Cluwak", -6.5, 110.9, None),
    ],
    "dim_desa": [("Bendar", "Juwana"), ("Bumirejo", "Juwana"), ("Bumirejo", "Tayu")],
    "dim_topic": [
        ("jalan", "Jalan", "living", "Smart Living"), ("pasar", "Pasar", "economy", "Smart Economy"),
        ("politik", "Politik", None, None),
    ],
    "dim_opd": [
        ("dlh", "Dinas A", "A", "opd"), ("dishub", "Dinas B", "B", "opd"), ("dinkes", "Dinas C", "C", "opd"),
        ("bpbd", "Badan D", "D", "opd"), ("polres", "Polres", "P", "vertical"),
    ],
    "dim_quick_win": [("sipipa", "SIPIPA", "dlh", "economy", None)],
    "dim_source": [
        (source, source.upper(), "news", f"https://{source}.example", "general", status, "ok", None)
        for source, status in (("a", "active"), ("b", "active"), ("c", "active"), ("d", "paused"))
    ],
}  # fmt: skip


class Town:
    """Collects rows, then writes them in one go."""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.complaints: list[dict[str, Any]] = []
        self.labels: list[dict[str, Any]] = []
        self.stories: dict[str, list[tuple[str, datetime, str | None]]] = {}

    def tell(
        self, doc_id: str, at: datetime, *, kind: str = "news", source: str = "x", story: str | None = None,
        copy_of: str | None = None, advertorial: bool = False, **said: Any,
    ) -> str:  # fmt: skip
        """One relevant document, without a tone unless `said` gives one."""
        self.documents.append(
            document(doc_id, kind=kind, source_id=source, published_at=at, advertorial=advertorial)
        )
        if kind == "complaint":
            self.complaints.append(complaint(doc_id, received_at=at))
        quiet = {"topic": "jalan", "sentiment": None, "opd_ids": [], "opd_scores": [], "kecamatan": []}
        self.labels.append(labels(doc_id, **{**quiet, "named_opd": [], **said}))
        if story:
            self.stories.setdefault(story, []).append((doc_id, at, copy_of))
        return doc_id

    def write(self, lake: Lake) -> None:
        sync_dimensions(lake, DIMENSIONS)
        load(lake, "town", self.documents, self.complaints)
        enrich(lake, self.labels)
        heads, members = [], []
        for story_id, told in self.stories.items():
            ordered = sorted(told, key=lambda one: one[1])
            (lead, first, _), last = ordered[0], ordered[-1][1]
            heads.append({"story_id": story_id, "lead_doc_id": lead, "first_at": first, "last_at": last})
            members += [{"story_id": story_id, "doc_id": doc, "copy_of": copy} for doc, _, copy in ordered]
        replace_stories(lake, heads, members)
        record_sources(lake, [
            SourceRow(f"run{number}", source, at, reachable, 0, 0, 0, 0, None if reachable else "mati")
            for number, (source, at, reachable) in enumerate(ATTEMPTS)
        ])  # fmt: skip


def on(month: int, day: int, hour: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


ATTEMPTS = [
    ("a", on(10, 28), True), ("b", on(10, 28), False), ("d", on(10, 28), True),
    ("a", on(11, 4, 0), True), ("b", on(11, 4), False), ("c", on(11, 4), False),
    ("a", on(11, 12), False), ("b", on(11, 12, 0), True), ("c", on(11, 12), False),
]  # fmt: skip


def town() -> Town:
    """All of it; each part lies in weeks or places of its own."""
    made = Town()
    _complaints(made)
    _tones(made)
    _issues(made)
    _recurring(made)
    _quick_wins(made)
    _voices(made)
    # b was out of reach in the week of 2 November, but an item of that week was collected later
    made.tell("late", on(11, 5), source="b")
    return made


def _complaints(made: Town) -> None:
    """12 name Juwana, 4 of these Tayu as well; one names no place."""
    for i in range(12):
        both = ["Juwana", "Tayu"] if i < 4 else ["Juwana"]
        made.tell(f"c{i}", on(11, 10), kind="complaint", source="kanal", kecamatan=both, topic="pasar")
    made.tell("c-nowhere", on(11, 10), kind="complaint", source="kanal", topic="pasar")


def _tones(made: Town) -> None:
    """dlh: 8 negative, 2 neutral, 4 positive; dishub: 2 of 20 negative; bpbd: 5 of 5; dinkes: 12 copies."""
    tones = {
        "dlh": ["negatif"] * 8 + ["netral"] * 2 + ["positif"] * 4,
        "dishub": ["negatif"] * 2 + ["positif"] * 18,
        "bpbd": ["negatif"] * 5,
    }
    for opd, said in tones.items():
        for i, tone in enumerate(said):
            made.tell(f"{opd}{i}", on(11, 9), kind="social", sentiment=tone, opd_ids=[opd], topic="politik")
    for place in ("Gabus", "Cluwak"):  # five of ten in either: no difference at all
        for i in range(10):
            tone = "negatif" if i < 5 else "positif"
            made.tell(
                f"{place}{i}", on(11, 9), kind="social", sentiment=tone, kecamatan=[place], topic="politik"
            )
    made.tell(
        "rilis",
        on(11, 9),
        story="s-rilis",
        sentiment="positif",
        opd_ids=["dinkes"],
        source="m0",
        topic="politik",
    )
    for i in range(1, 12):
        made.tell(
            f"rilis{i}", on(11, 9, 3 + i), story="s-rilis", copy_of="rilis", sentiment="positif",
            opd_ids=["dinkes"], source=f"m{i}", topic="politik",
        )  # fmt: skip


def _issues(made: Town) -> None:
    """Week of 28 September: big tells 9 stories (6 living, 3 economy), small one (economy); one is retold."""
    for i in range(9):
        topic = "jalan" if i < 6 else "pasar"
        made.tell(f"i{i}", on(9, 29), source="big", topic=topic, story="s-i0" if i == 0 else None)
    made.tell("i-small", on(9, 29), source="small", topic="pasar")
    made.tell("i-again", on(9, 30), source="other", topic="pasar", story="s-i0")
    made.tell("i-comment", on(9, 30), kind="comment", source="tube", topic="pasar")


def _recurring(made: Town) -> None:
    """Bendar in three of the eight weeks (and once the day before); Bumirejo lies in two kecamatan."""
    for doc, at in (
        ("r0", on(9, 20)),
        ("r1", on(9, 21)),
        ("r2", on(10, 6)),
        ("r3", on(10, 7)),
        ("r4", on(11, 13)),
    ):
        made.tell(doc, at, desa=["Bendar"], kecamatan=["Juwana"])
    made.tell("r5", on(10, 6), desa=["Bumirejo"], kecamatan=["Tayu"])
    made.tell("r6", on(10, 13), desa=["Bumirejo"], kecamatan=["Tayu"])
    made.tell("r7", on(10, 20), desa=["Bumirejo"])
    made.tell("r8", on(10, 20), desa=["Bendar"], kecamatan=["Juwana"], topic="politik")


def _quick_wins(made: Town) -> None:
    made.tell("q0", on(10, 12), story="s-q", quick_wins=["sipipa"], sentiment="positif", source="m1")
    made.tell(
        "q1", on(10, 12, 9), story="s-q", copy_of="q0", quick_wins=["sipipa"], advertorial=True, source="m2"
    )
    made.tell("q2", on(10, 14), quick_wins=["sipipa"], sentiment="negatif", source="m1")


def _voices(made: Town) -> None:
    """Week of 26 October, negative stories: 5 voiced, 6 not, 1 nobody looked through; one positive."""
    at = on(10, 27)
    for i in range(4):
        made.tell(f"v{i}", at, sentiment="negatif", named_opd=["dlh"])
    for i in range(4, 8):
        made.tell(f"v{i}", at, sentiment="negatif", named_opd=[])
    made.tell("v-police", at, sentiment="negatif", named_opd=["polres"])
    made.tell("v-unknown", at, sentiment="negatif", named_opd=None)
    for story, hours in (("s-soon", 48), ("s-late", 49)):
        made.tell(f"{story}-1", at, story=story, sentiment="negatif")
        made.tell(
            f"{story}-2", at + timedelta(hours=hours), story=story, sentiment="netral", named_opd=["pemkab"]
        )
    made.tell("v-good", at, sentiment="positif", named_opd=["dlh"])
