"""Where desk phones are: REGISTER and what it leaves (RFC 3261, 10.3; RFC 5626 as far as the connection goes)."""

from collections.abc import Callable

from msgspec import Struct

from warmline.sip.builder import response_to
from warmline.sip.grammar import BadValue
from warmline.sip.message import Request, Response
from warmline.sip.uri import Uri
from warmline.voice.directory import Phone
from warmline.voice.flow import Flow
from warmline.voice.limits import Limits

LEAST_S = 60
MOST_S = 3600


class Binding(Struct):
    """One place where a phone rings. Calls go back the way its REGISTER came."""

    phone_id: str
    uri: Uri
    flow: Flow
    expires_at: float  # monotonic seconds
    call_id: str
    cseq: int


class Registrar:
    """Bindings in memory: phones register anew within minutes, so nothing needs to outlive the process."""

    def __init__(self, limits: Limits, on_registration: Callable[[str, bool], None]) -> None:
        self._limits = limits
        self._on_registration = on_registration
        self._bindings: dict[str, list[Binding]] = {}
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def bindings(self, phone_id: str, now_s: float) -> list[Binding]:
        """Where a phone is reachable, the newest first."""
        found = [b for b in self._bindings.get(phone_id, ()) if b.expires_at > now_s and b.flow.open]
        return found[::-1]

    def register(self, request: Request, phone: Phone, flow: Flow, now_s: float) -> Response:
        """Answer a REGISTER whose sender proved to be `phone`."""
        try:
            return self._register(request, phone, flow, now_s)
        except BadValue:
            return response_to(request, 400, to_tag="registrar")

    def _register(self, request: Request, phone: Phone, flow: Flow, now_s: float) -> Response:
        headers = request.headers
        contacts = headers.contacts
        expires_s = headers.expires_s
        kept = [b for b in self._bindings.get(phone.id, []) if b.expires_at > now_s and b.flow.open]
        if any(contact.uri.scheme == "*" for contact in contacts):
            if len(contacts) != 1 or expires_s != 0:
                return response_to(request, 400, to_tag="registrar")
            if any(self._is_old(b, request) for b in kept):
                return response_to(request, 500, to_tag="registrar")
            kept = []
        else:
            for contact in contacts:
                wanted_s = contact.expires_s
                if wanted_s is None:
                    wanted_s = MOST_S if expires_s is None else expires_s
                if 0 < wanted_s < LEAST_S:
                    refusal = response_to(request, 423, to_tag="registrar")
                    refusal.headers.set("Min-Expires", LEAST_S)
                    return refusal
                if not contact.uri.is_sip:
                    return response_to(request, 416, to_tag="registrar")
                same = next((b for b in kept if b.uri.same_as(contact.uri)), None)
                if same is not None:
                    if self._is_old(same, request):
                        return response_to(request, 500, to_tag="registrar")
                    kept.remove(same)
                if wanted_s:
                    kept.append(
                        Binding(
                            phone.id,
                            contact.uri,
                            flow,
                            now_s + min(wanted_s, MOST_S),
                            headers.call_id,
                            headers.cseq.number,
                        )
                    )
        if len(kept) > self._limits.bindings_a_phone:
            kept = kept[-self._limits.bindings_a_phone :]
        if not self._keep(phone.id, kept):
            refusal = response_to(request, 503, to_tag="registrar")
            refusal.headers.set("Retry-After", self._limits.retry_after_s)
            return refusal
        response = response_to(request, 200, to_tag="registrar")
        for binding in kept:
            left_s = max(1, round(binding.expires_at - now_s))
            response.headers.add("Contact", f"<{binding.uri}>;expires={left_s}")
        return response

    def _is_old(self, binding: Binding, request: Request) -> bool:
        """RFC 3261, 10.3: a REGISTER that was overtaken changes nothing."""
        headers = request.headers
        return binding.call_id == headers.call_id and headers.cseq.number <= binding.cseq

    def _keep(self, phone_id: str, kept: list[Binding]) -> bool:
        before = self._bindings.get(phone_id, [])
        if self._count - len(before) + len(kept) > self._limits.registrations:
            return False
        self._count += len(kept) - len(before)
        if kept:
            self._bindings[phone_id] = kept
        else:
            self._bindings.pop(phone_id, None)
        if bool(kept) != bool(before):
            self._on_registration(phone_id, bool(kept))
        return True

    def sweep(self, now_s: float) -> None:
        """Forget bindings that expired or whose connection ended."""
        for phone_id, bindings in list(self._bindings.items()):
            kept = [b for b in bindings if b.expires_at > now_s and b.flow.open]
            if len(kept) != len(bindings):
                self._keep(phone_id, kept)
