"""A news search in a real crawl: it finds addresses; whose article it is decides where they lead."""

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
    f"<p>Kalimat nomor {n} tentang jalan rusak di Kabupaten Pati yang dikeluhkan warga.</p>" for n in range(9)
)
OUTLETS = {"a": "kabar", "b": "kabar", "c": "asing", "d": "terlarang", "e": "cari"}
"""Where each result of the search leads: two to a configured outlet, one elsewhere, one to a blocked one."""


class Web(BaseHTTPRequestHandler):
    """Plays all hosts; notes which were asked for a page."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        host, port = self.headers["Host"].split(":")
        name = host.removesuffix(".localhost")
        self.asked.append(name + self.path)
        if self.path == "/robots.txt":
            self.answer(b"", 404)
        elif name == "cari" and self.path.startswith("/rss"):
            items = "".join(
                f"<item><title>Jalan {key} rusak - {outlet}</title><link>http://cari.localhost:{port}/ke/{key}"
                f"</link><source url='http://{outlet}.localhost:{port}'>{outlet}</source></item>"
                for key, outlet in OUTLETS.items() if outlet != "cari"
            )  # fmt: skip
            items += f"<item><title>Buntu</title><link>http://cari.localhost:{port}/ke/e</link></item>"
            self.answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode())
        elif name == "cari" and self.path in {"/ke/a", "/ke/b", "/ke/c", "/ke/d"}:
            outlet = OUTLETS[self.path[-1]]
            target = f"http://{outlet}.localhost:{port}/2024/09/10/jalan-{self.path[-1]}-rusak-parah/"
            self.answer(b"", 302, Location=target)
        elif name == "kabar" and self.path == "/feed/":
            link = f"http://kabar.localhost:{port}/2024/09/10/jalan-a-rusak-parah/"
            self.answer(
                f"<rss version='2.0'><channel><item><link>{link}</link></item></channel></rss>".encode()
            )
        else:
            title = f"Jalan {self.path[-15:-13]} rusak parah"
            self.answer(f"<html><body><article><h1>{title}</h1>{STORY}</article></body></html>".encode())

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    Web.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Web)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def configure(home: Path, port: int, *, any_host: bool) -> None:
    base: dict[str, object] = {
        "kind": "news",
        "scope": "general",
        "permission": "robots_ok",
        "status": "active",
    }
    search = {"news_search": f"http://cari.localhost:{port}/rss?q=Pati", "any_host": any_host}
    sources = [
        base | {"id": "kabar", "name": "Kabar", "url": f"http://kabar.localhost:{port}",
                "discover": [{"feed": f"http://kabar.localhost:{port}/feed/"}]},
        base | {"id": "terlarang", "name": "Terlarang", "url": f"http://terlarang.localhost:{port}",
                "permission": "blocked", "status": "investigating"},
        base | {"id": "cari", "name": "Pencarian", "discover": [search]},
    ]  # fmt: skip
    crawl = {
        "user_agent": "Uji/1.0", "contact": "https://example.org", "delay_seconds": 0.0,
        "allow_hosts": ["*.localhost"], "allow_ports": [port],
    }  # fmt: skip
    (home / "config").mkdir(parents=True)
    (home / "config" / "sources.yaml").write_text(yaml.safe_dump({"sources": sources}))
    (home / "config" / "crawl.yaml").write_text(yaml.safe_dump(crawl))


def run(home: Path) -> tuple[list[Document], dict[str, int], list[dict[str, object]]]:
    command = [sys.executable, "-m", "tests.crawlers.drive", str(home), "2024-09-11T03:00:00+00:00"]
    assert subprocess.run(command, cwd=ROOT, timeout=120, check=False).returncode == 0
    records = [r for batch in batches(home / "landing") for r in read_batch(batch)]
    reasons: dict[str, int] = {}
    for record in records:
        if isinstance(record, Rejection):
            reasons[record.reason] = reasons.get(record.reason, 0) + 1
    return (
        [r for r in records if isinstance(r, Document)],
        reasons,
        json.loads((home / "reports.json").read_text()),
    )


def test_a_search_finds_articles_of_configured_outlets_only(tmp_path: Path, port: int) -> None:
    configure(tmp_path, port, any_host=False)
    found, reasons, reports = run(tmp_path)
    assert {d.source_id for d in found} == {"kabar"}, "an article is its outlet's, whoever found it"
    # article a is found by the outlet's feed and by the search: one document
    assert len({d.doc_id for d in found}) == 2
    assert reasons == {"unknown_outlet": 1, "outlet_blocked": 1, "no_way_out": 1}
    assert not [path for path in Web.asked if path.startswith(("asing", "terlarang"))], (
        "nobody else was asked"
    )
    for report in reports:
        kept = sum(int(str(report[name])) for name in ("n_stored", "n_duplicate", "n_rejected"))
        assert report["n_in"] == kept


def test_any_host_means_any_but_a_blocked_one(tmp_path: Path, port: int) -> None:
    configure(tmp_path, port, any_host=True)
    found, reasons, _ = run(tmp_path)
    by_source = {d.source_id: d for d in found}
    assert set(by_source) == {"kabar", "cari"}
    assert "other_site" in by_source["cari"].flags
    assert reasons == {"outlet_blocked": 1, "no_way_out": 1}
    assert not [path for path in Web.asked if path.startswith("terlarang")]
