"""Recordings go when their time is over, or at once when their customer has been erased."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from warmline.features.telephony.recordings import SWEEP_AT_ONCE, Recordings
from warmline.runtime.clock import utc_now

LOG = logging.getLogger(__name__)
EVERY_S = 300.0


class Retention:
    """Deletes what is due. Any number may run: deleting twice does nothing."""

    def __init__(self, recordings: Recordings, now: Callable[[], datetime] = utc_now) -> None:
        self._recordings = recordings
        self._now = now

    async def run(self) -> None:
        """Look every few minutes until cancelled."""
        while True:
            try:
                await self.sweep()
            except Exception:  # the database or the disk may be away; what is due stays due
                LOG.exception("Recordings could not be swept; trying again.")
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> int:
        """Delete everything that is due now and return how many there were."""
        deleted = 0
        while found := await self._recordings.sweep(self._now()):
            deleted += found
            if found < SWEEP_AT_ONCE:
                break
        if deleted:
            LOG.info("Deleted %d recordings whose time was over.", deleted)
        return deleted
