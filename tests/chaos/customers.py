"""Simulated customers: they speak docs/protocol/widget.md, number what they say, and never give up on an ack."""

import asyncio
from collections.abc import Sequence
from random import Random

from chaos.line import Frame, Line, call
from chaos.oplog import OpLog

RETRIABLE = frozenset({"too_many", "busy", "unavailable", "conflict", "chat.failed"})
RESEND_S = 1.0
PATIENCE_S = 25.0  # for the next step of a conversation before the customer leaves
PING_S = 20.0


class Customer:
    """Comes, asks for a person, talks, leaves, comes again. `pace_s` is the mean pause between messages."""

    def __init__(
        self, name: str, urls: Sequence[str], widget_key: str, log: OpLog, random: Random, pace_s: float
    ) -> None:
        self.name = name
        self._urls = urls
        self._key = widget_key
        self._log = log
        self._random = random
        self._pace_s = pace_s
        self._line: Line | None = None
        self._greeted = False
        self._visitor: str | None = None
        self._contact: str | None = None
        self._start_cid: str | None = None
        self._last_seq = 0
        self._resuming = False
        self._unacked: dict[str, Frame] = {}
        self._leaving = False
        self._number = 0
        self._replies = 0
        self._released = False  # the agent has said goodbye
        self._ended = False
        self._news = asyncio.Event()
        self._at_home = asyncio.Event()  # set when the customer is gone for good

    async def live(self, stop: asyncio.Event) -> None:
        """Hold conversations until told to stop; then finish the last one properly."""
        async with asyncio.TaskGroup() as group:
            connection = group.create_task(self._stay_connected())
            pinging = group.create_task(self._ping())
            try:
                while not stop.is_set():
                    await self._converse(stop)
            finally:
                self._at_home.set()
                connection.cancel()
                pinging.cancel()
                if self._line is not None:
                    self._line.drop()

    # --- the conversation ----------------------------------------------------------------------

    async def _converse(self, stop: asyncio.Event) -> None:
        self._contact, self._ended, self._leaving, self._released = None, False, False, False
        self._last_seq = self._replies = 0
        self._number += 1
        self._start_cid = f"{self.name}-start-{self._number}"
        self._log.write(self.name, "start", cid=self._start_cid)
        self._send_start()
        while self._contact is None:
            await self._wait(60)
        self._say("agent")
        for _ in range(self._random.randint(4, 12)):
            await asyncio.sleep(self._random.expovariate(1 / self._pace_s))
            if self._ended or self._released or stop.is_set():
                break
            self._say()
            if self._random.random() < 0.04 and self._line is not None:
                self._line.drop()  # a reload, a tunnel
        loop = asyncio.get_running_loop()
        patience = loop.time() + PATIENCE_S
        wanted = self._random.randint(1, 3)
        while not (self._ended or self._released or stop.is_set()) and loop.time() < patience:
            if self._replies >= wanted and not self._unacked and self._random.random() < 0.5:
                break
            await self._wait(1.0)
        if self._released and not self._ended and self._random.random() < 0.5:
            self._say("5")
        while self._unacked:
            await self._wait(60)
        self._leaving = True
        self._send(t="end")
        while not self._ended:
            await self._wait(60)
        self._log.write(self.name, "ended", contact=self._contact or "")

    def _say(self, text: str | None = None) -> None:
        self._number += 1
        cid = f"{self.name}-{self._number}"
        frame = {"t": "say", "cid": cid, "text": text or f"{cid}: 주문이 아직 안 왔어요 / まだ届きません"}
        self._unacked[cid] = frame
        self._log.write(self.name, "say", contact=self._contact or "", cid=cid)
        self._send(**frame)

    async def _wait(self, at_most_s: float) -> None:
        """Wait for news, or for a while."""
        self._news.clear()
        try:
            async with asyncio.timeout(at_most_s):
                await self._news.wait()
        except TimeoutError:
            return

    # --- the connection ------------------------------------------------------------------------

    async def _stay_connected(self) -> None:
        while not self._at_home.is_set():
            self._line = await call(self._random.choice(self._urls), self._heard)
            if self._line is not None:
                self._line.send(
                    t="hello", v=1, key=self._key, visitor=self._visitor, locale="ko", contact=self._contact,
                    seq=self._last_seq,
                )  # fmt: skip
                await self._line.closed.wait()
            self._line, self._greeted, self._resuming = None, False, False
            await asyncio.sleep(self._random.uniform(0.1, 0.6))

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(PING_S)
            self._send(t="ping")

    def _send(self, **frame: object) -> None:
        if self._greeted and self._line is not None:
            self._line.send(**frame)

    def _send_start(self) -> None:
        self._send(t="start", cid=self._start_cid, locale="ko")

    def _again(self, cid: str) -> None:
        frame = self._unacked.get(cid)
        if frame is not None:
            self._send(**frame)

    # --- what comes ----------------------------------------------------------------------------

    def _heard(self, frame: Frame) -> None:
        match frame["t"]:
            case "welcome":
                self._welcomed(frame)
            case "opened":
                if frame["cid"] == self._start_cid:
                    self._opened(frame["contact"])
                    self._catch_up(frame["events"])
            case "event":
                self._event(frame)
            case "events":
                self._resuming = False
                self._catch_up(frame["events"])
            case "ack":
                contact = self._contact or ""
                self._log.write(self.name, "ack", contact=contact, cid=frame["cid"], seq=frame["seq"])
                self._unacked.pop(frame["cid"], None)
            case "error":
                self._refused(frame)
            case _:
                return
        self._news.set()

    def _welcomed(self, frame: Frame) -> None:
        self._visitor = frame["visitor"]
        self._greeted = True
        contact = frame["contact"]
        if contact is not None and (self._contact is None or contact["id"] == self._contact):
            fresh = contact["status"] != "ended" or self._contact is not None
            if fresh and self._contact is None:
                self._opened(contact)
            if fresh:
                self._catch_up(frame["events"])
        if self._contact is None:
            self._send_start()
        for resent in list(self._unacked.values()):
            self._send(**resent)
        if self._leaving and not self._ended:
            self._send(t="end")

    def _opened(self, contact: Frame) -> None:
        if self._contact is None:
            self._contact = contact["id"]
            self._log.write(self.name, "opened", contact=contact["id"], cid=self._start_cid or "")

    def _catch_up(self, events: list[Frame]) -> None:
        for event in events:
            if event["seq"] > self._last_seq:
                self._see(event)

    def _event(self, frame: Frame) -> None:
        if frame["contact"] != self._contact or self._resuming:
            return
        if frame["seq"] <= self._last_seq:
            self._log.write(self.name, "twice", contact=frame["contact"], seq=frame["seq"])
        elif frame["prev"] != self._last_seq:
            self._log.write(self.name, "gap", contact=frame["contact"], seq=frame["seq"])
            self._resuming = True
            self._send(t="resume", contact=self._contact, seq=self._last_seq)
        else:
            self._see(frame)

    def _see(self, event: Frame) -> None:
        self._last_seq = event["seq"]
        body = event["e"]
        self._log.write(
            self.name, "saw", contact=self._contact or "", seq=event["seq"], kind=body["kind"],
            cid=body.get("client_id") or "",
        )  # fmt: skip
        if body["kind"] == "message_sent" and body["author"] == "agent":
            self._replies += 1
        elif body["kind"] == "agent_left" and body["why"] == "ended":
            self._released = True
        elif body["kind"] == "contact_ended":
            self._ended = True

    def _refused(self, frame: Frame) -> None:
        cid, code = frame.get("cid", ""), frame["code"]
        if code in RETRIABLE:
            loop = asyncio.get_running_loop()
            if cid and cid == self._start_cid:
                loop.call_later(RESEND_S, self._start_again)
            elif cid:
                loop.call_later(RESEND_S, self._again, cid)
            elif self._leaving:
                loop.call_later(RESEND_S, self._leave_again)
            return
        self._log.write(self.name, "refused", contact=self._contact or "", cid=cid, kind=code)
        self._unacked.pop(cid, None)

    def _start_again(self) -> None:
        if self._contact is None:
            self._send_start()

    def _leave_again(self) -> None:
        if self._leaving and not self._ended:
            self._send(t="end")
