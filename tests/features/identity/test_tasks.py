"""Customers prove who they are; nobody else can, and nobody learns who is known."""

import asyncio
import time
from typing import Any

import msgspec
import pytest

from warmline.kernel.errors import ProviderFailed

RIGHT = {"level": 2, "customer_ref": "c-minseo", "locked": False}


def other_than(code: str, count: int = 1) -> list[str]:
    return [f"{(int(code) + n) % 10**6:06d}" for n in range(1, count + 1)]


async def test_the_code_on_the_phone_verifies_the_customer(bench: Any):
    context = bench.contact()
    sent = await bench.send(context)
    assert (sent["level"], sent["locked"], len(bench.phone.codes)) == (0, False, 1)
    answer = await bench.guess(context, f" {bench.phone.codes[0][:3]} {bench.phone.codes[0][3:]} ")
    assert answer | RIGHT == answer


async def test_a_used_code_is_used_up_but_the_same_task_run_again_after_a_crash_still_knows(bench: Any):
    context = bench.contact("t7")
    await bench.send(context)
    code = bench.phone.codes[0]
    assert (await bench.guess(context, code))["level"] == 2
    assert (await bench.guess(context, code))["level"] == 2
    another = msgspec.structs.replace(context, task_id="t8")
    assert (await bench.guess(another, code))["level"] == 0


async def test_of_many_parallel_tries_with_the_right_code_exactly_one_wins(bench: Any):
    context = bench.contact()
    await bench.send(context)
    code = bench.phone.codes[0]
    tries = [bench.guess(msgspec.structs.replace(context, task_id=f"t{n}"), code) for n in range(12)]
    answers = await asyncio.gather(*tries)
    assert sum(answer["level"] == 2 for answer in answers) == 1


async def test_parallel_wrong_guesses_cost_one_try_each_and_the_code_dies_with_the_fifth(bench: Any):
    context = bench.contact()
    await bench.send(context)
    code = bench.phone.codes[0]
    wrong = [bench.guess(msgspec.structs.replace(context, task_id=f"w{n}"), c)
             for n, c in enumerate(other_than(code, 5))]  # fmt: skip
    answers = await asyncio.gather(*wrong)
    assert sorted(answer["tries_left"] for answer in answers) == [0, 1, 2, 3, 4]
    assert (await bench.guess(context, code))["level"] == 0


async def test_a_code_is_worth_nothing_after_ten_minutes_nor_in_another_contact(bench: Any):
    context = bench.contact()
    await bench.send(context)
    code = bench.phone.codes[0]
    assert (await bench.guess(bench.contact(), code))["level"] == 0
    bench.later(601)
    assert (await bench.guess(context, code))["level"] == 0


async def test_a_new_code_replaces_the_old_one(bench: Any):
    context = bench.contact()
    await bench.send(context)
    bench.later(5)
    await bench.send(context)
    old, new = bench.phone.codes
    assert (await bench.guess(context, old))["level"] == 0 or old == new
    assert (await bench.guess(msgspec.structs.replace(context, task_id="t2"), new))["level"] == 2


async def test_ten_thousand_guesses_over_many_sessions_get_nowhere(bench: Any):
    """The lock stops guessing long before chance helps: 10 tries at a million codes."""
    for _ in range(8):
        context = bench.contact()
        await bench.send(context)
        for guess in other_than(bench.phone.codes[-1], 4):
            await bench.guess(context, guess)
    assert len(bench.phone.codes) <= bench.policy.sends_per_subject
    last = await bench.send(bench.contact())
    assert last["locked"] is True


async def test_a_lock_opens_again_by_itself(bench: Any):
    for _ in range(10):
        await bench.tasks.check_pin(bench.contact(), {"subject": "10000000", "answer": "9999"})
    locked = await bench.tasks.check_pin(bench.contact(), {"subject": "10000000", "answer": "0417"})
    assert (locked["level"], locked["locked"]) == (0, True)
    bench.later(1801)
    answer = await bench.tasks.check_pin(bench.contact(), {"subject": "10000000", "answer": "0417"})
    assert answer | RIGHT == answer


async def test_parallel_pin_guesses_do_not_slip_past_the_lock(bench: Any):
    tries = [
        bench.tasks.check_pin(bench.contact(), {"subject": "10000000", "answer": f"{n:04d}"})
        for n in range(500, 540)
    ]
    answers = await asyncio.gather(*tries)
    async with bench.database.tenant("onda") as connection:
        tried = await connection.fetchval("SELECT count(*) FROM verification")
    assert tried == bench.policy.failures_per_subject
    assert sum(answer["locked"] for answer in answers) >= 30


async def test_one_contact_cannot_try_account_after_account(bench: Any):
    context = bench.contact()
    answers = [
        await bench.tasks.check_pin(context, {"subject": f"2000000{n}", "answer": "1234"}) for n in range(10)
    ]
    assert answers[-1]["locked"] is True
    assert (await bench.tasks.check_pin(context, {"subject": "10000000", "answer": "0417"}))["locked"] is True


