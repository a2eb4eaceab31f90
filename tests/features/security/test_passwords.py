"""Passwords are hashed beside the loop, and tell nobody who exists."""

import asyncio
import threading

import pytest
from argon2 import PasswordHasher

from warmline.features.security.passwords import Passwords, check_strength
from warmline.kernel.errors import Refused

QUICK = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1)


@pytest.fixture
def passwords():
    service = Passwords(hasher=QUICK)
    yield service
    service.close()


async def test_the_right_password_opens_and_a_wrong_one_does_not(passwords: Passwords):
    kept = await passwords.hash("좋은 아침이에요 고객님")
    assert kept.startswith("$argon2id$")
    assert await passwords.verify(kept, "좋은 아침이에요 고객님")
    assert not await passwords.verify(kept, "좋은 저녁이에요 고객님")


async def test_a_person_who_does_not_exist_is_refused_after_the_same_work(passwords: Passwords):
    assert not await passwords.verify(None, "nobody has this password")


async def test_a_damaged_hash_refuses_and_does_not_fail(passwords: Passwords):
    assert not await passwords.verify("$argon2id$broken", "anything at all")


async def test_a_hash_of_weaker_settings_is_recognised(passwords: Passwords):
    old = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("an old habit of mine")
    assert passwords.is_outdated(old)
    assert not passwords.is_outdated(await passwords.hash("an old habit of mine"))


async def test_only_two_are_hashed_at_once_and_a_full_line_is_told_so():
    release = threading.Event()
    running: list[int] = []

    class Slow(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            running.append(1)
            release.wait(5)
            return True

    service = Passwords(at_once=2, waiting_max=1, hasher=Slow(time_cost=1, memory_cost=1024, parallelism=1))
    kept = await service.hash("three people at the door")
    async with asyncio.TaskGroup() as group:
        waiting = [group.create_task(service.verify(kept, "x")) for _ in range(3)]
        while len(running) < 2:
            await asyncio.sleep(0)
        with pytest.raises(Refused, match="busy"):
            await service.verify(kept, "x")
        assert len(running) == 2
        release.set()
    assert [task.result() for task in waiting] == [True, True, True]
    service.close()


@pytest.mark.parametrize(
    "password",
    ["short", "a" * 300, "aaaaaaaaaaaaaaaa", "Password123456!", "mina.kim.mina.kim", "비밀번호비밀번호1234"],
)
def test_a_guessable_password_is_refused_with_the_reason(password: str):
    with pytest.raises(Refused) as refusal:
        check_strength(password, "mina.kim@onda.example", "Mina Kim")
    assert refusal.value.code == "security.weak_password"


def test_a_sentence_is_a_good_password_in_any_language():
    for password in ("three quiet boats at dawn", "노을 지는 바닷가의 작은 카페", "静かな海辺の小さな喫茶店にて"):
        assert check_strength(password, "mina.kim@onda.example") is None
