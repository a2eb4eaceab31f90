"""The telephone endpoint's view of the number plan. Implements `warmline.voice.directory.Directory`."""

import logging
from collections.abc import Callable, Sequence

from warmline.features.telephony.number_plan import DeskPhone, Line, Plan
from warmline.voice.directory import NumberState, Phone, Trunk

LOG = logging.getLogger(__name__)
STRANGERS = "warmline"  # the realm for domains nobody here has


def trunk_of(line: Line) -> Trunk:
    """Return a line as the endpoint knows it; its id is unique among all companies."""
    return Trunk(
        id=f"{line.tenant_id}/{line.id}",
        tenant_id=line.tenant_id,
        host=line.host,
        port=line.port,
        transport=line.transport,
        addresses=tuple(str(one) for one in line.networks),
        user=line.username,
        password=line.secret,
        register=line.mode == "registration",
        order=line.priority,
        caller_number=line.caller_number,
        calls_at_most=line.calls_at_most,
    )


def phone_of(phone: DeskPhone) -> Phone:
    """Return a desk phone as the endpoint knows it."""
    known = phone.credentials
    return Phone(
        id=f"{phone.tenant_id}/{phone.id}",
        tenant_id=phone.tenant_id,
        user=phone.id,
        realm=known.realm,
        ha1_md5=known.md5,
        ha1_sha256=known.sha256,
    )


class PlanDirectory:
    """Asks the newest plan each time, from what was prepared when the plan changed."""

    def __init__(self, plan: Callable[[], Plan]) -> None:
        self._plan = plan
        self._prepared: Plan | None = None
        self._trunks: dict[str, tuple[Trunk, Line]] = {}
        self._phones: dict[str, Phone] = {}
        self._named: dict[tuple[str, str], Phone] = {}
        self._realms: frozenset[str] = frozenset()
        self._contested: set[str] = set()  # told of once, until the plan changes

    def _fresh(self) -> Plan:
        plan = self._plan()
        if plan is not self._prepared:
            self._prepared = plan
            pairs = [(trunk_of(line), line) for line in plan.lines]
            self._trunks = {trunk.id: (trunk, line) for trunk, line in pairs}
            phones = [phone_of(one) for one in plan.phones.values()]
            self._phones = {one.id: one for one in phones}
            self._named = {(one.user, one.realm): one for one in phones}
            self._realms = frozenset(one.realm for one in phones)
            self._contested.clear()
        return plan

    def trunks(self, tenant_id: str | None = None) -> Sequence[Trunk]:
        self._fresh()
        return [trunk for trunk, _ in self._trunks.values() if tenant_id in (None, trunk.tenant_id)]

    def trunk_at(self, address: str, called: str) -> Trunk | None:
        plan = self._fresh()
        lines = plan.lines_at(address)
        line = next(
            (one for one in lines if plan.answering(one.tenant_id, one, called)), lines[0] if lines else None
        )
        return None if line is None else self._trunks[f"{line.tenant_id}/{line.id}"][0]

    def trunk_with(self, address: str, trunk_id: str) -> Trunk | None:
        here = any(f"{line.tenant_id}/{line.id}" == trunk_id for line in self._fresh().lines_at(address))
        return self._trunks[trunk_id][0] if here else None

    def is_trunk_address(self, address: str) -> bool:
        return bool(self._fresh().lines_at(address))

    def trunk_named(self, user: str, realm: str) -> Trunk | None:
        return None  # providers prove themselves by their addresses

    def phone_named(self, user: str, realm: str) -> Phone | None:
        self._fresh()
        return self._named.get((user, realm))

    def phone(self, phone_id: str) -> Phone | None:
        self._fresh()
        return self._phones.get(phone_id)

    def realm(self, domain: str) -> str:
        self._fresh()
        return domain if domain in self._realms else STRANGERS

    def number(self, trunk: Trunk, called: str) -> NumberState:
        plan = self._fresh()
        line = self._trunks[trunk.id][1] if trunk.id in self._trunks else None
        if plan.answering(trunk.tenant_id, line, called) is None:
            return "unknown"
        if line is None or not plan.contested(line, called):
            return "known"
        if called not in self._contested:
            self._contested.add(called)
            LOG.error("Calls to %s are refused: two companies have it on one provider's line", called)
        return "unknown"
