"""A stand-in for the contact center: real sockets, the widget protocol, and a test in place of bot and agent.

It serves the built widget, a host page and `/ws/widget`, so that a real browser can be shown every situation of
docs/protocol/widget.md, also those a healthy server rarely produces (lost sockets, holes, late confirmations).
"""

import asyncio
import json
import mimetypes
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server
from picows.common import WSUpgradeResponse, WSUpgradeResponseWithListener

from warmline.kernel.tasks import TaskRegistry

WEB_DIST = Path(__file__).parents[2] / "src" / "warmline" / "web_dist"
STRICT_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; require-trusted-types-for 'script'"
)
PANEL_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:"
)
HOST_PAGE = """<!doctype html><html lang="{locale}"><head><meta charset="utf-8"><title>A shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<script async src="/widget/loader.js" data-key="{key}" data-locale="{locale}"></script></head>
<body><main><h1>A shop</h1><p><a href="/other?locale={locale}">Another page</a></p></main></body></html>"""
SETTINGS = {
    "name": "Onda",
    "colour": "#8a3b12",
    "greeting": "",
    "locales": ["ko", "ja", "en"],
    "upload_max_bytes": 5_000_000,
}
Frame = dict[str, Any]


@dataclass
class Contact:
    """One contact as a customer sees it; numbers without a visible event are left out on purpose."""

    id: str
    locale: str
    status: str = "journey"
    agent: str | None = None
    seq: int = 0
    events: list[Frame] = field(default_factory=list)

    def add(self, event: Frame) -> Frame:
        prev = self.events[-1]["seq"] if self.events else 0
        self.seq += 2  # every other number is an event that is not the customer's to see
        stored = {"seq": self.seq, "prev": prev, "at": datetime.now(UTC).isoformat(), "e": event}
        self.events.append(stored)
        return stored

    def view(self) -> Frame:
        agent = {"name": self.agent} if self.agent else None
        return {"id": self.id, "status": self.status, "locale": self.locale, "agent": agent}


def _failed(name: str, failure: BaseException) -> None:
    raise AssertionError(name) from failure


class Client(WSListener):
    """One page's socket."""

    def __init__(self, server: "FakeServer") -> None:
        super().__init__()
        self._server = server
        self.transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport
        self._server.clients.append(self)
        self._server.connections += 1

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self._server.heard(self, json.loads(frame.get_payload_as_bytes()))
        elif frame.msg_type == WSMsgType.CLOSE:
            transport.send_close(frame.get_close_code())
            transport.disconnect()

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if self in self._server.clients:
            self._server.clients.remove(self)

    def send(self, frame: Frame) -> None:
        if self.transport is not None:
            self.transport.send(WSMsgType.TEXT, json.dumps(frame).encode())


