"""Promises on disk: there before they are confirmed, kept once, gone with the numbers in them."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from warmline.channels.voice.journal import Journal, LocalPromise

AT = datetime(2026, 11, 22, tzinfo=UTC)


def promise(number: int) -> LocalPromise:
    return LocalPromise(UUID(int=number), "onda", f"+8210000000{number}", AT, "front", "ko")


async def test_a_promise_outlives_the_process_and_is_kept_by_the_next_one(tmp_path: Path):
    await Journal(tmp_path / "j.jsonl").add(promise(1))
    again = Journal(tmp_path / "j.jsonl")
    kept: list[UUID] = []

    async def keep(one: LocalPromise) -> None:
        kept.append(one.id)

    assert await again.keep(keep) == 1
    assert kept == [UUID(int=1)]
    assert again.owed == []
    assert (tmp_path / "j.jsonl").read_bytes() == b"", "no number stays on disk for nothing"


async def test_what_could_not_be_kept_stays_owed_and_what_was_kept_is_not_kept_twice(tmp_path: Path):
    journal = Journal(tmp_path / "j.jsonl")
    for number in (1, 2):
        await journal.add(promise(number))

    async def only_the_first(one: LocalPromise) -> None:
        if one.id != UUID(int=1):
            raise ConnectionError("away again")

    with pytest.raises(ConnectionError):
        await journal.keep(only_the_first)
    assert [one.id for one in Journal(tmp_path / "j.jsonl").owed] == [UUID(int=2)]


async def test_a_line_cut_off_by_a_power_cut_is_no_promise_and_hides_no_other(tmp_path: Path):
    path = tmp_path / "j.jsonl"
    path.write_bytes(b'{"id": "half')
    journal = Journal(path)
    await journal.add(promise(1))
    assert [one.id for one in Journal(path).owed] == [UUID(int=1)]


async def test_only_its_owner_may_read_the_numbers(tmp_path: Path):
    path = tmp_path / "voice" / "j.jsonl"
    await Journal(path).add(promise(1))
    assert path.stat().st_mode & 0o077 == 0


async def test_one_promise_that_cannot_be_kept_does_not_stand_in_the_way_of_the_others(tmp_path: Path):
    journal = Journal(tmp_path / "j.jsonl")
    for number in (1, 2):
        await journal.add(promise(number))
    kept: list[UUID] = []

    async def all_but_the_first(one: LocalPromise) -> None:
        if one.id == UUID(int=1):
            raise ValueError("its journey was deleted")
        kept.append(one.id)

    await journal.keep(all_but_the_first, lambda failure: isinstance(failure, ConnectionError))
    assert kept == [UUID(int=2)]
    assert [one.id for one in Journal(tmp_path / "j.jsonl").owed] == [UUID(int=1)]


async def test_two_voice_processes_of_one_machine_do_not_forget_each_others_promises(tmp_path: Path):
    ours, theirs = Journal(tmp_path / "j.jsonl"), Journal(tmp_path / "j.jsonl")
    await ours.add(promise(1))
    await theirs.add(promise(2))

    async def keep(one: LocalPromise) -> None:
        assert one.id == UUID(int=1)

    assert await ours.keep(keep) == 1
    assert [one.id for one in Journal(tmp_path / "j.jsonl").owed] == [UUID(int=2)]
    await theirs.add(promise(3))
    assert [one.id.int for one in Journal(tmp_path / "j.jsonl").owed] == [2, 3]
