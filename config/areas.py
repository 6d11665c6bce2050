"""Outlines of the kecamatan, from a GeoJSON file that `places.yaml` names."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from config.errors import ConfigError
from config.places import Kecamatan

LARGEST: Final = 5_000_000
"""Bytes; a browser draws the outlines of every view, so they are simplified first."""
_SHAPES: Final = ("Polygon", "MultiPolygon")


def load_areas(path: Path, name_property: str, kecamatan: Sequence[Kecamatan]) -> dict[str, Any]:
    """Read the outlines.

    Args:
        path: a GeoJSON FeatureCollection in degrees (WGS 84), one feature per kecamatan.
        name_property: the property that holds its name.
        kecamatan: those of the regency; all of them must be there.

    Returns:
        A FeatureCollection with the canonical name of each as its only property, ``kecamatan``.

    Raises:
        ConfigError: the file is missing, too large, no GeoJSON, or lacks a kecamatan.
    """
    try:
        size = path.stat().st_size
        raw = path.read_text(encoding="utf-8") if size <= LARGEST else ""
    except (OSError, UnicodeDecodeError):
        raise _wrong(
            path, "berkas batas wilayah ini tidak dapat dibaca; periksa 'areas' di places.yaml"
        ) from None
    if size > LARGEST:
        raise _wrong(path, "berkas batas wilayah lebih dari 5 MB; sederhanakan garisnya dulu")
    try:
        features = json.loads(raw)["features"]
    except (ValueError, KeyError, TypeError):
        raise _wrong(path, "berkas ini bukan GeoJSON FeatureCollection") from None
    names = {name.casefold(): one.name for one in kecamatan for name in one.names}
    found = _named(path, features, name_property, names)
    missing = [one.name for one in kecamatan if one.name not in found]
    if missing:
        shown = ", ".join(missing[:5])
        raise _wrong(path, f"batas wilayah tidak memuat {shown}; periksa 'area_name' di places.yaml")
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"kecamatan": name}, "geometry": shape}
            for name, shape in found.items()
        ],
    }


def _named(path: Path, features: Any, key: str, names: Mapping[str, str]) -> dict[str, Any]:  # noqa: ANN401 - foreign JSON
    """Outline by canonical name; features of other places are passed over."""
    found: dict[str, Any] = {}
    for feature in features if isinstance(features, list) else []:
        try:
            written, shape = str(feature["properties"][key]), feature["geometry"]
            kind = shape["type"]
        except (KeyError, TypeError):
            continue  # not one of ours; what is missing is said by name
        name = names.get(" ".join(written.split()).casefold())
        if name is None:
            continue
        if kind not in _SHAPES:
            raise _wrong(path, f"batas {name} bukan Polygon atau MultiPolygon")
        found[name] = {"type": kind, "coordinates": shape.get("coordinates")}
    return found


def _wrong(path: Path, message: str) -> ConfigError:
    return ConfigError(path.name, None, None, message, path=str(path))
