"""Somebody outside the house comes into a call: they are handed the caller, or talk with both."""

from tests.e2e.voice_house import PERSON, PHONE_EXTENSION, VoiceHouse
from tests.e2e.voice_people import DeskAgent, Person, Town, until

from warmline_demo.content.telephone import PREFIX

CALLER_HZ, AGENT_HZ, OUTSIDE_HZ = 440.0, 1000.0, 1400.0
WORKSHOP = f"{PREFIX}310"


async def talk(town: Town, agent: DeskAgent) -> tuple[str, Person, Person]:
    """A caller and the agent's desk phone, who hear each other."""
    caller = await town.calls(PERSON, hz=CALLER_HZ)
    contact = await agent.accepts()
    phone = await town.picks_up(PHONE_EXTENSION, hz=AGENT_HZ)
    await caller.hears(AGENT_HZ)
    await phone.hears(CALLER_HZ)
    return contact, caller, phone


async def test_a_caller_handed_on_to_an_outside_number_hears_music_then_them_and_the_agent_is_free(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    contact, caller, phone = await talk(town, agent)
    await agent.does("call_forward", contact=contact, number=WORKSHOP, note="the repair is theirs")
    ringing = await town.is_called(WORKSHOP)
    await until(lambda: not caller.peer.hears_now(AGENT_HZ), "the agent is away")
    await caller.hears_sound(ms=600)
    workshop = await town.answers(ringing, hz=OUTSIDE_HZ)
    await caller.hears(OUTSIDE_HZ, not_hz=(AGENT_HZ,))
    await workshop.hears(CALLER_HZ, not_hz=(AGENT_HZ,))
    await phone.until_ended()
    await agent.wraps_up(contact)
    await until(lambda: contact not in agent.cards, "the agent is free")
    assert caller.ended is None

    await workshop.hang_up()
    await caller.until_ended()
    ended = [one for one in await agent.history(contact) if one["kind"] == "contact_ended"]
    assert [one["reason"] for one in ended] == ["transferred_out"]


async def test_a_caller_who_cannot_be_handed_on_is_with_the_agent_again(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    town.busy.add(WORKSHOP)
    contact, caller, phone = await talk(town, agent)
    await agent.does("call_forward", contact=contact, number=WORKSHOP, note="")
    await agent.call_is(contact, lambda call: call["result"] == "busy", "the line was busy")
    await caller.hears(AGENT_HZ)
    await phone.hears(CALLER_HZ)
    await agent.finishes(contact)
    assert (await caller.until_ended()).cause == 16


async def test_a_conference_with_somebody_outside_is_heard_at_every_end_and_goes_on_without_the_agent(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    contact, caller, phone = await talk(town, agent)
    await agent.does("call_consult", contact=contact, to={"number": WORKSHOP})
    workshop = await town.picks_up(WORKSHOP, hz=OUTSIDE_HZ)
    await phone.hears(OUTSIDE_HZ, not_hz=(CALLER_HZ,))
    await workshop.hears(AGENT_HZ, not_hz=(CALLER_HZ,))
    await until(lambda: not caller.peer.hears_now(AGENT_HZ), "music instead of the agent")
    await caller.hears_sound(ms=600)

    await agent.does("call_talk", contact=contact, **{"with": "all"})
    await caller.hears(AGENT_HZ, OUTSIDE_HZ)
    await phone.hears(CALLER_HZ, OUTSIDE_HZ)
    await workshop.hears(CALLER_HZ, AGENT_HZ)

    await agent.does("call_complete", contact=contact, note="they know each other")
    await phone.until_ended()
    await caller.hears(OUTSIDE_HZ, not_hz=(AGENT_HZ,))
    await workshop.hears(CALLER_HZ, not_hz=(AGENT_HZ,))
    await caller.hang_up()
    assert (await workshop.until_ended()).cause == 16
    await agent.wraps_up(contact)


async def test_somebody_outside_is_let_go_and_caller_and_agent_talk_on(
    house: VoiceHouse, town: Town, agent: DeskAgent
):
    contact, caller, phone = await talk(town, agent)
    await agent.does("call_consult", contact=contact, to={"number": WORKSHOP})
    workshop = await town.picks_up(WORKSHOP, hz=OUTSIDE_HZ)
    await workshop.hears(AGENT_HZ)
    call = await agent.call_is(
        contact, lambda call: any(one["kind"] == "number" for one in call["parties"]), "they are in the call"
    )
    [party] = [one["id"] for one in call["parties"] if one["kind"] == "number"]
    await agent.does("call_drop", contact=contact, party=party)
    await workshop.until_ended()
    await caller.hears(AGENT_HZ, not_hz=(OUTSIDE_HZ,))
    await phone.hears(CALLER_HZ, not_hz=(OUTSIDE_HZ,))
    await agent.finishes(contact)
    assert (await caller.until_ended()).cause == 16
