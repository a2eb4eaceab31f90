"""Promising to call back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from warmline.domain.journey.document import Callback, End, Enqueue, Journey, Set, Value, Var
from warmline.domain.journey.interface import Collected, EnterQueue, Finished, PromiseCallback

Talk = Callable[..., Any]
TAKEN = (End("taken", "message_taken"),)


NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # in Seoul
HALF = timedelta(minutes=30)
OTHER_AGES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:00+00:00", "9999-12-31T23:59:00-11:00")


def promising(phone: Value = None, *before: Any, **more: Any) -> Journey:
    callback = Callback("orders", give_up=TAKEN, phone=phone, **more)
    agent = (Enqueue("orders", TAKEN, TAKEN, TAKEN),)
    return Journey("j", (End("sorry"),), {"start": (*before, callback), "agent": agent})


def test_a_known_number_is_promised_at_once(talk: Talk) -> None:
    customer = talk(promising(Var("phone"), Set("phone", "010-1234-5678")), locale="ko")
    [line] = customer.start()
    assert line.startswith("010-1234-5678로 전화드리겠습니다")
    assert customer.commands(PromiseCallback) == [PromiseCallback("orders", "+821012345678")]
    assert customer.commands(Finished) == [Finished("callback_promised")]


def test_an_unknown_or_broken_number_is_asked_for(talk: Talk) -> None:
    for journey in (promising(), promising(Var("unset")), promising("12")):
        customer = talk(journey, locale="ja")
        customer.start()
        assert "電話番号" in customer.say("あとで")[0]
        customer.say("090-1234-5678です")
        assert customer.commands(PromiseCallback) == [PromiseCallback("orders", "+819012345678")]
        assert customer.commands(Collected)[0].pii


def test_without_a_number_the_message_is_taken(talk: Talk) -> None:
    customer = talk(promising())
    customer.start()
    customer.silence()
    customer.say("no")
    assert customer.silence() == ["[taken]"]
    assert customer.commands(Finished) == [Finished("message_taken")]
    assert not customer.timers


@pytest.mark.parametrize(
    ("typed", "locale", "reason"),
    [
        ("060-700-1234", "ko", "유료"),
        ("+881612345678", "en", "satellite"),
        ("0570-012-345", "ja", "有料"),
        ("119", "ko", "긴급"),
    ],
)
def test_a_number_nobody_calls_is_refused_with_the_reason_and_another_one_is_taken(
    talk: Talk, typed: str, locale: str, reason: str
) -> None:
    customer = talk(promising(region="JP" if locale == "ja" else "KR"), locale=locale)
    customer.start()
    customer.say("later")
    assert any(reason in line for line in customer.say(typed))
    assert not customer.commands(PromiseCallback)
    customer.say("+82 10 1234 5678")
    assert customer.commands(PromiseCallback) == [PromiseCallback("orders", "+821012345678")]


def test_a_known_number_that_nobody_calls_is_not_promised_but_another_one_asked_for(talk: Talk) -> None:
    customer = talk(promising("060-700-1234"), locale="ko")
    customer.start()
    assert not customer.commands(PromiseCallback)
    customer.say("010-1234-5678")
    assert customer.commands(PromiseCallback) == [PromiseCallback("orders", "+821012345678")]


def test_somebody_who_would_rather_wait_for_a_person_may(talk: Talk) -> None:
    customer = talk(promising())
    customer.start()
    customer.say("I'd rather talk to a person")
    assert customer.commands(EnterQueue)


def chosen(customer: Any) -> tuple[datetime | None, datetime | None, str | None]:
    (promise,) = customer.commands(PromiseCallback)
    return promise.not_before, promise.not_after, promise.time_zone


def test_the_customer_is_asked_at_what_time_to_call_and_the_half_hour_is_kept(talk: Talk) -> None:
    customer = talk(promising("010-1234-5678", ask_time=True), locale="ko")
    [line] = customer.start()
    assert line.startswith("언제 전화드릴까요?")
    now, first, *_ = customer.replies
    assert now == "now"
    assert datetime.fromisoformat(first) == NOON + HALF
    assert len(customer.replies) == 7
    [promised] = customer.tap(first)
    assert promised.startswith("11월 23일 (월) 오후 12:30부터 30분 안에 010-1234-5678로 전화드리겠습니다")
    assert chosen(customer) == (NOON + HALF, NOON + 2 * HALF, "Asia/Seoul")
    assert customer.commands(Finished) == [Finished("callback_promised")]


def test_as_soon_as_possible_is_a_choice_too(talk: Talk) -> None:
    customer = talk(promising("010-1234-5678", ask_time=True))
    customer.start()
    assert customer.say("As soon as possible")[0].startswith("We will call you at")
    assert chosen(customer) == (None, None, None)


def test_a_time_may_be_typed_in_ones_own_way(talk: Talk) -> None:
    for locale, text in (("ko", "오후 2시 30분이요"), ("ja", "14時半です"), ("en", "5:30 am")):
        customer = talk(promising("010-1234-5678", ask_time=True), locale=locale)
        customer.start()
        customer.say(text)
        assert chosen(customer)[0] == NOON + 5 * HALF, text


def test_who_says_nothing_about_the_time_is_called_as_soon_as_possible(talk: Talk) -> None:
    customer = talk(promising("010-1234-5678", ask_time=True))
    customer.start()
    customer.silence()
    customer.say("hm")
    [line] = customer.silence()
    assert line.startswith("We could not make out the time you would like")
    assert "as soon as we can" in line
    assert chosen(customer) == (None, None, None)
    assert customer.commands(PromiseCallback)[0].confirm, "and the platform says when about"
    assert not customer.timers


def test_a_day_and_a_time_are_understood_even_where_the_same_time_of_today_is_on_show(talk: Talk) -> None:
    for locale, text in (("ko", "내일 오후 12:30"), ("ja", "明日の12:30"), ("en", "tomorrow at 12:30 pm")):
        customer = talk(promising("010-1234-5678", ask_time=True), locale=locale)
        customer.start()
        customer.say(text)
        tomorrow = chosen(customer)[0].astimezone(customer_zone(locale))
        assert (tomorrow.hour, tomorrow.minute) == (12, 30), text
        assert tomorrow.date() > NOON.astimezone(customer_zone(locale)).date(), text


def customer_zone(locale: str) -> ZoneInfo:
    return ZoneInfo({"ko": "Asia/Seoul", "ja": "Asia/Tokyo", "en": "UTC"}[locale])


def test_only_half_hours_in_which_somebody_is_there_are_offered(talk: Talk) -> None:
    customer = talk(promising("010-1234-5678", ask_time=True, calendar="seoul"))
    customer.world.state = "closed"
    [line] = customer.start()
    assert line.startswith("We will call you at"), "nobody will be there in two days: no question makes sense"
    assert chosen(customer) == (None, None, None)


def test_the_number_is_asked_before_the_time_and_the_time_again_in_another_language(talk: Talk) -> None:
    customer = talk(promising(ask_time=True))
    customer.start()
    [line] = customer.say("010-1234-5678")
    assert line.startswith("When shall we call you?")
    assert customer.speak("ja")[0].startswith("いつお電話")
    customer.tap(customer.replies[1])
    assert chosen(customer) == (NOON + HALF, NOON + 2 * HALF, "Asia/Tokyo")


def test_a_time_that_is_known_is_promised_at_once_unless_it_is_over(talk: Talk) -> None:
    later = "2026-11-23T22:00:00+09:00"
    customer = talk(promising("010-1234-5678", Set("when", later), at=Var("when"), ask_time=True))
    customer.start()
    assert chosen(customer)[0] == datetime.fromisoformat(later)
    for unfit in ("2026-11-22T22:00:00+09:00", "soon", "2026-11-23T22:00:00", Var("unset"), *OTHER_AGES):
        customer = talk(promising("010-1234-5678", at=unfit))
        customer.start()
        assert chosen(customer) == (None, None, None), unfit


def test_somebody_asked_for_the_time_may_ask_for_a_person_instead(talk: Talk) -> None:
    customer = talk(promising("010-1234-5678", ask_time=True))
    customer.start()
    customer.say("I'd rather talk to a person")
    assert customer.commands(EnterQueue)
