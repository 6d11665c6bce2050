"""Reading and checking the labelled texts of `nlp/corpus/*.jsonl`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from nlp.types import Language, Scope, Sentiment, TextKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from config import Config

FOLDER = Path(__file__).parent
_NO_STANCE = ("politik", "tidak_relevan")


class CorpusError(ValueError):
    """A corpus file is wrong; the message names file, line and what to do."""


class Record(BaseModel):
    """One labelled text; the fields are explained in `nlp/corpus/README.md`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9]+-[a-z0-9-]+$")
    kind: TextKind
    source: Scope
    title: str | None
    text: str = Field(min_length=1)
    relevant: bool
    topic: str
    opd: tuple[str, ...] = Field(max_length=3)
    sentiment: Sentiment | None
    valence: Literal["buruk", "netral", "baik"]
    kecamatan: tuple[str, ...]
    desa: tuple[str, ...]
    language: Language
    tags: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _labels_agree(self) -> Record:
        if self.relevant == (self.topic == "tidak_relevan"):
            raise ValueError("relevant must be false exactly when topic is tidak_relevan")
        if (self.sentiment is None) != (self.topic in _NO_STANCE):
            raise ValueError("sentiment must be null exactly for politik and tidak_relevan")
        if self.topic in _NO_STANCE and self.opd:
            raise ValueError("politik and tidak_relevan have no opd")
        if not self.relevant and self.kecamatan:
            raise ValueError("an irrelevant text has no kecamatan")
        return self


def read_corpus(folder: Path = FOLDER, config: Config | None = None) -> list[Record]:
    """Read every record under `folder`, in the order of file names and lines.

    Args:
        folder: where the ``.jsonl`` files are.
        config: when given, topics, offices and kecamatan are checked against it.

    Raises:
        CorpusError: a line is no record, an id or a text occurs twice, or a label is unknown.
    """
    records: list[Record] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{path.name} line {number}"
            record = _record(line, where)
            for key in (record.id, f"{record.title}\n{record.text}"):
                if key in seen:
                    raise CorpusError(f"{where}: {key[:60]!r} is already in {seen[key]}: remove one")
                seen[key] = where
            if config is not None:
                _check_labels(record, config, where)
            records.append(record)
    return records


def read_file(path: Path) -> list[Record]:
    """Read the records of one file.

    Raises:
        CorpusError: a line is no record.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_record(line, f"{path.name} line {n}") for n, line in enumerate(lines, 1) if line.strip()]


def _record(line: str, where: str) -> Record:
    try:
        return Record.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "record"
        raise CorpusError(f"{where}: {place}: {first['msg']}") from None


def _check_labels(record: Record, config: Config, where: str) -> None:
    known: tuple[tuple[str, Iterable[str], set[str]], ...] = (
        ("topic", [record.topic], {topic.id for topic in config.topics}),
        ("opd", record.opd, {opd.id for opd in config.opd}),
        ("kecamatan", record.kecamatan, {kecamatan.name for kecamatan in config.kecamatan}),
    )
    for name, values, allowed in known:
        for value in values:
            if value not in allowed:
                raise CorpusError(f"{where}: {name} {value!r} is not in the configuration")


def write_records(path: Path, records: Sequence[Record]) -> None:
    """Write records as JSON Lines."""
    lines = [json.dumps(record.model_dump(mode="json"), ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
