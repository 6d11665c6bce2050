"""Reads the YAML files into one `Config`, or says in one sentence what is wrong with them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from config.access import Access
from config.alerts import Alerts
from config.base import did_you_mean
from config.checks import problems
from config.column_maps import ComplaintMap, SocialMap
from config.complaints import Complaints
from config.crawl import Crawl
from config.days import Calendar
from config.errors import ConfigError
from config.instrument import Instrument
from config.instrument_checks import FOLDER
from config.lexicon import Lexicon, LexiconFile, NormaliseFile
from config.logo import load_logo
from config.messages import describe
from config.model import Config
from config.opd import OpdFile
from config.places import Places, PlacesFile
from config.privacy import Privacy
from config.quick_wins import QuickWinsFile
from config.report import Report
from config.retention import Retention
from config.routing import RoutingFile
from config.schedule import Schedule
from config.social import Social
from config.sources import SourcesFile
from config.topics import TopicsFile
from config.yaml_lines import YamlFile, read_yaml

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

BUNDLED = Path(__file__).parent


FILES: dict[str, type[BaseModel]] = {
    "sources.yaml": SourcesFile,
    "topics.yaml": TopicsFile,
    "opd.yaml": OpdFile,
    "places.yaml": PlacesFile,
    "ambiguity.yaml": Places,
    "routing.yaml": RoutingFile,
    "normalise.yaml": NormaliseFile,
    "lexicon.yaml": LexiconFile,
    "privacy.yaml": Privacy,
    "crawl.yaml": Crawl,
    "complaints.yaml": Complaints,
    "calendar.yaml": Calendar,
    "quick_wins.yaml": QuickWinsFile,
    "report.yaml": Report,
    "alerts.yaml": Alerts,
    "social.yaml": Social,
    "retention.yaml": Retention,
    "access.yaml": Access,
    "schedule.yaml": Schedule,
}


def load_config(dir: Path | None = None) -> Config:  # noqa: A002 - the option is --config DIR
    """Read the configuration.

    Args:
        dir: folder of files that replace the bundled ones, each file as a whole. None for
            the bundled files only.

    Returns:
        The checked configuration.

    Raises:
        ConfigError: a file is wrong, or `dir` is missing or holds a YAML file whose name
            is not one of ours (it would be ignored silently otherwise).
    """
    found_files = {**_locate(dir), **_instrument_files(dir)}
    read = {name: _read(name, path, _stamp(path)) for name, path in found_files.items()}
    files = {name: file for name, (file, _model) in read.items()}
    parsed = {name: model for name, (_file, model) in read.items()}
    instruments = tuple(_instrument_of(name, read[name]) for name in read if name not in FILES)
    config = _assemble(parsed, files, instruments)
    found = list(problems(config, parsed["lexicon.yaml"], parsed["normalise.yaml"]))
    if found:
        first = found[0]
        error = files[first.file].error(first.loc, first.key, first.message)
        raise _with_others(error, len(found) - 1)
    return config


def load_social_map(path: Path) -> SocialMap:
    """Read a map of columns that came with a table of posts.

    Raises:
        ConfigError: it is not there, or wrong.
    """
    found: SocialMap = validated(read_yaml(path, path.name), SocialMap)
    return found


def load_complaint_map(path: Path) -> ComplaintMap:
    """Read a map of columns that came with a table of complaints.

    Raises:
        ConfigError: it is not there, or wrong.
    """
    found: ComplaintMap = validated(read_yaml(path, path.name), ComplaintMap)
    return found


def _locate(directory: Path | None) -> dict[str, Path]:
    """Which file to read for each name."""
    paths = {name: BUNDLED / name for name in FILES}
    if directory is None:
        return paths
    if not directory.is_dir():
        reason = "folder konfigurasi ini tidak ada; periksa --config"
        raise ConfigError(str(directory), None, None, reason, path=str(directory))
    for path in sorted(directory.iterdir()):
        if path.suffix.lower() not in {".yaml", ".yml"} or path.name.startswith("."):
            continue
        if path.name not in FILES:
            near = did_you_mean(path.with_suffix(".yaml").name, list(FILES))
            reason = f"nama berkas '{path.name}' tidak dikenal{near}"
            raise ConfigError(path.name, None, path.name, reason, path=str(path))
        paths[path.name] = path
    return paths


def _instrument_files(directory: Path | None) -> dict[str, Path]:
    """The file of each instrument; a home's own folder adds some, or replaces those of the same name."""
    found: dict[str, Path] = {}
    for folder in (BUNDLED, directory):
        inside = folder / FOLDER if folder else None
        if inside is None or not inside.is_dir():
            continue
        for path in sorted(inside.iterdir()):
            if path.suffix.lower() in {".yaml", ".yml"} and not path.name.startswith("."):
                found[f"{FOLDER}/{path.stem}.yaml"] = path
    return found


