"""Processes that begin with everything imported: forked from one that has it, instead of started anew.

The scheduler starts a process for each job, and collecting another one; half a minute of every hour of a
soak would be Python reading its libraries. `Warm` puts a small program in the place of `sys.executable`: it
hands its pipes and its environment to a server, which forks. The child runs the same ``main()`` of the same
module on those pipes, with its own memory, and can be killed like any other.

`python -m tests.soak.warm FOLDER` is that server.
"""

from __future__ import annotations

import array
import gc
import importlib
import os
import pkgutil
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

ROOT: Final = Path(__file__).resolve().parents[2]
MODULES: Final = ("pipelines.scheduling.work", "pipelines.crawl_process")
LIBRARIES: Final = (
    "aiohttp", "crawlers.folders", "crawlers.net.handler", "crawlers.net.manners", "crawlers.settings",
    "crawlers.spider", "crawlers.youtube", "dashboard.report.editions", "duckdb_extension_ducklake",
    "duckdb_extension_sqlite_scanner", "google.auth.transport.requests", "google_auth_httplib2",
    "googleapiclient.discovery", "googleapiclient.http", "openpyxl", "pandas", "pipelines.beside",
    "pipelines.erasure.forgotten", "pipelines.quarantine", "pipelines.run", "pipelines.safekeeping",
    "pipelines.scheduling.heartbeat", "pipelines.scheduling.numbers", "pipelines.searching",
    "pipelines.stages.collect", "pipelines.stages.enrich", "pipelines.stages.link", "pipelines.stages.load",
    "pipelines.stages.publish", "pipelines.stages.watch", "pipelines.upkeep", "pyarrow.dataset",
    "pyarrow.pandas_compat", "Sastrawi.Stemmer.StemmerFactory", "scrapy.crawler",
    "sklearn.feature_extraction.text", "tldextract", "twisted.conch.insults.insults", "twisted.conch.telnet",
    "twisted.internet.endpoints", "twisted.internet.stdio", "twisted.web.client", "warehouse.search",
)  # fmt: skip
FAMILIES: Final = (
    "scrapy", "scrapy.core", "scrapy.core.downloader", "scrapy.core.downloader.handlers",
    "scrapy.downloadermiddlewares", "scrapy.extensions", "scrapy.spidermiddlewares", "scrapy.utils",
)  # fmt: skip
"""Packages of which every module is: Scrapy loads those that its settings name."""
"""What the jobs import when they need it. Not Twisted's reactor: that belongs to one process."""
CLIENT: Final = """#!{python} -IS
import array, os, signal, socket, sys
s = socket.socket(socket.AF_UNIX)
s.connect({place!r})
s.sendmsg([b"."], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [0, 1, 2]))])
said = "\\0".join([sys.argv[2], os.getcwd(), *(f"{{k}}={{v}}" for k, v in os.environ.items())]).encode()
s.sendall(len(said).to_bytes(4, "big") + said)
os.close(0)
os.close(1)
code = s.recv(16)
if not code:
    os.kill(os.getpid(), signal.SIGKILL)
os._exit(int(code))
"""
"""Stands for the child: its process is what the parent waits for, and ends as the child does."""


