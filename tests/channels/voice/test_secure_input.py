"""Digits nobody may hear: counted, checked, handed on, forgotten."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import pytest
from tests.channels.voice.around import until
from tests.channels.voice.conftest import Exchange
from tests.channels.voice.playbook import answered, with_mina

from house import Client
from warmline.channels.voice import actions as a
from warmline.channels.voice import inputs as i
from warmline.channels.voice.secure_input import COMPLETE_S, SILENCE_S, SecureInput, luhn
from warmline.domain.contact import events as e
from warmline.domain.contact.commands import AcceptOffer, AddNote, CustomerMessage, SecureGiven
from warmline.domain.journey.document import Ask, DigitsInput, End, Enqueue, Goto, Invoke, Journey, Var
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import TaskHandler

CARD = "4111111111111111"


def typed(one: SecureInput, keys: str) -> SecureInput:
    for key in keys:
        one.press(key, 0)
    return one


def test_a_card_number_with_a_right_check_digit_is_handed_out_once_and_done_when_its_task_says_so():
    one = typed(SecureInput("card", 0, 0, 0), "4111111111111111#")
    assert one.value() == "4111111111111111"
    assert one.value() == "x" * 16, "it is handed out once"
    assert one.shown() == {"what": "card", "digits": 16, "outcome": None}
    one.task_ended("secure.pin", "failed")
    assert one.shown()["outcome"] is None, "another task's answer"
    one.task_ended("secure.card", "ok")
    one.task_ended("secure.card", "failed")
    assert one.shown() == {"what": "card", "digits": 16, "outcome": "done"}, "the first answer counts"


def test_who_has_keyed_in_a_whole_card_number_and_pauses_has_finished():
    one = typed(SecureInput("card", 0, 0, 0), CARD)
    assert one.due_s == COMPLETE_S
    one.pause()
    assert one.value() == CARD


def test_half_a_card_number_waits_a_minute_and_then_has_run_out_of_time():
    one = typed(SecureInput("card", 0, 0, 0), CARD[:14])
    assert one.due_s == SILENCE_S
    one.pause()
    assert (one.outcome, one.value()) == ("timed_out", None)


def test_digits_that_no_task_took_have_failed():
    one = typed(SecureInput("pin", 0, 0, 0), "1234#")
    one.task_ended("secure.pin", "timed_out")
    assert one.shown()["outcome"] == "failed"


def test_a_mistyped_card_number_fails_and_hands_out_nothing():
    one = typed(SecureInput("card", 0, 0, 0), "4111111111111112#")
    assert one.outcome == "failed"
    assert one.value() is None


def test_not_even_the_end_of_what_is_typed_is_shown():
    one = typed(SecureInput("pin", 12, 12, 0), "123456789012")
    assert one.outcome == "done"
    assert "9012" not in str(one.shown())


def test_star_begins_anew_and_the_last_possible_digit_ends():
    one = typed(SecureInput("number", 4, 4, 0), "12*3456")
    assert one.value() == "3456"


def test_what_is_cancelled_or_late_says_so_and_counts():
    one = typed(SecureInput("number", 4, 8, 0), "12")
    one.end("timed_out")
    assert one.shown()["outcome"] == "cancelled"
    assert one.shown()["digits"] == 2


def test_the_check_digit_is_computed_as_on_cards():
    assert luhn("79927398713")
    assert not luhn("79927398710")
    assert not luhn("")


def test_an_agent_whose_page_reloads_while_a_card_is_keyed_in_is_heard_again_and_hears_no_digit():
    book = with_mina()
    book.put(i.Secure(True, "card"))
    for digit in CARD[:4]:
        book.put(i.Key(digit))
    book.put(i.PartyGone("mina"))
    book.longest_silence_s = 0.0
    book.wait(5)
    assert book.sound == "music", "the caller waits with music, in the middle of the number"
    assert book.longest_silence_s <= 3
    book.joins("mina-2")
    assert book.hears["customer"] == ("mina-2",), "at once, not when the number is complete"
    assert book.of(a.Shield) == [a.Shield(True)], "and nobody hears what is keyed in"
    for digit in CARD[4:]:
        book.put(i.Key(digit))
    book.wait(COMPLETE_S + 1)
    assert book.of(a.Shield)[-1] == a.Shield(False)
    assert [one.digits for one in book.commands if isinstance(one, SecureGiven)] == [CARD]


# --- a journey's secret question -------------------------------------------------------------------


def test_while_a_journey_asks_for_a_secret_nobody_hears_the_caller_and_nothing_records_them():
    book = answered()
    book.bot("Please key in your card number.", input_kind="secret", digits=e.Digits(16, 16))
    assert a.Shield(True) in book.log, "already while the question is said: it may be answered at once"
    book.wait(3)
    for key in CARD:
        book.put(i.Key(key))
    given = next(one for one in book.commands if isinstance(one, CustomerMessage))
    assert given.text == CARD, "the journey gets it, and masks it wherever it writes"
    assert book.of(a.Shield)[-1] == a.Shield(False)
    assert CARD not in str(book.state.shown)


def test_a_recording_that_still_runs_is_paused_for_a_journeys_secret_question():
    book = with_mina(recorded=True)
    book.put(i.RecordingBegan(UUID(int=5)))
    book.contact(e.AgentLeft(UUID(int=1), "transferred"))
    book.bot("Your PIN, please.", input_kind="secret", digits=e.Digits(4, 4))
    assert a.PauseRecording(True) in book.log


# --- in the whole house: the digits are looked for everywhere ---------------------------------------


class Detector(logging.Handler):
    """Finds digits in logs, in what desks are told, in events, and in every row of the database."""

    def __init__(self, exchange: Exchange, desk: Client, digits: str) -> None:
        super().__init__(logging.DEBUG)
        self._exchange, self._digits = exchange, digits
        self.told: list[str] = []
        self._take = desk.on_ws_frame
        desk.on_ws_frame = self._frame  # pyright: ignore[reportAttributeAccessIssue] -- it listens as well

    def _frame(self, transport, frame) -> None:  # pyright: ignore[reportMissingParameterType]
        self.told.append(frame.get_payload_as_bytes().decode(errors="replace"))
        self._take(transport, frame)

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(record.getMessage() + repr(record.args) + repr(record.exc_info))

    async def found(self, contact_id: UUID, *, end: bool = True) -> list[str]:
        """Return where the digits (or their last four) are."""
        history = await self._exchange.rooms.contacts.history("onda", contact_id, 0)
        places = [f"event {one.event}" for one in history if self._has(str(one.event))]
        places += [f"told {one}" for one in self.told if self._has(one)]
        async with self._exchange.house.database.tenant("onda") as conn:
            tables = await conn.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            for (table,) in tables:
                for (row,) in await conn.fetch(f'SELECT t::text FROM "{table}" t'):
                    if self._digits in row or self._digits.encode().hex() in row:
                        places.append(f"row of {table}")
        return places

    def _has(self, text: str) -> bool:
        return self._digits in text or self._digits[-6:] in text


@asynccontextmanager
async def detecting(exchange: Exchange, desk: Client, tasks: dict[str, TaskHandler]) -> AsyncIterator[Detector]:
    """Run a worker with these tasks, and look for the card's digits meanwhile."""
    rooms = exchange.house.rooms
    detector = Detector(exchange, desk, CARD)
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(detector)
    worker = exchange.rooms.tasks.spawn("worker", rooms.task_runner(tasks).run(rooms.task_lane))
    try:
        yield detector
    finally:
        worker.cancel()
        root.removeHandler(detector)
        root.setLevel(before)


