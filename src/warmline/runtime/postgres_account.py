"""The unprivileged account PostgreSQL runs under when Warmline itself was started by root."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

NAME = "warmline"


@dataclass(frozen=True)
class Account:
    """A system account, by name and numeric ids."""

    name: str
    uid: int
    gid: int

    def spawn_options(self) -> dict[str, object]:
        """Return the options that make `subprocess` drop to this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def _existing(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid) if entry.pw_uid != 0 else None


def unprivileged_account() -> Account | None:
    """Return the account to run PostgreSQL as; None when we are not root and need no other.

    Order: an account `warmline`, the distribution's `postgres`, a new system account `warmline` without
    login or home, and last `nobody`. PostgreSQL refuses to run as root.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    if found := _existing(NAME) or _existing("postgres"):
        return found
    if useradd := shutil.which("useradd"):
        subprocess.run(  # noqa: S603
            [useradd, "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME],
            capture_output=True,
            timeout=30,
        )
    elif adduser := shutil.which("adduser"):  # BusyBox
        subprocess.run([adduser, "-S", "-D", "-H", NAME], capture_output=True, timeout=30)  # noqa: S603
    if found := _existing(NAME) or _existing("nobody"):
        return found
    raise RuntimeError("PostgreSQL cannot run as root and no other account exists. Create an account 'warmline'.")


def can_reach(path: Path, account: Account | None) -> bool:
    """Say whether `account` may enter every folder on the way to `path` (which need not exist yet)."""
    if account is None:
        return True
    for folder in list(path.resolve().parents):
        if not folder.exists():
            continue
        status = folder.stat()
        if status.st_uid == account.uid:
            allowed = status.st_mode & 0o100
        elif status.st_gid == account.gid:
            allowed = status.st_mode & 0o010
        else:
            allowed = status.st_mode & 0o001
        if not allowed:
            return False
    return True
