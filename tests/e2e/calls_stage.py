"""A desk whose server is played by the test, and an engine for audio that is a second page of the same browser.

The pages are the built ones and WebRTC is Chromium's own on both ends; only the frames between desk and server are
a test's, so that every moment of a call can be shown, also those that take two people and a telephone company.
"""

import io
import json
import math
import mimetypes
import struct
import wave
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Page, Route, WebSocketRoute
from tests.e2e.fake_server import WEB_DIST

Frame = dict[str, Any]
DESK = "http://localhost:8421"
MINA = "0191a000-0000-7000-8000-00000000aaaa"
SOFIA = "0191a000-0000-7000-8000-00000000bbbb"
CONTACT = "0191a000-0000-7000-8000-000000000001"
CUSTOMER = "0191a000-0000-7000-8000-0000000000c1"
# Answers an offer with a steady tone, and counts what it hears; the newest connection is the call.
ENGINE = """
window.legs = [];
window.answer = async (sdp) => {
  const leg = new RTCPeerConnection();
  const sound = new AudioContext();
  const tone = sound.createOscillator();
  const out = sound.createMediaStreamDestination();
  tone.frequency.value = 440;
  tone.connect(out);
  tone.start();
  await leg.setRemoteDescription({ type: "offer", sdp });
  leg.addTrack(out.stream.getAudioTracks()[0], out.stream);
  await leg.setLocalDescription(await leg.createAnswer());
  await new Promise((done) => {
    if (leg.iceGatheringState === "complete") return done();
    leg.onicegatheringstatechange = () => leg.iceGatheringState === "complete" && done();
    setTimeout(done, 2000);
  });
  window.legs.push(leg);
  return leg.localDescription.sdp;
};
window.cut = () => window.legs.at(-1).close();
window.codec = () => /m=audio \\d+ \\S+ (\\d+)/.exec(window.legs.at(-1).localDescription.sdp)[1];
window.received = async () => {
  for (const one of (await window.legs.at(-1)?.getStats() ?? new Map()).values()) {
    if (one.type === "inbound-rtp") return one.packetsReceived;
  }
  return 0;
};
null;
"""


def now(ago_s: float = 0.0) -> str:
    return (datetime.now(UTC) - timedelta(seconds=ago_s)).isoformat()


def card(**change: Any) -> Frame:
    """A caller who went through self-service and is with Mina."""
    return {
        "id": CONTACT, "status": "connected", "channel": "voice", "locale": "ko",
        "customer": {"id": CUSTOMER, "name": "김서연", "known": True},
        "intent": "order_status", "assurance": 2, "queue_id": "orders", "priority": 5, "opened_at": now(95),
        "queued_at": now(60), "connected_at": now(42), "on_hold_since": None, "offer": None, "agent_id": MINA,
        "wrap_up": None, "callback": None, "last_text": None, "last_author": None, "last_at": None, "seq": 0,
        "waiting_since": None, "customer_present": True, "transfers": 0, "summary": None,
    } | change  # fmt: skip


def ringing(**change: Any) -> Frame:
    """The same caller, offered."""
    offer = {"id": "o1", "agent_id": MINA, "expires_at": (datetime.now(UTC) + timedelta(seconds=20)).isoformat()}
    return card(status="offered", agent_id=None, connected_at=None, offer=offer) | change


def call(**change: Any) -> Frame:
    """The call of the caller, as the server tells it."""
    return {
        "direction": "inbound", "since_at": now(95), "number": "+82 10-••••-4821", "attestation": "A",
        "state": "talking", "parties": [party("customer", "customer")], "talk": "customer",
        "recording": {"state": "on"}, "secure": None, "quality": None, "result": None,
    } | change  # fmt: skip


def party(id: str, kind: str, **change: Any) -> Frame:
    return {"id": id, "kind": kind, "name": None, "agent_id": None, "state": "talking"} | change


