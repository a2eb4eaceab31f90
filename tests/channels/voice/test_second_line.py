"""A desk phone with two lines: the customer on one, who is asked on the other, and both put together by REFER."""

from uuid import UUID

from tests.channels.voice.around import MemoryCall, MemoryIncoming, until
from tests.channels.voice.conftest import Exchange
from tests.channels.voice.playbook import YUKI, with_mina

from warmline.channels.voice import actions as a
from warmline.channels.voice import inputs as i
from warmline.domain.contact.commands import AcceptOffer, CompleteTransfer
from warmline.domain.contact.model import ContactStatus
from warmline.ports.telephone import CallEnd, Caller

MINAS, YUKIS = "onda/101", "onda/102"


class Refer:
    """What a phone asks, and what it was told."""

    def __init__(self, replaces: str | None) -> None:
        self.target, self.replaces = "sip:102@warmline", replaces
        self.said: list[object] = []

    def accept(self) -> None:
        self.said.append("accepted")

    def progress(self, status: int) -> None:
        self.said.append(status)

    def refuse(self, status: int = 603) -> None:
        self.said.append(("refused", status))


async def _talking(exchange: Exchange) -> tuple[UUID, MemoryCall]:
    """Mina has a customer on her desk phone, and Yuki has one, too: return the contact and Mina's line."""
    mina, yuki = (exchange.house.agents[name].agent_id for name in ("mina", "yuki"))
    exchange.plan.phones |= {mina: MINAS, yuki: YUKIS}
    exchange.telephone.rings()
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
    return session.contact_id, line


def _dials(exchange: Exchange, called: str) -> MemoryCall:
    line = MemoryCall()
    assert exchange.telephone.on_call is not None
    exchange.telephone.on_call(MemoryIncoming(line, Caller(None), called, phone=MINAS))  # pyright: ignore[reportArgumentType]
    return line


async def test_a_phone_puts_its_customer_and_a_colleague_together_and_is_free(exchange: Exchange):
    contact_id, first = await _talking(exchange)
    state = exchange.node._by_contact[contact_id].machine.state
    second = _dials(exchange, "102")
    _, (wish, colleague) = await until(lambda: exchange.telephone.dialled[1:] and exchange.telephone.dialled)
    assert (wish.phone, wish.to) == (True, YUKIS)
    await until(lambda: second.answer_sdp)
    await until(exchange.media.music)  # the customer waits
    await until(lambda: colleague.on_answered is not None)
    colleague.on_answered("their sdp")
    await until(lambda: any(one.startswith("line-") for one in state.hears))
    assert "customer" not in state.hears
    refer = Refer(second.id)
    assert first.on_refer is not None
    first.on_refer(refer)
    await until(lambda: first.hung_up and second.hung_up)
    assert refer.said == ["accepted", 200]
    contact = await exchange.rooms.contacts.load("onda", contact_id)
    assert (contact.agent_id, contact.status) == (
        exchange.house.agents["yuki"].agent_id,
        ContactStatus.CONNECTED,
    )
    assert contact.transfers == 1
    assert len(exchange.node) == 1, "one contact, one call"
    await until(lambda: state.talking)
    assert not colleague.hung_up


async def test_a_colleague_who_does_not_want_it_leaves_the_phone_with_its_customer(exchange: Exchange):
    contact_id, first = await _talking(exchange)
    state = exchange.node._by_contact[contact_id].machine.state
    second = _dials(exchange, "102")
    [_, (_, colleague)] = await until(lambda: exchange.telephone.dialled[1:] and exchange.telephone.dialled)
    await until(lambda: second.answer_sdp and colleague.on_ended is not None)
    refer = Refer(second.id)
    assert first.on_refer is not None
    first.on_refer(refer)
    await until(lambda: refer.said)
    assert refer.said == [("refused", 603)], "nobody has answered yet"
    colleague.ends(CallEnd("them", 21, 603))
    await until(lambda: second.hung_up)
    await until(lambda: state.talking)
    assert not first.hung_up


async def test_who_is_not_there_cannot_be_asked_and_nobody_asks_two_at_once(exchange: Exchange):
    contact_id, _ = await _talking(exchange)
    nobody = _dials(exchange, "sales")
    assert await until(lambda: nobody.refused) == 404
    oneself = _dials(exchange, "101")
    assert await until(lambda: oneself.refused) == 486
    first = _dials(exchange, "102")
    await until(lambda: first.answer_sdp)
    other = _dials(exchange, "+82212345678")
    assert await until(lambda: other.refused) == 486
    assert list(exchange.node._by_contact) == [contact_id]


def test_the_agent_goes_to_and_fro_between_the_lines_of_their_phone():
    book = with_mina()
    book.put(i.Consult("c", "Yuki", YUKI, line="line-2"))
    assert a.Sounds("line-2", "ringback") in book.log
    assert book.sound == "music"
    book.put(i.PartyUp("c"))
    assert book.hears == {"line-2": ("c",), "c": ("line-2",)}
    book.put(i.LineHeld("line-2", True))
    book.put(i.LineHeld("mina", False))
    assert book.hears == {"customer": ("mina",), "mina": ("customer",)}
    book.put(i.LineHeld("line-2", False))
    assert book.hears == {"line-2": ("c",), "c": ("line-2",)}
    book.put(i.PartyGone("line-2", hung_up=True))
    assert a.LetGo("c") in book.log
    assert book.hears == {"customer": ("mina",), "mina": ("customer",)}


def test_all_hear_each_other_until_the_phone_is_let_go():
    book = with_mina()
    book.put(i.Consult("c", "Yuki", YUKI, line="line-2"))
    book.put(i.PartyUp("c"))
    book.put(i.Complete())
    assert [one for one in book.commands if isinstance(one, CompleteTransfer)]
    assert book.hears["customer"] == ("line-2", "c")
    book.accepted(YUKI, "Yuki")
    assert a.LetGo("mina") in book.log
    assert a.LetGo("line-2") in book.log
    assert book.hears == {"customer": ("c",), "c": ("customer",)}
