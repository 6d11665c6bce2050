"""`/metrics` for Prometheus and `/healthz` for whoever restarts things, on 127.0.0.1 only.

Numbers are those that the last job measured; only the free disk and the faults are of this moment. Labels are
kinds, verdicts, jobs and codes of our own: no source, no person, no word.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from pipelines.faults import CODES, Code
from pipelines.scheduling import numbers
from pipelines.scheduling.book import Book
from pipelines.settings import Settings

State = Callable[[], tuple[Settings, Book]]
log = logging.getLogger(__name__)
HOST: Final = "127.0.0.1"
GRAVE: Final[frozenset[Code]] = frozenset({
    "silent", "disk_full", "disk_low", "lake_damaged", "lake_newer", "config_broken", "no_permission",
})  # fmt: skip
"""Faults with which the system cannot do its work: ``/healthz`` answers 503. Others pass by themselves."""


@contextmanager
def served(port: int, state: State, say: Callable[[str], None]) -> Iterator[int]:
    """Answer during the block; a port that is taken is said and stops nothing.

    Args:
        port: of this machine; 0: none.
        state: the settings and the book of the scheduler as they are now.
        say: is told where.

    Yields:
        The port; 0 if there is none.
    """
    try:
        server = _Server((HOST, port), state) if port else None
    except OSError as error:
        say(f"Porta {port} tidak dapat dipakai ({error.strerror}); /metrics dan /healthz tidak ada kali ini.")
        server = None
    if server is None:
        yield 0
        return
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"Ukuran dan kesehatan: http://{HOST}:{server.server_port}/metrics dan /healthz")
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def health(settings: Settings, known: Book) -> tuple[int, dict[str, Any]]:
    """Status and body of ``/healthz``."""
    found: dict[str, str] = {one.code: one.sentence for one in known.open}
    found |= {one.code: one.sentence for one in numbers.wrong(settings, known)}
    grave = {code: said for code, said in found.items() if code in GRAVE}
    body = {"status": "rusak" if grave else "baik", "reasons": grave}
    return (503 if grave else 200), {**body, "warnings": {c: s for c, s in found.items() if c not in GRAVE}}


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, place: tuple[str, int], state: State) -> None:
        self.state, self.registry = state, CollectorRegistry()
        self.registry.register(Numbers(state))
        super().__init__(place, _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        """Answer."""
        if self.path == "/metrics":
            self._answer(200, CONTENT_TYPE_LATEST, generate_latest(self.server.registry))
        elif self.path == "/healthz":
            status, body = health(*self.server.state())
            self._answer(status, "application/json", json.dumps(body, ensure_ascii=False).encode())
        else:
            self._answer(404, "text/plain; charset=utf-8", b"/metrics /healthz\n")

    def _answer(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class calls it so
        """Requests of a monitor every few seconds are no news."""


class Numbers(Collector):
    """Our metrics, worked out when they are asked for.

    Args:
        state: the settings and the book of the scheduler as they are now.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """All of them."""
        settings, known = self._state()
        found = numbers.kept(settings.home)
        yield _labelled("pati_documents", "Dokumen menurut jenis", "kind", found.get("documents", {}))
        yield _labelled("pati_sources", "Sumber aktif menurut keadaan", "verdict", found.get("verdicts", {}))
        yield from _single("pati_quarantine_records", "Catatan di karantina", found.get("quarantine"))
        yield from _single("pati_lake_bytes", "Byte gudang data", found.get("lake_bytes"))
        yield from _single("pati_lake_files", "Berkas Parquet gudang data", found.get("lake_files"))
        free = numbers.free_bytes(settings.home)
        yield from _single("pati_disk_free_bytes", "Ruang disk tersisa", free)
        for name, key, said in (
            ("pati_data_through", "through", "Waktu dokumen terbaru"),
            ("pati_backup", "backup_at", "Waktu cadangan terbaru"),
            ("pati_measured", "at", "Kapan angka ini diukur"),
        ):
            yield from _single(f"{name}_timestamp_seconds", said, _seconds(found.get(key)))
        yield _labelled(
            "pati_job_last_success_timestamp_seconds", "Kapan pekerjaan terakhir berhasil", "job",
            {name: one.success_at.timestamp() for name, one in known.jobs.items() if one.success_at},
        )  # fmt: skip
        yield _labelled(
            "pati_job_last_duration_seconds", "Lama pengerjaan terakhir", "job",
            {name: one.seconds for name, one in known.jobs.items()},
        )  # fmt: skip
        yield _labelled(
            "pati_job_failed", "1 bila pengerjaan terakhir gagal", "job",
            {name: float(one.outcome == "failed") for name, one in known.jobs.items()},
        )  # fmt: skip
        current = {one.code for one in known.open} | {one.code for one in numbers.wrong(settings, known)}
        yield _labelled(
            "pati_fault_open", "1 bila gangguan ini sedang terjadi", "code",
            {code: float(code in current) for code in CODES},
        )  # fmt: skip


def _labelled(name: str, said: str, label: str, values: dict[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, said, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family


def _single(name: str, said: str, value: float | None) -> Iterator[GaugeMetricFamily]:
    """One number, or nothing where it is not known: a zero would say something else."""
    if value is not None:
        yield GaugeMetricFamily(name, said, value=value)


def _seconds(value: object) -> float | None:
    return datetime.fromisoformat(value).timestamp() if isinstance(value, str) else None
