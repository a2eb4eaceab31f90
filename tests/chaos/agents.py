"""Simulated agents: they speak docs/protocol/desk.md, accept, answer, pass on, end and wrap up."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from urllib.parse import urlsplit

import httpx

from chaos.line import Frame, Line, call
from chaos.oplog import OpLog

RETRIABLE = frozenset({"too_many", "busy", "unavailable", "conflict", "desk.failed"})
RESEND_S = 1.0
PING_S = 8.0
COOKIE = "warmline_session"


async def sign_in(base_url: str, tenant: str, email: str, password: str) -> str:
    """Return the cookie of a new session."""
    async with httpx.AsyncClient(base_url=base_url, timeout=30) as client:
        answer = await client.post(
            "/api/auth/login", json={"tenant": tenant, "email": email, "password": password}
        )
        answer.raise_for_status()
        return answer.cookies[COOKIE]


@dataclass(frozen=True)
class Temper:
    """How an agent works; shares are of offers and of contacts."""

    declines: float = 0.1
    ignores: float = 0.03  # lets an offer ring until it expires
    transfers: float = 0.15
    answers: float = 0.8
    handle_s: tuple[float, float] = (3.0, 8.0)


class Agent:
    """One person at a desk."""

    def __init__(
        self, name: str, urls: Sequence[str], cookie: str, log: OpLog, random: Random, temper: Temper
    ) -> None:
        self.name = name
        self._urls = urls
        self._cookie = cookie
        self._log = log
        self._random = random
        self._temper = temper
        self._line: Line | None = None
        self._id = ""
        self._greeted = False
        self._number = 0
        self._seqs: dict[str, int] = {}  # contact → last event seen
        self._unacked: dict[str, Frame] = {}
        self._offers: set[str] = set()  # decided upon
        self._talking: set[str] = set()
        self._wrapping: set[str] = set()
        self._coming_back = False
        self._timers: set[asyncio.TimerHandle] = set()

    async def live(self, stop: asyncio.Event) -> None:
        """Work until told to stop."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._stay_connected()), group.create_task(self._ping())]
            try:
                await stop.wait()
            finally:
                for task in tasks:
                    task.cancel()
                for timer in self._timers:
                    timer.cancel()
                if self._line is not None:
                    self._line.drop()

    # --- the connection ------------------------------------------------------------------------

    async def _stay_connected(self) -> None:
        while True:
            url = self._random.choice(self._urls)
            page = "http://" + urlsplit(url).netloc
            headers = {"Cookie": f"{COOKIE}={self._cookie}", "Origin": page}
            self._line = await call(url, self._heard, headers)
            if self._line is not None:
                self._line.send(t="hello", v=1, contacts=self._seqs, device=self.name)
                await self._line.closed.wait()
            self._line, self._greeted = None, False
            await asyncio.sleep(self._random.uniform(0.1, 0.6))

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_S)
            self._send(t="ping")

    def _send(self, **frame: object) -> None:
        if self._greeted and self._line is not None:
            self._line.send(**frame)

    def _order(self, contact: str, kind: str, **fields: object) -> None:
        """Give a command and keep it until it is answered."""
        self._number += 1
        cid = f"{self.name}-{self._number}"
        frame: Frame = {"t": "cmd", "cid": cid, "contact": contact, "c": {"kind": kind, **fields}}
        self._unacked[cid] = frame
        ref = str(fields.get("offer_id", ""))
        self._log.write(self.name, "order", contact=contact, cid=cid, kind=kind, ref=ref)
        self._send(**frame)

    def _soon(self, after_s: float, work: Callable[[], None]) -> None:
        timer: asyncio.TimerHandle | None = None

        def run() -> None:
            if timer is not None:
                self._timers.discard(timer)
            work()

        timer = asyncio.get_running_loop().call_later(after_s, run)
        self._timers.add(timer)

    # --- what comes ----------------------------------------------------------------------------

    def _heard(self, frame: Frame) -> None:
        match frame["t"]:
            case "welcome":
                self._welcomed(frame)
            case "card":
                self._look_at(frame["card"])
            case "history":
                self._read(frame["contact"], frame["events"])
            case "event":
                self._event(frame)
            case "gone":
                self._forget(frame["contact"])
            case "me":
                self._look_at_me(frame["me"])
            case "ack":
                sent = self._unacked.pop(frame["cid"], None)
                if sent is not None and sent["t"] == "cmd":
                    self._log.write(
                        self.name, "ack", contact=sent["contact"], cid=frame["cid"], seq=frame["seq"],
                        kind=sent["c"]["kind"], ref=str(sent["c"].get("offer_id", "")),
                    )  # fmt: skip
            case "error":
                self._refused(frame)
            case _:
                pass

    def _welcomed(self, frame: Frame) -> None:
        self._id = frame["me"]["id"]
        self._greeted = True
        self._look_at_me(frame["me"])
        for card in frame["contacts"]:
            self._look_at(card)
        for resent in list(self._unacked.values()):
            self._send(**resent)

    def _look_at_me(self, me: Frame) -> None:
        """Be available whenever the product thinks otherwise, after a moment."""
        if me["presence"] == "available" or self._coming_back:
            return
        self._coming_back = True
        self._soon(self._random.uniform(0.1, 0.4), self._come_back)

    def _come_back(self) -> None:
        self._coming_back = False
        self._number += 1
        self._send(t="presence", cid=f"{self.name}-presence-{self._number}", presence="available")

    def _look_at(self, card: Frame) -> None:
        contact, offer = card["id"], card["offer"]
        if offer is not None and offer["agent_id"] == self._id and offer["id"] not in self._offers:
            self._offers.add(offer["id"])
            luck = self._random.random()
            if luck >= self._temper.ignores:
                kind = "decline_offer" if luck < self._temper.ignores + self._temper.declines else "accept_offer"
                self._soon(
                    self._random.uniform(0.0, 0.3), lambda: self._order(contact, kind, offer_id=offer["id"])
                )
        connected = card["status"] == "connected" and card["agent_id"] == self._id
        if connected and contact not in self._talking:
            self._talking.add(contact)
            self._soon(self._random.uniform(0.05, 0.3), lambda: self._answer(contact))
            self._soon(self._random.uniform(*self._temper.handle_s), lambda: self._finish(contact))
        elif not connected:
            self._talking.discard(contact)
        mine = card["wrap_up"] is not None and card["status"] != "connected" and card["offer"] is None
        if mine and contact not in self._wrapping:
            self._wrapping.add(contact)
            self._order(contact, "finish_wrap_up", disposition="solved", summary="done")

    def _answer(self, contact: str) -> None:
        if contact in self._talking:
            self._order(contact, "agent_message", text=f"{self.name}: 확인하고 있어요 / 確認しております")

    def _finish(self, contact: str) -> None:
        if contact not in self._talking:
            return
        self._talking.discard(contact)
        if self._random.random() < self._temper.transfers:
            self._order(contact, "transfer", queue_id="general", note="이어서 부탁드려요")
        else:
            self._order(contact, "agent_ends")

    def _read(self, contact: str, events: list[Frame]) -> None:
        """A history: what was seen before is not news."""
        for event in events:
            self._see(contact, event)

    def _event(self, frame: Frame) -> None:
        contact, seq = frame["contact"], frame["seq"]
        last = self._seqs.get(contact, 0)
        if seq <= last:
            self._log.write(self.name, "twice", contact=contact, seq=seq)
        elif last and seq != last + 1:
            self._log.write(self.name, "gap", contact=contact, seq=seq)
        self._see(contact, frame)
        body = frame["e"]
        by_customer = body["kind"] == "message_sent" and body["author"] == "customer"
        if by_customer and contact in self._talking and self._random.random() < self._temper.answers:
            self._soon(self._random.uniform(0.05, 0.4), lambda: self._answer(contact))

    def _see(self, contact: str, event: Frame) -> None:
        if event["seq"] <= self._seqs.get(contact, 0):
            return
        self._seqs[contact] = event["seq"]
        body = event["e"]
        self._log.write(
            self.name, "saw", contact=contact, seq=event["seq"], kind=body["kind"],
            cid=body.get("client_id") or "", seconds=datetime.fromisoformat(event["at"]).timestamp(),
        )  # fmt: skip

    def _forget(self, contact: str) -> None:
        self._seqs.pop(contact, None)
        self._talking.discard(contact)
        self._wrapping.discard(contact)

    def _refused(self, frame: Frame) -> None:
        cid, code = frame.get("cid", ""), frame["code"]
        if code in RETRIABLE and cid in self._unacked:
            self._soon(RESEND_S, lambda: self._again(cid))
            return
        sent = self._unacked.pop(cid, None)
        contact = sent["contact"] if sent is not None else ""
        self._log.write(self.name, "refused", contact=contact, cid=cid, kind=code)

    def _again(self, cid: str) -> None:
        frame = self._unacked.get(cid)
        if frame is not None:
            self._send(**frame)
