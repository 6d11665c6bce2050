"""Put the sections in the order of `report.yaml`; a section nothing feeds is absent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from config import Config
from config.report import SectionId
from dashboard import format as fmt
from dashboard.report import annex, briefing, city, issues, services, summary
from dashboard.report.blocks import Block, Part
from dashboard.report.facts import WeeklyFacts
from dashboard.report.ledger import Ledger
from dashboard.report.text import breakable, clean
from dashboard.report.writer import Writer

SECTIONS: Mapping[SectionId, Callable[[Writer], list[Block]]] = {
    "identitas": summary.identity,
    "ringkasan": summary.executive,
    "statistik": summary.statistics,
    "isu": issues.top,
    "tone_opd": services.tone,
    "aduan": services.complaints,
    "media": issues.outlets,
    "lintas_daerah": briefing.wider,
    "klarifikasi": briefing.clarification,
    "smart_city": city.smart_city,
    "rekomendasi": briefing.recommendations,
    "lampiran": annex.annex,
}
"""All twelve sections of the report."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A report ready to be set in type, and its ledger."""

    data: Mapping[str, Any]
    ledger: Ledger


def compose(facts: WeeklyFacts, config: Config) -> Composed:
    """Write all sections; pure.

    Returns:
        Data for the template (plain values only) and the ledger of all that was said.
    """
    writer = Writer(config, Ledger(), facts)
    wanted = [section for section in config.report.sections if section.enabled]
    # The annex prints the fingerprint of all sentences, so it is written when all are there.
    ordered = sorted(wanted, key=lambda section: section.id == "lampiran")
    parts = []
    for section in ordered:
        write = SECTIONS.get(section.id)
        if write is not None and (blocks := write(writer)):
            parts.append(Part(section.id, clean(section.title), blocks, annex=section.id == "lampiran"))
    front = front_of(
        config,
        facts.moment.value.now,
        config.report.title,
        f"Periode {fmt.week(facts.week.monday)}",
        facts.week.iso,
    )
    return Composed({**front, "parts": [asdict(part) for part in parts]}, writer.ledger)


def front_of(config: Config, now: datetime, title: str, subtitle: str, iso: str) -> dict[str, Any]:
    """Letterhead, titles and signature of a report, as the template wants them.

    Args:
        config: letterhead and signatory.
        now: the moment the report speaks of.
        title: of the report.
        subtitle: its period.
        iso: the period's short name.
    """
    today = fmt.local_day(now)
    report = config.report
    return {
        "logo": list(config.logo),
        "letterhead": [breakable(clean(line)) for line in report.letterhead],
        "title": breakable(clean(title)),
        "subtitle": subtitle,
        "iso": iso,
        "classification": clean(report.classification),
        "signature": f"{clean(report.city)}, {fmt.day_long(now).split(', ')[1]}",
        "signatory": clean(report.signatory),
        "date": [today.year, today.month, today.day],
        "keywords": ["monitoring media", "aduan", iso],
    }
