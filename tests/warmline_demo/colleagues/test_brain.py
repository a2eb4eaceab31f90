"""A simulated colleague accepts, greets, works, says goodbye and wraps up, in the customer's language."""

import random

import pytest

from warmline_demo.colleagues import words
from warmline_demo.colleagues.brain import Do, Mind
from warmline_demo.wire import Frame

ME = "11111111-1111-4111-8111-111111111111"
CARD: Frame = {
    "id": "c1", "status": "connected", "agent_id": ME, "locale": "ja", "queue_id": "refunds", "offer": None,
    "wrap_up": None,
}  # fmt: skip


def kinds(steps: list[Do]) -> list[object]:
    return [step.command["kind"] for step in steps]


def customer(text: str) -> Frame:
    return {"kind": "message_sent", "author": "customer", "text": text}


def mind(seed: int = 4) -> Mind:
    return Mind(ME, "Emma", "en", random.Random(seed))


def test_an_offer_is_accepted_within_seconds_and_once():
    offered = CARD | {"status": "offered", "agent_id": None, "offer": {"id": "o1", "agent_id": ME}}
    someone = mind()
    accepted = someone.card(offered)
    assert kinds(accepted) == ["accept_offer"]
    assert accepted[0].after_s < 5
    assert someone.card(offered) == []
    elsewhere = offered | {"offer": {"id": "o2", "agent_id": "somebody"}}
    assert someone.card(elsewhere) == []


def test_a_customer_is_greeted_once_and_in_their_language():
    someone = mind()
    hello = someone.card(CARD)
    assert kinds(hello) == ["agent_message"]
    assert "Emma" in str(hello[0].command["text"])
    assert any(str(hello[0].command["text"]) == line.format(name="Emma") for line in words.HELLO["ja"])
    assert someone.card(CARD) == []


@pytest.mark.parametrize("seed", range(12))
def test_every_conversation_ends_in_a_goodbye_a_transfer_or_thanks(seed: int):
    someone = mind(seed)
    someone.card(CARD)
    seen: list[object] = []
    for _ in range(12):
        seen += kinds(someone.event("c1", customer("はい")))
        if "agent_ends" in seen or "transfer" in seen:
            break
    assert seen[-1] in ("agent_ends", "transfer")
    if "hold" in seen:
        assert "resume" in seen


def test_thanks_are_answered_with_a_goodbye_and_the_end():
    someone = mind()
    someone.card(CARD)
    steps = someone.event("c1", customer("ありがとうございます。もう大丈夫です。"))
    assert kinds(steps) == ["agent_message", "agent_ends"]
    assert steps[1].after_s > steps[0].after_s
    assert someone.event("c1", customer("ありがとう")) == []


def test_an_upset_customer_hears_sorry_first():
    someone = mind(4)
    someone.card(CARD)
    assert someone.event("c1", customer("正直、がっかりしています。"))[0].command["text"] == words.SORRY["ja"]


def test_silence_is_met_with_more_help_then_a_goodbye():
    someone = mind(4)
    someone.card(CARD)
    seen: list[object] = []
    for _ in range(6):
        seen += kinds(someone.silence("c1"))
    assert seen[-1] == "agent_ends"
    assert someone.silence("unknown") == []


def test_what_ended_is_wrapped_up_and_what_is_gone_is_forgotten():
    someone = mind()
    someone.card(CARD)
    wrap = someone.card(CARD | {"status": "survey", "agent_id": None, "wrap_up": {"due_at": None}})
    assert kinds(wrap) == ["finish_wrap_up"]
    assert wrap[0].command["disposition"] in ("solved", "follow_up")
    someone.card(CARD)
    someone.gone("c1")
    assert someone.event("c1", customer("hello")) == []


def test_every_line_exists_in_every_language():
    for table in (words.HELLO, words.ANYTHING_ELSE, words.GOODBYE, words.SORRY, words.PASS_ON, words.PASS_NOTE,
                  words.SUMMARY, *words.WORK.values()):  # fmt: skip
        assert set(table) == {"ko", "ja", "en"}


@pytest.mark.parametrize("seed", range(12))
def test_on_a_call_the_desk_phone_talks_and_the_desk_writes_nothing(seed: int):
    someone = mind(seed)
    steps = someone.card(CARD | {"channel": "voice"})
    assert kinds(steps) in ([], ["hold", "resume"])
    assert someone.event("c1", customer("もしもし")) == []
    ended = someone.card(CARD | {"channel": "voice", "status": "ended", "wrap_up": {"due_at": None}})
    assert kinds(ended) == ["finish_wrap_up"]


def test_some_calls_are_put_on_hold_for_a_moment():
    held = [kinds(mind(seed).card(CARD | {"channel": "voice"})) for seed in range(40)]
    assert 4 <= held.count(["hold", "resume"]) <= 20


def test_a_call_whose_desk_phone_never_rang_is_ended_at_last():
    someone = mind()
    someone.card(CARD | {"channel": "voice"})
    steps = [someone.silence("c1") for _ in range(6)]
    assert [kinds(one) for one in steps] == [[], [], [], [], ["agent_ends"], []]
