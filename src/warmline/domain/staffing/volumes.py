"""How much work is expected: the one form in which history, a forecast or the twin hands it to staffing."""

from datetime import datetime, timedelta
from typing import Protocol

import msgspec
from msgspec import Struct

HALF_HOUR = timedelta(minutes=30)
HALF_HOUR_S = 1800.0


class Volume(Struct, frozen=True):
    """What one queue is expected to get in one half hour.

    `start_at` is UTC and on a half hour. Counts are contacts, not negative; 80 of 100 such half hours lie between
    `p10` and `p90`. `handle_s` is an agent's time for one contact, wrap-up included.
    """

    start_at: datetime
    expected: float
    p10: float
    p90: float
    handle_s: float

    @property
    def work_s(self) -> float:
        """The expected work of the half hour, in agent-seconds."""
        return self.expected * self.handle_s


class Volumes(Struct, frozen=True):
    """Expected work by queue, each queue in order of time; a half hour that is left out expects nobody.

    `source` names where the numbers come from: "history", "forecast", "twin" or another that was registered.
    """

    source: str
    queues: dict[str, tuple[Volume, ...]]

    def scaled(self, factor: float) -> "Volumes":
        """Return the same half hours with `factor` (0 or more) times as many contacts: what if."""
        if factor < 0:
            raise ValueError(f"A volume cannot be multiplied by {factor}.")
        return Volumes(
            self.source,
            {
                queue_id: tuple(
                    msgspec.structs.replace(
                        one, expected=one.expected * factor, p10=one.p10 * factor, p90=one.p90 * factor
                    )
                    for one in line
                )
                for queue_id, line in self.queues.items()
            },
        )


class VolumeSource(Protocol):
    """Where expected work comes from; registered with staffing under its name."""

    async def __call__(self, tenant_id: str, first_at: datetime, end_at: datetime) -> Volumes:
        """Return what is expected from `first_at` until before `end_at`, both UTC and on a half hour."""
        ...
