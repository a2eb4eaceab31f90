"""The call of a contact, as its facts tell it."""

from datetime import UTC, datetime
from uuid import UUID

from warmline.domain.contact import events_voice as v
from warmline.domain.contact.call import CallState, after

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RECORDING = UUID(int=9)


def told(*facts: v.VoiceEvent) -> CallState | None:
    call: CallState | None = None
    for fact in facts:
        call = after(call, fact, AT)
    return call


def test_a_fact_of_no_call_makes_none():
    assert told(v.CallAnswered(), v.RecordingStarted(RECORDING)) is None


def test_who_changes_how_they_are_on_the_line_is_there_once():
    call = told(
        v.CallStarted("inbound"), v.PartyJoined("s", "supervisor", "Ken", "listen"),
        v.PartyJoined("s", "supervisor", "Ken", "barge"),
    )  # fmt: skip
    assert call is not None
    assert [party.mode for party in call.parties] == ["barge"]


def test_a_machine_that_answered_stays_the_calls_result():
    call = told(
        v.CallStarted("outbound"), v.CallAnswered(), v.CallAnswered(machine=True), v.CallEnded("agent")
    )  # fmt: skip
    assert call is not None
    assert (call.answered, call.outcome, call.ended) == (True, "machine", True)
    person = told(v.CallStarted("outbound"), v.CallAnswered())
    assert person is not None
    assert person.outcome is None


def test_a_call_that_is_over_keeps_who_called_and_nothing_that_runs():
    call = told(
        v.CallStarted("inbound", "+821012345678"), v.CallAnswered(), v.PartyJoined("a", "agent"),
        v.RecordingStarted(RECORDING), v.SecureInputStarted("card"), v.CallEnded("customer"),
    )  # fmt: skip
    assert call is not None
    assert (call.running, call.parties, call.recording, call.secure) == (False, (), None, None)
    assert (call.number, call.answered_at, call.recording_id) == ("+821012345678", AT, RECORDING)


def test_a_new_call_begins_anew():
    call = told(v.CallStarted("inbound"), v.CallFailed("busy"), v.CallStarted("browser"))
    assert call == CallState("browser")


def test_a_recording_is_paused_resumed_and_over():
    begun = (v.CallStarted("inbound"), v.RecordingStarted(RECORDING), v.RecordingPaused(RECORDING))
    paused, resumed = told(*begun), told(*begun, v.RecordingResumed(RECORDING))
    ended = told(*begun, v.RecordingEnded(RECORDING))
    assert paused is not None
    assert resumed is not None
    assert ended is not None
    assert (paused.recording, resumed.recording, ended.recording) == ("paused", "on", None)
