"""By which ways somebody can be called: the places a phone registered from, or a tenant's trunks."""

import asyncio
from collections.abc import Callable
from functools import partial

from warmline.ports.telephone import Dialling
from warmline.sip.address import NameAddr
from warmline.sip.dialog import Local
from warmline.sip.session_core import Authorize, Manners
from warmline.sip.uri import sip_uri
from warmline.voice.credentials import authorize_with
from warmline.voice.dialling import Way
from warmline.voice.directory import Directory, Trunk
from warmline.voice.flow import Flow
from warmline.voice.registrar import Registrar
from warmline.voice.trunks import Trunks


class Ways:
    """Finds ways in the order to try them. `local` and `manners` are the endpoint's."""

    def __init__(
        self,
        directory: Directory,
        registrar: Registrar,
        trunks: Trunks,
        local: Callable[[Flow], Local],
        manners: Callable[[Authorize | None], Manners],
        is_full: Callable[[Trunk], bool] = lambda trunk: False,
    ) -> None:
        self._directory = directory
        self._registrar = registrar
        self._trunks = trunks
        self._local = local
        self._manners = manners
        self._is_full = is_full

    def to_phone(self, wish: Dialling) -> list[Way]:
        """Where the phone `wish.to` is registered, the newest place first; none when it is another tenant's."""
        phone = self._directory.phone(wish.to)
        if phone is None or phone.tenant_id != wish.tenant_id:
            return []
        ways: list[Way] = []
        for binding in self._registrar.bindings(wish.to, asyncio.get_running_loop().time()):
            me = self._local(binding.flow)
            ways.append(
                Way(
                    uri=binding.uri,
                    flow=binding.flow,
                    from_=NameAddr(sip_uri(wish.from_number or "anonymous", me.host), wish.from_name),
                    to=NameAddr(sip_uri(phone.user, phone.realm)),
                    me=me,
                    manners=self._manners(None),
                    headers=dict(wish.headers),
                    pinned=True,
                )
            )
        return ways

    async def by_trunk(self, wish: Dialling) -> list[Way]:
        """The tenant's trunks that can be reached at all and have a call to spare."""
        ways: list[Way] = []
        for trunk in self._trunks.in_order(wish.tenant_id):
            flow = None if self._is_full(trunk) else await self._trunks.flow_to(trunk)
            if flow is None:
                continue
            number = wish.from_number or trunk.caller_number
            domain = trunk.domain or trunk.host
            uri = sip_uri(wish.to, domain, trunk.port)
            headers = dict(wish.headers)
            if number:
                headers["P-Asserted-Identity"] = f"<{sip_uri(number, domain)}>"
            shown = number or trunk.user or "anonymous"
            ways.append(
                Way(
                    uri=uri,
                    flow=flow,
                    from_=NameAddr(sip_uri(shown, domain), wish.from_name),
                    to=NameAddr(uri),
                    me=self._local(flow),
                    manners=self._manners(partial(authorize_with, trunk)),
                    headers=headers,
                    trunk_id=trunk.id,
                )
            )
        return ways
