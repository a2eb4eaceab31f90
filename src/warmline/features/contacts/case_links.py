"""Links that open a case in chat: sent as a short message to somebody on the telephone, good for a day.

Whoever opens one is a visitor of their own: they continue the case, and neither read what was said before nor
inherit what was proved, for the number may have been mistyped.
"""

import base64
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol
from uuid import UUID

import msgspec
from msgspec import Struct

from warmline.domain.contact.model import Contact
from warmline.domain.outbound.numbers import not_called, read_number
from warmline.features.contacts.visitors import Visitors, case_token
from warmline.kernel.errors import ProviderFailed, Refused, declare
from warmline.kernel.locale import Locale
from warmline.ports.chat import WidgetSettings
from warmline.ports.connector import TaskContext, TaskHandler
from warmline.runtime.clock import utc_now
from warmline.runtime.keyring import Keyring

CHANNEL = "webchat"
VALID = timedelta(days=1)
EXPIRED = declare(
    "contact.link_expired",
    410,
    "This link is no longer valid.",
    "Start a chat on our website, or call again and ask for a new link.",
)
TEXTS: dict[Locale, str] = {
    "ko": "[{name}] 통화하신 내용을 채팅으로 이어서 도와드릴게요. 하루 동안 열 수 있어요: {url}",
    "ja": "【{name}】お電話の続きはチャットで承ります。24時間以内にお開きください：{url}",
    "en": "[{name}] Continue your call in chat. The link works for a day: {url}",
}


class ShortMessages(Protocol):
    """The way out for short messages: operation `phone.send` (`to`, `text`) of a company's connector."""

    def serves(self, tenant_id: str) -> bool: ...

    async def send(self, tenant_id: str, to: str, text: str, key: str) -> None:
        """Hand over one message; the same `key` is the same message. Raises ProviderFailed."""
        ...


class Wanted(Struct, frozen=True):
    """The arguments of task `messages.send_link`. `to` is E.164, or as it is written in the company's country."""

    to: str
    link: Literal["chat", "form"] = "chat"
    locale: Locale = "en"


class CaseLinks:
    """Signs links to cases and opens them. `widgets`: a company's own, in whose chat its links open."""

    def __init__(
        self,
        keyring: Keyring,
        visitors: Visitors,
        load: Callable[[str, UUID], Awaitable[Contact]],
        widgets: Callable[[str], Sequence[WidgetSettings]],
        base_url: str,
    ) -> None:
        self._keyring = keyring
        self._visitors = visitors
        self._load = load
        self._widgets = widgets
        self._base_url = base_url

    def widget_of(self, tenant_id: str) -> WidgetSettings | None:
        """Return the widget that links open, the same one every time."""
        return min(self._widgets(tenant_id), key=lambda one: one.key, default=None)

    async def url(self, tenant_id: str, contact_id: UUID, now: datetime) -> str:
        """Return the address that opens this case until `VALID` from now."""
        await self._keyring.warm(tenant_id, ())
        until = int((now + VALID).timestamp())
        case = base64.urlsafe_b64encode(contact_id.bytes).decode().rstrip("=")
        return (
            f"{self._base_url}/widget/case/{tenant_id}.{case}.{until}.{self._sign(tenant_id, contact_id, until)}"
        )

    async def open(self, token: str, now: datetime) -> str:
        """Return where the chat of a link is, its visitor's token behind the `#`. Raises Refused."""
        tenant_id, contact_id, until, signature = _read(token)
        widget = self.widget_of(tenant_id)
        if widget is None:
            raise Refused(EXPIRED)
        await self._keyring.warm(tenant_id, ())
        right = self._sign(tenant_id, contact_id, until)
        if not hmac.compare_digest(right, signature) or now.timestamp() > until:
            raise Refused(EXPIRED)
        contact = await self._load(tenant_id, contact_id)
        proof = self._keyring.blind_index(tenant_id, "case-visitor", str(contact_id)).hex()
        visitor = case_token(tenant_id, contact_id, proof)
        await self._visitors.admit(tenant_id, visitor, contact.customer_id, CHANNEL)
        return f"/widget/panel.html?key={widget.key}&locale={contact.locale}#visitor={visitor}"

    def _sign(self, tenant_id: str, contact_id: UUID, until: int) -> str:
        return self._keyring.blind_index(tenant_id, "case-link", f"{contact_id}|{until}").hex()[:32]


def _read(token: str) -> tuple[str, UUID, int, str]:
    try:
        tenant_id, case, until, signature = token.encode("ascii").decode().rsplit(".", 3)
        return tenant_id, UUID(bytes=base64.urlsafe_b64decode(case + "==")), int(until), signature
    except ValueError:  # too few parts, no number, no UUID, not ASCII
        raise Refused(EXPIRED) from None


def send_link_task(
    links: CaseLinks,
    messages: ShortMessages,
    region: Callable[[str], Awaitable[str]],
    now: Callable[[], datetime] = utc_now,
) -> TaskHandler:
    """Return task `messages.send_link`: one short message with a link to the contact's case.

    The task's row is in the outbox until the provider took the message; tried twice, it is the same message. It
    fails, and the journey says so, where no short messages can be sent and for numbers that cost.
    """

    async def send_link(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        tenant_id = context.tenant_id
        try:
            wanted = msgspec.convert(args, Wanted)
        except msgspec.ValidationError:
            raise ProviderFailed("A link was to be sent to what is no number.", retryable=False) from None
        widget = links.widget_of(tenant_id)
        if widget is None or not messages.serves(tenant_id):
            raise ProviderFailed("No short messages can be sent for this company.", retryable=False)
        number = read_number(wanted.to, await region(tenant_id))
        if number is None or not_called(number) is not None:
            raise ProviderFailed("No short message is sent to this number.", retryable=False)
        key = hashlib.sha256(f"{context.contact_id}|{context.task_id.partition('#')[0]}".encode()).hexdigest()[:32]
        name = widget.name.get(wanted.locale) or next(iter(widget.name.values()), "")
        url = await links.url(tenant_id, context.contact_id, now())
        await messages.send(tenant_id, number.e164, TEXTS[wanted.locale].format(name=name, url=url), key)
        return {"sent": True}

    return send_link
