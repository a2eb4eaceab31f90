"""Somebody on the telephone gets a link, and goes on in chat: the same case, and nobody else's business."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from house import House
from warmline.domain.contact.events import ContactOpened
from warmline.features.contacts.case_links import EXPIRED, VALID, CaseLinks, send_link_task
from warmline.features.contacts.tasks import ContactTask
from warmline.kernel.errors import ProviderFailed, Refused

BASE = "https://help.onda.example"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@dataclass
class Phones:
    """The provider of short messages: what it was handed, by key."""

    on: bool = True
    sent: dict[str, tuple[str, str]] = field(default_factory=dict)

    def serves(self, tenant_id: str) -> bool:
        return self.on and tenant_id == "onda"

    async def send(self, tenant_id: str, to: str, text: str, key: str) -> None:
        self.sent[key] = (to, text)


async def korea(tenant_id: str) -> str:
    return "KR"


async def _called(house: House) -> UUID:
    visitor = await house.rooms.visitors.newcomer("onda")
    await house.rooms.visitors.settle(visitor, "voice", "ko")
    decision = await house.rooms.service.open(
        "onda", channel="voice", customer_id=visitor.customer_id, conversation_id=visitor.conversation_id,
        locale="ko", journey_id="front",
    )  # fmt: skip
    return decision.contact.id


async def _sent(house: House, contact_id: UUID, phones: Phones, **args: object) -> dict[str, object]:
    task = send_link_task(house.rooms.case_links(BASE), phones, korea, lambda: NOW)
    wanted: dict[str, object] = {"to": "010-1234-5678", "link": "chat", "locale": "ko", **args}
    return await task(ContactTask("onda", contact_id, "t1", 1), wanted)


async def _continued(house: House, contact_id: UUID) -> UUID | None:
    history = await house.rooms.chat.history("onda", contact_id, 0)
    return next(one.event.continues for one in history if isinstance(one.event, ContactOpened))


async def test_a_caller_opens_the_link_and_their_chat_continues_the_call(house: House):
    contact_id, phones = await _called(house), Phones()
    assert await _sent(house, contact_id, phones) == {"sent": True}
    assert await _sent(house, contact_id, phones) == {"sent": True}
    [(to, text)] = phones.sent.values()
    assert to == "+821012345678", "as it is written at home; sent twice it is one message"
    assert text.startswith("[온다] ")
    link = text.split()[-1]
    links = house.rooms.case_links(BASE)
    address = await links.open(link.removeprefix(f"{BASE}/widget/case/"), NOW)
    path, _, visitor = address.partition("#visitor=")
    assert path == "/widget/panel.html?key=onda&locale=ko"

    page = await house.widget(visitor=visitor)
    welcome = await page.take("welcome")
    assert welcome["visitor"] == visitor, "they are known"
    assert welcome["events"] == [], "and read nothing of the call: the number may have been mistyped"
    page.send(t="start", cid="c1", locale="ko")
    opened = await page.take("opened")
    chat = await house.rooms.service.load("onda", UUID(opened["contact"]["id"]))
    call = await house.rooms.service.load("onda", contact_id)
    assert chat.id != call.id
    assert chat.customer_id == call.customer_id
    assert await _continued(house, chat.id) == contact_id
    assert chat.assurance == 0, "what was proved on the telephone is not proved here"


async def test_a_link_is_good_for_a_day_and_only_as_it_was_written(house: House):
    links = house.rooms.case_links(BASE)
    token = (await links.url("onda", await _called(house), NOW)).rpartition("/")[2]
    with pytest.raises(Refused, match=EXPIRED):
        await links.open(token, NOW + VALID + timedelta(seconds=1))
    changed = token[:-1] + ("0" if token[-1] != "0" else "1")
    for forged in (changed, token.replace("onda.", "rival.", 1), "x", "", "가.나.1.라"):
        with pytest.raises(Refused, match=EXPIRED):
            await links.open(forged, NOW)


async def test_a_made_up_visitor_of_a_case_is_a_stranger(house: House):
    contact_id = await _called(house)
    page = await house.widget(visitor=f"onda.case-{contact_id.hex}-00ff")
    page.send(t="start", cid="c1", locale="ko")
    opened = await page.take("opened")
    assert await _continued(house, UUID(opened["contact"]["id"])) is None


@pytest.mark.parametrize("to", ["12", "+8819012345678", "112", "", None, 7])
async def test_no_link_goes_to_numbers_that_cost_or_are_none(house: House, to: object):
    phones = Phones()
    with pytest.raises(ProviderFailed):
        await _sent(house, uuid4(), phones, to=to)
    assert phones.sent == {}


async def test_without_a_way_to_send_messages_or_a_chat_to_open_the_step_fails_and_says_so(house: House):
    with pytest.raises(ProviderFailed, match="No short messages"):
        await _sent(house, uuid4(), Phones(on=False))
    rooms = house.rooms
    nowhere = CaseLinks(rooms.keyring, rooms.visitors, rooms.service.load, lambda tenant_id: [], BASE)
    task = send_link_task(nowhere, Phones(), korea)
    with pytest.raises(ProviderFailed, match="No short messages"):
        await task(ContactTask("onda", uuid4(), "t1", 1), {"to": "010-1234-5678"})