def _instrument_of(name: str, read: tuple[YamlFile, Any]) -> Instrument:
    """The instrument of a file. Its id is the name of the file: a file replaces the one of that name."""
    file, found = read
    instrument: Instrument = found
    if name != f"{FOLDER}/{instrument.id}.yaml":
        message = f"id '{instrument.id}' berbeda dari nama berkas; samakan keduanya"
        raise file.error(("id",), "id", message)
    return instrument


def _stamp(path: Path) -> tuple[int, int]:
    """Changes when the file does; zeros if it cannot be looked at (reading it will say why)."""
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size


@lru_cache(maxsize=128)
def _read(name: str, path: Path, _changed: tuple[int, int]) -> tuple[YamlFile, Any]:
    """The file and its model. Kept while the file is unchanged: a dashboard asks every second."""
    file = read_yaml(path, name)
    return file, validated(file, FILES.get(name, Instrument))


def validated(file: YamlFile, model: type[BaseModel]) -> Any:  # noqa: ANN401 - one of FILES
    """The file's content as its model."""
    try:
        return model.model_validate(file.data)
    except ValidationError as error:
        raise _first_error(file, error.errors(include_url=False)) from error


def _first_error(file: YamlFile, errors: list[ErrorDetails]) -> ConfigError:
    """The error nearest the top of the file, and how many more there are."""
    told = []
    for details in errors:
        key, message = describe(details)
        loc = list(details["loc"])
        if key is not None and (not loc or loc[-1] != key):
            loc.append(key)
        told.append(file.error(loc, key, message))
    told.sort(key=lambda error: error.line or 0)
    places = {(error.line, error.key) for error in told}
    return _with_others(told[0], len(places) - 1)


def _with_others(error: ConfigError, others: int) -> ConfigError:
    return ConfigError(error.file, error.line, error.key, error.message, path=error.path, others=others)


def _assemble(
    parsed: dict[str, Any], files: dict[str, YamlFile], instruments: tuple[Instrument, ...]
) -> Config:
    """One object out of the parsed files. Nothing is checked again: each model was checked."""
    topics, opd, places = parsed["topics.yaml"], parsed["opd.yaml"], parsed["places.yaml"]
    routing = parsed["routing.yaml"]
    return Config.model_construct(
        sources=parsed["sources.yaml"].sources,
        dimensions=topics.dimensions,
        topics=topics.topics,
        opd=opd.opd,
        group_keywords=opd.group_keywords,
        leadership=opd.leadership,
        regency=places.regency,
        kecamatan=places.kecamatan,
        places=parsed["ambiguity.yaml"],
        routing=routing.routing,
        roads=routing.roads,
        max_opd=routing.max_opd,
        lexicon=Lexicon.of(parsed["lexicon.yaml"], parsed["normalise.yaml"]),
        privacy=parsed["privacy.yaml"],
        crawl=parsed["crawl.yaml"],
        complaints=parsed["complaints.yaml"],
        calendar=parsed["calendar.yaml"],
        quick_wins=parsed["quick_wins.yaml"].quick_wins,
        judging=parsed["quick_wins.yaml"].judging,
        report=parsed["report.yaml"],
        alerts=parsed["alerts.yaml"],
        social=parsed["social.yaml"],
        retention=parsed["retention.yaml"],
        access=parsed["access.yaml"],
        schedule=parsed["schedule.yaml"],
        instruments=instruments,
        logo=load_logo(files["report.yaml"], parsed["report.yaml"].logo),
        hashes={name: file.sha256 for name, file in files.items()},
    )
