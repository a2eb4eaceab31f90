"""PostgreSQL never runs as root, and its account can reach what it needs."""

import os
from pathlib import Path

from warmline.runtime.postgres_account import Account, can_reach, unprivileged_account
from warmline.runtime.postgres_process import run_program


def test_root_hands_over_to_an_account_without_rights() -> None:
    account = unprivileged_account()
    if os.geteuid() != 0:
        assert account is None
        return
    assert account is not None
    assert account.uid != 0
    assert run_program(["/usr/bin/env", "id", "-u"], account).stdout.strip() == str(account.uid)


def test_a_private_folder_on_the_way_is_noticed(tmp_path: Path) -> None:
    stranger = Account("stranger", 65_432, 65_432)
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    assert not can_reach(private / "cluster", stranger)
    assert can_reach(private / "cluster", None)
    assert can_reach(Path("/usr/share"), stranger)
    assert can_reach(Path("/no/such/folder/yet"), stranger)


def test_owner_and_group_count_by_their_own_bits(tmp_path: Path) -> None:
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o001:
            break
    else:
        return  # everything above is open: nothing to tell apart
    status = folder.stat()
    assert can_reach(folder / "x", Account("owner", status.st_uid, 65_432)) == all(
        one.stat().st_mode & 0o001 or one.stat().st_uid == status.st_uid for one in (folder, *folder.parents)
    )
