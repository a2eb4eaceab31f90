"""What the driver asks of the rtpengine daemon: ng questions put together, refusals in our own words."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from warmline.kernel.errors import Refused
from warmline.media.negotiation import EVENT
from warmline.media.refusals import BAD_SDP, NO_PORTS, NO_WORKER, UNSUPPORTED
from warmline.media.rtpengine_calls import RtpengineCall, RtpengineLeg
from warmline.media.rtpengine_ng import NgClient, NgError, Read, Value

# Our ports stay the same when the other side of a leg changes: it is never told of another. Who speaks first at
# a port stays its only source until a new description moves it: by itself the daemon forwards what anybody sends.
FLAGS = ["port latching", "trust address", "strict source", "endpoint-learning-immediate"]
PLAIN = "RTP/AVP"
SECURE = "RTP/SAVP"
BROWSER = "UDP/TLS/RTP/SAVPF"


@dataclass(frozen=True)
class RtpengineSettings:
    """How to reach the daemon. `keys_at`: where its `--dtmf-log-dest` points, on this machine.

    `recordings`: its recording folder, if its unencrypted captures are allowed. `dials`: keys can be sent; that
    costs the daemon the decoding of every call.
    """

    daemon: tuple[str, int] = ("127.0.0.1", 2223)
    keys_at: tuple[str, int] = ("127.0.0.1", 2224)
    clips: Path | None = None  # a folder both read; longer prompts made of several pieces need it
    recordings: Path | None = None
    dials: bool = False
    silent_after_s: float = 20.0
    looked_at_every_s: float = 1.0


class KeyLog(asyncio.DatagramProtocol):
    """Takes the daemon's JSON about keys."""

    def __init__(self, pressed: Callable[[str, str, int], None]) -> None:
        self._pressed = pressed

    def datagram_received(self, data: bytes, addr: tuple[str | int, int]) -> None:
        try:
            told = json.loads(data)
            self._pressed(str(told["callid"]), str(told["source_tag"]), int(told["event"]))
        except (ValueError, KeyError, TypeError):
            return


class RtpengineDaemon:
    """One daemon: its ng port, and the socket that hears its keys."""

    def __init__(self, settings: RtpengineSettings) -> None:
        self._settings = settings
        self._ng: NgClient | None = None
        self._keys: asyncio.BaseTransport | None = None

    async def start(self, pressed: Callable[[str, str, int], None]) -> None:
        """Open both sockets. Raises OSError when `keys_at` is taken, Refused `media.no_worker` without daemon.

        A start that fails leaves nothing open: it may be tried again.
        """
        loop = asyncio.get_running_loop()
        try:
            self._ng = await NgClient.open(self._settings.daemon)
            self._keys, _ = await loop.create_datagram_endpoint(
                lambda: KeyLog(pressed), local_addr=self._settings.keys_at
            )
            await self.ask("ping")
        except BaseException:
            self.shut()
            raise

    def shut(self) -> None:
        if self._keys is not None:
            self._keys.close()
        if self._ng is not None:
            self._ng.close()
        self._keys = self._ng = None

    async def join(self, call: RtpengineCall, one: RtpengineLeg, other: RtpengineLeg) -> None:
        """Let two legs hear each other, and whoever they were joined with no more."""
        if not one.sdp or not other.sdp:
            raise Refused(UNSUPPORTED, what="connect a leg before it has answered")
        for leg in (one, other):
            before = leg.joined if leg.joined in call.legs else leg.stand_in
            for source, listener in ((leg.tag, before), (before, leg.tag)):
                await self.attempt("unsubscribe", call_id=call.id, from_tag=source, to_tag=listener)
        await self.offered(call.id, one.tag, other.tag, one.sdp, other, **_translated(one, other))
        await self.told("answer", call.id, one.tag, other.tag, other.sdp)
        one.joined, other.joined = other.tag, one.tag

    async def offered(
        self, call: str, from_tag: str, to_tag: str | None, sdp: str, toward: RtpengineLeg | None, **more: Value
    ) -> str:
        """Return the daemon's description for the other side; `toward` is its leg, None a stand-in."""
        return await self.told("offer", call, from_tag, to_tag, sdp, **way(toward), **more)

    async def told(
        self, command: str, call: str, from_tag: str, to_tag: str | None, sdp: str, **more: Value
    ) -> str:
        """Tell an offer or an answer; return the description for the side it is meant for."""
        flags = [*FLAGS, "inject DTMF"] if self._settings.dials else FLAGS
        if to_tag is not None:
            more["to_tag"] = to_tag
        answer = await self.ask(command, call_id=call, from_tag=from_tag, sdp=sdp, flags=flags, **more)
        return str(answer.get("sdp", ""))

    async def ask(self, command: str, **more: Value) -> dict[str, Read]:
        """Ask; raises what MediaDriver raises."""
        if self._ng is None:
            raise Refused(NO_WORKER)
        try:
            return await self._ng.ask(command, **more)
        except NgError as no:
            if "ports" in no.reason.lower() and command in ("offer", "answer"):
                raise Refused(NO_PORTS) from no
            if command in ("offer", "answer"):
                raise Refused(BAD_SDP, reason=no.reason) from no
            raise Refused(UNSUPPORTED, what=f"{command}: {no.reason}") from no

    async def look(self, call: str) -> dict[str, Read]:
        """Return what the daemon knows of a call. Raises NgError when it knows none."""
        if self._ng is None:
            raise Refused(NO_WORKER)
        return await self._ng.ask("query", call_id=call)

    async def attempt(self, command: str, **more: Value) -> None:
        """Ask for what may have happened already."""
        if self._ng is not None:
            try:
                await self._ng.ask(command, **more)
            except NgError:
                return

    async def block(self, call: str, leg: RtpengineLeg, blocked: bool) -> None:
        """Keep what comes from a leg, audio and keys, from everybody, or let it through again."""
        word = "block" if blocked else "unblock"
        await self.ask(f"{word} media", call_id=call, from_tag=leg.tag)
        await self.ask(f"{word} DTMF", call_id=call, from_tag=leg.tag)
        leg.blocked = blocked


def way(leg: RtpengineLeg | None) -> dict[str, Value]:
    """How an offer is to be written for a leg; None: for a stand-in."""
    if leg is not None and leg.wish.kind == "webrtc":
        return {
            "transport_protocol": BROWSER,
            "ICE": "force",
            "DTLS": "passive",
            "rtcp_mux": ["offer", "require"],
        }
    spoken = leg.theirs.profile if leg is not None and leg.theirs is not None else None
    secure = leg is not None and leg.wish.srtp == "required"
    return {"transport_protocol": spoken or (SECURE if secure else PLAIN), "ICE": "remove", "rtcp_mux": ["demux"]}


def _translated(one: RtpengineLeg, other: RtpengineLeg) -> dict[str, Value]:
    """Ask for transcoding where two legs agreed on different codecs."""
    if one.agreed is None or other.agreed is None or one.agreed.codec == other.agreed.codec:
        return {}
    return {"codec": {"mask": ["all"], "transcode": [other.agreed.codec, EVENT]}}
