"""Proving who one is."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from warmline.domain.journey.document import End, Journey, Set, Var, Verify
from warmline.domain.journey.interface import NotVerified, RunTask, Said, Speak, Verified

Talk = Callable[..., Any]


def verifying(method: Any = "one_time_code", **more: Any) -> Journey:
    verify = Verify(method, Var("who"), failed=(End("failed"),), locked=(End("locked"),), **more)
    return Journey(
        "j", (End("sorry"),), {"start": (Set("who", "ON-1"), verify, End("done")), "agent": (End("agent"),)}
    )


def test_a_code_is_sent_asked_and_checked(talk: Talk) -> None:
    customer = talk(verifying())
    assert customer.start() == []
    assert customer.tasks == [RunTask("j.1", "identity.send_code", {"subject": "ON-1", "locale": "en"}, 10)]
    [question] = customer.task()
    assert "If those details are on file" in question
    assert customer.last.expects_secret
    assert customer.commands(Speak)[0].input_kind == "secret"
    customer.say("１２３ ４５６")
    assert not customer.last.expects_secret
    assert customer.tasks == [RunTask("j.2", "identity.check_code", {"subject": "ON-1", "answer": "123456"}, 5)]
    assert customer.task(level=2, customer_ref="c7")[-1] == "[done]"
    assert customer.commands(Verified) == [Verified(2, "one_time_code", "c7")]
    assert customer.session.assurance == 2


def test_the_secret_is_nowhere_in_the_stored_session(talk: Talk) -> None:
    customer = talk(verifying("account_pin"))
    customer.start()
    customer.say("987654")
    assert b"987654" not in msgspec.json.encode(customer.session)


@pytest.mark.parametrize(
    ("method", "answer", "task", "sent", "kind"),
    [
        ("account_pin", "1234", "identity.check_pin", "1234", "secret"),
        ("date_of_birth", "1990년 3월 2일", "identity.check_birth_date", "1990-03-02", "date"),
    ],
)
def test_pin_and_birth_date_are_checked(
    talk: Talk, method: str, answer: str, task: str, sent: str, kind: str
) -> None:
    customer = talk(verifying(method), locale="ko")
    customer.start()
    assert customer.commands(Speak)[0].input_kind == kind
    assert customer.last.expects_secret
    customer.say(answer)
    assert (customer.tasks[0].task, customer.tasks[0].args["answer"]) == (task, sent)


def test_somebody_already_verified_is_not_asked_again(talk: Talk) -> None:
    customer = talk(verifying())
    customer.session = msgspec.structs.replace(customer.session, assurance=2)
    assert customer.start() == ["[done]"]


def test_wrong_answers_run_out(talk: Talk) -> None:
    customer = talk(verifying("account_pin", attempts=2))
    customer.start()
    customer.say("1111")
    assert "could not confirm" in customer.task(level=0, tries_left=3)[0]
    customer.say("2222")
    assert customer.task(level=0, tries_left=2) == ["[failed]"]
    assert customer.commands(NotVerified) == [NotVerified("account_pin", locked=False)]


def test_a_level_below_the_one_needed_does_not_count(talk: Talk) -> None:
    customer = talk(verifying("date_of_birth", level=2, attempts=1))
    customer.start()
    customer.say("1990-03-02")
    assert customer.task(level=1) == ["[failed]"]
    assert customer.session.assurance == 0


def test_a_locked_subject_has_its_own_way_out(talk: Talk) -> None:
    customer = talk(verifying("account_pin"))
    customer.start()
    customer.say("1111")
    assert customer.task(level=0, locked=True) == ["[locked]"]
    assert customer.commands(NotVerified) == [NotVerified("account_pin", locked=True)]


def test_known_and_unknown_people_hear_the_same_words(talk: Talk) -> None:
    known, unknown = talk(verifying()), talk(verifying())
    known.start(), unknown.start()
    assert known.task(sent=True) == unknown.task(sent=False)
    known.say("111111"), unknown.say("111111")
    assert known.task(level=0, tries_left=4) == unknown.task(level=0, tries_left=4)


def test_a_checking_service_that_is_down_is_no_failure_of_the_customer(talk: Talk) -> None:
    customer = talk(verifying(unavailable=(End("unavailable"),)))
    customer.start()
    assert customer.task("failed") == ["[unavailable]"]
    assert customer.commands(NotVerified) == []
    plain = talk(verifying())
    plain.start()
    assert plain.silence("journey.task") == ["[failed]"]


def test_a_new_code_can_be_asked_for_a_few_times(talk: Talk) -> None:
    customer = talk(verifying())
    customer.start()
    customer.task()
    for _ in range(2):
        customer.event(Said("Send the code again", "identity:resend"))
        assert customer.tasks[0].task == "identity.send_code"
        customer.task()
    assert "cannot send another" in customer.say("resend")[0]


def test_silence_and_nonsense_give_up_and_a_person_is_still_a_word_away(talk: Talk) -> None:
    customer = talk(verifying("account_pin"))
    customer.start()
    customer.silence()
    customer.say("what?")
    assert customer.silence() == ["[failed]"]
    other = talk(verifying("account_pin"))
    other.start()
    assert other.say("I want an agent") == ["[agent]"]
