"""What the customer hears, carried out: texts are rendered, the next one ahead of time, and played in order."""

import asyncio
import contextlib
import logging
from collections import OrderedDict
from collections.abc import Callable
from uuid import UUID

from warmline.channels.voice.actions import CUSTOMER, Prepare, Say, Sounds
from warmline.channels.voice.rooms import BEEP, RINGBACK, VoiceRooms, leg_of
from warmline.kernel.errors import ProviderFailed, Refused
from warmline.kernel.locale import Locale
from warmline.ports.media import PlayFile, PlayItem, PlaySilence
from warmline.ports.speech import Spoken
from warmline.runtime.commit_store import connection_is_lost

LOG = logging.getLogger(__name__)
PREPARED_AT_MOST = 3
RENDERING_S = 8.0  # longer than this for one utterance, and it is left out
MUSIC_AFTER_S = 1.0  # what takes longer to render is waited for with music: nobody hears nothing
LEAD_MS = 120  # between two utterances

Text = tuple[str, Locale, str | None, bool]


class Mouth:
    """Speaks to one call's customer. `said(play, to_the_end)` tells the end of what could not be said, too."""

    def __init__(
        self, rooms: VoiceRooms, call_id: UUID, tenant_id: str, said: Callable[[str, bool], None]
    ) -> None:
        self._rooms = rooms
        self._call_id = call_id
        self._tenant_id = tenant_id
        self._said = said
        self._rendering: asyncio.Task[None] | None = None
        self._prepared: OrderedDict[Text, asyncio.Task[Spoken | None]] = OrderedDict()
        self._playing: dict[str, Spoken] = {}
        self._music = False  # what the customer hears now

    def say(self, action: Say) -> None:
        """Begin to say something instead of whatever plays."""
        self._forget_rendering()
        self._rendering = self._rooms.tasks.spawn("voice.say", self._speak(action))

    def prepare(self, action: Prepare) -> None:
        """Have something ready."""
        self._render((action.text, action.locale, action.prompt, action.lasting))

    async def sound(self, action: Sounds) -> None:
        """Play a sound to a party, or nothing."""
        if action.party == CUSTOMER:
            self._forget_rendering()
            self._music = action.sound == "music"
        media, leg = self._rooms.media, leg_of(self._call_id, action.party)
        match action.sound:
            case None:
                await media.stop(leg)
            case "music":
                await media.play(leg, f"{leg}-music", self._rooms.music_items(), loop=True)
            case "ringback":
                await media.play(leg, f"{leg}-ringback", (RINGBACK,), loop=True)
            case "beep":
                await media.play(leg, f"{leg}-beep", (BEEP,))

    async def farewell(self, text: str, locale: Locale) -> None:
        """Have the engine ready to say this to the customer if our process dies."""
        with contextlib.suppress(Refused, ProviderFailed, OSError):
            spoken = await self._rooms.speech.say(self._tenant_id, text, locale, lasting=True)
            items: list[PlayItem] = [PlaySilence(LEAD_MS), PlayFile(str(spoken.path), not spoken.lasting)]
            await self._rooms.media.farewell(leg_of(self._call_id, CUSTOMER), items)

    def played(self, play: str) -> None:
        """A play is over: its file may go."""
        spoken = self._playing.pop(play, None)
        if spoken is not None:
            self._rooms.speech.release(spoken)

    def close(self) -> None:
        """Stop rendering and let every file go."""
        self._forget_rendering()
        for task in self._prepared.values():
            self._drop(task)
        self._prepared.clear()
        for play in list(self._playing):
            self.played(play)

    def _forget_rendering(self) -> None:
        if self._rendering is not None:
            self._rendering.cancel()
            self._rendering = None

    async def _speak(self, action: Say) -> None:
        key = (action.text, action.locale, action.prompt, action.lasting)
        task = self._render(key)
        self._prepared.pop(key, None)
        try:
            async with asyncio.timeout(RENDERING_S):
                if not (await asyncio.wait({task}, timeout=MUSIC_AFTER_S))[0]:
                    await self._fill()
                spoken = await asyncio.shield(task)
        except TimeoutError:
            spoken = None
            task.cancel()
        except asyncio.CancelledError:
            self._drop(task)
            raise
        except Exception:
            LOG.exception("A text could not be rendered; it is left out")
            spoken = None
        leg = leg_of(self._call_id, CUSTOMER)
        if spoken is None:
            if self._music:
                await self._silence(leg)
            self._said(action.play, True)
            return
        self._music = False
        self._playing[action.play] = spoken
        items: list[PlayItem] = [PlaySilence(LEAD_MS), PlayFile(str(spoken.path), not spoken.lasting)]
        try:
            await self._rooms.media.play(leg, action.play, items, barge=action.barge)
        except Refused as refused:
            LOG.warning("Something could not be said: %s", refused.code)
            self.played(action.play)
            self._said(action.play, True)

    async def _silence(self, leg: str) -> None:
        self._music = False
        with contextlib.suppress(Refused):
            await self._rooms.media.stop(leg)

    async def _fill(self) -> None:
        """Music, unless it plays already, until there is something to say."""
        if self._music:
            return
        leg = leg_of(self._call_id, CUSTOMER)
        with contextlib.suppress(Refused):  # the call is just ending
            await self._rooms.media.play(leg, f"{leg}-music", self._rooms.music_items(), loop=True)
            self._music = True

    def _render(self, key: Text) -> asyncio.Task[Spoken | None]:
        task = self._prepared.get(key)
        if task is None:
            task = asyncio.ensure_future(self._spoken(key))  # noqa: TID251 -- held in `_prepared` until it is said
            self._prepared[key] = task
            if len(self._prepared) > PREPARED_AT_MOST:
                self._drop(self._prepared.popitem(last=False)[1])
        return task

    async def _spoken(self, key: Text) -> Spoken | None:
        text, locale, prompt, lasting = key
        try:
            return await self._rooms.speech.say(
                self._tenant_id,
                text,
                locale,
                prompt=prompt,
                lasting=lasting,
            )
        except Exception as failure:
            if connection_is_lost(failure) and prompt is not None:  # no recording can be looked up
                return await self._spoken((text, locale, None, lasting))
            if not isinstance(failure, ProviderFailed | OSError):
                raise
            LOG.error("A text could not be spoken: %s", failure)
            return None

    def _drop(self, task: asyncio.Task[Spoken | None]) -> None:
        """Nobody will hear this: its file may go as soon as it is there."""
        if not task.done():
            task.cancel()
        elif not task.cancelled() and task.exception() is None and (spoken := task.result()) is not None:
            self._rooms.speech.release(spoken)
