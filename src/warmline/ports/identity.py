"""Who is asking: the identity that sessions vouch for and every edge relies on."""

from uuid import UUID

from msgspec import Struct

from warmline.kernel.locale import Locale


class AgentIdentity(Struct, frozen=True):
    """A signed-in person of one tenant. `roles` are some of agent, supervisor, designer, admin."""

    tenant_id: str
    agent_id: UUID
    name: str
    roles: tuple[str, ...]
    locale: Locale
