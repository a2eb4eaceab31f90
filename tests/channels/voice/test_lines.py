"""Lines of a call: what became of those we called, and the legs that are closed behind them."""

import pytest
from tests.channels.voice.around import MemoryCall, until
from tests.channels.voice.conftest import Exchange

from warmline.channels.voice import inputs as i
from warmline.channels.voice.lines import Lines, outcome_of
from warmline.kernel.errors import Refused
from warmline.kernel.ids import new_id
from warmline.media import refusals as refusals  # declares what the engine refuses
from warmline.ports.media import LegWish
from warmline.ports.telephone import CallEnd


@pytest.mark.parametrize(
    ("end", "outcome"),
    [
        (CallEnd("them", 17, 486), "busy"),
        (CallEnd("them", 17), "busy"),
        (CallEnd("network", 19, 480), "no_answer"),
        (CallEnd("network", 1), "wrong_number"),
        (CallEnd("them", 21, 603), "refused"),
        (CallEnd("network", 38, 503), "failed"),
    ],
)
def test_what_became_of_a_call_is_read_from_status_and_cause(end: CallEnd, outcome: str):
    assert outcome_of(end) == outcome


def lines(exchange: Exchange) -> tuple[Lines, list[i.Input]]:
    told: list[i.Input] = []
    call_id = new_id()
    made = Lines(exchange.rooms, call_id, "onda", told.append)
    exchange.media.listen(made.call, lambda event: None)
    return made, told


async def test_a_number_that_answers_is_up_and_is_paid_for_when_it_ends(exchange: Exchange):
    made, told = lines(exchange)
    made.dial("shop", "+82212345678", "transfer", new_id())
    [(_, call)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: call.on_answered is not None)
    call.on_answered("their sdp")
    await until(lambda: told == [i.PartyUp("shop")])
    assert made.has_line("shop")
    call.ends(CallEnd("them"))
    await until(lambda: not exchange.media.legs)
    assert told[-1] == i.PartyGone("shop", hung_up=True)
    assert len(exchange.gate.settled) == 1


async def test_a_desk_phone_that_is_rung_in_vain_says_so(exchange: Exchange):
    made, told = lines(exchange)
    made.ring_phone("phone-1", "onda/101", "+8225550201", {"X-Warmline-Locale": "ja"})
    [(wish, call)] = await until(lambda: exchange.telephone.dialled)
    assert (wish.phone, wish.to) == (True, "onda/101")
    assert (wish.from_number, wish.headers) == ("+8225550201", {"X-Warmline-Locale": "ja"})  # its display says so
    await until(lambda: call.on_ended is not None)
    call.ends(CallEnd("network", 19, 408))
    await until(lambda: told == [i.PartyGone("phone-1", "no_answer")])


async def test_a_desk_phone_that_insists_on_encryption_is_rung_again_with_nothing_less(exchange: Exchange):
    made, told = lines(exchange)
    made.ring_phone("phone-1", "onda/101", "+8225550201")
    [(first, call)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: call.on_ended is not None)
    call.ends(CallEnd("them", 88, 488))
    [_, (again, call)] = await until(lambda: exchange.telephone.dialled[1:] and exchange.telephone.dialled)
    assert (again.to, again.from_number, again.phone) == (first.to, first.from_number, True)
    assert [wish.srtp for wish in exchange.media.wishes] == ["optional", "required"]
    await until(lambda: call.on_answered is not None)
    call.on_answered("their sdp")
    await until(lambda: told == [i.PartyUp("phone-1")])


async def test_a_desk_phone_that_takes_no_audio_of_ours_is_not_rung_for_ever(exchange: Exchange):
    made, told = lines(exchange)
    made.ring_phone("phone-1", "onda/101")
    for times in (1, 2):
        [*_, (_, call)] = await until(
            lambda asked=times: len(exchange.telephone.dialled) == asked and exchange.telephone.dialled
        )
        await until(lambda phone=call: phone.on_ended is not None)
        call.ends(CallEnd("them", 88, 488))
    await until(lambda: told == [i.PartyGone("phone-1", "failed")])
    await until(lambda: not exchange.media.legs)
    assert len(exchange.telephone.dialled) == 2


