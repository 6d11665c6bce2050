"""The register of numbers: what each one means, which mart it stands in, which documents are behind it.

Pydantic reads the annotations of these models when they are made, so this module does not use
``from __future__ import annotations``.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from config.base import Id, Strict, Text, did_you_mean
from config.errors import ConfigError
from config.loader import validated
from config.yaml_lines import YamlFile, read_yaml

FOLDER = Path(__file__).parent
Fixed = str | int


def _sentence(text: str) -> str:
    if not text.endswith("."):
        raise PydanticCustomError("sentence", "'{text}' bukan kalimat: akhiri dengan titik", {"text": text})
    return text


Sentence = Annotated[Text, AfterValidator(_sentence)]
Code = Annotated[str, StringConstraints(pattern=r"^I([1-9]|1[0-5])$")]


class Drill(Strict):
    """How a row of a mart leads to what it counts.

    Attributes:
        view: one row per document (or source) and grain.
        only: a column of the view that must be true.
        names: what a column of the grain is called in the view, where it differs.
        where: fixed values of columns of the view; None: those of the metric.
        key: what is counted.
    """

    view: Id
    only: Id | None = None
    names: dict[Id, Id] = Field(default_factory=dict)
    where: dict[Id, Fixed] | None = None
    key: Literal["doc_id", "source_id"] = "doc_id"


class Metric(Strict):
    """One number.

    Attributes:
        id: stable key.
        code: the indicator it is (I1 to I15), None for the others.
        name: how people call it.
        formula: how it is counted, in plain sentences.
        unit: of the value.
        denominator: what it is divided by.
        min_n: least n with which the value is shown; 0: always.
        caveat: what it does not say.
        mart: the view it stands in.
        column: of the value.
        n: column of what the value rests on: as many as `drill` finds.
        grain: columns that, with `where`, name one row.
        where: fixed values of columns of the mart.
        drill: the way to what is counted.
        source: where the definition or the method comes from.
    """

    id: Id
    code: Code | None = None
    name: Text
    formula: Sentence
    unit: Text
    denominator: Text
    min_n: Literal[0, 10]
    caveat: Sentence
    mart: Id
    column: Id
    n: Id
    grain: tuple[Id, ...]
    where: dict[Id, Fixed] = Field(default_factory=dict)
    drill: Drill
    source: Text


class MetricFile(Strict):
    """One file of the register."""

    metrics: tuple[Metric, ...]


def load_metrics(folder: Path = FOLDER) -> Mapping[str, Metric]:
    """Read the register.

    Args:
        folder: of YAML files; the bundled ones by default.

    Returns:
        Metrics by id, in the order of files and entries.

    Raises:
        ConfigError: a file is wrong; names file, line and key.
    """
    found: dict[str, Metric] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = read_yaml(path)
        parsed: MetricFile = validated(file, MetricFile)
        for position, one in enumerate(parsed.metrics):
            if one.id in found:
                raise _wrong(file, position, "id", f"angka '{one.id}' sudah didefinisikan")
            strangers = set(one.drill.names) - set(one.grain)
            if strangers:
                raise _wrong(file, position, "drill", f"{sorted(strangers)} bukan kolom di grain")
            found[one.id] = one
    return found


@lru_cache(maxsize=1)
def metrics() -> Mapping[str, Metric]:
    """The bundled register, read once."""
    return load_metrics()


def metric(metric_id: str) -> Metric:
    """One number by id.

    Raises:
        KeyError: there is none; the message is a sentence with the nearest id.
    """
    try:
        return metrics()[metric_id]
    except KeyError:
        hint = did_you_mean(metric_id, list(metrics()))
        raise KeyError(f"Angka '{metric_id}' tidak dikenal{hint}.") from None


def named(word: str) -> tuple[Metric, ...]:
    """The numbers of a code (``I5``) or an id, in any case of letters; empty if there are none."""
    wanted = word.casefold()
    return tuple(one for one in metrics().values() if wanted in (one.id, (one.code or "").casefold()))


def _wrong(file: YamlFile, position: int, key: str, message: str) -> ConfigError:
    return file.error(["metrics", position, key], key, message)
