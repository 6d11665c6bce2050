"""A site that leads where it must not: every hop is refused, counted, and harms nothing."""

import contextlib
import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import yaml

from crawlers.items import Document, Rejection
from crawlers.landing import batches, read_batch

ROOT = Path(__file__).resolve().parents[2]
STORY = "".join(
    f"<p>Kalimat nomor {n} tentang pelayanan warga di desa contoh yang baik.</p>" for n in range(9)
)
GOOD = f"<html><body><article><h1>Kabar baik dari desa</h1>{STORY}</article></body></html>".encode()
PATHS = (
    "berita/1-kabar-baik-dari-desa", "berita/2-ke-jaringan-dalam", "berita/3-ke-berkas",
    "berita/4-berputar-putar-terus", "berita/5-terlalu-besar", "berita/6-bom-gzip",
    "berita/7-sudah-tidak-ada", "berita/8-kosong-melompong", "berita/9-lewat-meta-refresh",
    "rahasia/10-dilarang-robots", "berita/11-ke-porta-lain",
)  # fmt: skip


class Site(BaseHTTPRequestHandler):
    """Answers by path; notes which hosts were reached."""

    reached: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        host = self.headers["Host"]
        self.reached.append(host.partition(":")[0] + self.path)
        port = int(host.rpartition(":")[2])
        number = self.path.rpartition("/")[2].partition("-")[0]
        inner = f"http://dalam.localhost:{port}/metadata"
        moved = {"2": inner, "3": "file:///etc/hostname", "4": self.path, "11": "http://luar.example:22/x"}
        if self.path == "/robots.txt":
            self.answer(b"User-agent: *\nDisallow: /rahasia/\n")
        elif self.path == "/daftar":
            self.answer("".join(f"<a href='/{p}'>Judul yang panjang {p}</a>" for p in PATHS).encode())
        elif number in moved:
            self.answer(b"", 302, Location=moved[number])
        elif number == "5":
            self.answer(b"<p>" + b"x" * 12_000_000)
        elif number == "6":
            self.answer(gzip.compress(b"<p>" + b"x" * 80_000_000), packed="gzip")
        elif number == "7":
            self.answer(b"<h1>404</h1>", 404)
        elif number == "9":
            self.answer(f"<meta http-equiv='refresh' content='0; url={inner}'>".encode())
        else:
            self.answer(b"" if number == "8" else GOOD)

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            self.send_header("Content-Encoding" if name == "packed" else name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the crawler hangs up on what is too large
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Site.reached.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def configure(home: Path, port: int) -> None:
    folder = home / "config"
    folder.mkdir()
    source = {
        "id": "luar", "name": "Luar", "kind": "news", "url": f"http://luar.localhost:{port}",
        "scope": "pati_only", "permission": "robots_ok", "status": "active",
        "discover": [
            {"listing": f"http://luar.localhost:{port}/daftar", "link_pattern": "/berita/|/rahasia/"}
        ],
    }  # fmt: skip
    crawl = {
        "user_agent": "Uji/1.0", "contact": "https://example.org", "delay_seconds": 0.0,
        "timeout_seconds": 10,
        "allow_hosts": ["luar.localhost"], "allow_ports": [port], "max_bytes": 10_000_000,
    }  # fmt: skip
    (folder / "sources.yaml").write_text(yaml.safe_dump({"sources": [source]}))
    (folder / "crawl.yaml").write_text(yaml.safe_dump(crawl))


@pytest.mark.slow
def test_every_bad_hop_ends_in_one_counted_state(tmp_path: Path, port: int) -> None:
    configure(tmp_path, port)
    command = [sys.executable, "-m", "tests.crawlers.drive", str(tmp_path), "2024-09-11T03:00:00+00:00"]
    assert subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode == 0
    (report,) = json.loads((tmp_path / "reports.json").read_text())
    records = [r for batch in batches(tmp_path / "landing") for r in read_batch(batch)]
    reasons = {
        r.key.rpartition("/")[2].partition("-")[0]: r.reason for r in records if isinstance(r, Rejection)
    }
    assert [d.title for d in records if isinstance(d, Document)] == ["Kabar baik dari desa"]
    assert reasons == {
        "2": "refused", "3": "redirect_refused", "4": "redirect_loop", "5": "too_large", "6": "too_large",
        "7": "gone", "8": "no_text", "9": "refused", "10": "robots", "11": "refused",
    }  # fmt: skip
    assert (report["n_in"], report["n_stored"], report["n_rejected"]) == (11, 1, 10)
    assert not [path for path in Site.reached if path.startswith("dalam.") or "rahasia" in path]
