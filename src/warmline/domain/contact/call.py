"""The call of a contact, as its facts tell it: one at a time, the last one stays to be read."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from warmline.domain.contact import events_voice as v


class Party(Struct, frozen=True, omit_defaults=True):
    """Who is on the line beside the customer's own leg."""

    party: str
    kind: v.PartyKind
    name: str = ""
    mode: v.PartyMode = "talk"


class CallState(Struct, frozen=True, omit_defaults=True):
    """Where a call stands. `number` and names are personal: this lives only in the contact's encrypted state."""

    direction: v.Direction
    number: str | None = None
    called: str | None = None
    attestation: str = "none"
    answered: bool = False
    answered_at: datetime | None = None
    ended: bool = False
    outcome: v.CallOutcome | None = None  # why nobody was reached; `machine`: somebody's answering machine was
    recording: Literal["on", "paused"] | None = None
    recording_id: UUID | None = None  # of the last one
    secure: str | None = None  # what is being keyed in unheard
    parties: tuple[Party, ...] = ()

    @property
    def running(self) -> bool:
        return not self.ended

    @property
    def agent_talks(self) -> bool:
        """Whether the agent who has the customer is in the running call, by whatever they speak through."""
        return self.running and any(one.kind == "agent" and one.mode == "talk" for one in self.parties)


def after(call: CallState | None, fact: v.VoiceEvent, at: datetime | None = None) -> CallState | None:
    """Return the call as it stands after `fact`, which was told at `at`; facts of no call change nothing."""
    if isinstance(fact, v.CallStarted):
        return CallState(fact.direction, fact.number, fact.called, fact.attestation)
    if call is None:
        return None
    match fact:
        case v.CallAnswered():
            outcome = "machine" if fact.machine else call.outcome
            return replace(call, answered=True, answered_at=call.answered_at or at, outcome=outcome)
        case v.CallFailed():
            return replace(call, outcome=fact.outcome, ended=True, recording=None, secure=None, parties=())
        case v.CallEnded():
            return replace(call, ended=True, recording=None, secure=None, parties=())
        case v.PartyJoined():
            joined = Party(fact.party, fact.kind, fact.name, fact.mode)
            return replace(call, parties=(*_without(call, fact.party), joined))
        case v.PartyLeft():
            return replace(call, parties=_without(call, fact.party))
        case v.RecordingStarted() | v.RecordingResumed():
            return replace(call, recording="on", recording_id=fact.recording_id)
        case v.RecordingPaused():
            return replace(call, recording="paused", recording_id=fact.recording_id)
        case v.RecordingEnded():
            return replace(call, recording=None)
        case v.SecureInputStarted():
            return replace(call, secure=fact.what)
        case v.SecureInputEnded():
            return replace(call, secure=None)
        case _:
            return call


def _without(call: CallState, party: str) -> tuple[Party, ...]:
    return tuple(one for one in call.parties if one.party != party)
