"""A call as those who follow its contact see it. Source: docs/protocol/desk.md, `call`."""

from datetime import timedelta

from warmline.channels.voice.actions import CUSTOMER
from warmline.channels.voice.state import CallState


def state_word(call: CallState) -> str:
    """Return where the call is, in one word."""
    if call.phase == "over":
        return "ended"
    if call.phase == "dialling":
        return "ringing" if call.line_rings else "dialling"
    if call.circle.held or (call.circle.talk == "consulted" and call.circle.owner() is not None):
        return "held"
    if call.talking:
        return "talking"
    return "waiting" if call.waiting else "self_service"


def _moment(call: CallState, at_s: float) -> str:
    return (call.since_at + timedelta(seconds=round(at_s - call.began_s, 1))).isoformat()


def shown(call: CallState) -> dict[str, object]:
    """Return the call's state for desks and pages."""
    word = state_word(call)
    customer = {"dialling": "joining", "ringing": "ringing", "ended": "gone"}.get(word)
    if customer is None:
        customer = "talking" if word in ("talking", "self_service") else "held"
    parties: list[dict[str, object]] = [
        {"id": CUSTOMER, "kind": "customer", "name": "", "agent_id": None, "state": customer}
    ]
    parties += [
        {
            "id": one.id,
            "kind": one.kind,
            "name": one.name,
            "agent_id": None if one.agent_id is None else str(one.agent_id),
            "state": call.circle.state(one),
        }
        for one in call.circle.parties.values()
    ]
    recording = call.recording if call.recording is not None and call.recording.what == "call" else None
    return {
        "direction": call.direction,
        "since_at": call.since_at.isoformat(),
        "number": call.number,
        "attestation": call.attestation,
        "state": word,
        "parties": parties,
        "talk": call.circle.talk,
        "recording": {
            "state": "off" if recording is None else "paused" if recording.paused else "on",
            "since_at": None if recording is None else _moment(call, recording.began_s),
        },
        "secure": None if call.secure is None else call.secure.shown(),
        "quality": call.quality,
        "result": call.result,
    }
