"""The journey machine under customers, backends and queues that do whatever they like."""

from collections.abc import Callable
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from order_journey import ORDERS, TAKEN, TEXTS
from warmline.domain.journey.document import (
    Ask,
    Callback,
    CallModule,
    DigitsInput,
    End,
    Enqueue,
    Goto,
    Hours,
    Journey,
    Return,
    Say,
    Survey,
    TextInput,
    Var,
    Verify,
)
from warmline.domain.journey.interface import (
    Finished,
    JourneyEvent,
    LocaleSwitched,
    QueueMoved,
    Said,
    Speak,
    TaskDone,
    TimedOut,
)
from warmline.domain.journey.session import JourneySession

Talk = Callable[..., Any]
SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large]


MIXED = Journey(
    "mixed",
    on_error=(Say("sorry"), Goto("agent")),
    sections={
        "start": (
            Hours("seoul", closed=(Goto("agent"),)),
            Ask("pin", "ask_pin", DigitsInput(4, 4), (Goto("agent"),), sensitivity="secret"),
            Verify("one_time_code", "x", failed=(Goto("agent"),), locked=TAKEN),
            CallModule("module", {"n": 1}, "result"),
            Goto("menu"),
        ),
        "menu": ORDERS.sections["menu"],
        "find": ORDERS.sections["find"],
        "agent": (
            Enqueue(
                "orders", (Goto("survey"),), TAKEN, (Goto("menu"),), callback_after_s=9,
                callback=(Callback("orders", TAKEN),),
            ),
        ),
        "survey": (Survey("how", comment_prompt="why"), End("thanks")),
    },
)  # fmt: skip
MODULE = Journey(
    "module",
    (Return(),),
    {"start": (Ask("name", "ask_name", TextInput(), ()), Return(Var("name")))},
    kind="module",
)

events = st.one_of(
    st.sampled_from(["orders", "1", "1234", "123456", "agent", "back", "repeat", "한국어", "yes", "??", ""])
    .map(Said),
    st.sampled_from(["callback:accept", "5", "orders", "survey:skip"]).map(lambda value: Said(value, value)),
    st.sampled_from(["input", "task", "wait", "overflow", "callback", "survey", "slow"])
    .map(lambda name: TimedOut(f"journey.{name}")),
    st.sampled_from(["ok", "failed", "timed_out"]).map(lambda outcome: TaskDone("", outcome)),
    st.fixed_dictionaries({"level": st.integers(0, 2), "status": st.just("shipped"), "locked": st.booleans()})
    .map(lambda result: TaskDone("", "ok", result)),
    st.sampled_from(["ko", "ja", "en"]).map(LocaleSwitched),
    st.just(QueueMoved()),
)  # fmt: skip


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW_MACHINE)
@given(told=st.lists(events, max_size=25), locale=st.sampled_from(["ko", "ja", "en"]), data=st.data())
def test_whatever_a_customer_does_nobody_is_stuck_or_cut_off(
    talk: Talk, told: list[JourneyEvent], locale: str, data: st.DataObject
) -> None:
    person_after = data.draw(st.sampled_from([None, 1, 2, 3]))
    customer = talk(MIXED, MODULE, locale=locale, texts=TEXTS, person_after=person_after)
    customer.start()
    for event in told:
        if customer.ended:
            break
        if isinstance(event, TaskDone):
            event = TaskDone(customer.waiting.task_id or "", event.outcome, event.result)
        staffed, state = data.draw(st.booleans()), data.draw(st.sampled_from(["open", "closed"]))
        customer.world.line = msgspec.structs.replace(customer.world.line, staffed=staffed)
        customer.world.state = state
        customer.event(event)
        # A place in a conversation is a document of its own: stored and read back it is the same.
        stored = msgspec.json.encode(customer.session)
        assert msgspec.json.decode(stored, type=JourneySession) == customer.session
        if customer.ended:
            explained = [type(command) for command in customer.last.commands][-2:]
            assert explained == [Speak, Finished]
            assert not customer.timers
        else:
            assert customer.timers, "nothing would ever wake this customer's journey"
            assert customer.last.expects_secret == (customer.waiting.data.get("secret") is True)
