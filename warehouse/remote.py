"""A lake beyond one machine: its catalog in PostgreSQL, its files in an object store or a shared folder.

No secret ever stands in a connection string: DuckDB repeats those in its errors. The password goes
through a file that libpq reads and only its owner can, the keys of the store through a secret of the
DuckDB connection, which shows them to nobody.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import duckdb

from config.lake import LakePlace, lake_place
from config.secret_file import read_secrets
from warehouse.errors import LakeBusyError, LakeError
from warehouse.place import CATALOG, LOCK_SECONDS, quoted

if TYPE_CHECKING:
    import psycopg


_IDENTITY = "identity"
"""In the lake folder of a home: two homes must never write into one lake."""
_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "connect_timeout": 15}
"""A machine that vanished is noticed after a minute, and its lock let go by the server's own settings."""


class RemotePlace:
    """PostgreSQL and an object store, as ``lake.yaml`` of a home folder says.

    Raises:
        ConfigError: the file is wrong.
        LakeError: a secret is missing.
    """

    extensions: tuple[str, ...] = ("postgres_scanner", "httpfs", "ducklake")

    def __init__(self, home: Path) -> None:
        self._home, self._where = home, lake_place(home)
        self.catalog = f'{CATALOG}."{self._where.name}"'
        self._secrets = _secrets_of(home, self._where)
        self._address = _address(self._where, self._secrets.get(self._where.catalog.password_env))

    def exists(self) -> bool:
        """Whether there is a lake.

        Raises:
            LakeError: the database does not answer.
        """
        schema = f'"{self._where.name}"'
        with _connected(self._address, self._where) as con:
            there, owner = con.execute(
                "SELECT to_regclass(%s) IS NOT NULL, obj_description(to_regnamespace(%s), 'pg_namespace')",
                [f"{schema}.ducklake_metadata", schema],
            ).fetchone()
        if owner and owner != self._identity():
            raise LakeError(
                f"Gudang data {self._where.name} di {_told(self._where)} milik folder data lain; pakai "
                f"'name' lain di lake.yaml, atau salin lake/{_IDENTITY} dari folder data pemiliknya."
            )
        return bool(there)

    def create(self) -> None:
        """Make the schema of the catalog and its tables; who comes second finds them."""
        with AdvisoryLock(self._address, self._where, "attach").held():
            if self.exists():  # somebody else was first
                return
            path = self._home / "lake" / _IDENTITY
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self._identity() or f"pati-maju {secrets.token_hex(16)}", "utf-8")
            with _connected(self._address, self._where) as con:
                schema = f'"{self._where.name}"'
                con.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}".encode())
                con.execute(f"COMMENT ON SCHEMA {schema} IS {quoted(self._identity())}".encode())
            con = _bare(self.extensions)
            try:
                self.attach(con, "", lambda work, _: work())
            finally:
                con.close()

    def _identity(self) -> str:
        """Whose lake it is: a word that goes with the home folder, wherever that is copied or mounted."""
        try:
            return (self._home / "lake" / _IDENTITY).read_text("utf-8")
        except FileNotFoundError:
            return ""

    def attach(self, con: duckdb.DuckDBPyConnection, options: str, retry: Callable[..., object]) -> None:
        """Attach it as ``lake``.

        Raises:
            LakeError: the database or the store does not let us in.
        """
        where = self._where
        if where.data.on_s3:
            con.execute(self._store_secret())
        address = " ".join(f"{key}='{value}'" for key, value in self._address.items())
        data = (
            f"DATA_PATH {quoted(where.data.path)}, OVERRIDE_DATA_PATH true, "
            f"METADATA_SCHEMA {quoted(where.name)}{options}"
        )
        try:
            retry(
                lambda: con.execute(f"ATTACH {quoted(f'ducklake:postgres:{address}')} AS lake ({data})"),
                "attach",
            )
        except duckdb.Error as error:
            raise LakeError(
                f"Gudang data {where.name} di {_told(where)} tidak dapat dibuka ({type(error).__name__}); "
                "periksa lake.yaml, kunci di keys/rahasia.env, dan apakah keduanya menyala."
            ) from None

    @contextmanager
    def connected(self) -> Iterator[psycopg.Connection]:
        """Its catalog's tables, from below."""
        with _connected(self._address, self._where) as con:
            con.execute(f'SET search_path = "{self._where.name}"'.encode())
            yield con

    def lock(self) -> AdvisoryLock:
        """A new handle of its write lock."""
        return AdvisoryLock(self._address, self._where, "write")

    def _store_secret(self) -> str:
        """The statement that gives a connection the keys of the store; never logged."""
        data = self._where.data
        parts = urlsplit(data.endpoint) if data.endpoint else None
        said = {
            "TYPE": "s3",
            "KEY_ID": quoted(self._secrets[data.key_env]),
            "SECRET": quoted(self._secrets[data.secret_env]),
            "REGION": quoted(data.region),
            "SCOPE": quoted(data.path),
        }
        if parts:
            said |= {
                "ENDPOINT": quoted(parts.netloc),
                "URL_STYLE": "'path'",
                "USE_SSL": str(parts.scheme == "https").lower(),
            }
        return f"CREATE OR REPLACE SECRET pati_store ({', '.join(f'{k} {v}' for k, v in said.items())})"


