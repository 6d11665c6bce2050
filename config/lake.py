"""Where the lake of a home folder is: ``lake.yaml`` in it. Without that file, the lake is in the home itself.

Passwords and keys never stand in it; it names the environment variables (or lines of
``keys/rahasia.env``) that hold them.
"""

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from config.base import EnvName, Id, Strict, Text, Url
from config.loader import validated
from config.yaml_lines import read_yaml

FILE = "lake.yaml"
_BUCKET = re.compile(r"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*/?$")

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]+$")]
"""A name in PostgreSQL or a host: nothing that could end a quoted word."""


def _data_path(value: str) -> str:
    if not _BUCKET.fullmatch(value) and not (value.startswith("/") and ".." not in value.split("/")):
        raise PydanticCustomError(
            "data_path",
            "'{value}' bukan s3://ember/folder dan bukan folder bersama yang ditulis lengkap dari /",
            {"value": value},
        )
    return value.rstrip("/") + "/"


def _plain(value: str) -> str:
    parts = urlsplit(value)
    if parts.path.strip("/") or parts.query:
        raise PydanticCustomError(
            "endpoint", "'{value}' bukan alamat server saja; tulis tanpa folder", {"value": value}
        )
    return value


class Catalog(Strict):
    """The PostgreSQL database that holds the lake's catalog.

    Attributes:
        host: where it listens.
        port: and at which port.
        database: its name.
        user: who signs in.
        sslmode: as libpq reads it; ``verify-full`` unless the server is on this machine.
        password_env: name of the secret; without a value the server must let the user in otherwise.
    """

    host: Name
    port: int = Field(default=5432, ge=1, le=65535)
    database: Name = "pati_maju"
    user: Name = "pati_maju"
    sslmode: Literal["disable", "prefer", "require", "verify-ca", "verify-full"] = "verify-full"
    password_env: EnvName = "PATI_LAKE_PASSWORD"  # noqa: S105 - the name of a variable


class Data(Strict):
    """Where the Parquet files lie.

    Attributes:
        path: ``s3://bucket/folder``, or a folder that every machine mounts at the same place.
        endpoint: address of the S3-compatible server; None: Amazon's own of the region.
        region: of the bucket.
        key_env: name of the secret that holds the key id.
        secret_env: name of the secret that holds the key itself.
    """

    path: Annotated[Text, AfterValidator(_data_path)]
    endpoint: Annotated[Url, AfterValidator(_plain)] | None = None
    region: Name = "us-east-1"
    key_env: EnvName = "PATI_S3_KEY"
    secret_env: EnvName = "PATI_S3_SECRET"  # noqa: S105 - the name of a variable

    @property
    def on_s3(self) -> bool:
        """Whether it is an object store (else a shared folder)."""
        return self.path.startswith("s3://")


class LakePlace(Strict):
    """``lake.yaml``.

    Attributes:
        name: of the lake; the schema of its catalog, so that many lakes can share one database.
        catalog: the database.
        data: the files.
    """

    name: Id = "pati_maju"
    catalog: Catalog
    data: Data


def lake_place(home: Path) -> LakePlace:
    """Where the lake of a home folder is.

    Raises:
        ConfigError: the file is wrong or missing.
    """
    found: LakePlace = validated(read_yaml(home / FILE, FILE), LakePlace)
    return found
