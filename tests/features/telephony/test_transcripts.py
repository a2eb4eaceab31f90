"""Finished recordings are written down: messages and calls, once, when nobody has to be understood just then."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio
from tests.features.conftest import SignedIn
from tests.features.messages.conftest import Shop

from house import build
from tone_endpoint import ToneEndpoint, record, understands_tones
from warmline.domain.contact.commands import NoteCall
from warmline.domain.contact.events_voice import VoicemailLeft
from warmline.features.customers.timeline import timeline
from warmline.features.telephony.recordings import Recordings
from warmline.features.telephony.transcripts import Transcripts
from warmline.features.telephony.transcripts_rows import TRIES, TranscriptRows
from warmline.media.recording_file import RecordingFile
from warmline.runtime.clock import utc_now
from warmline.runtime.egress import Egress
from warmline.runtime.feed import Feed
from warmline.speech.openai_compatible import Endpoint, OpenAiSpeech

PARCEL, CALL_ME, HELLO = "택배가 아직 안 왔어요.", "전화 주세요.", "무엇을 도와드릴까요?"
WORDS = {300: PARCEL, 500: CALL_ME, 700: HELLO}
LEFT = [(0.0, 0.5), (300.0, 1.5), (0.0, 4.0), (500.0, 1.0), (0.0, 1.0)]


@dataclass
class Line(Shop):
    """A shop whose callers speak in tones, and a service that understands them."""

    endpoint: ToneEndpoint = field(default_factory=lambda: ToneEndpoint({}))
    egress: Egress = field(default_factory=lambda: Egress(lambda _: ()))
    customer: list[tuple[float, float]] = field(default_factory=lambda: list(LEFT))
    agent: list[tuple[float, float]] = field(default_factory=list)
    busy: bool = False
    rested: int = 0
    later: timedelta = timedelta()

    def writer(self) -> Transcripts:
        """A voice process that has just been started."""
        endpoint = Endpoint(url=self.endpoint.url, transcription_model="stt")
        return Transcripts(
            TranscriptRows(self.house.database),
            self.recordings,
            OpenAiSpeech(endpoint, self.egress, self.egress.stream),
            self.house.rooms.service.command,
            busy=lambda: self.busy,
            rest=self._rest,
            now=self.now,
        )

    async def _rest(self) -> None:
        self.rested += 1

    def now(self) -> datetime:
        return utc_now() + self.later

    async def recorded(self, contact_id: UUID, customer_id: UUID, call: bool = False) -> UUID:
        begun = await self.recordings.begin("onda", contact_id, customer_id, "call" if call else "voicemail")
        file = RecordingFile(str(begun.path), str(begun.id), begun.key)
        duration_ms = record(file, self.customer, self.agent)
        await self.recordings.finished("onda", begun.id, duration_ms, file.size)
        return begun.id

    async def transcript(self, id: UUID) -> str | None:
        return (await self.recordings.listed("onda", [id]))[id].transcript

    async def told(self, feed: Feed, contact_id: UUID) -> list[VoicemailLeft]:
        events = [one.event for one in await feed.history("onda", contact_id)]
        return [one for one in events if isinstance(one, VoicemailLeft)]


@pytest_asyncio.fixture
async def line(database, keyring, committer, feed, notifier, tmp_path: Path) -> AsyncIterator[Line]:
    async with (
        build(database, keyring, committer, feed, notifier) as built,
        understands_tones(WORDS) as endpoint,
    ):
        egress = Egress(lambda _: frozenset({f"127.0.0.1:{endpoint.port}"}))
        recordings = Recordings(database, keyring, tmp_path)
        yield Line(built, keyring, committer, recordings, endpoint=endpoint, egress=egress)
        await egress.close()
    assert not built.failures


async def customer_of(line: Line, contact_id: UUID) -> UUID:
    return (await line.house.rooms.service.load("onda", contact_id)).customer_id


async def test_a_message_is_read_in_the_list_and_on_the_timeline_where_it_is_one_message_still(
    line: Line, browser: SignedIn, feed: Feed
):
    contact_id, id = await line.message()
    assert await line.writer().work() == 1
    agent = await browser(line.routers, "agent")
    [one] = (await agent.get("/api/messages")).json()["items"]
    assert (one["id"], one["transcript"]) == (str(id), f"{PARCEL}\n{CALL_ME}")
    assert (await agent.get("/api/messages/count")).json() == {"open": 1, "unheard": 1}
    first, again = await line.told(feed, contact_id)
    assert (first.transcript, first.again) == (None, False)
    assert (again.transcript, again.again, again.recording_id) == (f"{PARCEL}\n{CALL_ME}", True, id)
    assert line.endpoint.languages == {"ko"}
    assert line.rested == 1


async def test_the_customer_s_story_tells_what_they_said(line: Line):
    contact_id, _ = await line.message()
    await line.writer().work()
    customer_id = await customer_of(line, contact_id)
    async with line.house.database.tenant("onda") as conn:
        await conn.execute(
            "INSERT INTO customer (tenant_id, id, created_at, updated_at) VALUES ('onda', $1, now(), now())"
            " ON CONFLICT DO NOTHING",
            customer_id,
        )
        stored = await conn.fetchval("SELECT body::text FROM event WHERE body->>'again' = 'true'")
    page = await timeline(line.house.database, line.keyring, "onda", customer_id, None, 50)
    messages = [one.e for one in page.items if isinstance(one.e, VoicemailLeft)]
    assert [one.transcript for one in messages] == [f"{PARCEL}\n{CALL_ME}", None]
    assert "택배" not in str(stored)
    assert "sealed" in str(stored)


async def test_of_a_call_both_sides_are_written_down_in_the_order_in_which_they_spoke(line: Line, feed: Feed):
    contact_id, _ = await line.message()
    await line.writer().work()
    line.customer = [(0, 4.0), (300, 2.0), (0, 5.0), (500, 1.0), (0, 1.0)]
    line.agent = [(0, 1.0), (700, 1.5), (0, 10.5)]
    call = await line.recorded(contact_id, await customer_of(line, contact_id), call=True)
    assert await line.writer().work() == 1
    lines = (await line.transcript(call) or "").split("\n")
    assert [one.split(" ", 1)[1] for one in lines] == [f"상담원: {HELLO}", f"고객: {PARCEL}", f"고객: {CALL_ME}"]
    assert [one.split(" ", 1)[0] for one in lines] == ["0:00", "0:03", "0:10"]
    assert len(await line.told(feed, contact_id)) == 2, "a call's transcript is read with its recording"
    async with line.house.database.tenant("onda") as conn:
        sealed = await conn.fetchval("SELECT transcript_enc FROM recording WHERE id = $1", call)
    assert sealed is not None
    assert "택배".encode() not in sealed


async def test_a_process_that_is_stopped_half_way_leaves_the_recording_to_the_next_which_does_it_once(
    line: Line, feed: Feed
):
    contact_id, id = await line.message()
    line.endpoint.answer.clear()
    stopped = asyncio.ensure_future(line.writer().run())  # noqa: TID251 -- held and awaited here
    async with asyncio.timeout(10):
        await line.endpoint.asked.wait()
    stopped.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await stopped
    line.endpoint.answer.set()
    assert await line.transcript(id) is None
    assert await line.writer().work() == 1, "it waits for nobody who has gone"
    assert await line.writer().work() == 0
    assert await line.transcript(id) == f"{PARCEL}\n{CALL_ME}"
    assert len(await line.told(feed, contact_id)) == 2


async def test_a_process_that_died_after_telling_and_before_keeping_tells_nothing_twice(line: Line, feed: Feed):
    contact_id, id = await line.message()
    await line.do(contact_id, NoteCall(VoicemailLeft(id, 12.0, PARCEL, again=True)))
    assert await line.writer().work() == 1
    assert [one.transcript for one in await line.told(feed, contact_id)] == [None, PARCEL]


async def test_two_processes_share_what_there_is_and_do_nothing_twice(line: Line):
    ids = [(await line.message())[1] for _ in range(2)]
    done = await asyncio.gather(line.writer().work(), line.writer().work())
    assert sum(done) == 2
    assert [text for text, _ in line.endpoint.heard].count(PARCEL) == 2
    assert {await line.transcript(id) for id in ids} == {f"{PARCEL}\n{CALL_ME}"}


async def test_a_service_that_keeps_failing_is_asked_so_many_times_and_no_more(
    line: Line, caplog: pytest.LogCaptureFixture
):
    _, id = await line.message()
    line.endpoint.status = 503
    with caplog.at_level(logging.INFO, "warmline.features.telephony.transcripts"):
        assert await line.writer().work() == 0
        assert await line.writer().work() == 0, "not at once again"
        for _ in range(TRIES + 2):
            line.later += timedelta(hours=13)
            assert await line.writer().work() == 0
    told = [one.getMessage() for one in caplog.records]
    assert len(told) == TRIES
    assert "tried again later" in told[0]
    assert told[-1].endswith(f"given up after {TRIES} tries: The speech endpoint answered 503.")
    line.endpoint.status = 200
    assert await line.writer().work() == 0
    assert await line.transcript(id) is None


async def test_a_service_that_is_back_is_asked_again_and_no_word_is_logged(
    line: Line, caplog: pytest.LogCaptureFixture
):
    _, id = await line.message()
    line.endpoint.status = 503
    with caplog.at_level(logging.DEBUG):
        await line.writer().work()
        line.endpoint.status = 200
        line.later = timedelta(minutes=2)
        assert await line.writer().work() == 1
    assert await line.transcript(id) == f"{PARCEL}\n{CALL_ME}"
    assert "택배" not in caplog.text


async def test_while_a_caller_s_words_are_awaited_nothing_is_begun(line: Line):
    _, id = await line.message()
    line.busy = True
    assert await line.writer().work() == 0
    line.busy = False
    line.endpoint.answer.clear()
    work = asyncio.ensure_future(line.writer().work())  # noqa: TID251 -- held and awaited here
    async with asyncio.timeout(10):
        await line.endpoint.asked.wait()
    line.busy = True  # a question was spoken; the piece at hand is finished, the next one waits
    line.endpoint.answer.set()
    for _ in range(30):  # long enough to have asked again, were it not for the caller
        await line.transcript(id)
    assert [text for text, _ in line.endpoint.heard] == [PARCEL]
    line.busy = False
    assert await work == 1
    assert await line.transcript(id) == f"{PARCEL}\n{CALL_ME}"


async def test_a_message_in_which_nothing_was_understood_is_left_as_it_is_and_not_tried_again(
    line: Line, feed: Feed
):
    line.customer = [(0, 1.0), (900, 1.5), (0, 1.0)]  # nobody's words
    contact_id, id = await line.message()
    assert await line.writer().work() == 1
    assert await line.writer().work() == 0
    assert await line.transcript(id) == ""
    assert len(await line.told(feed, contact_id)) == 1


async def test_what_an_erased_customer_said_is_asked_of_nobody(line: Line):
    contact_id, id = await line.message()
    await line.keyring.erase("onda", await customer_of(line, contact_id))
    assert await line.writer().work() == 0
    assert await line.transcript(id) is None
    assert not line.endpoint.heard


async def test_a_recording_whose_file_is_gone_does_not_hold_up_the_others(line: Line):
    _, lost = await line.message()
    opened = await line.recordings.readable("onda", lost)
    opened.path.unlink()
    _, id = await line.message()
    assert await line.writer().work() == 1
    assert await line.transcript(id) == f"{PARCEL}\n{CALL_ME}"
    assert await line.transcript(lost) is None
