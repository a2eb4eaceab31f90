"""What agents, supervisors and those they call do to a call. Raises Refused when it cannot be."""

from warmline.channels.voice.actions import CallAgent, Dial, RingColleague, StopRinging
from warmline.channels.voice.circle import Party
from warmline.channels.voice.inputs import (
    ChangeMode,
    Complete,
    Consult,
    Drop,
    Forbidden,
    Forward,
    Joins,
    LineHeld,
    PartyGone,
    PartyUp,
    Record,
    Secure,
    Talk,
)
from warmline.channels.voice.secure_input import SecureInput
from warmline.channels.voice.state import CallState
from warmline.domain.contact.commands import AgentEnds, CompleteTransfer, SecureGiven, TransferOut
from warmline.domain.contact.events_voice import HandOnFailed, PartyJoined, SecureInputEnded, SecureInputStarted
from warmline.kernel.errors import Refused, declare

NOBODY_CONSULTED = declare(
    "call.nobody_consulted",
    409,
    "Nobody else is in this call.",
    "Consult somebody first and wait for their answer.",
)
CONSULTS_ALREADY = declare(
    "call.consults_already", 409, "You are asking somebody already.", "Let them go before you ask another."
)
NOT_RECORDED = declare(
    "call.not_recorded", 409, "This call is not being recorded.", "There is nothing to pause or resume."
)
NO_SUPERVISOR = declare(
    "call.no_supervisor", 409, "You do not listen to this call.", "Join the call first, then choose how."
)
OWN_CALL = declare(
    "call.own_call",
    409,
    "This is your own call: you hear it already.",
    "Choose the call of somebody else to listen in.",
)
PARTIES_AT_MOST = 8
NUMBER_AT_MOST = 40  # characters of what somebody dialled
TOO_MANY_PARTIES = declare(
    "call.too_many_parties", 409, "So many people cannot be in one call.", "Wait until somebody has left."
)


def people_event(
    call: CallState,
    event: Joins
    | PartyUp
    | PartyGone
    | Forbidden
    | ChangeMode
    | Consult
    | LineHeld
    | Talk
    | Drop
    | Complete
    | Forward
    | Secure
    | Record,
    now_s: float,
) -> None:
    """Follow what people do."""
    match event:
        case Joins():
            _joins(call, event)
        case PartyUp():
            _up(call, event.party)
        case PartyGone():
            _gone(call, event)
        case Forbidden():
            call.note(HandOnFailed("forbidden", event.number[:NUMBER_AT_MOST], event.consult, event.why))
        case ChangeMode():
            _change_mode(call, event)
        case Consult():
            _consult(call, event)
        case LineHeld():
            _line_held(call, event)
        case Talk():
            _talk(call, event)
        case Drop():
            _drop(call, event.party)
        case Complete():
            _complete(call)
        case Forward():
            _forward(call, event)
        case Secure():
            _secure(call, event, now_s)
        case Record():
            if call.recording is None or call.recording.what != "call":
                raise Refused(NOT_RECORDED)
            call.recording.paused_by_agent = not event.on


def _joins(call: CallState, event: Joins) -> None:
    before = [one for one in call.circle.parties.values() if one.agent_id == event.agent_id]
    role = "supervisor" if event.kind == "supervisor" else "owner"
    owner, talked = call.circle.owner(), call.circle.talk
    if role == "supervisor" and owner is not None and owner in before:
        raise Refused(OWN_CALL)  # who talks to the customer would leave them alone by listening in
    asked = [one for one in before if one.role == "consulted"]
    if asked:
        role = "consulted"
    call.part_all(before)  # the same person again, after a reload
    owner = call.circle.owner()
    if role == "owner" and owner is not None:
        call.part(owner)
    if len(call.circle.parties) >= PARTIES_AT_MOST:
        raise Refused(TOO_MANY_PARTIES)
    call.add_party(Party(event.party, event.kind, role, event.name, event.agent_id, mode=event.mode))
    if role == "consulted":  # all three who talk go on doing so when one of them has loaded their page again
        call.circle.talk = talked if any(one.up for one in asked) else "consulted"


def _up(call: CallState, party_id: str) -> None:
    party = call.circle.parties.get(party_id)
    if party is None or party.up:
        return
    if party.rings and party.role == "consulted" and party.agent_id is not None:
        call.out.append(StopRinging(party.agent_id))  # they answered at their desk phone
    call.welcome(party)
    if call.forwards == party_id:
        agent = call.circle.owner() or call.handed_by
        if agent is not None and agent.agent_id is not None and party.number is not None:
            call.bridging = True
            call.circle.talk = "all"
            call.do(TransferOut(agent.agent_id, party.number))


def _gone(call: CallState, event: PartyGone) -> None:
    owner = call.circle.owner()
    if owner is not None and owner.second == event.party:
        for asked in call.circle.consulted():
            _drop(call, asked.id)  # nobody asks them any more
        return
    party = call.circle.parties.get(event.party)
    if party is None or (party.up and event.outcome is not None):
        return  # not reached in time, or so it seemed: they have answered
    if party.role == "consulted" and party.agent_id is not None and event.outcome == "failed":
        return  # their phone cannot be rung; their desk still is
    was_up, was_owner = party.up, party.role == "owner"
    was_forward = call.forwards == party.id and not was_up
    if not was_up and party.number is not None:
        call.result = event.outcome
        _not_reached(call, event, party.number)
    elif not was_up and party.rings and party.agent_id is not None:
        call.out.append(StopRinging(party.agent_id))
    call.part(party)
    if was_forward:
        _comes_back(call)
    if was_owner and was_up and event.hung_up and call.give_up():
        return
    if was_owner and was_up and call.forwards is not None:
        call.waiting = True  # handed on and gone, as phones go after REFER: it rings on without them
    elif was_owner and was_up and event.hung_up and party.agent_id is not None and not call.contact_over:
        call.waiting = True
        call.do(AgentEnds(party.agent_id))
    elif was_owner and was_up and not call.contact_over:
        call.waiting = True
        call.say_own("voice.agent_lost")


