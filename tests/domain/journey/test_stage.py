"""The surroundings of a rehearsal are as somebody set them, else as the company has them."""

from datetime import UTC, datetime

from warmline.domain.journey.checker_world import PromptSource
from warmline.domain.journey.formats import Unknown
from warmline.domain.journey.interface import HoursState, RunTask
from warmline.domain.journey.simulate import Answer
from warmline.domain.journey.stage import SLOW_S, Library, Scenery, Stage

NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
TASK = RunTask("j.1", "orders.find", {}, 5)


def _hours(calendar: str, now: datetime) -> HoursState:
    return "open" if now == NOON else "closed"


LIBRARY = Library({}, PromptSource({"en": {"a.b": "Hi"}}), {"orders.find": ({"status": "shipped"},)}, _hours)


def stage(**scenery: object) -> Stage:
    return Stage(LIBRARY, Scenery(NOON, **scenery))  # pyright: ignore[reportArgumentType]


def test_hours_follow_the_clock_until_somebody_forces_them():
    evening = NOON.replace(hour=15)
    assert [stage().hours("shop", at) for at in (NOON, evening)] == ["open", "closed"]
    assert stage(hours={"shop": "holiday"}).hours("shop", NOON) == "holiday"
    assert stage(hours={"*": "emergency", "shop": "open"}).hours("repairs", evening) == "emergency"


def test_queues_are_staffed_unless_said_otherwise():
    assert stage().queue("orders", None).staffed
    assert not stage(queues={"*": "unstaffed"}).queue("orders", None).staffed
    assert stage(queues={"orders": "full"}).queue("orders", None).full


def test_answers_come_in_turn_and_the_last_one_again_and_again():
    one = stage(answers={"orders.find": (Answer("failed"), Answer(result={"status": "…"}))})
    assert [one.answer(TASK).outcome for _ in range(3)] == ["failed", "ok", "ok"]
    assert isinstance(one.answer(TASK).result["status"], Unknown)
    assert len(one.played["orders.find"]) == 4


def test_a_backend_is_slow_within_its_time_or_answers_as_chosen():
    assert stage(faults={"*": "slow"}).answer(TASK) == Answer(result={"status": "shipped"}, after_s=SLOW_S)
    assert stage(choices={"orders.find": 7}).answer(TASK).result == {"status": "shipped"}
    assert stage().prompt("a.b", "en", "webchat") == "Hi"
    told = stage(announcements={"entry": "Snow", "late": "Rain"}).announcements("entry", "en", NOON)
    assert [one.text for one in told] == ["Snow"]