def two_tones(seconds: float = 2.0) -> bytes:
    """A recording: the caller low on the left, our side high on the right."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        for at in range(int(seconds * 8000)):
            left, right = (int(9000 * math.sin(2 * math.pi * hertz * at / 8000)) for hertz in (300, 900))
            file.writeframesraw(struct.pack("<hh", left, right))
    return out.getvalue()


class Stage:
    """One desk, its server and the engine."""

    def __init__(self, page: Page, engine: Page) -> None:
        self.page = page
        self.engine = engine
        self.heard: list[Frame] = []
        self.posted: list[tuple[str, Frame]] = []
        self.contacts: list[Frame] = []
        self.calls: dict[str, Frame] = {}
        self.events: list[Frame] = []
        self.refuse: dict[str, Frame] = {}  # frames of these kinds are refused
        self.answers: dict[str, Any] = {}  # what REST says, by path
        self.missing: set[str] = set()  # files of a release that is no more, by the beginning of their names
        self.roles = ["agent"]
        self._socket: WebSocketRoute | None = None

    async def open(self, path: str = "/desk", *, locale: str = "en") -> None:
        await self.page.route(f"{DESK}/**", self._file)
        await self.page.route(f"{DESK}/api/**", self._rest)
        await self.page.route_web_socket("**/ws/desk", self._connected)
        await self.page.add_init_script(f"localStorage['warmline.locale'] ??= '{locale}'")
        await self.page.goto(DESK + path)

    def send(self, frame: Frame) -> None:
        assert self._socket is not None
        self._socket.send(json.dumps(frame))

    def tell(self, **change: Any) -> None:
        """Tell the call's state."""
        self.calls[CONTACT] = call() | self.calls.get(CONTACT, {}) | change
        self.send({"t": "call", "contact": CONTACT, "call": self.calls[CONTACT]})

    def happened(self, **event: Any) -> None:
        """Add an event to the caller's timeline."""
        self.events.append({"seq": len(self.events) + 1, "at": now(), "e": event})
        self.send({"t": "event", "contact": CONTACT, **self.events[-1]})

    def of(self, kind: str) -> list[Frame]:
        """The frames of one kind that the desk has sent; commands by what they command."""
        return [one for one in self.heard if kind in (one["t"], one.get("c", {}).get("kind"))]

    async def packets(self) -> int:
        """How much of the agent's voice has reached the engine."""
        return await self.engine.evaluate("window.received()")

    def _connected(self, socket: WebSocketRoute) -> None:
        self._socket = socket
        socket.on_message(self._hear)

    async def _hear(self, text: str | bytes) -> None:
        frame = json.loads(text)
        self.heard.append(frame)
        kind = frame["t"]
        if kind == "hello":
            self._welcome()
        elif kind == "ping":
            self.send({"t": "pong", "now": now()})
        elif kind in self.refuse:
            self.send({"t": "error", "cid": frame["cid"]} | self.refuse[kind])
        elif kind == "call_join":
            await self._answer(frame)
        elif kind == "cmd":
            self._command(frame)
        elif kind == "watch" and frame["contact"] in self.calls:
            self.send({"t": "history", "contact": frame["contact"], "events": self.events})
            self.send({"t": "call", "contact": frame["contact"], "call": self.calls[frame["contact"]]})
        elif "cid" in frame:
            self.send({"t": "ack", "cid": frame["cid"], "seq": 1, "contact": CONTACT})

    def _welcome(self) -> None:
        me = {
            "id": MINA, "name": "Mina Han", "roles": self.roles, "locale": "en", "presence": "available",
            "reason": None, "since_at": now(600), "next": None, "capacity": {"webchat": 3, "voice": 1},
            "load": {"voice": 1}, "version": 1, "emergencies": [],
        }  # fmt: skip
        names = {"ko": "주문·배송", "ja": "ご注文・配送", "en": "Orders and delivery"}
        queues = [{"id": "orders", "name": names}]
        welcome = {"me": me, "contacts": self.contacts, "queues": queues, "pause_reasons": [], "now": now()}
        self.send({"t": "welcome"} | welcome)
        for contact, state in self.calls.items():
            self.send({"t": "call", "contact": contact, "call": state})

    def _command(self, frame: Frame) -> None:
        self.send({"t": "ack", "cid": frame["cid"], "seq": 1})
        if frame["c"]["kind"] == "accept_offer":
            self.send({"t": "card", "card": card()})
        elif frame["c"]["kind"] in ("hold", "resume"):
            held = now() if frame["c"]["kind"] == "hold" else None
            self.send({"t": "card", "card": card(on_hold_since=held)})

    async def _answer(self, frame: Frame) -> None:
        sdp = await self.engine.evaluate("(sdp) => window.answer(sdp)", frame["sdp"])
        self.send({"t": "call_answer", "cid": frame["cid"], "contact": frame["contact"], "sdp": sdp})

    async def _rest(self, route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/api")
        if route.request.method == "POST":
            self.posted.append((path, route.request.post_data_json or {}))
        if path in self.answers and isinstance(self.answers[path], bytes):
            await self._sound(route, self.answers[path])
        elif path in self.answers:
            await route.fulfill(json=self.answers[path])
        elif path == "/auth/me":
            me = {"id": MINA, "name": "Mina Han", "roles": self.roles, "locale": "en"}
            await route.fulfill(json={"me": me, "csrf": "token"})
        elif path == "/colleagues":
            sofia = {"id": SOFIA, "name": "Sofia Reyes", "presence": "available"}
            await route.fulfill(json={"items": [sofia]})
        elif path == f"/contacts/{CONTACT}":
            await route.fulfill(json={"card": card(agent_id=SOFIA), "events": self.events})
        else:
            await route.fulfill(status=404, json={"error": {"code": "not_found", "text": "", "fix": ""}})

    async def _sound(self, route: Route, sound: bytes) -> None:
        """Answer a player, which asks for parts."""
        start = int((route.request.headers.get("range") or "bytes=0-").removeprefix("bytes=").split("-")[0])
        part = f"bytes {start}-{len(sound) - 1}/{len(sound)}"
        headers = {"Content-Type": "audio/wav", "Accept-Ranges": "bytes", "Content-Range": part}
        await route.fulfill(status=206, body=sound[start:], headers=headers)

    async def _file(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        file = WEB_DIST / "desk" / path.lstrip("/")
        if not file.is_file():
            file = WEB_DIST / "desk" / "index.html"
        if any(file.name.startswith(name) for name in self.missing):
            await route.fulfill(status=404)
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        await route.fulfill(body=file.read_bytes(), content_type=kind)


async def stage_in(context: BrowserContext) -> Stage:
    """Set up desk and engine in a browser that has a microphone."""
    engine = await context.new_page()
    await engine.route(
        f"{DESK}/engine", lambda route: route.fulfill(body="<html></html>", content_type="text/html")
    )
    await engine.goto(f"{DESK}/engine")
    await engine.evaluate(ENGINE)
    page = await context.new_page()
    page.set_default_timeout(10_000)
    return Stage(page, engine)
