"""Which IP addresses the outside world may have: everything that could be inside is refused."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# Python's `is_global` calls some of these global (NAT64, 6to4), so the list is our own.
# Source: IANA IPv4 and IPv6 Special-Purpose Address Registries.
FORBIDDEN_V4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
ALLOWED_V6 = ip_network(
    "2000::/3"
)  # the rest (loopback, NAT64, link-local, unique local, multicast …) is not public
FORBIDDEN_V6 = tuple(
    ip_network(block)
    for block in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")  # Teredo and kin, examples, 6to4
)


def is_public(address: str) -> bool:
    """Say whether an address, as a resolver returned it, belongs to the public internet."""
    try:
        ip = ip_address(address.split("%")[0])  # without the scope of a link-local address
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return _public_v4(ip.ipv4_mapped)
        return ip in ALLOWED_V6 and not any(ip in block for block in FORBIDDEN_V6)
    return _public_v4(ip)


def _public_v4(ip: IPv4Address) -> bool:
    return not any(ip in block for block in FORBIDDEN_V4)
