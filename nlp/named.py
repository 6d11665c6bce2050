"""Which offices a text calls by name, whoever is responsible for what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.phrases import PhraseIndex
from nlp.types import LEADERSHIP

if TYPE_CHECKING:
    from config import Config
    from nlp.reading import Reader, Reading

_PLACE = ("kecamatan", "kec", "kec.")
"""A name that begins so is a place as well: "di Kecamatan X" names no office, "Camat X" does."""


class NamedOffices:
    """Finds names of offices; built once from a configuration, then read only."""

    def __init__(self, config: Config, reader: Reader) -> None:
        names = [
            (name, opd.id)
            for opd in config.opd
            for name in opd.names
            if opd.group != "kecamatan" or name.lower().split()[0] not in _PLACE
        ]
        names += [(phrase, LEADERSHIP) for phrase in config.leadership]
        # words as written, not their stems: "kecamatan" and "camat" have one stem
        self._names = PhraseIndex((reader.read(name).words.low, opd_id) for name, opd_id in names)

    def find(self, reading: Reading) -> tuple[str, ...]:
        """Ids in order; see `Analysis.named_opd`."""
        return tuple(sorted({hit.value for hit in self._names.find(reading.words.low)}))
