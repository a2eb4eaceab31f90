"""What half hours need, with and without changes."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from tests.features.staffing.conftest import BOSS, MIDNIGHT, MONDAY

from warmline.domain.staffing.needs import Service
from warmline.features.staffing.needs_service import Asked, Needs, WhatIf, changed, pools_of, span_of
from warmline.features.staffing.rooms import StaffingRooms
from warmline.features.staffing.settings import Described, QueueRow, default_settings
from warmline.kernel.errors import Refused

SEOUL = ZoneInfo("Asia/Seoul")


async def described(rooms: StaffingRooms, *, pooled: bool = True) -> None:
    days = {"orders": Described(200, 300), "refunds": Described(100, 300), "gone": Described(999)}
    _, version = await rooms.rules.settings("onda")
    settings = replace(default_settings(), described=days, pooled=pooled)
    await rooms.rules.change_settings("onda", BOSS, settings, version)


def most(needs: Needs) -> float:
    return max(sum(curve.needs[slot].on_shift for curve in needs.curves) for slot in range(48))


async def test_shared_agents_are_fewer_and_a_queue_that_is_gone_expects_nobody(rooms: StaffingRooms):
    await described(rooms)
    asked = Asked(MONDAY, MONDAY, "described")
    pooled = await rooms.needs.needs("onda", asked)
    assert [curve.pool.queues for curve in pooled.curves] == [("orders", "refunds")]
    assert (pooled.first_at, pooled.end_at) == (MIDNIGHT, MIDNIGHT + timedelta(days=1))
    assert pooled.days == (MONDAY,)
    await described(rooms, pooled=False)
    alone = await rooms.needs.needs("onda", asked)
    assert [curve.pool.id for curve in alone.curves] == ["orders", "refunds"]
    assert most(pooled) < most(alone)


async def test_what_if_more_customers_come_or_we_promise_more(rooms: StaffingRooms):
    await described(rooms)

    async def asks(**change: float) -> float:
        return most(await rooms.needs.needs("onda", Asked(MONDAY, MONDAY, "described", WhatIf(**change))))

    usual = await asks()
    assert await asks(volume=1.5) > usual
    assert await asks(share=0.97, within_s=5) > usual
    assert await asks(shrinkage=0.4) > usual
    assert await asks(patience_s=30) <= usual
    assert await asks(volume=0) == 0


def test_a_change_touches_only_what_it_names():
    before = {"orders": Service()}
    assert changed(before, WhatIf()) == before
    assert changed(before, WhatIf(share=0.9))["orders"].promise.within_s == Service().promise.within_s


def test_queues_are_pooled_or_not():
    queues = [QueueRow("a", {}, 0.8, 20), QueueRow("b", {}, 0.8, 20)]
    assert [pool.queues for pool in pools_of(queues, pooled=False)] == [("a",), ("b",)]
    assert [pool.queues for pool in pools_of(queues, pooled=True)] == [("a", "b")]
    assert pools_of([], pooled=True) == []


def test_days_that_cannot_be_are_refused():
    for first, last in (
        (MONDAY, MONDAY - timedelta(1)),
        (MONDAY, MONDAY + timedelta(14)),
        (date(1, 1, 1), date(1, 1, 2)),
    ):
        with pytest.raises(Refused, match="invalid"):
            span_of(first, last, SEOUL)
