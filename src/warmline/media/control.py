"""The worker's end of the control socket: one controller at a time, the newest; nothing here ever waits.

Without a controller the legs live on for half a minute, and what happens meanwhile is told to whoever comes. If it
is dead, who hears nobody hears an apology at once, who talks talks on until then; then the worker ends.
"""

import contextlib
import errno
import os
import socket
import traceback

import msgspec

from warmline.kernel.errors import Refused
from warmline.media.commands import Commands
from warmline.media.engine import Engine
from warmline.media.messages import COMMANDS, ENCODER, Reply, Told, framed, taken
from warmline.media.refusals import UNSUPPORTED

ALONE_AT_MOST_S = 30.0
UNSENT_AT_MOST = 8 * 1024 * 1024
READ_BYTES = 256 * 1024


class Control:
    """Listens at `path`, carries out what comes, sends what the engine tells."""

    def __init__(
        self, engine: Engine, commands: Commands, path: str, alone_at_most_s: float = ALONE_AT_MOST_S
    ) -> None:
        self._engine, self._commands, self._path = engine, commands, path
        self._alone_at_most_s = alone_at_most_s
        self._alone_since: float | None = None
        self._controller: socket.socket | None = None
        self._in, self._out = bytearray(), bytearray()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        self._listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
        before = os.umask(0o177)
        try:
            self._listening.bind(path)
        finally:
            os.umask(before)
        self._listening.listen(4)
        engine.watch(self._listening, self._accept)
        engine.after_tick.append(self._after_tick)

    @property
    def led(self) -> bool:
        """Whether a controller is connected."""
        return self._controller is not None

    def _accept(self) -> None:
        try:
            controller, _ = self._listening.accept()
        except OSError:
            return
        self._drop()
        controller.setblocking(False)
        self._controller = controller
        self._engine.watch(controller, self._ready)

    def _drop(self) -> None:
        if self._controller is not None:
            self._engine.unwatch(self._controller)
            self._controller.close()
        self._controller = None
        self._in.clear()
        self._out.clear()

    def _ready(self) -> None:
        controller = self._controller
        if controller is None:
            return
        try:
            data = controller.recv(READ_BYTES)
        except OSError as problem:
            if problem.errno in (errno.EAGAIN, errno.EINTR):
                self._push()
                return
            data = b""
        if not data:
            self._drop()
            return
        self._in += data
        try:
            messages = taken(self._in)
        except ValueError:
            self._drop()
            return
        for message in messages:
            self._say(self._answer(message))
        self._tell()

    def _answer(self, message: bytes) -> Reply:
        number = 0
        try:
            number = msgspec.json.decode(message, type=_Number).id
            answer = self._commands.carry_out(COMMANDS.decode(message))
            return Reply(number, msgspec.Raw(ENCODER.encode(answer)))
        except Refused as refused:
            return Reply(number, error=refused.code, details=refused.details)
        except msgspec.MsgspecError as bad:
            return Reply(number, error=UNSUPPORTED, details={"what": str(bad)[:200]})
        except Exception:  # a fault of ours in one command leaves all calls alone
            traceback.print_exc()
            return Reply(number, error=UNSUPPORTED, details={"what": "a fault of ours; see the worker's log"})

    def _say(self, message: Reply | Told) -> None:
        if self._controller is not None:
            self._out += framed(message)

    def _tell(self) -> None:
        """Send events in the order they happened, behind the answers that came before them."""
        if self._controller is None:
            return
        events = self._engine.events
        while events:
            call, event = events.popleft()
            self._say(Told(call, event))
        self._push()

    def _push(self) -> None:
        controller = self._controller
        if controller is None or not self._out:
            return
        try:
            sent = controller.send(self._out)
            del self._out[:sent]
        except OSError as problem:
            if problem.errno not in (errno.EAGAIN, errno.EINTR):
                self._drop()
                return
        if len(self._out) > UNSENT_AT_MOST:
            self._drop()
        else:
            self._engine.watch_writing(controller, bool(self._out))

    def _after_tick(self, now: float) -> None:
        if self._controller is not None:
            self._alone_since = None
            self._tell()
        elif self._alone_since is None:
            self._alone_since = now
        else:
            self._stay_or_end(now, late=now - self._alone_since > self._alone_at_most_s)
        if self._commands.draining and not self._engine.legs:
            self._engine.running = False

    def _stay_or_end(self, now: float, *, late: bool) -> None:
        """Wait for a controller to come back; one that died never does: who hears nobody is told so at once."""
        words = self._commands.last_words
        if words.orphaned:
            self._engine.running = not words.tell(now, everybody=late)
        elif late:
            self._engine.running = False

    def close(self) -> None:
        """Tell what is left to tell and give up the socket."""
        self._tell()
        self._drop()
        self._engine.unwatch(self._listening)
        self._listening.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._path)


class _Number(msgspec.Struct):
    id: int = 0
