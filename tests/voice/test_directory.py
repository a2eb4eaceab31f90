from tests.voice.conftest import carrier, phone

from warmline.voice.directory import MemoryDirectory, ha1


def test_a_carrier_is_known_by_its_network_and_chosen_by_the_number():
    first = carrier("192.0.2.0/24", id="first", tenant_id="onda")
    second = carrier("192.0.2.0/24", id="second", tenant_id="rival")
    directory = MemoryDirectory(
        (first, second), numbers=lambda trunk, called: "known" if trunk.id == "second" else "unknown"
    )

    assert directory.trunk_at("192.0.2.7", "1588") == second
    assert directory.trunk_at("198.51.100.1", "1588") is None
    assert directory.is_trunk_address("192.0.2.7")
    assert not directory.is_trunk_address("2001:db8::1")
    assert list(directory.trunks("rival")) == [second]


def test_phones_are_found_by_name_and_realm():
    directory = MemoryDirectory(phones=(phone(),))

    assert directory.phone_named("1001", "127.0.0.1") == directory.phone("phone-1001") == phone()
    assert directory.phone_named("1001", "elsewhere") is None
    assert (directory.realm("127.0.0.1"), directory.realm("elsewhere")) == ("127.0.0.1", "warmline")


def test_a_trunk_may_prove_itself_by_name():
    trunk = carrier(inbound_user="line")

    assert MemoryDirectory((trunk,)).trunk_named("line", "warmline") == trunk
    assert MemoryDirectory((trunk,)).trunk_named("", "warmline") is None


def test_digests_are_those_of_the_standard():
    # RFC 7616, 3.9.1
    assert ha1("Mufasa", "http-auth@example.org", "Circle of Life") == "3d78807defe7de2157e2b0b6573a855f"
    assert len(ha1("Mufasa", "http-auth@example.org", "Circle of Life", "SHA-256")) == 64
