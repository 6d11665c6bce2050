import ipaddress
from datetime import UTC, datetime

import pytest
from scrapy.http import Response

from crawlers.net.address import LONGEST, AddressPolicy, is_public, loopback_name
from crawlers.net.answers import asked_pause, retry_after

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "::",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
        "64:ff9b:1::7f00:1", "64:ff9b:1::a9fe:a9fe", "::127.0.0.1", "2001:0:0:0:0:0:80ff:fffe",
        "198.18.0.1", "192.0.0.8", "168.63.129.16", "240.0.0.1", "fd00:ec2::254",
    ],
)  # fmt: skip
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "103.1.2.3", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


POLICY = AddressPolicy(
    ("*.localhost", "intranet.example:8080", "10.0.0.7", "10.20.0.0/16", "169.254.9.9"),
    ("klona.example",), (8443,),
)  # fmt: skip


@pytest.mark.parametrize(
    "url",
    [
        "https://kabar.example/", "http://kabar.example:80/", "https://kabar.example:8443/",
        "http://suara.localhost:5000/", "http://intranet.example:8080/", "https://kabar.example./",
        "http://10.0.0.7/", "http://10.20.3.4/", "http://8.8.8.8/", "https://1kabar.example/", "http://169.254.9.9/",
    ],
)  # fmt: skip
def test_what_may_be_asked_for(url: str) -> None:
    assert POLICY.refusal(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://kabar.example/", "data:text/plain,x", "gopher://kabar.example/",
        "javascript:alert(1)", "s3://bucket/key", "HTTP+UNIX://%2Frun%2Fdocker.sock/", "http://kabar.example@10.0.0.1/",
        "http://127.0.0.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/",
        "http://0/", "http://0x7f.1/", "http://10.0.0.5./", "http://169.254.169.254/latest/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[2002:7f00:1::]/", "http://[::]/",
        "http://[64:ff9b::10.0.0.1]/", "http://[fe80::1%25eth0]/", "http://\uff11\uff12\uff17.0.0.1/",
        "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460/", "http://127\u30020\u30020\u30021/",
        "http://kabar.example:22/", "http://intranet.example:9090/", "http://user:x@kabar.example/",
        "https://klona.example/", "https://www.klona.example/", "http://kabar.example:99999/", "http:///x",
    ],
)  # fmt: skip
def test_what_is_refused_before_any_connection(url: str) -> None:
    assert POLICY.refusal(url) is not None


@pytest.mark.parametrize(
    ("host", "port", "ip", "allowed"),
    [
        ("suara.localhost", 5000, "127.0.0.1", True),
        ("SUARA.localhost.", 5000, "127.0.0.1", True),
        ("intranet.example", 8080, "127.0.0.1", True),
        ("intranet.example", 80, "127.0.0.1", False),
        ("intranet.example", 8080, "10.1.2.3", True),
        # clouds keep the machine's keys here; a listed name that leads there was turned around
        ("intranet.example", 8080, "169.254.169.254", False),
        ("intranet.example", 8080, "::ffff:169.254.169.254", False),
        ("intranet.example", 8080, "::", False),
        ("169.254.9.9", 80, "169.254.9.9", True),
        ("rebind.example", 80, "127.0.0.1", False),
        ("rebind.example", 80, "::ffff:10.0.0.1", False),
        ("rebind.example", 80, "64:ff9b::7f00:1", False),
        ("rebind.example", 80, "10.20.0.1", True),
        ("rebind.example", 80, "10.21.0.1", False),
        ("rebind.example", 80, "8.8.8.8", True),
        ("notlocalhost", 5000, "127.0.0.1", False),
    ],
)
def test_private_addresses_need_the_list(host: str, port: int, ip: str, allowed: bool) -> None:
    assert POLICY.address_allowed(host, port, ipaddress.ip_address(ip)) is allowed


def test_loopback_names() -> None:
    assert loopback_name("suara.localhost")
    assert loopback_name("LOCALHOST.")
    assert not loopback_name("localhost.example")
    assert not loopback_name("mylocalhost")


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("2", 2.0), (" 120 ", 120.0), ("Wed, 11 Sep 2024 03:01:30 GMT", 90.0),
        ("Wed, 11 Sep 2024 02:00:00 GMT", 0.0), ("soon", None), ("", None), (None, None), ("-5", None),
    ],
)  # fmt: skip
def test_retry_after(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


def test_a_date_is_measured_against_the_answers_own_clock() -> None:
    headers = {"Retry-After": "Mon, 01 Jan 2001 00:00:30 GMT", "Date": "Mon, 01 Jan 2001 00:00:00 GMT"}
    assert asked_pause(Response("http://a.example", headers=headers), NOW) == 30.0
    assert asked_pause(Response("http://a.example", headers={"Retry-After": "7"}), NOW) == 7.0
    assert asked_pause(Response("http://a.example"), NOW) is None


def test_an_address_may_be_long_but_not_endless() -> None:
    start = "https://kabar.example/"
    assert AddressPolicy().refusal(start.ljust(LONGEST, "a")) is None
    assert str(LONGEST) in (AddressPolicy().refusal(start.ljust(LONGEST + 1, "a")) or "")
