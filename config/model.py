"""The whole configuration as one frozen object."""

from functools import cached_property

from config.access import Access
from config.alerts import Alerts
from config.base import Strict
from config.complaints import Complaints
from config.crawl import Crawl
from config.days import Calendar
from config.instrument import Instrument
from config.lexicon import Lexicon
from config.opd import Opd, OpdGroup
from config.places import Kecamatan, Places, Regency
from config.privacy import Privacy
from config.quick_wins import Judging, QuickWin
from config.report import Report
from config.retention import Retention
from config.routing import Road, RoutingRule
from config.schedule import Schedule
from config.social import Social
from config.sources import Source
from config.topics import Dimension, Topic


class Config(Strict):
    """Everything an analyst can change.

    Attributes:
        sources: what is collected.
        dimensions: the six smart-city dimensions.
        topics: topics of an item.
        opd: register of offices, kecamatan offices and outside bodies included.
        group_keywords: phrases that speak for a group of offices.
        leadership: phrases that name the head of the regency or its government as a whole.
        regency: the regency itself.
        kecamatan: kecamatan with their desa.
        places: what makes place names ambiguous.
        routing: authority rules, in order.
        roads: who keeps which road.
        max_opd: most offices one item is routed to.
        lexicon: words.
        privacy: personal data.
        crawl: the crawler's manners.
        complaints: channels, statuses, deadlines.
        calendar: holidays and breaks.
        quick_wins: programmes whose mentions are counted.
        judging: how quick wins are compared, None: they are not.
        report: the weekly report.
        alerts: when to speak up.
        social: social platforms.
        retention: how long what is kept.
        access: who comes in through an OpenID provider.
        schedule: when `pati schedule` does what.
        instruments: of assessment, one file each.
        logo: the PNG file of the emblem in reports, empty for none.
        hashes: file name to SHA-256 of its bytes; a model or report made with other hashes was
            made with another configuration.
    """

    sources: tuple[Source, ...]
    dimensions: tuple[Dimension, ...]
    topics: tuple[Topic, ...]
    opd: tuple[Opd, ...]
    group_keywords: dict[OpdGroup, tuple[str, ...]]
    leadership: tuple[str, ...]
    regency: Regency
    kecamatan: tuple[Kecamatan, ...]
    places: Places
    routing: tuple[RoutingRule, ...]
    roads: tuple[Road, ...]
    max_opd: int
    lexicon: Lexicon
    privacy: Privacy
    crawl: Crawl
    complaints: Complaints
    calendar: Calendar
    quick_wins: tuple[QuickWin, ...]
    judging: Judging | None
    report: Report
    alerts: Alerts
    social: Social
    retention: Retention
    access: Access
    schedule: Schedule
    instruments: tuple[Instrument, ...]
    logo: bytes
    hashes: dict[str, str]

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def _opd(self) -> dict[str, Opd]:
        return {opd.id: opd for opd in self.opd}

    @cached_property
    def _topics(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def _dimensions(self) -> dict[str, Dimension]:
        return {dimension.id: dimension for dimension in self.dimensions}

    @cached_property
    def _kecamatan(self) -> dict[str, Kecamatan]:
        return {kecamatan.id: kecamatan for kecamatan in self.kecamatan}

    @cached_property
    def _instruments(self) -> dict[str, Instrument]:
        return {instrument.id: instrument for instrument in self.instruments}

    @cached_property
    def _quick_wins(self) -> dict[str, QuickWin]:
        return {quick_win.id: quick_win for quick_win in self.quick_wins}

    def source(self, source_id: str) -> Source:
        """The source with that id; KeyError if there is none."""
        return self._sources[source_id]

    def opd_by_id(self, opd_id: str) -> Opd:
        """The office with that id; KeyError if there is none."""
        return self._opd[opd_id]

    def topic_by_id(self, topic_id: str) -> Topic:
        """The topic with that id; KeyError if there is none."""
        return self._topics[topic_id]

    def dimension_by_id(self, dimension_id: str) -> Dimension:
        """The dimension with that id; KeyError if there is none."""
        return self._dimensions[dimension_id]

    def kecamatan_by_id(self, kecamatan_id: str) -> Kecamatan:
        """The kecamatan with that id (slug); KeyError if there is none."""
        return self._kecamatan[kecamatan_id]

    def quick_win_by_id(self, quick_win_id: str) -> QuickWin:
        """The quick win with that id; KeyError if there is none."""
        return self._quick_wins[quick_win_id]

    def instrument_by_id(self, instrument_id: str) -> Instrument:
        """The instrument with that id; KeyError if there is none."""
        return self._instruments[instrument_id]
