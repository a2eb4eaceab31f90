"""Customers choose among half hours in which somebody will be there to call them."""

from datetime import timedelta
from uuid import UUID

from house import House
from warmline.domain.contact.commands import CustomerEnds, RequestCallback
from warmline.features.contacts.call_times import call_times
from warmline.runtime.clock import utc_now


async def in_line(house: House) -> UUID:
    customer, _, opened = await house.customer()
    customer.send(t="say", cid="a", text="agent", value="agent")
    await customer.take("ack")
    return UUID(opened["contact"]["id"])


async def offering(house: House, offered: bool) -> None:
    async with house.database.tenant("onda") as conn:
        await conn.execute("UPDATE queue SET rules = $1", {"callback": {"offered": offered}})
    house.rooms.facts.settings_changed("onda")


async def test_who_waits_where_nobody_calls_back_has_no_choice(house: House):
    await offering(house, False)
    contact_id = await in_line(house)
    assert not (await house.rooms.chat.call_times("onda", contact_id)).offered


async def test_who_waits_or_was_promised_a_call_chooses_among_the_next_half_hours(house: House):
    await offering(house, True)
    contact_id = await in_line(house)
    for command in (RequestCallback("+821012345678"), CustomerEnds()):
        times = await house.rooms.chat.call_times("onda", contact_id)
        assert times.offered
        assert times.starts[0] - utc_now() <= timedelta(minutes=30)
        assert all(start.minute in (0, 30) for start in times.starts)
        await house.rooms.service.command("onda", contact_id, command)
    over = await house.rooms.chat.call_times("onda", contact_id)
    assert (over.offered, list(over.starts)) == (False, [])


async def test_a_half_hour_in_which_the_queue_is_closed_is_not_among_them(house: House):
    await offering(house, True)
    async with house.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO calendar (tenant_id, id, name, time_zone, country, weekly)"
            " VALUES ('onda', 'never', $1, 'UTC', '', '{}')",
            {"ko": "없음", "ja": "なし", "en": "Never"},
        )
        await conn.execute("UPDATE queue SET calendar_id = 'never'")
    contact_id = await in_line(house)
    house.rooms.facts.settings_changed("onda")
    facts = await house.rooms.facts.of("onda")
    contact = await house.rooms.service.load("onda", contact_id)
    times = call_times(facts, contact, utc_now())
    assert list(times.starts) == []
