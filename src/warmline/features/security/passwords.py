"""Passwords: argon2id, hashed in two threads beside the loop, with a bounded line in front of them."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from warmline.kernel.errors import Refused, declare

T = TypeVar("T")

BUSY = declare(
    "security.busy", 503, "Too many people are signing in at this moment.", "Try again in a few seconds."
)
WEAK = declare(
    "security.weak_password",
    422,
    "This password is too easy to guess: {reason}.",
    "Choose at least 12 characters; a sentence only you know is good.",
)

MIN_LENGTH, MAX_LENGTH = 12, 256
# The shapes people fall back on; repeated or sequential characters are caught by counting distinct ones.
EVERYDAY = ("password", "qwerty", "warmline", "letmein", "123456", "admin", "welcome", "비밀번호", "パスワード")


class Passwords:
    """Hash and verify. Each takes about 64 MB and some tenths of a CPU second, hence two at once."""

    def __init__(self, *, at_once: int = 2, waiting_max: int = 32, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="password")
        self._limit = at_once + waiting_max
        self._inside = 0
        # Unknown people are verified against this, so that they wait as long as known ones.
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """Return the argon2id hash. Raises Refused `security.busy` when the line is full."""
        return await self._run(self._hasher.hash, password)

    async def verify(self, password_hash: str | None, password: str) -> bool:
        """Return whether `password` is right; with no hash it works as long and says no."""
        matches = await self._run(self._matches, password_hash or self._nobody, password[:MAX_LENGTH])
        return matches and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Return whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[..., T], *args: str) -> T:
        if self._inside >= self._limit:
            raise Refused(BUSY)
        self._inside += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work, *args)
        finally:
            self._inside -= 1


def check_strength(password: str, *personal: str) -> None:
    """Raise Refused `security.weak_password` for a guessable one; `personal` are words such as the email."""
    folded = password.casefold()
    if len(password) < MIN_LENGTH:
        raise Refused(WEAK, reason=f"it has fewer than {MIN_LENGTH} characters")
    if len(password) > MAX_LENGTH:
        raise Refused(WEAK, reason=f"it has more than {MAX_LENGTH} characters")
    if len(set(folded)) < 6:
        raise Refused(WEAK, reason="it repeats a few characters")
    words = [w for p in personal for w in (p.casefold(), p.casefold().partition("@")[0]) if len(w) >= 4]
    rest = folded
    for word in (*EVERYDAY, *words):
        rest = rest.replace(word, "")
    if len(rest) < MIN_LENGTH // 2:
        raise Refused(WEAK, reason="it is mostly a common word or your own name")
