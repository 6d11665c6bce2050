"""Sites that cannot or must not be read: each ends in one clear sentence, and none is pressed."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-16T00:00:00+00:00"
BODY = "".join(f"<p>Kalimat ke-{n} tentang pelayanan warga Kabupaten Pati yang baik.</p>" for n in range(9))
STORY = f"<html><body><article><h1>Kabar baik dari desa</h1>{BODY}</article></body></html>".encode()
LIST = "".join(
    f"<h2><a href='/berita/2026{n}-kabar-baik-dari-desa'>Kabar baik dari desa ke-{n}</a></h2>"
    for n in range(9)
).encode()
HTML = b"<html><head><title>Situs</title></head><body>"

REFUSED = "mintalah izin atau umpan RSS"
SENTENCES = {
    "tutup": "melarang perayap kita lewat robots.txt",
    "tolak": REFUSED,
    "jaga": "pemeriksaan bot",
    "pdf": "bukan halaman web",
    "data": "bukan halaman web",
    "putar": "Pengalihan berputar-putar",
    "keluar": "hosnya berada di jaringan dalam",
    "hilang": "Halaman ini tidak ada (HTTP 404)",
    "rusak": "HTTP 500",
    "bisu": "robots.txt situs ini sedang tidak terbaca",
    "besar": "melebihi batas ukuran",
    "atribut": "bukan halaman web",
}
"""What a person is told, by host."""


class Web(BaseHTTPRequestHandler):
    """A small web: what a host does is in its name."""

    asked: ClassVar[dict[str, list[tuple[float, str]]]] = defaultdict(list)

    def do_GET(self) -> None:
        host = self.headers["Host"].partition(".")[0]
        port = self.headers["Host"].rpartition(":")[2]
        self.asked[host].append((time.monotonic(), self.path))
        if self.path == "/robots.txt" and host == "bisu":
            self.answer(b"", 503)
            return
        if self.path == "/robots.txt":
            rules = {"tutup": "Disallow: /", "jeda": "Crawl-delay: 0.4", "pilih": "Disallow: /wp-json/"}
            self.answer(f"User-agent: *\n{rules.get(host, 'Disallow:')}\n".encode())
            return
        bodies = {
            "jaga": b"<html><title>Just a moment...</title><script src='/cdn-cgi/challenge/x'></script>",
            "pdf": b"%PDF-1.7\n\x00", "data": b'{"a": 1}', "kosong": HTML + b"<p>Belum ada berita.</p>",
            "besar": HTML + b"x" * 12_000_000, "atribut": HTML + b"<p " + b"a=1 " * 60_000 + b">x</p>",
        }  # fmt: skip
        codes = {"tolak": 403, "hilang": 404, "rusak": 500}
        moved = {"putar": self.path, "keluar": f"http://dalam.localhost:{port}/rahasia"}
        if host in moved:
            self.answer(b"", 302, Location=moved[host])
        elif host in codes or host in bodies:
            self.answer(bodies.get(host, HTML), codes.get(host, 200))
        elif self.path in {"/", "/berita"}:
            self.answer(HTML + LIST + b"</body></html>")
        elif self.path.startswith("/berita/"):
            self.answer(HTML if host == "tembok" else STORY, 403 if host == "tembok" else 200)
        else:
            self.answer(HTML, 404)

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        kind = "application/pdf" if body.startswith(b"%PDF") else "text/html; charset=utf-8"
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def told(port: int, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What looking at every host gave, by host."""
    home = tmp_path_factory.mktemp("home")
    (home / "config").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as unused:
        closed = unused.getsockname()[1]
    hosts = [*SENTENCES, "kosong", "jeda", "tembok", "pilih"]
    allowed = [f"{host}.localhost" for host in [*hosts, "mati"]]
    crawl = {
        "user_agent": "Uji/1.0", "contact": "https://example.org", "delay_seconds": 0.0,
        "allow_hosts": allowed, "allow_ports": [port, closed], "max_bytes": 10_000_000,
        "timeout_seconds": 10, "retries": 0,
    }  # fmt: skip
    (home / "config" / "crawl.yaml").write_text(yaml.safe_dump(crawl))
    addresses = {host: f"http://{host}.localhost:{port}/" for host in hosts}
    addresses["mati"] = f"http://mati.localhost:{closed}/"
    addresses["inti"] = f"http://127.0.0.1:{port}/"
    addresses["berkas"] = f"http://tanpa-izin.localhost:{port}/"
    command = [sys.executable, "-m", "tests.crawlers.look", str(home), NOW, *addresses.values()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    return {host: found[address] for host, address in addresses.items()}


@pytest.mark.slow
def test_each_trouble_is_one_clear_sentence(told: dict[str, Any]) -> None:
    wanted = {
        **SENTENCES, "mati": "tidak dapat dihubungi", "inti": "jaringan dalam", "berkas": "jaringan dalam"
    }  # fmt: skip
    wrong = {host: told[host] for host, words in wanted.items() if words not in told[host]}
    assert wrong == {}
    assert not [path for _, path in Web.asked["dalam"]], "the inner network was never asked"


@pytest.mark.slow
def test_a_refusal_is_not_argued_with(told: dict[str, Any]) -> None:
    assert [path for _, path in Web.asked["tutup"]] == ["/robots.txt"]
    assert len(Web.asked["tolak"]) <= 3  # robots.txt twice (the crawler's own check), one page
    pages = [path for _, path in Web.asked["tembok"] if path.startswith("/berita/")]
    assert len(pages) == 5  # then it is left alone
    report = told["tembok"]
    assert report["coverage"]["body"] == 0
    assert report["coverage"]["problems"] == {"blocked": len(report["samples"])}


@pytest.mark.slow
def test_the_pause_that_robots_txt_asks_for_is_kept(told: dict[str, Any]) -> None:
    assert told["jeda"]["robots"]["crawl_delay"] == 0.4
    moments = [moment for moment, path in Web.asked["jeda"] if path != "/robots.txt"]
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert len(gaps) > 10
    assert sum(gaps) / len(gaps) >= 0.38
    assert min(gaps) > 0.2  # on a busy machine requests arrive late, the next one then looks early


@pytest.mark.slow
def test_a_site_without_articles_is_said_to_be_one(told: dict[str, Any]) -> None:
    report = told["kosong"]
    assert report["proposal"]["endpoints"] == []
    assert "Tidak ada umpan, peta situs" in report["proposal"]["missing"][0]


@pytest.mark.slow
def test_a_plain_site_is_read(told: dict[str, Any]) -> None:
    report = told["pilih"]
    (endpoint,) = report["proposal"]["endpoints"]
    assert endpoint["method"] == "listing"
    assert report["coverage"]["title"] == report["coverage"]["body"] == 9
    assert report["coverage"]["date"] == 0
    assert any("Tanggal tidak ditemukan" in sentence for sentence in report["proposal"]["missing"])
    assert report["proposal"]["per_week"] is None
