"""Messages out of a TCP or TLS stream: framed by Content-Length (RFC 3261, 18.3), with keep-alives (RFC 5626)."""

from warmline.sip.grammar import BadValue
from warmline.sip.message import Request, Response
from warmline.sip.parser import MOST_BYTES, BadMessage, read_head

MOST_HEAD = 32_768


class Ping:
    """A double line break between messages: answer it with one (`PONG`)."""


PING = Ping()
PONG = b"\r\n"
Heard = Request | Response | BadMessage | Ping


class StreamParser:
    """Feed it bytes as they come. Holds at most `most_bytes` of one unfinished message.

    When `broken`, where the next message begins is unknown: answer what was heard, then close the connection.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.broken = False
        self._most_bytes = most_bytes
        self._buffer = bytearray()
        self._searched = 0
        self._head: Request | Response | BadMessage | None = None
        self._length = 0

    @property
    def held_bytes(self) -> int:
        """Bytes of a message that is not complete yet: a slow sender."""
        return len(self._buffer)

    def feed(self, data: bytes) -> list[Heard]:
        """What has become complete, in order; a malformed message that is well framed breaks nothing."""
        heard: list[Heard] = []
        if self.broken:
            return heard
        self._buffer += data
        more = True
        while more and not self.broken:
            more = self._read_head(heard) if self._head is None else self._read_body(heard)
        if self.broken:
            self._buffer.clear()
        return heard

    def _read_head(self, heard: list[Heard]) -> bool:
        buffer = self._buffer
        while buffer.startswith(b"\r\n"):
            if buffer.startswith(b"\r\n\r\n"):
                heard.append(PING)
                del buffer[:4]
            elif b"\r\n\r\n".startswith(buffer):
                return False  # half of a ping, perhaps
            else:
                del buffer[:2]
        end = buffer.find(b"\r\n\r\n", max(0, self._searched - 3))
        if end < 0 or end > MOST_HEAD:
            self._searched = len(buffer)
            if len(buffer) > MOST_HEAD:
                self._break(heard, BadMessage(513, "Headers too large", _partial(bytes(buffer[:8192]))))
            return False
        head = bytes(buffer[:end])
        del buffer[: end + 4]
        self._searched = 0
        try:
            self._head = message = read_head(head)
        except BadMessage as bad:
            self._head = bad
            message = bad.partial
        return self._frame(message, heard)

    def _frame(self, message: Request | Response | None, heard: list[Heard]) -> bool:
        """Learn the length of the body; without a credible one the stream is lost."""
        try:
            length = None if message is None else message.headers.content_length
        except BadValue:
            length = None
        head = self._head
        if length is None:
            self._break(
                heard, head if isinstance(head, BadMessage) else BadMessage(400, "No Content-Length", message)
            )
        elif length > self._most_bytes:
            self._break(heard, BadMessage(513, "Message too large", message))
        else:
            self._length = length
        return not self.broken

    def _read_body(self, heard: list[Heard]) -> bool:
        if len(self._buffer) < self._length:
            return False
        head = self._head
        if head is not None:
            if not isinstance(head, BadMessage):
                head.body = bytes(self._buffer[: self._length])
            heard.append(head)
        del self._buffer[: self._length]
        self._head = None
        return bool(self._buffer)

    def _break(self, heard: list[Heard], bad: BadMessage) -> None:
        self.broken = True
        self._head = None
        heard.append(bad)


def _partial(head: bytes) -> Request | Response | None:
    complete, _, _ = head.rpartition(b"\r\n")
    try:
        return read_head(complete)
    except BadMessage as bad:
        return bad.partial
