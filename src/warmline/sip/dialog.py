"""Dialogs (RFC 3261, 12): who talks with whom, over which route, and what number comes next."""

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from warmline.sip.address import NameAddr
from warmline.sip.builder import new_request, new_via
from warmline.sip.grammar import BadValue
from warmline.sip.message import Message, Request, Response
from warmline.sip.uri import Uri

NewToken = Callable[[], str]
"""Gives random text for tags and branches; nobody can guess the next."""


class Local(Struct, frozen=True):
    """Our end as we write it: into Via (`transport`, `host`, `port`) and Contact."""

    transport: str
    host: str
    port: int
    contact: NameAddr


class Dialog:
    """One dialog, seen from our end. `route` is the route set in the order our requests take it."""

    __slots__ = (
        "call_id",
        "confirmed",
        "local",
        "local_cseq",
        "me",
        "remote",
        "remote_cseq",
        "route",
        "target",
    )

    def __init__(
        self,
        *,
        call_id: str,
        me: Local,
        local: NameAddr,
        remote: NameAddr,
        target: Uri,
        route: tuple[NameAddr, ...],
        local_cseq: int,
        remote_cseq: int | None,
        confirmed: bool,
    ) -> None:
        self.call_id = call_id
        self.me = me
        self.local = local
        self.remote = remote
        self.target = target
        self.route = route
        self.local_cseq = local_cseq
        self.remote_cseq = remote_cseq
        self.confirmed = confirmed

    @classmethod
    def asked(cls, request: Request, me: Local, tag: str) -> "Dialog":
        """The dialog an INVITE to us begins. Raises BadValue, see `caller_of_dialog`."""
        headers = request.headers
        return cls(
            call_id=headers.call_id,
            me=me,
            local=headers.to.with_tag(tag),
            remote=headers.from_,
            target=caller_of_dialog(request),
            route=tuple(headers.record_routes),
            local_cseq=0,
            remote_cseq=headers.cseq.number,
            confirmed=False,
        )

    @classmethod
    def answered(cls, request: Request, response: Response, me: Local) -> "Dialog":
        """The dialog a response to our INVITE begins. Raises BadValue (RFC 3261, 12.1.2)."""
        headers = response.headers
        target = request.uri if response.status < 200 and not headers.contacts else _contact_of(response)
        return cls(
            call_id=headers.call_id,
            me=me,
            local=request.headers.from_,
            remote=headers.to,
            target=target,
            route=tuple(reversed(headers.record_routes)),
            local_cseq=request.headers.cseq.number,
            remote_cseq=None,
            confirmed=response.status >= 200,
        )

    @property
    def id(self) -> tuple[str, str, str]:
        """Call-ID, our tag, their tag; theirs is empty with an RFC 2543 peer."""
        return (self.call_id, self.local.tag or "", self.remote.tag or "")

    def request(
        self,
        method: str,
        branch: str,
        *,
        body: bytes = b"",
        content_type: str | None = None,
        cseq: int | None = None,
    ) -> Request:
        """The next request in this dialog; `cseq` is given for an ACK only, whose number is its INVITE's."""
        if cseq is None:
            self.local_cseq += 1
            cseq = self.local_cseq
        uri, routes = self.target.without_headers(), self.route
        if routes and not routes[0].uri.is_loose:  # a strict router takes the Request-URI (RFC 3261, 12.2.1.1)
            uri, routes = routes[0].uri.without_headers(), (*routes[1:], NameAddr(self.target))
        return new_request(
            method,
            uri,
            via=new_via(self.me.transport, self.me.host, self.me.port, branch),
            from_=self.local,
            to=self.remote,
            call_id=self.call_id,
            cseq=cseq,
            contact=self.me.contact if method in ("INVITE", "UPDATE", "REFER", "SUBSCRIBE", "NOTIFY") else None,
            routes=routes,
            body=body,
            content_type=content_type,
        )

    @property
    def next_hop(self) -> Uri:
        """Where a request of this dialog goes first."""
        return self.route[0].uri if self.route else self.target

    def judge(self, request: Request) -> Literal["fresh", "stale"]:
        """Whether a request of theirs is in order; remembers its number. ACK and CANCEL have their INVITE's."""
        number = request.headers.cseq.number
        if self.remote_cseq is not None and number <= self.remote_cseq:
            return "stale"
        self.remote_cseq = number
        return "fresh"

    def refresh(self, message: Message) -> None:
        """Take the new remote target of a re-INVITE, an UPDATE, or a 2xx to ours, if it names one."""
        try:
            self.target = _contact_of(message)
        except BadValue:
            return

    def confirm(self, response: Response) -> None:
        """A 2xx made an early dialog of ours a confirmed one: its route set and target count (13.2.2.4)."""
        self.route = tuple(reversed(response.headers.record_routes))
        self.confirmed = True
        self.refresh(response)


def caller_of_dialog(invite: Request) -> Uri:
    """Where a caller is reached: their one Contact (RFC 3261, 12.1.1), or else BadValue.

    Callers of RFC 2543, who know no tags, may leave it out: then From says it (RFC 4475, 3.4.1).
    """
    sender = invite.headers.from_
    if not invite.headers.contacts and sender.tag is None and sender.uri.is_sip:
        return sender.uri
    return _contact_of(invite)


def _contact_of(message: Message) -> Uri:
    contacts = message.headers.contacts
    if len(contacts) != 1 or not contacts[0].uri.is_sip:
        raise BadValue("one SIP Contact is needed")
    return contacts[0].uri


def dialog_id(request: Request) -> tuple[str, str, str]:
    """The dialog a request of theirs says it belongs to: Call-ID, our tag, their tag."""
    headers = request.headers
    return (headers.call_id, headers.to.tag or "", headers.from_.tag or "")
