"""The address guard: what is not the public internet, however it is spelt."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.http.address import AddressGuard, is_address, is_loopback
from crawler.http.special_addresses import RANGES, SPECIAL_NAMES, Range
from crawler.http.url import Url, parse

GUARD = AddressGuard()

FORBIDDEN = {
    "0.0.0.0": "address of this network (0.0.0.0/8)",
    "10.1.2.3": "private address (10.0.0.0/8)",
    "100.64.0.1": "carrier-grade NAT address (100.64.0.0/10)",
    "127.0.0.1": "loopback address (127.0.0.0/8)",
    "127.255.255.254": "loopback address (127.0.0.0/8)",
    "169.254.1.1": "link-local address (169.254.0.0/16)",
    "169.254.169.254": "cloud metadata address (169.254.169.254/32)",
    "100.100.100.200": "cloud metadata address (100.100.100.200/32)",
    "168.63.129.16": "cloud metadata address (168.63.129.16/32)",
    "192.0.0.192": "cloud metadata address (192.0.0.192/32)",
    "172.16.0.1": "private address (172.16.0.0/12)",
    "172.31.255.255": "private address (172.16.0.0/12)",
    "192.0.0.9": "protocol assignment address (192.0.0.0/24)",
    "192.0.2.1": "documentation address (192.0.2.0/24)",
    "192.88.99.1": "6to4 relay address (192.88.99.0/24)",
    "192.168.178.1": "private address (192.168.0.0/16)",
    "198.19.0.1": "benchmarking address (198.18.0.0/15)",
    "224.0.0.251": "multicast address (224.0.0.0/4)",
    "250.1.1.1": "reserved address (240.0.0.0/4)",
    "255.255.255.255": "broadcast address (255.255.255.255/32)",
    "::": "unspecified address (::/128)",
    "::1": "loopback address (::1/128)",
    "::ffff:127.0.0.1": "IPv4-mapped address (::ffff:0:0/96)",
    "::ffff:8.8.8.8": "IPv4-mapped address (::ffff:0:0/96)",
    "::ffff:0:8.8.8.8": "IPv4-translated address (::ffff:0:0:0/96)",
    "::8.8.8.8": "IPv4-compatible address (::/96)",
    "64:ff9b::808:808": "NAT64 address (64:ff9b::/96)",
    "64:ff9b:1::1": "local NAT64 address (64:ff9b:1::/48)",
    "100::1": "discard-only address (100::/64)",
    "2001::1": "Teredo address (2001::/32)",
    "2001:20::1": "ORCHID address (2001:20::/28)",
    "2001:1::1": "protocol assignment address (2001::/23)",
    "2001:db8::1": "documentation address (2001:db8::/32)",
    "2002:808:808::1": "6to4 address (2002::/16)",
    "3fff::1": "documentation address (3fff::/20)",
    "5f00::1": "segment routing address (5f00::/16)",
    "fd00:ec2::254": "cloud metadata address (fd00:ec2::254/128)",
    "fd12:3456::1": "unique local address (fc00::/7)",
    "fe80::1": "link-local address (fe80::/10)",
    "fe80::1%eth0": "link-local address (fe80::/10)",
    "fec0::1": "site-local address (fec0::/10)",
    "ff02::1": "multicast address (ff00::/8)",
    "4000::1": "reserved address (4000::/2)",
    "": "not an IP address",
    "example.org": "not an IP address",
    "127.1": "not an IP address",
    "010.0.0.1": "not an IP address",
    "8.8.8.8:80": "not an IP address",
    "8.8.8.8%eth0": "not an IP address",
}


@pytest.mark.parametrize(("address", "reason"), FORBIDDEN.items())
def test_forbidden(address: str, reason: str) -> None:
    assert GUARD.forbidden(address) == reason


NEIGHBOURS = """1.0.0.0 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 168.63.129.15
168.63.129.17 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.88.98.255 192.88.100.0
192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 198.51.101.0 203.0.112.255 203.0.114.0
223.255.255.255 2001:200::1 2001:db7:ffff::1 2001:db9::1 2003::1 2a00:1450:4001::200e 2606:2800:220:1::1 3ffe::1"""


@pytest.mark.parametrize("address", NEIGHBOURS.split())
def test_what_lies_beside_the_ranges_is_public(address: str) -> None:
    assert GUARD.forbidden(address) is None
    assert GUARD.forbidden_host(address) is None


@pytest.mark.parametrize("row", RANGES, ids=[row.cidr for row in RANGES])
def test_no_range_is_hidden_by_one_before_it(row: Range) -> None:
    network = ip_network(row.cidr)
    samples = {network[0], network[-1], network[network.num_addresses // 3]}
    answers = [GUARD.forbidden(str(sample)) for sample in samples]
    assert all(answers)
    assert f"{row.name} ({network})" in answers


@settings(deadline=None)
@given(st.one_of(st.ip_addresses(v=4), st.ip_addresses(v=6)))
def test_nothing_passes_that_the_standard_library_calls_local(address: IPv4Address | IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert GUARD.forbidden(str(address)) is not None


SPELLINGS = """2130706433 017700000001 0x7f000001 0x7f.0.0.1 0177.0.0.1 127.1 127.0.1 0x7F.1
１２７.０.０.１ 127。0。0。1 ①②⑦.0.0.1
127.0.0.1. %31%32%37.0.0.1 [::1] [0:0:0:0:0:0:0:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1]
[2002:7f00:1::] localhost LOCALHOST localhost. a.b.localhost ｌｏｃａｌｈｏｓｔ localhost.localdomain ip6-loopback"""


@pytest.mark.parametrize("spelling", SPELLINGS.split())
def test_the_loopback_is_known_in_every_spelling(spelling: str) -> None:
    url = parse(f"http://{spelling}/")
    assert isinstance(url, Url)
    assert GUARD.forbidden_host(url.host) is not None


@pytest.mark.parametrize("name", SPECIAL_NAMES)
def test_special_names(name: str) -> None:
    addresses = SPECIAL_NAMES[name]
    assert GUARD.forbidden_host(name) == GUARD.forbidden(addresses[0])
    assert AddressGuard([addresses[-1]]).forbidden_host(name) is None, "passes with an address that it stands for"


@pytest.mark.parametrize(
    "host", ["example.org", "localhost.example.org", "notlocalhost", "metadata.example.org", "a.1b"]
)
def test_other_names_are_left_to_dns(host: str) -> None:
    assert GUARD.forbidden_host(host) is None


@pytest.mark.parametrize(
    ("allowed", "address", "reason"),
    [
        ("127.0.0.0/8", "127.0.0.1", None),
        ("127.0.0.1", "127.0.0.1", None),
        (" 127.0.0.1 ", "127.0.0.1", None),
        ("127.0.0.1", "127.0.0.2", "loopback address (127.0.0.0/8)"),
        ("::1", "::1", None),
        ("fd00::/8", "fd12::1", None),
        ("0.0.0.0/0", "169.254.169.254", None),
        ("0.0.0.0/0", "::1", "loopback address (::1/128)"),
        # An outer address may pass, but what it leads to is judged by itself.
        ("64:ff9b::/96", "64:ff9b::808:808", None),
        (
            "64:ff9b::/96",
            "64:ff9b::a00:1",
            "NAT64 address that leads to 10.0.0.1: private address (10.0.0.0/8)",
        ),
        (
            "2002::/16",
            "2002:7f00:1::1",
            "6to4 address that leads to 127.0.0.1: loopback address (127.0.0.0/8)",
        ),
        (
            "2001::/32",
            "2001:0:808:808::f5ff:fffe",
            "Teredo address that leads to 10.0.0.1: private address (10.0.0.0/8)",
        ),
        (
            "2001::/32",
            "2001:0:a00:1::f7f7:f7f7",
            "Teredo address that leads to 10.0.0.1: private address (10.0.0.0/8)",
        ),
        ("2001::/32", "2001:0:808:808::f7f7:f7f7", None),
        (
            "::ffff:0:0/96",
            "::ffff:169.254.169.254",
            "IPv4-mapped address that leads to 169.254.169.254: cloud metadata address (169.254.169.254/32)",
        ),
    ],
)
def test_allowed_ranges(allowed: str, address: str, reason: str | None) -> None:
    assert AddressGuard([allowed]).forbidden(address) == reason


@settings(deadline=None)
@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_with_every_wrapping_allowed_the_inner_address_decides(inner: IPv4Address) -> None:
    guard = AddressGuard(["::/0"])
    for prefix in ("::ffff:0:0", "64:ff9b::"):
        outer = str(IPv6Address(int(ip_address(prefix)) + int(inner)))
        assert (guard.forbidden(outer) is None) == (GUARD.forbidden(str(inner)) is None)


@pytest.mark.parametrize("text", ["", "localhost", "10.0.0.5/8", "10.0.0.0/33", "300.1.1.1", "10.0.0.0-10.0.0.9"])
def test_nonsense_can_not_be_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="is no address or range that could be allowed"):
        AddressGuard([text])


@pytest.mark.parametrize(
    ("host", "expected"),
    [("203.0.113.7", True), ("::1", True), ("example.org", False), ("1.example", False), ("x.1b", False)],
)
def test_is_address(host: str, expected: bool) -> None:
    assert is_address(host) is expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("demo.localhost", True),
        ("10.0.0.1", False),
        ("example.org", False),
        ("1.2.3.999", False),
    ],
)
def test_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
