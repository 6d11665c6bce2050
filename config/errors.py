"""The one error the configuration raises, written for the analyst who edits the files."""

from __future__ import annotations


class ConfigError(ValueError):
    """A configuration file is wrong. ``str(error)`` is one sentence in Bahasa Indonesia.

    Attributes:
        file: name of the file (or folder) at fault, e.g. ``sources.yaml``.
        line: line in it, counted from 1; None when the fault has no line.
        key: the key or value at fault, None when the file itself is.
        message: what is wrong and what to do, without file and line.
        path: where the file lies, empty if not known.
        others: how many further problems the same check found; the sentence says so.
    """

    def __init__(
        self,
        file: str,
        line: int | None,
        key: str | None,
        message: str,
        *,
        path: str = "",
        others: int = 0,
    ) -> None:
        self.file = file
        self.line = line
        self.key = key
        self.message = message
        self.path = path
        self.others = others
        where = f"{file} baris {line}" if line is not None else file
        more = f" (dan {others} masalah lain)" if others else ""
        super().__init__(f"{where}: {message.rstrip('.')}{more}.")
