"""Certificates that nobody vouches for, names that turn inward, and what Scrapy offers unasked."""

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from scrapy.core.downloader.handlers import DownloadHandlers
from scrapy.crawler import Crawler

from config import load_config
from crawlers.context import CrawlContext
from crawlers.items import Document
from crawlers.settings import MOST_BYTES, scrapy_settings
from crawlers.spider import PressSpider
from tests.hostile.model import DOMAIN, Case
from tests.hostile.stories import NOW
from tests.hostile.trial import crawl, source_of, write_config
from tests.hostile.web import Web

DAY = timedelta(days=1)


@pytest.fixture
def certificate(tmp_path: Path) -> str:
    """A certificate for the right names, signed by itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, DOMAIN)])
    names = x509.SubjectAlternativeName([x509.DNSName(f"*.{DOMAIN}")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(today - DAY).not_valid_after(today + DAY)
        .add_extension(names, critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    path = tmp_path / "sertifikat.pem"
    path.write_bytes(
        made.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    )
    return str(path)


@pytest.mark.slow
def test_certificates_are_verified_and_exceptions_are_visible(tmp_path: Path, certificate: str) -> None:
    cases = [Case(n, "TLS", host=host) for n, host in enumerate(("ditolak", "dimaafkan", "kedaluwarsa"))]
    with Web({case.name: case.site() for case in cases}, certificate) as web:
        home = tmp_path / "rumah"
        write_config(home, web, [])
        sources = [secure(source_of(case, web.port)) for case in cases]
        (home / "config/sources.yaml").write_text(yaml.safe_dump({"sources": sources}))
        today = NOW.date()
        excused = [
            {"host": f"dimaafkan.{DOMAIN}", "until": today, "reason": "Rantai sertifikat putus."},
            {"host": f"kedaluwarsa.{DOMAIN}", "until": today - DAY, "reason": "Sudah lewat."},
        ]
        change(home, lambda crawl: crawl.update(tls_exceptions=excused))
        run = crawl(home, NOW)
        assert {visit.host for visit in web.visits} == {f"dimaafkan.{DOMAIN}"}
    for source in ("ditolak", "kedaluwarsa"):
        report = run.reports[source]
        assert report["reasons"] == {"bad_certificate": 1}
        assert report["reachable"] is False
        assert report["last_error"].startswith("Sertifikat keamanan (TLS)")
    documents = [r for r in run.records if isinstance(r, Document)]
    assert [d.flags for d in documents] == [("tls_exception",)] * 2


REACHABLE = "127.0.0.1"
TURNS: dict[str, tuple[list[str], int, str]] = {
    "privat": (["127.0.0.2"], 0, "refused"),
    "terpetakan": (["::ffff:127.0.0.2"], 0, "refused"),
    "awan": (["169.254.169.254", "10.0.0.1", "::1"], 0, "refused"),
    "campur": (["127.0.0.2", REACHABLE, "127.0.0.2"], 2, ""),
    "hilang": ([], 0, "no_host"),
}
"""Host to what its name answers from the third time on, how many articles then arrive, and why not."""


@pytest.mark.slow
def test_names_that_turn_inward(tmp_path: Path) -> None:
    """The first two lookups, for robots.txt and the feed, give an address that may be reached."""
    cases = {host: Case(1, "DNS rebinding", host=host) for host in TURNS}
    with Web({f"{host}.example": case.site() for host, case in cases.items()}) as web:
        write_config(tmp_path, web, [*cases.values()])
        text = (tmp_path / "config/sources.yaml").read_text().replace(f".{DOMAIN}", ".example")
        (tmp_path / "config/sources.yaml").write_text(text)
        change(tmp_path, lambda crawl: crawl.update(allow_hosts=[f"{REACHABLE}/32"]))
        answers = {f"{host}.example": [[REACHABLE], [REACHABLE], then] for host, (then, *_) in TURNS.items()}
        (tmp_path / "answers.json").write_text(json.dumps(answers))
        run = crawl(tmp_path, NOW, program="tests.hostile.rebinding_drive")
        assert web.reached_inside == 0
        visits = Counter(visit.host for visit in web.visits)
    asked = json.loads((tmp_path / "asked.json").read_text())
    for host, (_, arrive, why) in TURNS.items():
        report = run.reports[host]
        assert (report["n_stored"], report["reasons"]) == (arrive, {why: 2} if why else {})
        assert asked[f"{host}.example"] == 4, "one lookup per connection: what is checked is connected to"
        assert visits[f"{host}.example"] == 2 + arrive


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    context = CrawlContext(
        load_config(), tmp_path, tmp_path / "s.db", "r", lambda: NOW, lambda d: d, lambda _: True,
        lambda _: None, {}, tmp_path,
    )  # fmt: skip
    return scrapy_settings(context)


def test_what_scrapy_offers_unasked_is_off(settings: dict[str, Any]) -> None:
    crawler = Crawler(PressSpider, settings)
    handlers = DownloadHandlers(crawler)
    assert set(handlers._schemes) == {"http", "https"}
    for scheme in ("file", "data", "ftp", "s3"):
        assert handlers._get_handler(scheme) is None
    assert crawler.settings.getbool("TELNETCONSOLE_ENABLED") is False
    assert crawler.settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES") is True
    assert crawler.settings.getbool("HTTPPROXY_ENABLED") is False
    assert crawler.settings.getbool("COOKIES_ENABLED") is False
    assert crawler.settings.getint("DOWNLOAD_MAXSIZE") <= MOST_BYTES
    assert crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    assert crawler.settings.getint("RETRY_TIMES") == 1


def secure(source: dict[str, Any]) -> dict[str, Any]:
    """The same source over HTTPS."""
    return json.loads(json.dumps(source).replace("http://", "https://"))  # type: ignore[no-any-return]


def change(home: Path, how: Callable[[dict[str, Any]], None]) -> None:
    """Change `crawl.yaml`."""
    path = home / "config/crawl.yaml"
    crawl_settings = yaml.safe_load(path.read_text())
    how(crawl_settings)
    path.write_text(yaml.safe_dump(crawl_settings))
