"""Everything an analyst edits, as YAML beside this code, and the typed loader for it.

``load_config()`` reads the bundled files; ``load_config(folder)`` lets files of the same name in
that folder replace them. A mistake raises `ConfigError`: one sentence naming file, line and key.
"""

from config.alerts import (
    AlertRule,
    Alerts,
    Budget,
    Delivery,
    Fall,
    Incident,
    Shares,
    SilentSource,
    Surge,
    Widespread,
)
from config.column_maps import ColumnMap, ComplaintField, ComplaintMap, DateOrder, SocialField, SocialMap
from config.complaints import Channel, Complaints, Sla, Status, StatusId
from config.crawl import Crawl, Polling, Youtube
from config.days import Break, Calendar, Holiday
from config.errors import ConfigError
from config.instrument import Indicator, Instrument, Scale, Weights
from config.lexicon import Lexicon
from config.loader import FILES, load_complaint_map, load_config, load_social_map
from config.model import Config
from config.opd import FormerName, Opd, OpdGroup
from config.places import BoundingBox, Desa, Kecamatan, PatiSense, Places, Regency
from config.privacy import Hotline, Official, Privacy, PublicEmail
from config.quick_wins import QuickWin
from config.report import Report, Section
from config.routing import Road, RoutingRule
from config.social import Social
from config.sources import (
    METHODS,
    Discover,
    DiscoverMethod,
    FolderFormat,
    Permission,
    Scope,
    Source,
    SourceKind,
    SourceStatus,
)
from config.topics import Dimension, Topic

__all__ = [
    "FILES",
    "METHODS",
    "AlertRule",
    "Alerts",
    "BoundingBox",
    "Break",
    "Budget",
    "Calendar",
    "Channel",
    "ColumnMap",
    "ComplaintField",
    "ComplaintMap",
    "Complaints",
    "Config",
    "ConfigError",
    "Crawl",
    "DateOrder",
    "Delivery",
    "Desa",
    "Dimension",
    "Discover",
    "DiscoverMethod",
    "Fall",
    "FolderFormat",
    "FormerName",
    "Holiday",
    "Hotline",
    "Incident",
    "Indicator",
    "Instrument",
    "Kecamatan",
    "Lexicon",
    "Official",
    "Opd",
    "OpdGroup",
    "PatiSense",
    "Permission",
    "Places",
    "Polling",
    "Privacy",
    "PublicEmail",
    "QuickWin",
    "Regency",
    "Report",
    "Road",
    "RoutingRule",
    "Scale",
    "Scope",
    "Section",
    "Shares",
    "SilentSource",
    "Sla",
    "Social",
    "SocialField",
    "SocialMap",
    "Source",
    "SourceKind",
    "SourceStatus",
    "Status",
    "StatusId",
    "Surge",
    "Topic",
    "Weights",
    "Widespread",
    "Youtube",
    "load_complaint_map",
    "load_config",
    "load_social_map",
]
