import ipaddress
from datetime import UTC, datetime

import pytest

from crawlers.net.address import AddressPolicy, is_public, loopback_name
from crawlers.net.manners import pause, retry_after

NOW = datetime(2024, 9, 11, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.1",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "::",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1",
    ],
)  # fmt: skip
def test_inner_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "103.1.2.3", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


POLICY = AddressPolicy(("*.localhost", "intranet.example:8080", "10.0.0.5"), ("klona.example",), (8443,))


@pytest.mark.parametrize(
    "url",
    [
        "https://kabar.example/", "http://kabar.example:80/", "https://kabar.example:8443/",
        "http://suara.localhost:5000/", "http://intranet.example:8080/",
    ],
)  # fmt: skip
def test_what_may_be_asked_for(url: str) -> None:
    assert POLICY.refusal(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://kabar.example/", "data:text/plain,x", "gopher://kabar.example/",
        "http://kabar.example:22/", "http://intranet.example:9090/", "http://user:x@kabar.example/",
        "https://klona.example/", "https://www.klona.example/", "http://kabar.example:99999/", "http:///x",
    ],
)  # fmt: skip
def test_what_is_refused_before_any_connection(url: str) -> None:
    assert POLICY.refusal(url) is not None


def test_private_addresses_need_the_list_for_host_and_port() -> None:
    loopback = ipaddress.ip_address("127.0.0.1")
    assert POLICY.address_allowed("suara.localhost", 5000, loopback)
    assert POLICY.address_allowed("intranet.example", 8080, loopback)
    assert not POLICY.address_allowed("intranet.example", 80, loopback)
    assert not POLICY.address_allowed("rebind.example", 80, loopback)
    assert not POLICY.address_allowed("notlocalhost", 5000, loopback)
    assert POLICY.address_allowed("rebind.example", 80, ipaddress.ip_address("8.8.8.8"))


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


def test_pauses_grow_and_differ() -> None:
    assert pause(1, 4.0, 0.0) == 4.0
    assert pause(2, 4.0, 0.0) == 8.0
    assert 4.0 < pause(1, 4.0, 0.5) < 8.0
