"""One router leads at a time, and whoever took over is known by a higher epoch."""

from warmline.runtime.database import Database
from warmline.runtime.lease import Lease


async def test_only_one_holds_the_lease_and_renewing_keeps_its_epoch(database: Database) -> None:
    first, second = Lease(database, "onda", "first"), Lease(database, "onda", "second")
    assert [await first.acquire(), await second.acquire(), await first.acquire()] == [1, None, 1]
    assert second.epoch is None


async def test_an_expired_lease_is_taken_over_with_a_higher_epoch_and_the_old_holder_knows(
    database: Database,
) -> None:
    first, second = Lease(database, "onda", "first", lasts_s=-1), Lease(database, "onda", "second")
    await first.acquire()
    assert await second.acquire() == 2
    assert await first.acquire() is None


async def test_a_released_lease_is_free_at_once(database: Database) -> None:
    first, second = Lease(database, "onda", "first"), Lease(database, "onda", "second")
    await first.acquire()
    await second.release()  # not ours to release
    assert await second.acquire() is None
    await first.release()
    assert await second.acquire() == 2


async def test_tenants_and_domains_have_leases_of_their_own(database: Database) -> None:
    assert await Lease(database, "onda", "a").acquire() == 1
    assert await Lease(database, "rival", "b").acquire() == 1
    assert await Lease(database, "onda", "b", domain="ledger").acquire() == 1