class FakeServer:
    """Plays the server's side; a test speaks for bot and agent through its methods."""

    def __init__(self) -> None:
        self.clients: list[Client] = []
        self.received: list[Frame] = []
        self.connections = 0
        self.contact: Contact | None = None
        self.contacts = 0
        self.engine: Callable[[str], Awaitable[str]] | None = None  # answers the offers of calls
        self.hold_acks = False  # messages are lost before they are committed
        self.lose_acks = False  # messages are committed, but the confirmation is lost
        self.silent_hellos = 0  # so many sockets are accepted and then never answered
        self.cut_off: list[str] = []  # file name endings: each is once served only half, then the line drops
        self.fetched: list[str] = []  # the paths asked for, in order
        self.greeting: Callable[[FakeServer], None] = lambda server: server.bot("안녕하세요.")
        self._tasks = TaskRegistry(_failed)
        self._by_cid: dict[str, int] = {}
        self._server: asyncio.Server | None = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = await ws_create_server(self._route, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the door and cut everybody off."""
        if self._server is not None:
            self._server.close()
        self.kill_sockets()
        await self._tasks.close()

    def _route(self, request: WSUpgradeRequest) -> WSListener | WSUpgradeResponseWithListener:
        path = request.path.decode().split("?")[0]
        self.fetched.append(path)
        if path == "/ws/widget":
            return Client(self)
        if path in ("/", "/other"):
            query = request.path.decode().partition("locale=")[2]
            page = HOST_PAGE.format(locale=query[:2] or "ko", key="test")
            return _answer(page.encode(), "text/html; charset=utf-8", STRICT_CSP)
        if path.startswith(("/demo/shop", "/demo/phone/")):
            path = path.removeprefix("/demo") + ("index.html" if path.endswith("/") else "")
        file = (WEB_DIST / path.lstrip("/")).resolve()
        if WEB_DIST in file.parents and file.is_file():
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            ending = next((one for one in self.cut_off if path.endswith(one)), None)
            if ending is not None:
                self.cut_off.remove(ending)
            csp = PANEL_CSP if file.name == "panel.html" else None
            return _answer(file.read_bytes(), kind, csp, cut=ending is not None)
        return WSUpgradeResponseWithListener(WSUpgradeResponse.create_error_response(404, b"not found"), None)

    # --- what the page sends -------------------------------------------------------------------

    def heard(self, client: Client, frame: Frame) -> None:
        self.received.append(frame)
        answer = getattr(self, f"_on_{frame['t']}", None)
        if answer is not None:
            answer(client, frame)

    def _on_hello(self, client: Client, frame: Frame) -> None:
        if self.silent_hellos > 0:
            self.silent_hellos -= 1
            return
        contact, events = self.contact, []
        if contact is not None:
            after = frame["seq"] if frame["contact"] == contact.id else 0
            events = [stored for stored in contact.events if stored["seq"] > after]
        client.send(
            {
                "t": "welcome",
                "visitor": frame["visitor"] or "visitor-1",
                "settings": SETTINGS,
                "contact": contact and contact.view(),
                "seq": contact.seq if contact else 0,
                "events": events,
            }
        )

    def _on_start(self, client: Client, frame: Frame) -> None:
        before = self.contact
        if before is None or before.status == "ended":
            self.contacts += 1
            self.contact = Contact(f"contact-{self.contacts}", frame["locale"])
            opened: Frame = {"kind": "contact_opened", "locale": frame["locale"]}
            self.contact.add(opened if before is None else opened | {"continues": before.id})
        assert self.contact is not None
        events = list(self.contact.events)
        view = self.contact.view()
        client.send(
            {"t": "opened", "cid": frame["cid"], "contact": view, "seq": self.contact.seq, "events": events}
        )
        if before is not self.contact:
            self.greeting(self)

    def _on_say(self, client: Client, frame: Frame) -> None:
        if self.hold_acks or self.contact is None:
            return
        seq = self._by_cid.get(frame["cid"])
        if seq is None:
            event = {
                "kind": "message_sent",
                "author": "customer",
                "text": frame["text"],
                "client_id": frame["cid"],
            }
            if "value" in frame:
                event["value"] = frame["value"]
            if self._expects_secret():
                event["text"] = "••••"
            seq = self.contact.seq + 2
            self._by_cid[frame["cid"]] = seq
            if self.lose_acks:
                self.contact.add(event)
                return
            self.happen(event)
        client.send({"t": "ack", "cid": frame["cid"], "seq": seq})

    def _on_resume(self, client: Client, frame: Frame) -> None:
        assert self.contact is not None
        events = [stored for stored in self.contact.events if stored["seq"] > frame["seq"]]
        client.send({"t": "events", "contact": self.contact.id, "events": events})

    def _on_call(self, client: Client, frame: Frame) -> None:
        if self.engine is not None:
            self._tasks.spawn("call", self._call(client, frame, self.engine))

    async def _call(self, client: Client, frame: Frame, engine: Callable[[str], Awaitable[str]]) -> None:
        """Answer a call; without an open contact it opens one, of which the page learns by the answer."""
        new = self.contact is None or self.contact.status == "ended"
        if new:
            self.contacts += 1
            locale = self.frames("hello")[-1]["locale"]
            self.contact = Contact(f"contact-{self.contacts}", locale)
            self.contact.add({"kind": "contact_opened", "locale": locale})
        assert self.contact is not None
        contact = self.contact.id
        sdp = await engine(frame["sdp"])
        client.send({"t": "call_answer", "cid": frame["cid"], "contact": contact, "sdp": sdp})
        self.call("self_service" if new else "waiting")

    def call(self, state: str, **change: Any) -> None:
        """Tell what the call is doing."""
        assert self.contact is not None
        known = {"t": "call", "contact": self.contact.id, "state": state, "agent": None, "secure": None}
        self.broadcast(known | change)

    def _on_locale(self, client: Client, frame: Frame) -> None:
        if self.contact is not None:
            self.contact.locale = frame["locale"]
            self.happen({"kind": "locale_changed", "locale": frame["locale"]})

    def _on_end(self, client: Client, frame: Frame) -> None:
        self.end()

    def _on_ping(self, client: Client, frame: Frame) -> None:
        client.send({"t": "pong"})

    def _expects_secret(self) -> bool:
        assert self.contact is not None
        last = self.contact.events[-1]["e"]
        return last.get("author") == "bot" and last.get("input_kind") == "secret"

    # --- what a test makes happen --------------------------------------------------------------

    def happen(self, event: Frame, *, unsent: bool = False) -> None:
        """Commit an event; `unsent` commits it without telling the page, as a lost frame would."""
        assert self.contact is not None
        stored = self.contact.add(event)
        if not unsent:
            self.broadcast({"t": "event", "contact": self.contact.id, **stored})

    def bot(self, text: str, **fields: Any) -> None:
        self.happen({"kind": "message_sent", "author": "bot", "text": text, **fields})

    def agent(self, text: str, name: str = "김민아", **fields: Any) -> None:
        self.happen({"kind": "message_sent", "author": "agent", "text": text, "agent_name": name, **fields})

    def queue(self, position: int | None = None, wait_s: tuple[float, float] | None = None) -> None:
        assert self.contact is not None
        if self.contact.status != "queued":
            self.contact.status = "queued"
            self.happen({"kind": "contact_queued", "why": "journey"})
        low_s, high_s = wait_s or (None, None)
        self.broadcast({"t": "queue", "position": position, "low_s": low_s, "high_s": high_s})

    def join(self, name: str = "김민아") -> None:
        assert self.contact is not None
        self.contact.status, self.contact.agent = "connected", name
        self.happen({"kind": "agent_joined", "agent_name": name})

    def survey(self) -> None:
        assert self.contact is not None
        self.contact.status, self.contact.agent = "survey", None
        self.happen({"kind": "agent_left", "why": "ended"})

    def end(self) -> None:
        assert self.contact is not None
        self.contact.status, self.contact.agent = "ended", None
        self.happen({"kind": "contact_ended", "reason": "customer_left", "by": "customer"})

    def broadcast(self, frame: Frame) -> None:
        for client in list(self.clients):
            client.send(frame)

    def kill_sockets(self) -> None:
        """Cut every connection without a goodbye, as a lost network does."""
        for client in list(self.clients):
            if client.transport is not None:
                client.transport.disconnect(graceful=False)
        self.clients.clear()

    def close_sockets(self, code: int, reason: str = "", retry_after_ms: int | None = None) -> None:
        for client in list(self.clients):
            if retry_after_ms is not None:
                client.send({"t": "bye", "reason": reason, "retry_after_ms": retry_after_ms})
            if client.transport is not None:
                client.transport.send_close(code, reason.encode())  # pyright: ignore[reportArgumentType]
                client.transport.disconnect()
        self.clients.clear()

    def said(self) -> list[str]:
        """The texts of the customer's messages as committed, in order."""
        events = self.contact.events if self.contact else []
        return [stored["e"]["text"] for stored in events if stored["e"].get("author") == "customer"]

    def frames(self, kind: str) -> list[Frame]:
        return [frame for frame in self.received if frame["t"] == kind]


def _answer(body: bytes, kind: str, csp: str | None, *, cut: bool = False) -> WSUpgradeResponseWithListener:
    headers = {"Content-Type": kind, "Cache-Control": "no-store", "Content-Length": str(len(body))}
    if csp is not None:
        headers["Content-Security-Policy"] = csp
    response = WSUpgradeResponse.create_ok_response(body, headers)
    if cut:
        response.body = body[: len(body) // 2]  # the declared length stays
    return WSUpgradeResponseWithListener(response, None)
