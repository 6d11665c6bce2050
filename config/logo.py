"""The emblem in the letterhead of reports, a PNG file that `report.yaml` names."""

from __future__ import annotations

from typing import Final

from config.yaml_lines import YamlFile

HEAD: Final = b"\x89PNG\r\n\x1a\n"
LARGEST: Final = 200_000
"""Bytes: it is part of every report, and of every e-mail that carries one."""


def load_logo(file: YamlFile, name: str | None) -> bytes:
    """Read the emblem.

    Args:
        file: the `report.yaml` that names it.
        name: path of a PNG file, from the folder of that file on; None: there is none.

    Returns:
        The file's bytes; empty without one.

    Raises:
        ConfigError: it is missing, too large, or no PNG file.
    """
    if name is None:
        return b""
    try:
        content = (file.path.parent / name).read_bytes()
    except OSError:
        raise file.error(("logo",), "logo", f"berkas lambang '{name}' tidak dapat dibaca") from None
    if not content.startswith(HEAD):
        raise file.error(("logo",), "logo", f"berkas lambang '{name}' bukan PNG")
    if len(content) > LARGEST:
        most = LARGEST // 1000
        raise file.error(("logo",), "logo", f"berkas lambang '{name}' lebih dari {most} kB; kecilkan dulu")
    return content