class Wish:
    """A REFER."""

    replaces: str | None = None

    def __init__(self, target: str) -> None:
        self.target, self.answers = target, list[str]()

    def accept(self) -> None:
        self.answers.append("accepted")

    def progress(self, status: int) -> None:
        self.answers.append(str(status))

    def refuse(self, status: int = 603) -> None:
        self.answers.append(f"refused {status}")


async def test_a_desk_phone_hands_the_caller_to_a_number_and_nobody_else_may(exchange: Exchange):
    made, told = lines(exchange)
    made.ring_phone("phone-1", "onda/101")
    [(_, desk_phone)] = await until(lambda: exchange.telephone.dialled)
    made.dial("shop", "+82212345678", "transfer", new_id())
    [_, (_, outsider)] = await until(lambda: len(exchange.telephone.dialled) == 2 and exchange.telephone.dialled)
    caller = MemoryCall()
    made.take("customer", caller)
    await until(lambda: desk_phone.on_refer and outsider.on_refer)
    fine, strange, help_ = Wish("sip:+82212345678@pbx"), Wish("sip:alice@pbx"), Wish("tel:119")
    for one in (fine, strange, help_):
        desk_phone.on_refer(one)
    await until(lambda: fine.answers and strange.answers and help_.answers)
    assert fine.answers == ["accepted"], "what comes of it is not known yet"
    assert strange.answers == help_.answers == ["refused 603"]
    for outside in (caller, outsider):
        wish = Wish("sip:+82212345678@pbx")
        assert outside.on_refer is not None
        outside.on_refer(wish)
        assert wish.answers == ["refused 603"]
    [forward] = [one for one in told if isinstance(one, i.Forward)]
    assert forward.number == "+82212345678"


async def test_a_desk_phone_may_hand_on_again_to_a_number_that_was_busy_the_first_time(exchange: Exchange):
    made, told = lines(exchange)
    made.ring_phone("phone-1", "onda/101")
    [(_, desk_phone)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: desk_phone.on_refer)
    for times in (1, 2):
        desk_phone.on_refer(Wish("sip:+82212345678@pbx"))
        await until(lambda asked=times: len(told) == asked)
    first, second = told
    assert isinstance(first, i.Forward)
    assert isinstance(second, i.Forward)
    assert first.party != second.party, "who was let go is not rung again under the same name"


async def test_a_desk_phone_that_handed_on_hears_that_they_answered_or_why_not(exchange: Exchange):
    made, told = lines(exchange)
    made.ring_phone("phone-1", "onda/101")
    [(_, desk_phone)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: desk_phone.on_refer)
    for times, (status, heard) in enumerate(((486, "486"), (404, "404"), (None, "200")), start=1):
        wish = Wish("sip:+82212345678@pbx")
        desk_phone.on_refer(wish)
        await until(lambda asked=times: sum(isinstance(one, i.Forward) for one in told) == asked)
        forward = next(one for one in reversed(told) if isinstance(one, i.Forward))
        made.dial(forward.party, forward.number, "transfer", new_id())
        [*_, (_, line)] = await until(
            lambda asked=times: len(exchange.telephone.dialled) == asked + 1 and exchange.telephone.dialled
        )
        await until(lambda rung=line: rung.on_answered is not None)
        if status is None:
            line.on_answered("their sdp")
        else:
            line.ends(CallEnd("them", 16, status))
        await until(lambda asked=wish: len(asked.answers) == 2)
        assert wish.answers == ["accepted", heard]


