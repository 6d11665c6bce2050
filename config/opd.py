"""The register of OPD (regency offices), BUMD, kecamatan and bodies outside the regency."""

from typing import Literal

from pydantic import Field

from config.base import Dated, Id, Phrase, Strict, Text

OpdGroup = Literal["opd", "rsud", "bumd", "kecamatan", "vertical", "desa"]


class FormerName(Dated):
    """A name an office once had; texts from that time use it, and some people still do.

    Attributes:
        name: full name or abbreviation.
        note: where it is from and how sure we are.
    """

    name: Text
    note: str = ""


class Opd(Dated):
    """One office.

    Attributes:
        id: stable key.
        name: official name.
        short: how people call it.
        aliases: other current names and unmistakable parts of it.
        former: names it had before, with dates.
        keywords: words and phrases that speak for it, lower case.
        group: ``vertical`` bodies are not the regency's: routed as *bukan wewenang*, but counted.
        owns: what it is responsible for, in a few words.
        confirmed: False while name or duties still have to be checked with the regency.
    """

    id: Id
    name: Text
    short: Text
    aliases: tuple[Text, ...] = ()
    former: tuple[FormerName, ...] = ()
    keywords: tuple[Phrase, ...] = ()
    group: OpdGroup = "opd"
    owns: str = ""
    confirmed: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """Every name to look for in a text, once each, longest first, capitals kept."""
        every = (self.name, self.short, *self.aliases, *(old.name for old in self.former))
        return tuple(sorted(dict.fromkeys(every), key=lambda name: (-len(name), name)))

    @property
    def vertical(self) -> bool:
        """Whether it is outside the regency (*bukan wewenang*)."""
        return self.group == "vertical"


class OpdFile(Strict):
    """``opd.yaml``.

    Attributes:
        opd: the register.
        group_keywords: phrases that speak for a group of offices, not for one of them ("camat"
            says kecamatan; which one is a question of place).
        leadership: phrases that name the head of the regency or its government as a whole, no one office.
    """

    opd: tuple[Opd, ...]
    leadership: tuple[Phrase, ...] = ()
    group_keywords: dict[OpdGroup, tuple[Phrase, ...]] = Field(default_factory=dict)
