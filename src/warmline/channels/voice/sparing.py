"""Warnings of what a flood repeats: told once a second with their number, so that no disk is filled by callers."""

import asyncio
import logging

QUIET_S = 1.0
KINDS_AT_MOST = 64


class Sparing:
    """Logs a text with a reason at once, and what follows of the same kind each `quiet_s`, as one line."""

    def __init__(self, log: logging.Logger, *, quiet_s: float = QUIET_S) -> None:
        self._log = log
        self._quiet_s = quiet_s
        self._more: dict[tuple[str, str], int] = {}

    def warn(self, text: str, why: str) -> None:
        """Log `text`, which has a place for `why`; only from within a running loop."""
        kind = (text, why)
        if kind in self._more:
            self._more[kind] += 1
        elif len(self._more) < KINDS_AT_MOST:
            self._more[kind] = 0
            self._log.warning(text, why)
            asyncio.get_running_loop().call_later(self._quiet_s, self._sum, kind)

    def _sum(self, kind: tuple[str, str]) -> None:
        more = self._more[kind]
        if not more:
            del self._more[kind]
            return
        self._more[kind] = 0
        self._log.warning(f"{kind[0]} (%d times in the last %g s)", kind[1], more, self._quiet_s)
        asyncio.get_running_loop().call_later(self._quiet_s, self._sum, kind)
