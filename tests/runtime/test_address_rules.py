"""Nothing inside can be reached through an outside name."""

import pytest

from warmline.runtime.address_rules import is_public


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.1", "10.1.2.3", "100.64.0.1", "169.254.169.254", "172.31.255.255", "192.168.0.1",
        "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "192.88.99.1",
        "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "2001:db8::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
        "3fff::1", "not an address",
    ],
)  # fmt: skip
def test_inside_and_special_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "223.130.195.200", "2404:6800:4004:80f::200e", "::ffff:8.8.8.8"])
def test_ordinary_addresses_are_public(address: str) -> None:
    assert is_public(address)
