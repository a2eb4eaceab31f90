"""Verifications in the database: the tenant's own limit, and the tenant's own rows."""

from typing import Any
from uuid import uuid4

from warmline.features.identity.policy import IdentityPolicy
from warmline.features.identity.store import Reserved, VerificationStore


async def test_a_tenant_sends_only_so_many_codes_an_hour(bench: Any):
    store = VerificationStore(bench.database, IdentityPolicy(sends_per_tenant_an_hour=3))
    outcomes = [
        await store.reserve_send("onda", uuid4(), uuid4(), bytes([n]), bytes([n]), b"h", bench.now)
        for n in range(4)
    ]
    assert [isinstance(outcome, Reserved) for outcome in outcomes] == [True, True, True, False]
    bench.later(3601)
    assert isinstance(await store.reserve_send("onda", uuid4(), uuid4(), b"x", None, b"h", bench.now), Reserved)


async def test_what_one_tenant_counts_another_does_not_see(bench: Any):
    store = VerificationStore(bench.database, IdentityPolicy(failures_per_subject=1))
    contact, subject = uuid4(), b"subject"
    assert isinstance(
        await store.reserve_check("onda", uuid4(), contact, "account_pin", subject, bench.now), Reserved
    )
    assert await store.reserve_check("onda", uuid4(), contact, "account_pin", subject, bench.now) == "locked"
    assert isinstance(
        await store.reserve_check("rival", uuid4(), contact, "account_pin", subject, bench.now), Reserved
    )


async def test_a_right_answer_is_no_failure(bench: Any):
    store = VerificationStore(bench.database, IdentityPolicy())
    contact, subject, verification = uuid4(), b"subject", uuid4()
    await store.reserve_check("onda", verification, contact, "account_pin", subject, bench.now)
    assert await store.tries_left("onda", contact, subject, bench.now) == 9
    await store.settle_check("onda", verification, "t1", bench.now)
    assert await store.tries_left("onda", contact, subject, bench.now) == 10