async def test_a_desk_phone_in_japan_means_a_number_in_japan(exchange: Exchange):
    exchange.gate.region = "JP"
    made, told = lines(exchange)
    made.ring_phone("phone-1", "onda/101")
    [(_, desk_phone)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: desk_phone.on_refer)
    desk_phone.on_refer(Wish("sip:0312345678@pbx"))
    [forward] = await until(lambda: told)
    assert isinstance(forward, i.Forward)
    assert forward.number == "+81312345678"


async def test_a_line_that_must_be_encrypted_is_asked_for_nothing_less_both_ways(exchange: Exchange):
    secret = LegWish(srtp="required")
    exchange.plan.wishes = {"onda/carrier": secret, None: secret}
    made, _ = lines(exchange)
    await made.answer("customer", MemoryCall(), "their offer", trunk="onda/carrier")
    made.dial("shop", "+82212345678", "transfer", new_id())
    await until(lambda: exchange.telephone.dialled)
    made.ring_phone("phone-1", "onda/101")
    await until(lambda: len(exchange.telephone.dialled) == 2)
    assert exchange.media.wishes == [secret, secret, LegWish()]


async def test_what_was_reserved_for_a_call_that_could_not_be_begun_is_free_again(exchange: Exchange):
    made, told = lines(exchange)
    exchange.telephone.no_line = True
    made.dial("shop", "+82212345678", "transfer", new_id())
    await until(lambda: exchange.gate.settled)
    assert (told, exchange.gate.settled) == ([i.PartyGone("shop", "failed")], [0.0])


async def test_keys_told_by_signalling_count_like_those_in_the_audio(exchange: Exchange):
    made, told = lines(exchange)
    caller = MemoryCall()
    made.take("customer", caller)
    assert caller.on_digit is not None
    for digit in "5D":
        caller.on_digit(digit)
    assert told == [i.Key("5")]


async def test_a_party_let_go_while_it_is_being_called_is_hung_up(exchange: Exchange):
    made, told = lines(exchange)
    made.dial("shop", "+82212345678", "transfer", new_id())
    [(_, call)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: made.has_line("shop"))
    await made.let_go("shop")
    assert call.hung_up
    assert told == []
    await made.end(16)
    assert exchange.media.legs == {}


class Acknowledges(MemoryCall):
    """A caller without an offer, whose answer to ours comes with the ACK."""

    def __init__(self, sdp: str | None) -> None:
        super().__init__()
        self.theirs = sdp

    async def answer(self, sdp: str) -> None:
        await super().answer(sdp)
        if self.theirs is not None:
            assert self.on_answered is not None
            self.on_answered(self.theirs)


async def test_a_caller_without_an_offer_is_heard_by_the_answer_in_their_ack(exchange: Exchange):
    made, told = lines(exchange)
    answers: list[tuple[str, str]] = []

    async def answered(leg: str, sdp: str) -> None:
        assert told == [], "they are spoken to only when it is known where"
        answers.append((leg, sdp))

    exchange.media.answered = answered  # pyright: ignore[reportAttributeAccessIssue]
    caller = Acknowledges("answer in the ack")
    await made.answer("customer", caller, None)
    [(leg, sdp)] = answers
    assert sdp == "answer in the ack"
    assert caller.answer_sdp == f"offer of {leg}"
    assert told == [i.LineOpen()]


async def test_a_caller_who_never_says_where_they_hear_is_refused(exchange: Exchange):
    made, told = lines(exchange)
    with pytest.raises(Refused) as refused:
        await made.answer("customer", Acknowledges(None), None)
    assert refused.value.code == "media.bad_sdp"
    assert told == []


async def test_an_answered_caller_is_not_opened_again_by_a_later_answer(exchange: Exchange):
    made, told = lines(exchange)
    caller = MemoryCall()
    await made.answer("customer", caller, "their offer")
    assert caller.on_answered is not None
    caller.on_answered("their newest answer")
    await until(lambda: told == [i.LineOpen()])