def _not_reached(call: CallState, event: PartyGone, number: str) -> None:
    """Tell on the timeline why a number was not reached; a leg that merely went, nobody knows of."""
    if event.outcome is not None:
        outcome = "forbidden" if event.why is not None else event.outcome
        call.note(HandOnFailed(outcome, number, call.forwards != event.party, event.why))


def _comes_back(call: CallState) -> None:
    """A blind transfer reached nobody: who handed the customer on is called again, if they had hung up."""
    handed_by, call.handed_by = call.handed_by, None
    if handed_by is None or handed_by.agent_id is None or call.circle.owner() is not None or call.contact_over:
        return
    call.waiting = True
    call.out.append(CallAgent(handed_by.agent_id, handed_by.name))


def _change_mode(call: CallState, event: ChangeMode) -> None:
    party = call.circle.parties.get(event.party)
    if party is None or party.role != "supervisor":
        raise Refused(NO_SUPERVISOR)
    if party.mode != event.mode:
        party.mode = event.mode
        if party.up:
            call.note(PartyJoined(party.id, party.kind, party.name, event.mode))


def _consult(call: CallState, event: Consult) -> None:
    if call.circle.consulted():
        raise Refused(CONSULTS_ALREADY)
    _begin_anew(call)
    kind = "agent" if event.agent_id is not None else "number"
    call.add_party(
        Party(event.party, kind, "consulted", event.name, event.agent_id, event.number, mode="consult", rings=True)
    )
    call.circle.talk = "consulted"
    owner = call.circle.owner()
    if owner is not None and event.line:
        owner.second = event.line
    if event.agent_id is not None:
        call.out.append(RingColleague(event.party, event.agent_id))
    elif event.number is not None:
        call.out.append(Dial(event.party, event.number))


def _begin_anew(call: CallState) -> None:
    """How an earlier attempt ended is no longer news; that a machine answered the call itself, is."""
    if call.result != "machine":
        call.result = None


def _line_held(call: CallState, event: LineHeld) -> None:
    """Who takes one of two lines again talks with who is on it; the phone itself has put the other on hold."""
    owner = call.circle.owner()
    if owner is None or owner.second is None or event.on or event.party not in (owner.id, owner.second):
        return
    call.circle.talk = "customer" if event.party == owner.id else "consulted"


def _talk(call: CallState, event: Talk) -> None:
    if event.to != "customer" and not any(one.up for one in call.circle.consulted()):
        raise Refused(NOBODY_CONSULTED)
    call.circle.talk = event.to


def _drop(call: CallState, party_id: str) -> None:
    party = call.circle.parties.get(party_id)
    if party is None:
        raise Refused(NOBODY_CONSULTED)
    if party.kind == "agent" and not party.up and party.agent_id is not None:
        call.out.append(StopRinging(party.agent_id))
    call.part(party)
    if party.role == "owner":
        call.give_up()


def _complete(call: CallState) -> None:
    owner = call.circle.owner()
    asked = next((one for one in call.circle.consulted() if one.up), None)
    if owner is None or owner.agent_id is None or asked is None:
        raise Refused(NOBODY_CONSULTED)
    call.circle.talk = "all"
    if asked.agent_id is not None:
        call.successor = asked.agent_id
        call.do(CompleteTransfer(owner.agent_id, asked.agent_id, asked.name))
    elif asked.number is not None:
        call.bridging = True
        call.do(TransferOut(owner.agent_id, asked.number))


def _forward(call: CallState, event: Forward) -> None:
    if call.circle.consulted():
        raise Refused(CONSULTS_ALREADY)
    call.add_party(
        Party(event.party, "number", "consulted", event.number, None, event.number, mode="consult", rings=True)
    )
    _begin_anew(call)
    call.forwards, call.handed_by = event.party, call.circle.owner()
    call.circle.talk = "consulted"
    call.out.append(Dial(event.party, event.number))


def _secure(call: CallState, event: Secure, now_s: float) -> None:
    running = call.secure is not None and call.secure.outcome is None
    if event.on:
        if running:
            end_secure(call, "cancelled")
        call.secure = SecureInput(event.what, event.least, event.most, now_s)
        call.note(SecureInputStarted(event.what))
    elif running:
        end_secure(call, "cancelled")
    elif call.secure is not None and call.secure.outcome == "done" and call.secure.taken is None:
        call.secure.taken = "cancelled"  # whoever waits for the task's answer need not wait any longer


def end_secure(call: CallState, outcome: str | None = None) -> None:
    """Secure input is over: with its own outcome, or with this one. What is complete goes to its task."""
    one = call.secure
    if one is None:
        return
    if outcome == "cancelled":
        one.end(outcome)
    digits = one.value()
    call.note(SecureInputEnded(one.what, one.count, one.outcome or "cancelled"))
    if digits is not None:
        call.answers += 1
        call.do(SecureGiven(one.what, digits, f"{call.id}:{call.answers}"))