class AdvisoryLock:
    """PostgreSQL's advisory lock of a lake, held by a connection of its own.

    Who waits is served in the order of coming. When the process dies its connection ends, and with it the
    lock. The connection must be to PostgreSQL itself: a pooler that hands one connection to many breaks it.

    Args:
        address: how to connect.
        where: the lake.
        what: which of its locks.
    """

    def __init__(self, address: dict[str, Any], where: LakePlace, what: str) -> None:
        self._address, self._where = address, where
        words = f"pati-maju {what} {where.name}".encode()
        self._key = int.from_bytes(hashlib.sha256(words).digest()[:8], "big", signed=True)
        self._con: psycopg.Connection | None = None
        self._depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it during the block."""
        if self._depth == 0:
            self._con = self._taken()
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0 and self._con is not None:
                con, self._con = self._con, None
                con.close()  # the lock goes with it

    def check(self) -> None:
        """Make sure that the connection, and so the lock, is still there."""
        import psycopg

        if self._con is None:
            return
        try:
            self._con.execute("SELECT 1")
        except psycopg.Error as error:
            raise LakeError(
                f"Hubungan ke basis data {_told(self._where)} terputus saat menulis; tidak ada yang berubah. "
                "Ulangi perintahnya."
            ) from error

    def _taken(self) -> psycopg.Connection:
        import psycopg

        con = _connect(self._address, self._where)
        try:
            con.execute(f"SET lock_timeout = {int(LOCK_SECONDS * 1000)}".encode())
            con.execute("SELECT pg_advisory_lock(%s)", [self._key])
        except psycopg.errors.LockNotAvailable:
            con.close()
            raise LakeBusyError(f"kunci {self._where.name} di {_told(self._where)}", LOCK_SECONDS) from None
        except BaseException:
            con.close()
            raise
        return con


def _connect(address: dict[str, Any], where: LakePlace) -> psycopg.Connection:
    try:
        import psycopg
    except ModuleNotFoundError:
        raise LakeError(
            "Gudang data di PostgreSQL memerlukan pasangan tambahan: pasang pati-maju[scale]."
        ) from None
    try:
        return psycopg.connect(**address, autocommit=True)
    except psycopg.OperationalError as error:
        # libpq names host, port and user; it never repeats the password
        why = str(error).strip().splitlines()[-1]
        raise LakeError(f"Basis data katalog {_told(where)} tidak dapat dihubungi: {why}.") from None


@contextmanager
def _connected(address: dict[str, Any], where: LakePlace) -> Iterator[psycopg.Connection]:
    con = _connect(address, where)
    try:
        yield con
    finally:
        con.close()


def _bare(extensions: tuple[str, ...]) -> duckdb.DuckDBPyConnection:
    from warehouse.lake import connection

    return connection(extensions)


def _address(where: LakePlace, password: str | None) -> dict[str, Any]:
    """How libpq connects: without the password itself. Values cannot hold a quote (`config.lake.Name`)."""
    catalog = where.catalog
    found = {
        "host": catalog.host,
        "port": catalog.port,
        "dbname": catalog.database,
        "user": catalog.user,
        "sslmode": catalog.sslmode,
        "application_name": "pati-maju",
        **_ALIVE,
    }
    if password:
        found["passfile"] = _password_file(
            catalog.host, str(catalog.port), catalog.database, catalog.user, password
        )
    return found


@lru_cache
def _password_file(*fields: str) -> str:
    """A file in libpq's format, readable by its owner only, gone with the process.

    On Linux it lies in memory: a task of Airflow ends without Python's own end, and would leave a file.
    """
    line = ":".join(field.replace("\\", "\\\\").replace(":", "\\:") for field in fields)
    if hasattr(os, "memfd_create"):
        handle = os.memfd_create("pati-pgpass")
        os.fchmod(handle, 0o600)  # libpq takes no file that others may read
        os.write(handle, f"{line}\n".encode())
        return f"/proc/self/fd/{handle}"  # a forked child has it too
    handle, name = tempfile.mkstemp(prefix="pati-", suffix=".pgpass")  # made with mode 0600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(f"{line}\n")
    atexit.register(_removed, name, os.getpid())
    return name


def _removed(name: str, owner: int) -> None:
    if os.getpid() == owner:  # a forked child must not take its parent's
        with suppress(OSError):
            Path(name).unlink()


def _secrets_of(home: Path, where: LakePlace) -> dict[str, str]:
    """The secrets that `where` names: from the environment, else from ``keys/rahasia.env``.

    Raises:
        LakeError: one of the store's is missing; its name is said, never a value.
    """
    path = home / "keys" / "rahasia.env"
    found, problem = read_secrets(path)
    data = where.data
    needed = (data.key_env, data.secret_env) if data.on_s3 else ()
    values = {
        name: value
        for name in (where.catalog.password_env, *needed)
        if (value := os.environ.get(name) or found.get(name))
    }
    missing = [name for name in needed if name not in values]
    if missing:
        why = problem or f"isi di lingkungan atau di {path}"
        raise LakeError(f"Kunci penyimpanan objek {' dan '.join(missing)} tidak ada: {why}.")
    return values


def _told(where: LakePlace) -> str:
    return f"{where.catalog.host}:{where.catalog.port}/{where.catalog.database}"