async def _talking(exchange: Exchange) -> tuple[Client, UUID]:
    desk = await exchange.house.desk("mina")
    await desk.take("welcome")
    exchange.telephone.rings()
    session = await until(lambda: next(iter(exchange.node._by_contact.values()), None))
    await until(lambda: exchange.media.said and "How can we help" in exchange.media.said[-1])
    exchange.media.press("1")
    contact_id = session.contact_id
    await until(exchange.media.music)
    offer_id = await exchange.house.offer(str(contact_id))
    mina = exchange.house.agents["mina"]
    await exchange.house.rooms.service.command("onda", contact_id, AcceptOffer(mina.agent_id, "Mina", offer_id))
    desk.send(t="call_join", cid="j1", contact=str(contact_id), sdp="mina's offer", mode="talk")
    await desk.take("call_answer")
    exchange.media.up("a-")
    await until(lambda: session.machine.state.talking)
    return desk, contact_id


async def _paid(exchange: Exchange, tasks: dict[str, TaskHandler]) -> tuple[dict[str, object], list[str]]:
    """Mina asks for a card number by secure input; return what her desk shows in the end, and where digits are."""
    desk, contact_id = await _talking(exchange)
    async with detecting(exchange, desk, tasks) as detector:
        desk.send(t="call_secure", cid="s1", contact=str(contact_id), on=True, what="card")
        await until(lambda: exchange.media.shielded)
        exchange.media.press(CARD + "#")
        frame = await desk.take("call", lambda f: (f["call"]["secure"] or {}).get("outcome") is not None)
        await until(lambda: not exchange.media.shielded)
        return frame["call"]["secure"], await detector.found(contact_id)


