"""Master keys stay outside the database and private."""

import base64
from pathlib import Path

import pytest

from warmline.runtime.master_keys import BadMasterKey, MasterKeys, fingerprint


def key(letter: str) -> str:
    return base64.b64encode(letter.encode() * 32).decode()


def test_a_fresh_installation_makes_its_own_key_that_only_it_can_read(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    made = MasterKeys.load(None, path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert MasterKeys.load(None, path) == made
    path.chmod(0o644)
    with pytest.raises(BadMasterKey, match="chmod 600"):
        MasterKeys.load(None, path)


def test_the_environment_wins_over_the_file_and_lists_the_newest_first(tmp_path: Path) -> None:
    keys = MasterKeys.load(f"{key('b')}, {key('a')}", tmp_path / "unused")
    assert keys.current == fingerprint(b"b" * 32)
    assert not (tmp_path / "unused").exists()
    old = MasterKeys.parse(key("a"))
    assert keys.kek(old.current, "onda", 1) == old.kek(old.current, "onda", 1)


def test_each_tenant_and_version_has_its_own_key() -> None:
    keys = MasterKeys.parse(key("a"))
    keks = {keys.kek(keys.current, tenant, version) for tenant in ("onda", "rival") for version in (1, 2)}
    assert len(keks) == 4


@pytest.mark.parametrize("text", ["", "short", "!!!", base64.b64encode(b"x" * 31).decode()])
def test_anything_but_32_bytes_is_refused_with_the_way_to_make_one(text: str) -> None:
    with pytest.raises(BadMasterKey, match="openssl rand"):
        MasterKeys.parse(text)


def test_a_missing_master_key_says_which_tenant_is_locked() -> None:
    with pytest.raises(BadMasterKey, match="onda"):
        MasterKeys.parse(key("a")).kek(b"\0" * 8, "onda", 1)