class Warm:
    """The server, for the duration of a block; inside it, children of this process are forked from it.

    Args:
        folder: for its socket and its notes; not on a disk that will be full.
        config: folder of a configuration to have read already.
    """

    def __init__(self, folder: Path, config: Path) -> None:
        self.folder, self._config = folder, config
        self._real = sys.executable

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "at-work").mkdir(exist_ok=True)
        client = self.folder / "python"
        client.write_text(CLIENT.format(python=self._real, place=str(self.folder / "socket")))
        client.chmod(0o755)
        environment = {
            **os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        self._server = subprocess.Popen(
            [self._real, "-m", "tests.soak.warm", self.folder, self._config, client],
            cwd=ROOT, env=environment, start_new_session=True,
        )  # fmt: skip
        until = time.monotonic() + 600
        while not (self.folder / "socket").exists():
            if self._server.poll() is not None or time.monotonic() > until:
                raise RuntimeError("the server of warm processes did not start")
            time.sleep(0.05)
        sys.executable = str(client)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        sys.executable = self._real
        self._server.kill()
        self._server.wait()

    def at_work(self, module: str) -> list[int]:
        """Processes that run a module now."""
        found = []
        for note in (self.folder / "at-work").glob(f"{module}:*"):
            pid = int(note.name.partition(":")[2])
            if Path(f"/proc/{pid}").exists():
                found.append(pid)
            else:  # it was killed
                note.unlink(missing_ok=True)
        return found

    def most_megabytes(self) -> float:
        """Most memory that any process took that ended since this was asked last."""
        notes = self.folder / "peaks"
        if not notes.exists():
            return 0.0
        found = [float(line) for line in notes.read_text().split()]
        notes.unlink()
        return max(found, default=0.0)


def serve(folder: Path, config: Path, client: Path) -> None:
    """Import everything, then fork for whoever asks, until this process is killed."""
    for name in (*MODULES, *LIBRARIES):
        importlib.import_module(name)
    for package in map(importlib.import_module, FAMILIES):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            with suppress(ImportError):  # of something optional that is not installed
                importlib.import_module(module.name)
    _begin(config)
    gc.collect()
    gc.freeze()  # children need not look at it, and do not copy it
    if "twisted.internet.reactor" in sys.modules or threading.active_count() > 1:
        raise RuntimeError("what was imported cannot be shared by processes")
    sys.executable = str(client)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are waited for by their clients
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.new"))
        listening.listen(16)
        (folder / "socket.new").rename(folder / "socket")
        while True:
            asked, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _child(asked, folder)
            asked.close()


def _begin(config: Path) -> None:
    """What every process does first: read the configuration, compile its patterns, check extensions."""
    from config import load_config
    from pipelines.privacy import key_masker
    from warehouse.lake import connection
    from warehouse.place import HomePlace

    key_masker(load_config(config))
    connection(HomePlace.extensions).close()


def _child(asked: socket.socket, folder: Path) -> None:
    """Become the process that was asked for; does not come back."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, ancillary, _, _ = asked.recvmsg(1, socket.CMSG_SPACE(3 * 4))
    given = array.array("i")
    given.frombytes(ancillary[0][2])
    module, place, environment = _order(asked)
    for number, taken in enumerate(given):
        os.dup2(taken, number)
        os.close(taken)
    os.chdir(place)
    os.environ.clear()
    os.environ.update(environment)
    sys.stdin, sys.stdout, sys.stderr = (open(n, mode) for n, mode in enumerate("rww"))  # noqa: SIM115, PTH123
    note = folder / "at-work" / f"{module}:{os.getpid()}"
    note.touch()
    code = 0
    try:
        sys.modules[module].main()
    except BaseException:  # noqa: BLE001 - Python itself would end like this
        traceback.print_exc()
        code = 1
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # its disk is full
            code = code or 120
    note.unlink(missing_ok=True)
    with (folder / "peaks").open("a") as peaks:
        peaks.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}\n")
    asked.sendall(str(code).encode())
    os._exit(code)


def _order(asked: socket.socket) -> tuple[str, str, dict[str, str]]:
    """Module, working directory and environment."""
    size, said = int.from_bytes(_exactly(asked, 4), "big"), b""
    said = _exactly(asked, size)
    module, place, *pairs = said.decode().split("\0")
    return module, place, dict(pair.split("=", 1) for pair in pairs)


def _exactly(asked: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        more = asked.recv(size - len(found))
        if not more:
            raise EOFError
        found += more
    return found


def main(arguments: list[str]) -> Any:
    """Serve."""
    serve(*map(Path, arguments))


if __name__ == "__main__":
    main(sys.argv[1:])
