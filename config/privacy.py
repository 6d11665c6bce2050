"""Personal data: what is kept in clear because it is public, and words that precede names."""

from pydantic import Field

from config.base import Dated, Phrase, Strict, Text


class Hotline(Strict):
    """A published number that must not be masked.

    Attributes:
        number: as published; digits, spaces, dots, hyphens and a leading plus.
        label: whose it is.
    """

    number: Text
    label: Text

    @property
    def digits(self) -> str:
        """Only the digits, for comparing numbers however they are written."""
        return "".join(ch for ch in self.number if ch.isdigit())


class PublicEmail(Strict):
    """A published office address that must not be masked."""

    address: Phrase
    label: Text


class PublicAccount(Strict):
    """An office's own account on a social site, which must not be masked.

    Attributes:
        handle: without the ``@``.
        label: whose it is.
    """

    handle: Phrase
    label: Text


class Official(Dated):
    """A public official whose name stays in clear in news (never in complaints).

    Attributes:
        name: as the press writes it.
        aliases: shorter forms the press uses.
        role: the office held.
    """

    name: Text
    aliases: tuple[Text, ...] = ()
    role: Text


class RawFiles(Strict):
    """Whether files of an import are kept as they came, encrypted, and for how long.

    Attributes:
        keep: False: only what was masked is kept.
        days: days after which a kept file is deleted by the next run.
    """

    keep: bool = False
    days: int = Field(default=30, ge=1, le=730)


class Privacy(Strict):
    """``privacy.yaml``.

    Attributes:
        hotlines: public numbers.
        emails: public office addresses.
        accounts: offices' own accounts on social sites.
        officials: public officials by term of office.
        titles: forms of address and titles before a name, lower case, without the dot.
        name_cues: phrases after which a name follows ("nama saya").
        not_names: words that follow a title without being a name ("pak lurah", "bu guru").
        expressions: phrases that begin like a form of address and name nobody ("ibu pertiwi").
        raw_files: what becomes of the files of an import.
    """

    hotlines: tuple[Hotline, ...] = ()
    emails: tuple[PublicEmail, ...] = ()
    accounts: tuple[PublicAccount, ...] = ()
    officials: tuple[Official, ...] = ()
    titles: tuple[Phrase, ...]
    name_cues: tuple[Phrase, ...] = ()
    not_names: tuple[Phrase, ...] = ()
    expressions: tuple[Phrase, ...] = ()
    raw_files: RawFiles = RawFiles()