async def test_pin_and_birth_date_reach_their_levels(bench: Any):
    pin = await bench.tasks.check_pin(bench.contact(), {"subject": "10000000", "answer": "０４１７"})
    born = await bench.tasks.check_birth_date(bench.contact(), {"subject": "10000000", "answer": "1991-04-17"})
    assert (pin["level"], born["level"]) == (2, 1)


async def test_known_and_unknown_customers_get_the_same_answers(bench: Any):
    def conversation(subject: str) -> Any:
        async def run() -> list[dict[str, object]]:
            context = bench.contact()
            answers = [await bench.send(context, subject)]
            wrong = other_than(bench.phone.codes[-1])[0] if bench.phone.codes else "000000"
            answers += [await bench.guess(context, wrong, subject) for _ in range(6)]
            answers += [await bench.send(bench.contact(), subject) for _ in range(3)]
            answers += [await bench.tasks.check_pin(bench.contact(), {"subject": subject, "answer": "1"})]
            return answers

        return run()

    assert await conversation("ON-26113407") == await conversation("ON-99999998")


async def test_known_and_unknown_customers_wait_equally_long(bench: Any):
    async def took(subject: str) -> float:
        started = time.perf_counter()
        await bench.send(bench.contact(), subject)
        return time.perf_counter() - started

    times = [await took(subject) for subject in ("ON-26113407", "ON-99999998")]
    assert min(times) >= bench.policy.send_floor_s


async def test_an_address_is_not_flooded_through_several_subjects(bench: Any):
    for subject in ("ON-26113407", "minseo@example.com", "10000000"):
        for _ in range(2):
            answer = await bench.send(bench.contact(), subject)
            assert answer["locked"] is False
    assert len(bench.phone.codes) == bench.policy.sends_per_address


async def test_a_backend_that_is_away_costs_the_customer_nothing(bench: Any):
    context = bench.contact()
    await bench.send(context)
    bench.backend.down = True
    for work in (
        bench.guess(context, bench.phone.codes[0]),
        bench.send(context),
        bench.tasks.check_pin(context, {"subject": "10000000", "answer": "0417"}),
    ):
        with pytest.raises(ProviderFailed):
            await work
    bench.backend.down = False
    assert (await bench.guess(context, bench.phone.codes[0]))["level"] == 2


async def test_codes_that_cannot_be_delivered_tell_nobody_who_is_known(bench: Any):
    async def answers(subject: str) -> list[dict[str, object]]:
        return [await bench.send(bench.contact(), subject) for _ in range(5)]

    bench.phone.down = True
    assert await answers("ON-26113407") == await answers("ON-99999998")
    assert bench.phone.tried > 0
    assert bench.phone.codes == []


async def test_a_slow_way_to_the_phone_does_not_slow_the_answer_and_the_code_still_comes(bench: Any):
    context = bench.contact()
    bench.phone.network.clear()
    async with asyncio.timeout(8):
        assert (await bench.send(context))["tries_left"] == bench.policy.code_tries
    assert bench.phone.codes == []
    bench.phone.network.set()
    await bench.phone.until(lambda: len(bench.phone.codes) == 1)
    assert (await bench.guess(context, bench.phone.codes[0]))["level"] == 2


async def test_a_code_is_sent_again_when_the_network_comes_back(bench: Any):
    context = bench.contact()
    bench.phone.down = True
    bench.phone.network.clear()
    await bench.send(context)
    bench.phone.network.set()
    await bench.phone.until(lambda: bench.phone.tried == 2)
    bench.phone.down = False
    await bench.phone.until(lambda: len(bench.phone.codes) == 1)
    assert (await bench.guess(context, bench.phone.codes[0]))["level"] == 2


async def test_a_code_that_was_asked_for_anew_is_not_sent_late(bench: Any):
    context = bench.contact()
    bench.phone.network.clear()
    await bench.send(context)
    bench.later(5)
    await bench.send(context)
    bench.phone.network.set()
    await bench.phone.until(lambda: len(bench.phone.codes) == 1)
    assert bench.phone.tried == 2
    assert (await bench.guess(context, bench.phone.codes[0]))["level"] == 2


async def test_a_tenant_without_a_way_to_send_codes_says_so_to_everybody(bench: Any):
    bench.phone.connected = False
    for subject in ("ON-26113407", "ON-99999998"):
        with pytest.raises(ProviderFailed):
            await bench.send(bench.contact(), subject)
    async with bench.database.tenant("onda") as connection:
        assert await connection.fetchval("SELECT count(*) FROM verification") == 0


async def test_nothing_in_the_database_tells_the_code_or_the_subject(bench: Any):
    await bench.send(bench.contact())
    async with bench.database.tenant("onda") as connection:
        rows = await connection.fetch("SELECT v::text AS row FROM verification v")
    assert len(rows) == 1
    assert bench.phone.codes[0] not in rows[0]["row"]
    assert "26113407" not in rows[0]["row"]


async def test_a_call_without_a_subject_is_a_failure_not_a_pass(bench: Any):
    with pytest.raises(ProviderFailed):
        await bench.tasks.check_pin(bench.contact(), {"answer": "1"})


def test_every_task_that_journeys_name_is_there(bench: Any):
    names = {"identity.send_code", "identity.check_code", "identity.check_pin", "identity.check_birth_date"}
    assert set(bench.tasks.handlers()) == names
