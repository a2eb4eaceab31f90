"""A caller on a telephone line, for tests: SIP over UDP by hand, with nothing of ours."""

import asyncio
import re
import secrets
import socket

ANSWER_S = 10.0


class SipCaller:
    """Calls `called` at 127.0.0.1:`port` as `number`; `sdp` is its offer."""

    def __init__(self, port: int, called: str, number: str) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.socket.setblocking(False)
        self.port, self.called, self.number = port, called, number
        self.own = self.socket.getsockname()[1]
        self.call_id, self.tag = secrets.token_hex(8), secrets.token_hex(4)
        self.to, self.target, self.cseq = "", f"sip:{called}@127.0.0.1:{port}", 1
        self.ended = asyncio.Event()
        self._listening: asyncio.Task[None] | None = None

    async def call(self, sdp: str) -> tuple[int, str]:
        """Call, and return the final status and the other side's description."""
        self._send("INVITE", sdp)
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

    def _send(self, method: str, body: str = "") -> None:
        here = f"127.0.0.1:{self.own}"
        target = f"sip:{self.called}@127.0.0.1:{self.port}" if method == "INVITE" else self.target
        lines = [
            f"{method} {target} SIP/2.0",
            f"Via: SIP/2.0/UDP {here};branch=z9hG4bK{secrets.token_hex(6)};rport",
            f"From: <sip:{self.number}@{here}>;tag={self.tag}",
            f"To: {self.to or f'<sip:{self.called}@127.0.0.1>'}",
            f"Call-ID: {self.call_id}",
            f"CSeq: {self.cseq} {method}",
            f"Contact: <sip:{self.number}@{here}>",
            "Max-Forwards: 70",
            *(["Content-Type: application/sdp"] if body else []),
            f"Content-Length: {len(body.encode())}",
        ]
        self.socket.sendto(("\r\n".join(lines) + "\r\n\r\n" + body).encode(), ("127.0.0.1", self.port))
