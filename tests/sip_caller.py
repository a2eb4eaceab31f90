"""A caller on a telephone line, for tests: SIP over UDP by hand, with nothing of ours."""

import asyncio
import re
import secrets
import socket

ANSWER_S = 10.0


class SipCaller:
    """Calls `called` at 127.0.0.1:`port` as `number`, from the address `host`; `sdp` is its offer."""

    def __init__(self, port: int, called: str, number: str, host: str = "127.0.0.1") -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((host, 0))
        self.socket.setblocking(False)
        self.port, self.called, self.number = port, called, number
        self.here = f"{host}:{self.socket.getsockname()[1]}"
        self.call_id, self.tag = secrets.token_hex(8), secrets.token_hex(4)
        self.to, self.target, self.cseq = "", f"sip:{called}@127.0.0.1:{port}", 1
        self.ended = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def call(self, sdp: str, replaces: "SipCaller | None" = None) -> tuple[int, str]:
        """Call, maybe in the place of another one's call; return the final status and the other's description."""
        self._send("INVITE", sdp, replaces)
        async with asyncio.timeout(ANSWER_S):
            while True:
                text = await self._receive()
                status = int(text.split(" ", 2)[1]) if text.startswith("SIP/2.0") else 0
                if status >= 200:
                    break
        self.to = self._header(text, "To")
        if contact := re.search(r"<(sip:[^>]+)>", self._header(text, "Contact", "")):
            self.target = contact[1]
        self._send("ACK")
        self._listening = asyncio.create_task(self._listen())  # noqa: TID251 -- held here until `close`
        return status, text.partition("\r\n\r\n")[2]

    def hang_up(self) -> None:
        self.cseq += 1
        self._send("BYE")

    def close(self) -> None:
        if self._listening is not None:
            self._listening.cancel()
            # A cancelled wait lets go of its descriptor only later, when it may be another caller's already.
            asyncio.get_running_loop().remove_reader(self.socket.fileno())
        self.socket.close()

    async def _listen(self) -> None:
        while True:
            text = await self._receive()
            if text.startswith("BYE"):
                kept = [
                    line for line in text.split("\r\n") if line.split(":")[0] in ("From", "To", "Call-ID", "CSeq")
                ]
                via = [line for line in text.split("\r\n") if line.startswith("Via:")]
                answer = "\r\n".join(["SIP/2.0 200 OK", *via, *kept, "Content-Length: 0", "", ""])
                self.socket.sendto(answer.encode(), ("127.0.0.1", self.port))
                self.ended.set()

    async def _receive(self) -> str:
        return (await asyncio.get_running_loop().sock_recv(self.socket, 65_535)).decode()

    def _header(self, text: str, name: str, default: str | None = None) -> str:
        found = re.search(rf"^{name}: *(.*?)\r$", text, re.MULTILINE | re.IGNORECASE)
        assert found or default is not None, text
        return found[1] if found else default or ""

    def _named(self) -> str:
        """This call, as somebody who takes its place names it (RFC 3891: the tag of who receives it is `to`)."""
        return f"{self.call_id};to-tag={self.to.partition(';tag=')[2]};from-tag={self.tag}"

    def _send(self, method: str, body: str = "", replaces: "SipCaller | None" = None) -> None:
        target = f"sip:{self.called}@127.0.0.1:{self.port}" if method == "INVITE" else self.target
        if replaces is not None:  # whoever is handed on dials where the call is, as REFER tells it
            target = replaces.target
        lines = [
            f"{method} {target} SIP/2.0",
            f"Via: SIP/2.0/UDP {self.here};branch=z9hG4bK{secrets.token_hex(6)};rport",
            f"From: <sip:{self.number}@{self.here}>;tag={self.tag}",
            f"To: {self.to or f'<{target}>'}",
            f"Call-ID: {self.call_id}",
            f"CSeq: {self.cseq} {method}",
            f"Contact: <sip:{self.number}@{self.here}>",
            "Max-Forwards: 70",
            *([] if replaces is None else ["Require: replaces", f"Replaces: {replaces._named()}"]),
            *(["Content-Type: application/sdp"] if body else []),
            f"Content-Length: {len(body.encode())}",
        ]
        self.socket.sendto(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), ("127.0.0.1", self.port))
