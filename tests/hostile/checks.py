"""What must hold for a case besides where its addresses end."""

import itertools
from collections.abc import Callable
from typing import TYPE_CHECKING

from crawlers.items import Document, Rejection
from crawlers.net.breaker import THRESHOLD
from crawlers.polling import MOST_PAGES
from tests.hostile.addresses import LINKED

if TYPE_CHECKING:
    from tests.hostile.model import Case
    from tests.hostile.trial import Run, Trial

BASE = 0.5  # seconds of pause after a first failure where no delay is configured

Check = Callable[["Trial", "Case"], None]


def asked_at_most(times: int, *starts: str) -> Check:
    """Each path was asked for so often at most in the first night."""

    def check(trial: "Trial", case: "Case") -> None:
        for start in starts:
            seen = [v for v in trial.visits(case) if v.path.startswith(start)]
            assert 1 <= len(seen) <= times, [v.path for v in seen]

    return check


def asked_once(*paths: str) -> Check:
    """Each path was asked for once."""
    return asked_at_most(1, *paths)


def waited(path: str, seconds: float) -> Check:
    """Nothing at all was asked of the host for so long after its first answer to a path."""

    def check(trial: "Trial", case: "Case") -> None:
        visits = trial.visits(case)
        at = next(v.at for v in visits if v.path == path)
        later = [v.at - at for v in visits if v.at > at]
        assert later
        assert min(later) >= seconds
        assert min(later) < seconds + 6

    return check


def left_alone(trial: "Trial", case: "Case") -> None:
    """Pauses double, with jitter; then the host rests; the night after, everything arrives."""
    failing = [v.at for v in trial.visits(case) if v.path.startswith("/galat")]
    pauses = [later - earlier for earlier, later in itertools.pairwise(failing)]
    assert len(failing) == THRESHOLD
    for number, pause in enumerate(pauses):
        assert BASE * 2**number <= pause < BASE * 2**number * 1.5 + 3, pauses
    report = trial.first.reports[case.id]
    assert report["n_rejected"] + report["n_deferred"] == len(case.named)
    assert report["reasons"].keys() == {"http_error"}
    assert report["n_deferred"] > THRESHOLD
    for path in case.named:
        assert trial.second.document(case.id, trial.url(case, path)), path


def stopped_walking(start: str, most: int) -> Check:
    """A walk that shows nothing new was given up early."""

    def check(trial: "Trial", case: "Case") -> None:
        assert 1 <= len([v for v in trial.visits(case) if v.path.startswith(start)]) <= most

    return check


def budget(articles: str, pages: str) -> Check:
    """A calendar got no more than its share, and what was left over is counted."""

    def check(trial: "Trial", case: "Case") -> None:
        report = trial.first.reports[case.id]
        assert len([v for v in trial.visits(case) if v.path.startswith(pages)]) == MOST_PAGES
        assert len([v for v in trial.visits(case) if v.path.startswith(articles)]) == trial.pattern_cap
        assert report["reasons"]["pattern_cap"] == MOST_PAGES - trial.pattern_cap

    return check


def sessions(trial: "Trial", case: "Case") -> None:
    """Known session ids vanish; unknown ones lead to one story and to the end of the budget."""
    report = trial.first.reports[case.id]
    assert not [v for v in trial.visits(case) if "sess" in v.path.lower()]
    assert len([v for v in trial.visits(case) if v.path.startswith("/putar")]) == trial.pattern_cap
    assert report["reasons"] == {"pattern_cap": 300 - trial.pattern_cap}
    assert report["n_duplicate"] == trial.pattern_cap - 1
    assert len(trial.first.aliases(case.id)) == trial.pattern_cap - 1


def one_copy(trial: "Trial", case: "Case") -> None:
    """One document, and every address that was fetched is known as one of its names."""
    ids = {d.doc_id for d in documents(trial.first, case) if d.title.startswith("Kabar k3x kembar")}
    assert len(ids) == 1
    assert len([v for v in trial.visits(case) if v.path.startswith(("/kembar", "/?p"))]) == 2


def linked_stories(trial: "Trial", case: "Case") -> None:
    """Lists are not stored; what they link to is."""
    for path, one in LINKED.items():
        found = trial.first.document(case.id, trial.url(case, path))
        assert found is not None
        assert found.title == one.title


def clone(trial: "Trial", case: "Case") -> None:
    """The copy stands beside the original, under its own address, and took nothing from it."""
    original = trial.first.document(case.id, trial.url(case, "/baik-1"))
    copy = trial.first.document(case.id, trial.url(case, next(iter(case.wanted))))
    assert original is not None
    assert copy is not None
    assert original.doc_id != copy.doc_id
    assert original.flags == ()
    assert "klon37" not in repr(original)
    assert copy.canonical_url == copy.url


def second_night(trial: "Trial", case: "Case") -> None:
    """The same guids with other links the night after are other stories."""
    for name in ("b-satu", "b-dua", "b-tiga"):
        assert trial.second.document(case.id, trial.url(case, f"/{name}")), name
    assert len(documents(trial.second, case)) == 6


def no_link(trial: "Trial", case: "Case") -> None:
    """Entries without a link that can be fetched are counted and said."""
    assert trial.first.reports[case.id]["reasons"] == {"no_link": 1}
    rejection = trial.first.rejection(case.id, trial.url(case, case.entry))
    assert rejection is not None
    assert rejection.detail.startswith("2 entri")


def said(words: str) -> Check:
    """The source's report says so."""

    def check(trial: "Trial", case: "Case") -> None:
        assert words in (trial.first.reports[case.id]["last_error"] or "")

    return check


def no_script(trial: "Trial", case: "Case") -> None:
    """Nothing of a script is left but words, and no ampersand is lost."""
    found = {one.title: one for one in documents(trial.first, case)}
    assert len(found) == 2
    assert any(title.endswith("Judul polos dari umpan") for title in found)
    assert not [one for one in found.values() if "<" in one.title + one.text]


def robots_unreadable(trial: "Trial", case: "Case") -> None:
    """Nothing is asked of a host whose robots.txt cannot be read; the night after it is."""
    assert {v.path for v in trial.visits(case)} == {"/robots.txt"}
    report = trial.first.reports[case.id]
    assert report["n_in"] == 0
    assert report["reachable"] is False
    assert "robots.txt" in report["last_error"]


def sitemaps(trial: "Trial", case: "Case") -> None:
    """Good children are read; bad ones are refused, each with its reason; circles end."""
    report = trial.first.reports[case.id]
    assert report["reasons"] == {"refused": 1, "too_large": 1, "not_discovery": 1}
    assert len([v for v in trial.visits(case) if v.path == "/peta.xml"]) == 1
    assert len([v for v in trial.visits(case) if v.path.startswith("/tangga")]) <= 4
    assert all(isinstance(r, Document | Rejection) for r in trial.first.records if r.source_id == case.id)


def documents(run: "Run", case: "Case") -> list[Document]:
    """The documents of a case's source, each once."""
    found = {r.doc_id: r for r in run.records if isinstance(r, Document) and r.source_id == case.id}
    return list(found.values())
