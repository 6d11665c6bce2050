"""Does a quick win go on: flags that say why, an order only where the data tell, none where nobody knows."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config import load_config
from nlp.quick_wins import QuickWinRules
from nlp.tokens import words
from pipelines.dimensions import rows
from samples.records import Article, Comment, Complaint, Record, Video
from samples.world import NOW as NEWSROOM_NOW
from samples.world import World
from tests.lakes import new_lake
from tests.warehouse.rows import complaint, document, enrich, labels, load
from warehouse import Lake, queries
from warehouse.access import AccessError, viewer_of
from warehouse.access.wall import WalledLake
from warehouse.assessment.continuity import Kept, Life, standings, why_above
from warehouse.queries.quick_win_life import continuity, quick_win_documents
from warehouse.reading import open_reading
from warehouse.store import SourceRow, record_sources, sync_dimensions

NOW = datetime(2026, 11, 16, tzinfo=UTC)
READ = {"m1": range(1, 27), "m2": (26, *range(1, 6))}
"""How many weeks ago each source was read."""
WINS = [
    *(
        (name, name.title(), "dkp", "economy", None)
        for name in ("ramai", "senyap", "gelap", "lain", "tetap", "naik")
    ),
    ("baru", "Baru", "dkp", "economy", date(2026, 8, 24)),
    ("dini", "Dini", "dkp", "economy", date(2026, 6, 29)),
    ("kios", "Kios", "disdagperin", "economy", None),
]
QUICK = ("quick_win_stories", "quick_win_silence", "quick_win_after_start", "quick_win_of_late")


def at(weeks_ago: int) -> datetime:
    """Wednesday of a complete week: 1 is the last one."""
    return datetime(2026, 11, 18, 3, tzinfo=UTC) - timedelta(weeks=weeks_ago)


class Story:
    """Rows of a small lake about quick wins."""

    def __init__(self) -> None:
        self.documents: list[dict[str, Any]] = []
        self.complaints: list[dict[str, Any]] = []
        self.labels: list[dict[str, Any]] = []

    def tell(
        self, weeks_ago: int, win: str, kind: str = "news", tone: str | None = None, n: int = 1,
        source: str = "m1",
    ) -> None:  # fmt: skip
        for _ in range(n):
            key = f"{kind}{len(self.documents)}"
            self.documents.append(document(key, kind=kind, source_id=source, published_at=at(weeks_ago)))
            if kind == "complaint":
                self.complaints.append(complaint(key, received_at=at(weeks_ago)))
            self.labels.append(labels(key, quick_wins=[win] if win else [], sentiment=tone))

    def write(self, home: Path, wins: Sequence[tuple[Any, ...]]) -> None:
        sources = [
            (one, one, "news", f"https://{one}.example", "general", "active", "ok", None) for one in READ
        ]
        with new_lake(home, NOW) as lake:
            sync_dimensions(lake, {"dim_source": sources, "dim_quick_win": list(wins)})
            load(lake, "a", self.documents, self.complaints)
            enrich(lake, self.labels)
            record_sources(
                lake,
                [
                    SourceRow(f"r{ago}", source, at(ago), ago in read, 1, 1, 0, 0, None)
                    for source, read in READ.items()
                    for ago in range(1, 27)
                ],
            )


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    """People complain every week of the last 39, about other things too."""
    told = Story()
    for ago in range(1, 40):
        told.tell(ago, "", "complaint")
    for ago in (1, 3, 5, 6, 9, 12):
        told.tell(ago, "ramai", tone="positif", n=2)
    for ago in (20, 21, 22, 23, 25, 26):
        told.tell(ago, "senyap", tone="positif", n=2)
        told.tell(ago, "gelap", source="m2")
    told.tell(4, "lain")
    told.tell(3, "kios")
    for ago in (1, 3, 5, 8, 10):
        told.tell(ago, "baru")
    told.tell(20, "baru", "complaint", n=2)
    told.tell(22, "dini", "complaint", n=2)
    for ago in (1, 4, 7, 10):
        told.tell(ago, "baru", "complaint", n=3)
        told.tell(ago + 9, "dini", "complaint", n=3)
    for win, recent in (("tetap", 3), ("naik", 8)):
        told.tell(2, win, "complaint", n=recent)
        told.tell(15, win, "complaint", n=11 - recent)
    home = tmp_path_factory.mktemp("continuity") / "home"
    told.write(home, WINS)
    lake, _ = open_reading(home, NOW)
    with lake:
        yield lake


@pytest.fixture(scope="module")
def kept(there: Lake) -> dict[str, Kept]:
    return {one.life.quick_win: one for one in continuity(there)}


def test_silence_after_activity_is_flagged_and_says_why(kept: dict[str, Kept]) -> None:
    silent, busy = kept["senyap"], kept["ramai"]
    life = silent.life
    assert (life.n_weeks_told, life.n_weeks_active, life.n_weeks_silent, life.silence) == (6, 7, 19, "silent")
    assert life.silence_chance == pytest.approx((6 / 25) ** 5)
    assert life.silence_coverage == 1.0
    assert (busy.rank, silent.rank) == (1, 2)
    assert silent.reasons[0] == (
        "Senyap: 19 minggu penuh tanpa satu penyebutan, padahal sebelumnya disebut pada 6 dari 7 minggu "
        "(12 cerita); sumber yang dulu memberitakannya terbaca pada 100% minggu itu. Peluang kebetulan 0,08%."
    )
    assert "Di atas Senyap: benderanya lebih sedikit (0 dan 1)." in busy.reasons
    # told about once, or never: nothing is said of them, neither good nor bad
    assert (kept["lain"].rank, kept["lain"].life.silence) == (None, "few")
    assert (kept["naik"].rank, kept["naik"].life.silence) == (None, "never")


def test_no_flag_where_the_sources_were_not_read(kept: dict[str, Kept]) -> None:
    found = kept["gelap"]
    assert (found.life.silence, found.life.flags, found.rank) == ("coverage", (), None)
    assert "tidak ada bendera" in found.reasons[0]
    assert found.life.silence_coverage == pytest.approx(5 / 19)


def test_complaints_that_rise_after_the_start(kept: dict[str, Kept]) -> None:
    found, early = kept["baru"], kept["dini"].life
    life = found.life
    assert (life.n_around, life.n_after, life.n_weeks_before, life.n_weeks_after) == (14, 12, 26, 12)
    assert life.since_start == "rising"
    assert "aduan naik sesudah mulai" in life.flags
    assert any(one.startswith("Aduan naik sesudah mulai: 12 aduan dalam 12 minggu") for one in found.reasons)
    assert (early.n_around, early.n_after, early.n_weeks_before) == (14, 12, 19)
    assert early.since_start == "coverage"  # only 19 of the 26 weeks before it are on record


@pytest.mark.parametrize(("win", "recent", "verdict"), [("tetap", 3, "steady"), ("naik", 8, "rising")])
def test_complaints_of_late(kept: dict[str, Kept], win: str, recent: int, verdict: str) -> None:
    life = kept[win].life
    assert (life.n_lately, life.n_recent, life.of_late) == (11, recent, verdict)


def test_every_number_leads_to_its_documents(there: Lake) -> None:
    assert [one for name in QUICK for one in queries.drill_gaps(there, name)] == []


def test_an_office_sees_its_own_and_of_complaints_its_own(there: Lake) -> None:
    with closing(WalledLake(there, viewer_of("x", "opd:dkp"))) as office:
        assert "kios" not in {one.life.quick_win for one in continuity(office)}
        everything, own = (quick_win_documents(lake, "baru") for lake in (there, office))
        assert (everything.total, own.total) == (19, 5)  # the complaints are labelled as another office's
        assert set(own.rows["kind"]) == {"news"}
        with pytest.raises(AccessError):
            quick_win_documents(office, "kios")


def test_flags_and_their_reasons_as_the_report_prints_them(there: Lake) -> None:
    found = queries.quick_win_flags(there).set_index("quick_win")
    assert list(found.index) == ["baru", "naik", "senyap"]
    assert found.loc["senyap", "flags"] == "senyap"
    assert str(found.loc["naik", "why"]).startswith("Aduan naik belakangan ini: 8 dari 11 aduan")


@pytest.mark.proof
def test_the_newsroom_s_praised_quick_win_stands_above_the_silent_one(tmp_path: Path) -> None:
    """The texts of all 26 weeks, with the names found by the rule that finds them in a real run."""
    config = load_config()
    rule = QuickWinRules(config)
    world = World()
    told = Story()
    for one in world.documents:
        kind, source = _kind(one)
        told.documents.append(
            document(
                one.id,
                kind=kind,
                source_id=source,
                title=one.title,
                text=one.text,
                published_at=one.published_at,
            )
        )
        if kind == "complaint":
            told.complaints.append(complaint(one.id, received_at=one.published_at))
        wins = list(rule.find(words(f"{one.title}\n{one.text}")))
        told.labels.append(labels(one.id, quick_wins=wins, sentiment=one.labels.sentiment))
    outlets = sorted({row["source_id"] for row in told.documents})
    with new_lake(tmp_path, NEWSROOM_NOW) as lake:
        names = [(s, s, "news", f"https://{s}.example", "general", "active", "ok", None) for s in outlets]
        sync_dimensions(lake, {**rows(config), "dim_source": names})
        load(lake, "a", told.documents, told.complaints)
        enrich(lake, told.labels)
        record_sources(
            lake,
            [
                SourceRow(f"r{week}", source, NEWSROOM_NOW - timedelta(weeks=week), True, 1, 1, 0, 0, None)  # noqa: FBT003 - a row
                for source in outlets
                for week in range(26)
            ],
        )
    lake, _ = open_reading(tmp_path, NEWSROOM_NOW)
    with lake:
        found = {one.life.quick_win: one for one in continuity(lake)}
    praised, silent = found["sipipa"], found["satrio_pasar"]
    assert praised.rank == 1
    assert silent.rank is not None
    assert silent.rank > 1
    assert "senyap" in silent.life.flags
    assert praised.life.flags == ()
    assert praised.reasons[0].startswith("Masih diberitakan: disebut pada ")
    assert silent.reasons[0].startswith("Senyap: ")
    assert any(said.startswith("Di atas Satrio Pasar: benderanya lebih sedikit") for said in praised.reasons)


def _kind(one: Record) -> tuple[str, str]:
    if isinstance(one, Article):
        return "news", one.outlet
    if isinstance(one, Video):
        return "video", one.channel
    if isinstance(one, Comment):
        return "comment", "komentar"
    return ("complaint", "aduan") if isinstance(one, Complaint) else ("social", "sosial")


BETTER = "nada bersihnya lebih tinggi dan selangnya tidak bertumpuk"
LIFE = Life(
    "a", "A", None, None, None, 20, 20, 3, 0, 0.0, date(2026, 11, 9), 10, 12, 0, 1.0, None, 20, 4, 6, 10, 0.3,
    -0.1, 0.6, 0, 0, 0, 0, None, 0, 0, 18, 8, None, "telling", "no_start", "few",
)  # fmt: skip


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, ""),
        ({"n_told": 500, "n_stories": 400, "n_weeks_told": 12}, ""),
        ({"silence": "silent"}, "benderanya lebih sedikit (0 dan 1)"),
        (
            {"net_tone_low": -0.8, "net_tone_high": -0.2},
            BETTER,
        ),
        ({"net_tone_low": -0.8, "net_tone_high": -0.1}, ""),
        ({"net_tone_low": None, "net_tone_high": None}, ""),
    ],
)
def test_one_stands_above_another_only_for_a_stated_reason(other: dict[str, Any], why: str) -> None:
    assert why_above(LIFE, replace(LIFE, quick_win="b", name="B", **other)) == why


def test_volume_alone_is_a_tie_and_said_so() -> None:
    first, second = standings([LIFE, replace(LIFE, quick_win="b", name="B", n_told=900, n_stories=800)])
    assert (first.rank, second.rank) == (1, 1)
    assert first.reasons[-1] == "Tidak dapat dibedakan dari B; banyaknya berita tidak dihitung."


@pytest.mark.proof
def test_equal_quick_wins_of_different_volume_are_not_ranked_apart(tmp_path: Path) -> None:
    """Forty pairs alike in tone and habit, one of each written about five times as much as the other."""
    chance = random.Random(3318)  # noqa: S311 - a simulation
    told = Story()
    pairs = [(f"banyak{i}", f"sedikit{i}") for i in range(40)]
    for ago in range(1, 27):
        for much, little in pairs:
            for win in [*[much] * 5, little]:
                if chance.random() < 0.6:
                    tone = chance.choices(["positif", "netral", "negatif", None], [4, 2, 2, 2])[0]
                    told.tell(ago, win, tone=tone)
    told.write(tmp_path, [(win, win, "dkp", "economy", None) for pair in pairs for win in pair])
    lake, _ = open_reading(tmp_path, NOW)
    with lake:
        found = {one.life.quick_win: one for one in continuity(lake)}
    volumes = [(found[much].life.n_told, found[little].life.n_told) for much, little in pairs]
    assert all(much > 3 * little for much, little in volumes)
    apart = [
        (much, little)
        for much, little in pairs
        if why_above(found[much].life, found[little].life) or why_above(found[little].life, found[much].life)
    ]
    assert len(apart) <= 2, apart  # two 95 % intervals of equal tones miss each other about once in a hundred
