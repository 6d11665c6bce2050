"""Many regencies in one deployment: each a home folder of its own under ``tenants/``, and a lake of its own.

Nothing is shared but the program. What belongs to a tenant (configuration, keys, accounts, lake, search
index, reports) lies in its home folder or is named by the ``lake.yaml`` in it, so that a command with
``--tenant NAME`` has no way to another's.
"""

from __future__ import annotations

import re
from pathlib import Path

TENANT_VAR = "PATI_TENANT"
FOLDER = "tenants"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")


class TenantError(Exception):
    """There is no such tenant, or it cannot be used; the text is one Indonesian sentence."""


def tenant_home(root: Path, name: str) -> Path:
    """The home folder of a tenant.

    Args:
        root: the deployment's folder (``--home``).
        name: of the tenant.

    Raises:
        TenantError: the name could lead elsewhere, or there is no such folder.
    """
    if not _NAME.fullmatch(name):
        raise TenantError(
            f"Nama penyewa {name!r} tidak sah: hanya huruf kecil, angka, dan garis bawah, diawali huruf."
        )
    home = root.absolute() / FOLDER / name
    if not home.is_dir():
        raise TenantError(
            f"Penyewa '{name}' belum ada: buat folder {home} berisi config/ (dan lake.yaml) lebih dulu."
        )
    if home.resolve() != root.resolve() / FOLDER / name:
        raise TenantError(f"Folder penyewa {home} adalah tautan ke tempat lain; pindahkan isinya ke sana.")
    return home


def tenants(root: Path) -> list[str]:
    """Names of all tenants of a deployment, in order; folders with other names are not tenants."""
    folder = root / FOLDER
    if not folder.is_dir():
        return []
    return sorted(
        one.name
        for one in folder.iterdir()
        if one.is_dir() and not one.is_symlink() and _NAME.fullmatch(one.name)
    )
