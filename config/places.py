"""Kecamatan, desa and the words that make place names ambiguous."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints, model_validator

from config.base import Id, Phrase, Strict, Text

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]


class BoundingBox(Strict):
    """Degrees; a point outside it is not in the regency."""

    south: Latitude
    north: Latitude
    west: Longitude
    east: Longitude

    def contains(self, lat: float, lon: float) -> bool:
        """Whether the point lies inside, edges included."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east


class Regency(Strict):
    """The regency itself.

    Attributes:
        name: official name.
        province: name of its province.
        kemendagri: Kemendagri code, e.g. ``33.18``.
        bps: BPS code, e.g. ``3318``. The two systems differ below this level.
        population: people, for rates.
        population_note: which count that is.
        box: rejects geocodes outside it.
        phone_area: area code with leading zero.
        areas: name of a GeoJSON file beside this one with the outlines of the kecamatan; None: the
            map shows points only.
        area_name: the property of its features that holds the name of the kecamatan.
    """

    name: Text
    province: Text
    kemendagri: Annotated[str, StringConstraints(pattern=r"^\d\d\.\d\d$")]
    bps: Annotated[str, StringConstraints(pattern=r"^\d{4}$")]
    population: Annotated[int, Field(gt=0)]
    population_note: str = ""
    box: BoundingBox
    phone_area: Text
    areas: Text | None = None
    area_name: Text = "name"


class Desa(Strict):
    """One desa or kelurahan. In YAML a bare name is enough: ``Bumirejo``.

    Attributes:
        name: canonical spelling.
        aliases: other spellings in use.
        kelurahan: True for the five kelurahan.
    """

    name: Text
    aliases: tuple[Text, ...] = ()
    kelurahan: bool = False

    @model_validator(mode="before")
    @classmethod
    def _bare_name(cls, data: Any) -> Any:  # noqa: ANN401 - raw YAML
        return {"name": data} if isinstance(data, str) else data

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical spelling first, then the others."""
        return (self.name, *self.aliases)


class Kecamatan(Strict):
    """One kecamatan.

    Attributes:
        id: slug; its office is the OPD ``kec_<id>``.
        name: canonical spelling.
        aliases: other spellings in use.
        kemendagri: Kemendagri code, ``33.18.nn``.
        bps: BPS code, seven digits. Never derive one code from the other.
        lat: latitude of a marker point (seat of the kecamatan, not the centroid).
        lon: its longitude.
        population: census 2020, None where not yet filled in.
        strong: whether the name alone says that a text is about the regency.
        senses: other meanings of the name, as phrases; one of them in the text means "not here".
        ordinary: the name is also an ordinary word, so that it must be written like a place.
        elsewhere: places of the same name lie there; that name nearby means "not here".
        desa: its desa and kelurahan.
    """

    id: Id
    name: Text
    aliases: tuple[Text, ...] = ()
    kemendagri: Annotated[str, StringConstraints(pattern=r"^\d\d\.\d\d\.\d\d$")]
    bps: Annotated[str, StringConstraints(pattern=r"^\d{7}$")]
    lat: Latitude
    lon: Longitude
    population: Annotated[int, Field(gt=0)] | None = None
    strong: bool
    senses: tuple[Phrase, ...] = ()
    ordinary: bool = False
    elsewhere: tuple[Phrase, ...] = ()
    desa: tuple[Desa, ...]

    @property
    def opd(self) -> str:
        """Id of its office in the OPD register."""
        return f"kec_{self.id}"

    @property
    def names(self) -> tuple[str, ...]:
        """Canonical spelling first, then the others."""
        return (self.name, *self.aliases)


class PatiSense(Strict):
    """A meaning of the word "pati" that is not the regency.

    Attributes:
        id: stable key.
        meaning: what it means, for explaining a decision.
        phrases: how it looks in text, lower case.
    """

    id: Id
    meaning: Text
    phrases: tuple[Phrase, ...]


class Places(Strict):
    """``ambiguity.yaml``: what decides whether a place name means this regency.

    Attributes:
        strong_cues: phrases that alone make a text relevant.
        weak_cues: phrases that support, but do not decide.
        pati_senses: other meanings of "pati".
        landmarks: local landmarks, name (lower case) to kecamatan id, or None if not in one.
        ambiguous_words: desa names that are ordinary words; only valid after a prefix.
        famous_elsewhere: desa names better known as places elsewhere; never a cue alone.
        neighbours: neighbouring regency to its kecamatan (names).
        far_places: well-known places elsewhere; named instead of a Pati cue they speak against.
        kecamatan_prefixes: words before a kecamatan name.
        desa_prefixes: words before a desa name.
        kawedanan: former districts still used in speech, name to kecamatan ids in them.
    """

    strong_cues: tuple[Phrase, ...]
    weak_cues: tuple[Phrase, ...] = ()
    pati_senses: tuple[PatiSense, ...]
    landmarks: dict[Phrase, Id | None]
    ambiguous_words: tuple[Text, ...]
    famous_elsewhere: tuple[Text, ...]
    neighbours: dict[Text, tuple[Text, ...]]
    far_places: tuple[Phrase, ...] = ()
    kecamatan_prefixes: tuple[Phrase, ...]
    desa_prefixes: tuple[Phrase, ...]
    kawedanan: tuple[Text, ...] = ()

    @property
    def pati_exclusions(self) -> tuple[str, ...]:
        """The phrases of all `pati_senses`."""
        return tuple(phrase for sense in self.pati_senses for phrase in sense.phrases)


class PlacesFile(Strict):
    """``places.yaml``."""

    regency: Regency
    kecamatan: tuple[Kecamatan, ...]
