"""Signing in, staying in, and being let out."""

from datetime import datetime, timedelta

import pytest
from tests.features.conftest import ORIGIN, PASSWORD, QUICK, People

from warmline.features.security.passwords import Passwords
from warmline.features.security.service import Client, Security, SessionPolicy
from warmline.features.security.throttle import Rate
from warmline.features.security.tokens import COOKIE
from warmline.kernel.errors import Refused
from warmline.runtime.clock import utc_now
from warmline.runtime.database import Database

HERE = Client("127.0.0.1", "Test")


class Clock:
    """A clock the test turns."""

    def __init__(self) -> None:
        self.now = utc_now()

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def monotonic(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(database: Database, clock: Clock, people: People):
    policy = SessionPolicy(idle_s=600, absolute_s=3600, per_account=Rate(3, 0.1), per_address=Rate(20, 1))
    service = Security(
        database, origins=[ORIGIN], policy=policy, passwords=Passwords(hasher=QUICK), now=clock,
        monotonic_s=clock.monotonic,
    )  # fmt: skip
    yield service
    service.close()


def cookie(session: object) -> str:
    return f"{COOKIE}={session.token.cookie_value}"  # pyright: ignore[reportAttributeAccessIssue]


async def code_of(work: object) -> str:
    with pytest.raises(Refused) as refusal:
        await work  # pyright: ignore[reportGeneralTypeIssues]
    return refusal.value.code


async def test_mina_signs_in_with_any_case_of_her_email_and_is_known_afterwards(door: Security, people: People):
    session = await door.sign_in("onda", "Agent@ONDA.example ", PASSWORD, HERE)
    again = await door.resolve(cookie(session))
    assert again is not None
    assert again.identity.agent_id == people["onda", "agent"]
    assert again.identity.roles == ("agent",)


async def test_every_wrong_answer_sounds_the_same(door: Security):
    wrong = [
        ("onda", "agent@onda.example", "not this one"),
        ("onda", "nobody@onda.example", PASSWORD),
        ("rival", "agent@onda.example", PASSWORD),
        ("no-such-company", "agent@onda.example", PASSWORD),
        ("../onda", "agent@onda.example", PASSWORD),
    ]
    assert {await code_of(door.sign_in(t, e, p, HERE)) for t, e, p in wrong} == {"security.wrong_credentials"}


async def test_guessing_one_account_is_slowed_whether_or_not_it_exists(door: Security):
    for email in ("agent@onda.example", "nobody@onda.example"):
        codes = [await code_of(door.sign_in("onda", email, "wrong", HERE)) for _ in range(4)]
        assert codes == ["security.wrong_credentials"] * 3 + ["too_many"]


async def test_after_the_wait_the_right_password_works_again(door: Security, clock: Clock):
    for _ in range(3):
        await code_of(door.sign_in("onda", "agent@onda.example", "wrong", HERE))
    clock.forward(10)
    assert await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)


async def test_guessing_many_accounts_from_one_address_is_slowed(door: Security):
    codes = [await code_of(door.sign_in("onda", f"n{n}@onda.example", "wrong", HERE)) for n in range(21)]
    assert codes[-1] == "too_many"
    assert await door.sign_in("onda", "agent@onda.example", PASSWORD, Client("127.0.0.2"))


async def test_honest_sign_ins_are_never_throttled_by_account(door: Security):
    for _ in range(6):
        session = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    assert await door.resolve(cookie(session))


async def test_an_idle_session_ends_and_a_used_one_lives_until_its_day_is_over(door: Security, clock: Clock):
    idle = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    used = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    for _ in range(6):
        clock.forward(590)
        assert await door.resolve(cookie(used)) is not None
    assert await door.resolve(cookie(idle)) is None
    clock.forward(61)
    assert await door.resolve(cookie(used)) is None


async def test_signing_in_again_ends_the_session_the_browser_had(door: Security):
    before = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    after = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE, before.token)
    assert await door.resolve(cookie(before)) is None
    assert await door.resolve(cookie(after)) is not None


async def test_signing_out_is_final(door: Security):
    session = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    await door.sign_out(session, HERE)
    assert await door.resolve(cookie(session)) is None


async def test_a_disabled_person_is_out_at_once(door: Security, database: Database):
    session = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    async with database.tenant("onda") as conn:
        await conn.execute("UPDATE agent SET disabled_at = now() WHERE email = 'agent@onda.example'")
    assert await door.resolve(cookie(session)) is None
    assert (
        await code_of(door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)) == "security.wrong_credentials"
    )


async def test_a_new_password_ends_every_other_session(door: Security):
    here = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    elsewhere = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    assert await code_of(door.change_password(here, "wrong", "harbour lights in autumn", HERE)) == (
        "security.wrong_password"
    )
    assert await code_of(door.change_password(here, PASSWORD, "short", HERE)) == "security.weak_password"
    fresh = await door.change_password(here, PASSWORD, "harbour lights in autumn", HERE)
    assert await door.resolve(cookie(here)) is None
    assert await door.resolve(cookie(elsewhere)) is None
    assert await door.resolve(cookie(fresh)) is not None
    assert await door.sign_in("onda", "agent@onda.example", "harbour lights in autumn", HERE)


async def test_a_socket_opens_only_from_our_own_page_with_a_session(door: Security, people: People):
    session = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    who = await door.authenticate(cookie(session), ORIGIN)
    assert who is not None
    assert who.agent_id == people["onda", "agent"]
    assert await door.authenticate(cookie(session), "https://evil.example") is None
    assert await door.authenticate(cookie(session), None) is None
    assert await door.authenticate(None, ORIGIN) is None


async def test_a_token_of_one_company_opens_nothing_in_another(door: Security):
    session = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    assert await door.resolve(f"{COOKIE}=rival.{session.token.secret}") is None


async def test_the_database_knows_no_token(door: Security, database: Database):
    session = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    async with database.tenant("onda") as conn:
        row = await conn.fetchrow("SELECT * FROM web_session")
    assert session.token.secret not in str(row)
    assert session.token.csrf not in str(row)


async def test_sign_ins_and_refusals_are_in_the_audit_log(door: Security, database: Database):
    await code_of(door.sign_in("onda", "agent@onda.example", "wrong", HERE))
    session = await door.sign_in("onda", "agent@onda.example", PASSWORD, HERE)
    await door.sign_out(session, HERE)
    async with database.tenant("onda") as conn:
        actions = await conn.fetch("SELECT action, actor_id, ip FROM audit ORDER BY seq")
    assert [row["action"] for row in actions] == ["session.refused", "session.opened", "session.closed"]
    assert actions[0]["actor_id"] is None
    assert {row["ip"] for row in actions} == {"127.0.0.1"}


async def test_the_demo_opens_the_door_for_a_role_and_not_for_one_nobody_has(door: Security, database: Database):
    session = await door.open_as("onda", "supervisor", HERE)
    assert session.identity.roles == ("supervisor",)
    assert await code_of(door.open_as("onda", "emperor", HERE)) == "security.wrong_credentials"
