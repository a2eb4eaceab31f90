"""All transactions of an endpoint: which one a message belongs to, and when the next has something to do."""

import heapq
from collections.abc import Hashable
from typing import Literal

from msgspec import Struct

from warmline.sip.builder import response_to
from warmline.sip.message import Message, Request, Response
from warmline.sip.timers_sip import Times
from warmline.sip.transaction import Action, CannotSend, Event, Heard, Over, Reply, Started, Tick, Transaction
from warmline.sip.transaction_client import InviteClient, NonInviteClient
from warmline.sip.transaction_server import InviteServer, NonInviteServer

Key = tuple[Hashable, ...]


class Done(Struct, frozen=True):
    """A transaction wishes something. `key` names it."""

    key: Key
    transaction: Transaction
    action: Action


class Stray(Struct, frozen=True):
    """A message of no transaction: an ACK of a 2xx, a late response (RFC 6026: dropped unless a 2xx)."""

    message: Message


class Unmatched(Struct, frozen=True):
    """A request that is refused without a transaction: merged (482), or a CANCEL of nothing (481)."""

    request: Request
    response: Response


Outcome = Done | Stray | Unmatched
Verdict = Literal["new", "known"]


def server_key(request: Request) -> Key:
    """What names the server transaction of a request; an ACK has that of its INVITE (RFC 3261, 17.2.3)."""
    via = request.headers.via[0]
    method = "INVITE" if request.method == "ACK" else request.method
    if via.has_unique_branch:
        return ("s", via.branch, via.sent_by, method)
    headers = request.headers
    to_tag = headers.to.tag if request.method not in ("INVITE", "ACK", "CANCEL") else None
    return ("s2", headers.call_id, headers.cseq.number, headers.from_.tag, to_tag, str(via.sent_by), method)


def client_key(message: Message) -> Key:
    """What names the client transaction: branch and method (RFC 3261, 17.1.3)."""
    return ("c", message.headers.via[0].branch, message.headers.cseq.method)


class TransactionTable:
    """Transactions by key, with their deadlines in a heap. Nothing here sends; every wish is returned."""

    def __init__(self, times: Times) -> None:
        self._times = times
        self._open: dict[Key, Transaction] = {}
        self._merge: dict[Key, Key] = {}  # From tag, Call-ID, CSeq -> the transaction that came first
        self._heap: list[tuple[float, int, Key]] = []
        self._armed: dict[Key, float] = {}
        self._count = 0

    def __len__(self) -> int:
        return len(self._open)

    def get(self, key: Key) -> Transaction | None:
        return self._open.get(key)

    def next_deadline(self) -> float | None:
        while self._heap and self._armed.get(self._heap[0][2]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    # --- ours ----------------------------------------------------------------------------------------

    def start(self, request: Request, now_s: float, *, reliable: bool) -> tuple[Key, list[Outcome]]:
        """Begin a client transaction; its Via already holds a branch of its own."""
        kind = InviteClient if request.method == "INVITE" else NonInviteClient
        key = client_key(request)
        self._open[key] = kind(request, self._times, reliable=reliable)
        return key, self._tell(key, Started(), now_s)

    def cancelled(self, invite: Key, now_s: float) -> None:
        """A CANCEL for this INVITE of ours went out."""
        transaction = self._open.get(invite)
        if isinstance(transaction, InviteClient):
            transaction.cancelled(now_s)
            self._arm(invite, transaction)

    def reply(self, key: Key, response: Response, now_s: float) -> list[Outcome]:
        return self._tell(key, Reply(response), now_s)

    def cannot_send(self, key: Key, now_s: float) -> list[Outcome]:
        return self._tell(key, CannotSend(), now_s)

    def forget(self, key: Key) -> None:
        """Drop a transaction without a word, when its endpoint closes."""
        self._remove(key)

    def open_keys(self) -> list[Key]:
        return list(self._open)

    # --- theirs --------------------------------------------------------------------------------------

    def verdict(self, request: Request) -> Verdict:
        """Whether a request belongs to a transaction that exists: then it costs little and is always heard."""
        return "known" if server_key(request) in self._open else "new"

    def heard(self, message: Message, now_s: float, *, reliable: bool) -> list[Outcome]:
        """A message came in. Raises BadValue when what names its transaction cannot be read."""
        if isinstance(message, Response):
            key = client_key(message)
            return self._tell(key, Heard(message), now_s) if key in self._open else [Stray(message)]
        key = server_key(message)
        if key in self._open:
            return self._tell(key, Heard(message), now_s)
        if message.method == "ACK":
            return [Stray(message)]
        merge = self._merge_key(message)
        if merge is not None:
            first = self._open.get(self._merge.get(merge, ()))
            if first is not None and first.state not in ("completed", "confirmed"):
                return [Unmatched(message, response_to(message, 482, to_tag="merged"))]
            self._merge[merge] = key
        kind = InviteServer if message.method == "INVITE" else NonInviteServer
        self._open[key] = kind(message, self._times, reliable=reliable)
        return self._tell(key, Started(), now_s)

    def cancels(self, cancel: Request) -> Key | None:
        """The INVITE a CANCEL means, if it is still known."""
        key = (*server_key(cancel)[:-1], "INVITE")
        return key if key in self._open else None

    def _merge_key(self, request: Request) -> Key | None:
        """RFC 3261, 8.2.2.2: the same request by another path, when it is outside a dialog."""
        headers = request.headers
        if headers.to.tag is not None or request.method == "CANCEL":
            return None
        return (headers.from_.tag, headers.call_id, str(headers.cseq))

    # --- time ----------------------------------------------------------------------------------------

    def tick(self, now_s: float) -> list[Outcome]:
        """Everything that is due."""
        outcomes: list[Outcome] = []
        while (next_s := self.next_deadline()) is not None and next_s <= now_s:
            _, _, key = heapq.heappop(self._heap)
            self._armed.pop(key, None)
            outcomes += self._tell(key, Tick(), now_s)
        return outcomes

    def _tell(self, key: Key, event: Event, now_s: float) -> list[Outcome]:
        transaction = self._open.get(key)
        if transaction is None:
            return []
        outcomes: list[Outcome] = [Done(key, transaction, a) for a in transaction.handle(event, now_s)]
        if any(isinstance(o, Done) and isinstance(o.action, Over) for o in outcomes):
            self._remove(key)
        else:
            self._arm(key, transaction)
        return outcomes

    def _arm(self, key: Key, transaction: Transaction) -> None:
        at_s = transaction.next_deadline()
        if at_s is None:
            self._armed.pop(key, None)
        elif self._armed.get(key) != at_s:
            self._armed[key] = at_s
            self._count += 1
            heapq.heappush(self._heap, (at_s, self._count, key))
            if len(self._heap) > 64 and len(self._heap) > 4 * len(self._armed):
                self._heap = [entry for entry in self._heap if self._armed.get(entry[2]) == entry[0]]
                heapq.heapify(self._heap)

    def _remove(self, key: Key) -> None:
        transaction = self._open.pop(key, None)
        self._armed.pop(key, None)
        if transaction is not None and key[0] != "c":
            merge = self._merge_key(transaction.request)
            if merge is not None and self._merge.get(merge) == key:
                del self._merge[merge]
