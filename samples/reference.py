"""What the newsroom needs to know about the regency, taken from `config/`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from config import Config, load_config
from samples.slots import Place


@dataclass(frozen=True, slots=True)
class Reference:
    """Villages, offices and topics.

    Attributes:
        places: every village with its kecamatan.
        offices: OPD id to full name.
        topics: topic id to label.
    """

    places: tuple[Place, ...]
    offices: Mapping[str, str]
    topics: Mapping[str, str]

    @classmethod
    def from_config(cls, config: Config | None = None) -> Reference:
        """Take it from a configuration, the bundled one by default."""
        cfg = config or load_config()
        return cls(
            places=tuple(Place(kec.name, desa.name) for kec in cfg.kecamatan for desa in kec.desa),
            offices={opd.id: opd.name for opd in cfg.opd},
            topics={topic.id: topic.label for topic in cfg.topics},
        )
