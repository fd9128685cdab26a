"""The addresses and names that are not the public internet, as data. The first range that holds an address names it.

Sources: the IANA special-purpose address registries (RFC 6890, RFC 8190) with the RFC of each row, and the vendors'
pages for the metadata services of clouds. Two kinds of rows go beyond the registries: blocks that the registries call
globally reachable but where no website can be (PCP and TURN anycast within 192.0.0.0/24, ORCHIDv2 and its kin within
2001::/23), and IPv6 space outside 2000::/3, the only part that is assigned as global unicast (RFC 4291, section 2.4).
"""

from typing import NamedTuple


class Range(NamedTuple):
    """Addresses that must not be connected to."""

    cidr: str
    name: str
    """What such an address is, in a word or three."""
    source: str
    carries: tuple[tuple[int, int], ...] = ()
    """Each IPv4 address inside, as (bits to shift the address right, mask to xor the last 32 bits with)."""


LAST_32_BITS = ((0, 0),)

RANGES = (
    # Metadata services: credentials for the asking. Those of single clouds first, for the sake of their names.
    Range("169.254.169.254/32", "cloud metadata address", "AWS, Azure, Google Cloud, Oracle, OpenStack and others"),
    Range("169.254.170.2/32", "cloud metadata address", "AWS ECS: task metadata endpoint"),
    Range("169.254.170.23/32", "cloud metadata address", "AWS EKS: Pod Identity Agent"),
    Range("169.254.0.23/32", "cloud metadata address", "Tencent Cloud: metadata.tencentyun.com"),
    Range("169.254.42.42/32", "cloud metadata address", "Scaleway: instance metadata"),
    Range("100.100.100.200/32", "cloud metadata address", "Alibaba Cloud: instance metadata"),
    Range("100.96.0.96/32", "cloud metadata address", "Volcengine: instance metadata"),
    Range("168.63.129.16/32", "cloud metadata address", "Azure: platform (WireServer) address; public by its number"),
    Range("192.0.0.192/32", "cloud metadata address", "Oracle Cloud at Customer: instance metadata"),
    Range("fd00:ec2::254/128", "cloud metadata address", "AWS EC2: instance metadata over IPv6"),
    Range("fd00:ec2::23/128", "cloud metadata address", "AWS EKS: Pod Identity Agent over IPv6"),
    Range("fd20:ce::254/128", "cloud metadata address", "Google Cloud: metadata server over IPv6"),
    Range("fd00:c1::a9fe:a9fe/128", "cloud metadata address", "Oracle Cloud: instance metadata over IPv6"),
    Range("fd00:42::42/128", "cloud metadata address", "Scaleway: instance metadata over IPv6"),
    Range("fd00:a9fe:a9fe::1/128", "cloud metadata address", "Akamai (Linode): metadata over IPv6"),
    Range("fe80::a9fe:a9fe/128", "cloud metadata address", "OpenStack: metadata over IPv6"),
    # IPv4
    Range("0.0.0.0/8", "address of this network", "RFC 791, section 3.2; RFC 1122, section 3.2.1.3"),
    Range("10.0.0.0/8", "private address", "RFC 1918"),
    Range("100.64.0.0/10", "carrier-grade NAT address", "RFC 6598"),
    Range("127.0.0.0/8", "loopback address", "RFC 1122, section 3.2.1.3"),
    Range("169.254.0.0/16", "link-local address", "RFC 3927"),
    Range("172.16.0.0/12", "private address", "RFC 1918"),
    Range("192.0.0.0/24", "protocol assignment address", "RFC 6890, section 2.1"),
    Range("192.0.2.0/24", "documentation address", "RFC 5737"),
    Range("192.88.99.0/24", "6to4 relay address", "RFC 7526"),
    Range("192.168.0.0/16", "private address", "RFC 1918"),
    Range("198.18.0.0/15", "benchmarking address", "RFC 2544"),
    Range("198.51.100.0/24", "documentation address", "RFC 5737"),
    Range("203.0.113.0/24", "documentation address", "RFC 5737"),
    Range("224.0.0.0/4", "multicast address", "RFC 5771"),
    Range("255.255.255.255/32", "broadcast address", "RFC 8190; RFC 919, section 7"),
    Range("240.0.0.0/4", "reserved address", "RFC 1112, section 4"),
    # IPv6
    Range("::/128", "unspecified address", "RFC 4291, section 2.5.2"),
    Range("::1/128", "loopback address", "RFC 4291, section 2.5.3"),
    Range("::ffff:0:0/96", "IPv4-mapped address", "RFC 4291, section 2.5.5.2", LAST_32_BITS),
    Range("::ffff:0:0:0/96", "IPv4-translated address", "RFC 2765, section 2.1", LAST_32_BITS),
    Range("::/96", "IPv4-compatible address", "RFC 4291, section 2.5.5.1", LAST_32_BITS),
    Range("64:ff9b::/96", "NAT64 address", "RFC 6052", LAST_32_BITS),
    # RFC 8215 leaves the layout to each network; this is the /96 one, the commonest (RFC 6052, section 2.2).
    Range("64:ff9b:1::/48", "local NAT64 address", "RFC 8215", LAST_32_BITS),
    Range("100::/64", "discard-only address", "RFC 6666"),
    Range("100:0:0:1::/64", "dummy address", "RFC 9780"),
    # The server's address, then the client's with its bits flipped (RFC 4380, section 4).
    Range("2001::/32", "Teredo address", "RFC 4380", ((64, 0), (0, 0xFFFF_FFFF))),
    Range("2001:2::/48", "benchmarking address", "RFC 5180"),
    Range("2001:10::/28", "ORCHID address", "RFC 4843"),
    Range("2001:20::/28", "ORCHID address", "RFC 7343"),
    Range("2001::/23", "protocol assignment address", "RFC 2928"),
    Range("2001:db8::/32", "documentation address", "RFC 3849"),
    Range("2002::/16", "6to4 address", "RFC 3056, section 2", ((80, 0),)),
    Range("3fff::/20", "documentation address", "RFC 9637"),
    Range("5f00::/16", "segment routing address", "RFC 9602"),
    Range("fc00::/7", "unique local address", "RFC 4193"),
    Range("fe80::/10", "link-local address", "RFC 4291, section 2.5.6"),
    Range("fec0::/10", "site-local address", "RFC 3879"),
    Range("ff00::/8", "multicast address", "RFC 4291, section 2.7"),
    Range("::/3", "reserved address", "RFC 4291, section 2.4"),
    Range("4000::/2", "reserved address", "RFC 4291, section 2.4"),
    Range("8000::/1", "reserved address", "RFC 4291, section 2.4"),
)

LOCALHOST = ("127.0.0.1", "::1")
METADATA = ("169.254.169.254", "fd20:ce::254")

SPECIAL_NAMES = {
    "localhost": LOCALHOST,  # RFC 6761, section 6.3: and every name below it
    "localhost.localdomain": LOCALHOST,  # hosts files of Red Hat and its kin
    "localhost6": LOCALHOST,
    "localhost6.localdomain6": LOCALHOST,
    "ip6-localhost": LOCALHOST,  # hosts files of Debian and its kin
    "ip6-loopback": LOCALHOST,
    "metadata": METADATA,  # Google Cloud, by its search domain
    "metadata.google.internal": METADATA,
    "metadata.goog": METADATA,
    "metadata.azure.internal": ("169.254.169.254",),
    "api.metadata.cloud.ibm.com": ("169.254.169.254",),
    "instance-data": ("169.254.169.254",),  # AWS EC2, by its search domain
    "instance-data.ec2.internal": ("169.254.169.254",),
    "metadata.tencentyun.com": ("169.254.0.23",),
}
"""Names that stand for such addresses wherever they resolve at all, with those addresses."""