async def test_the_payment_gets_the_card_number_and_the_agent_sees_that_it_worked(exchange: Exchange):
    charged: list[dict[str, object]] = []

    async def charge(context: object, args: dict[str, object]) -> dict[str, object]:
        charged.append(args)
        return {"ok": True}

    shown, places = await _paid(exchange, {"secure.card": charge})
    assert shown == {"what": "card", "digits": 16, "outcome": "done"}
    assert charged == [{"digits": CARD}], "once"
    assert places == []


@pytest.mark.parametrize("how", ["declined", "away", "nobody takes cards here"])
async def test_an_agent_sees_that_a_payment_did_not_work_and_no_digit_remains(exchange: Exchange, how: str):
    async def declines(context: object, args: dict[str, object]) -> dict[str, object]:
        if how == "away":
            raise ProviderFailed("The bank does not answer.", retryable=True)
        return {"ok": False}

    shown, places = await _paid(exchange, {} if "nobody" in how else {"secure.card": declines})
    assert shown == {"what": "card", "digits": 16, "outcome": "failed"}
    assert places == []


async def test_a_journeys_task_gets_the_secret_that_was_keyed_in_and_it_is_written_nowhere(exchange: Exchange):
    asks = Journey(
        id="front",
        on_error=(End("t.bye"),),
        sections={
            "start": (
                Ask("card", "t.menu", DigitsInput(16, 16), give_up=(Goto("agent"),), sensitivity="secret"),
                Invoke("payments.charge", "paid", failed=(Goto("agent"),), args={"digits": Var("card")}),
                Goto("agent"),
            ),
            "agent": (Enqueue("orders", (End("t.closed"),), (End("t.closed"),), (End("t.closed"),)),),
        },
    )
    async with exchange.house.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO journey (tenant_id, id, version, document, published_at)"
            " VALUES ('onda', 'front', 2, $1, now())", asks,
        )  # fmt: skip
    exchange.house.rooms.facts.settings_changed("onda")
    charged: list[dict[str, object]] = []

    async def charge(context: object, args: dict[str, object]) -> dict[str, object]:
        charged.append(args)
        return {"ok": True}

    desk = await exchange.house.desk("mina")
    await desk.take("welcome")
    async with detecting(exchange, desk, {"payments.charge": charge}) as detector:
        exchange.telephone.rings()
        session = await until(lambda: next(iter(exchange.node._by_contact.values()), None))
        await until(lambda: exchange.media.shielded)
        exchange.media.press(CARD)
        await until(lambda: charged)
        await until(exchange.media.music)
        assert charged == [{"digits": CARD}]
        await until(lambda: not exchange.media.shielded)
        assert await detector.found(session.contact_id) == []


async def test_the_detector_finds_digits_wherever_somebody_let_them_through(exchange: Exchange):
    desk, contact_id = await _talking(exchange)
    async with detecting(exchange, desk, {}) as detector:
        logging.getLogger("warmline").info("It is %s", CARD)
        mina = exchange.house.agents["mina"].agent_id
        await exchange.house.rooms.service.command("onda", contact_id, AddNote(mina, "Mina", "n1", CARD))
        async with exchange.house.database.tenant("onda") as conn:
            await conn.execute("UPDATE agent SET name = $1 WHERE tenant_id = 'onda'", CARD)
        places = await detector.found(contact_id)
    assert {one.split()[0] for one in places} == {"event", "told", "row"}
