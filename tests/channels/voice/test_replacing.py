"""Another telephone takes the place of one that talks: the contact goes on, and strangers are refused."""

from uuid import UUID

import pytest
from tests.channels.voice.around import MemoryCall, MemoryIncoming, until
from tests.channels.voice.conftest import Exchange

from warmline.channels.voice.session import CallSession
from warmline.domain.contact.commands import AcceptOffer
from warmline.domain.contact.model import ContactStatus
from warmline.media import refusals as refusals  # declares what the engine refuses
from warmline.ports.telephone import CallEnd, Caller, CallGone

MINAS, YUKIS = "onda/101", "onda/102"


async def _talking(exchange: Exchange) -> tuple[CallSession, MemoryCall, MemoryCall]:
    """A customer talks with Mina on her desk phone: the session, the customer's call and the phone's."""
    mina, yuki = (exchange.house.agents[name].agent_id for name in ("mina", "yuki"))
    exchange.plan.phones |= {mina: MINAS, yuki: YUKIS}
    customer = exchange.telephone.rings()
    session = await until(lambda: next(iter(exchange.node._by_contact.values()), None))
    await until(lambda: "How can we help?" in " ".join(exchange.media.said))
    exchange.media.press("1")
    await until(lambda: session.contact.status is ContactStatus.QUEUED)
    offer_id = await exchange.house.offer(str(session.contact_id))
    await exchange.house.rooms.service.command("onda", session.contact_id, AcceptOffer(mina, "Mina", offer_id))
    [(_, line)] = await until(lambda: exchange.telephone.dialled)
    await until(lambda: line.on_answered is not None)
    line.on_answered("their sdp")
    await until(lambda: session.machine.state.talking)
    return session, customer, line


def _takes(
    exchange: Exchange, old: MemoryCall, phone: str | None = None, offer: str | None = "a new offer"
) -> MemoryCall:
    new = MemoryCall()
    incoming = MemoryIncoming(new, Caller(None), "warmline", offer, phone=phone, replaces=old)
    assert exchange.telephone.on_call is not None
    exchange.telephone.on_call(incoming)  # pyright: ignore[reportArgumentType]
    return new


async def _status(exchange: Exchange, contact_id: UUID | None) -> ContactStatus:
    assert contact_id is not None
    return (await exchange.rooms.contacts.load("onda", contact_id)).status


async def test_a_customer_goes_on_at_another_telephone_and_hanging_up_there_ends_the_contact(exchange: Exchange):
    session, customer, _ = await _talking(exchange)
    new = _takes(exchange, customer)
    await until(lambda: new.answer_sdp is not None and customer.hung_up)
    assert len(exchange.node) == 1
    assert session.machine.state.talking
    assert customer.on_ended is None, "the old line has no say any more"
    new.ends(CallEnd("them"))
    await exchange.node.drain(5)
    assert await _status(exchange, session.contact_id) is ContactStatus.ENDED


async def test_an_agent_takes_the_call_over_at_their_other_desk_phone(exchange: Exchange):
    session, customer, line = await _talking(exchange)
    new = _takes(exchange, line, MINAS)
    await until(lambda: new.answer_sdp is not None and line.hung_up)
    assert session.machine.state.talking
    assert not customer.hung_up
    assert new.on_refer is not None, "and may hand the customer on from there"


@pytest.mark.parametrize("whose", ["a colleague's", "the customer's"])
async def test_nobody_takes_what_somebody_else_speaks_through(exchange: Exchange, whose: str):
    session, customer, line = await _talking(exchange)
    new = _takes(exchange, *((line, YUKIS) if whose == "a colleague's" else (customer, MINAS)))
    await until(lambda: new.refused == 403)
    assert session.machine.state.talking
    assert not line.hung_up
    assert not customer.hung_up


async def test_a_call_that_is_over_cannot_be_taken_over(exchange: Exchange):
    new = _takes(exchange, MemoryCall())
    await until(lambda: new.refused == 481)
    assert new.answer_sdp is None


async def test_what_cannot_be_spoken_through_leaves_the_old_telephone_alone(exchange: Exchange):
    session, customer, _ = await _talking(exchange)
    new = _takes(exchange, customer, offer=None)
    await until(lambda: new.refused == 488)
    assert session.machine.state.talking
    assert not customer.hung_up


async def test_a_telephone_that_is_gone_while_it_is_answered_takes_its_party_with_it(exchange: Exchange):
    session, customer, _ = await _talking(exchange)

    class Gone(MemoryCall):
        async def answer(self, sdp: str) -> None:
            raise CallGone

    new = Gone()
    assert exchange.telephone.on_call is not None
    incoming = MemoryIncoming(new, Caller(None), "warmline", replaces=customer)
    exchange.telephone.on_call(incoming)  # pyright: ignore[reportArgumentType]
    await exchange.node.drain(5)
    assert await _status(exchange, session.contact_id) is ContactStatus.ENDED
