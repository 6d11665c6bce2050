"""The weekly report: letterhead, sections and the rules for small numbers."""

from typing import Annotated, Literal

from pydantic import Field

from config.base import Id, Strict, Text
from config.report_delivery import ReportDelivery

SectionId = Literal[
    "identitas",
    "ringkasan",
    "statistik",
    "isu",
    "tone_opd",
    "aduan",
    "media",
    "lintas_daerah",
    "klarifikasi",
    "smart_city",
    "rekomendasi",
    "lampiran",
]


class Section(Strict):
    """One section of the report.

    Attributes:
        id: which one.
        title: its heading.
        enabled: whether it is printed.
    """

    id: SectionId
    title: Text
    enabled: bool = True


class Deadlines(Strict):
    """Working days that a recommendation gives, by what it asks for.

    Attributes:
        late: to close or answer complaints that are open for long.
        unassigned: to find an office for complaints that have none.
        clarify: to explain a disputed story.
        sources: to mend sources that are down.
    """

    late: Annotated[int, Field(ge=1, le=60)] = 5
    unassigned: Annotated[int, Field(ge=1, le=60)] = 3
    clarify: Annotated[int, Field(ge=1, le=60)] = 2
    sources: Annotated[int, Field(ge=1, le=60)] = 3


class Report(Strict):
    """``report.yaml``.

    Attributes:
        letterhead: lines at the top, largest first.
        logo: PNG file of the emblem beside them, from the folder of ``report.yaml`` on; None for none.
        title: title of the report.
        signatory: the role that signs; never a name.
        city: place in "Pati, 3 Maret 2026".
        classification: note on who may read it, empty for none.
        owner: id of the OPD that issues it.
        sections: in printing order.
        top_issues: stories described one by one.
        min_n: no percentage and no tone below this many items.
        small_cell: complaint cells below this many are hidden at desa level.
        excerpt_chars: longest quotation from an article.
        baseline_weeks: weeks the current one is compared with.
        max_pages: without the annex.
        delivery: how it leaves the house.
        clarify_words: a headline with one of them is listed under clarification (whole words).
        deadlines: of the recommendations.
    """

    letterhead: tuple[Text, ...]
    logo: Text | None = None
    title: Text
    signatory: Text
    city: Text
    classification: str = ""
    owner: Id
    sections: tuple[Section, ...]
    top_issues: Annotated[int, Field(ge=1, le=20)] = 5
    min_n: Annotated[int, Field(ge=1)] = 10
    small_cell: Annotated[int, Field(ge=1)] = 5
    excerpt_chars: Annotated[int, Field(ge=0, le=300)] = 300
    baseline_weeks: Annotated[int, Field(ge=1)] = 4
    max_pages: Annotated[int, Field(ge=1)] = 8
    delivery: ReportDelivery = ReportDelivery()
    clarify_words: tuple[Text, ...] = ()
    deadlines: Deadlines = Deadlines()
