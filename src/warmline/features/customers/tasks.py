"""`customers.link`: a verified contact finds its known customer."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from warmline.domain.contact.commands import AnyCommand, LinkCustomer
from warmline.features.customers.model import Profile
from warmline.features.customers.service import Customers
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import TaskContext, TaskHandler

Command = Callable[[str, UUID, AnyCommand], Awaitable[object]]
"""Carry out a contact command: `ContactService.command` is one."""

Describe = Callable[[TaskContext, str], Awaitable[Profile | None]]
"""Ask the backend who a reference is. Raises ProviderFailed when it cannot answer."""


def link_task(customers: Customers, command: Command, describe: Describe | None = None) -> TaskHandler:
    """Return the handler of `customers.link` (args: customer_ref; result: customer_id).

    The visitor's own record is not merged: several people may share a browser, and only this contact
    was verified. Running twice links once, because the reference leads to the same customer.
    """

    async def link(context: TaskContext, args: dict[str, object]) -> dict[str, object]:
        reference = args.get("customer_ref")
        if not isinstance(reference, str) or not reference:
            raise ProviderFailed("customers.link needs customer_ref, the backend's own id.", retryable=False)
        profile = None
        if describe is not None:
            try:
                profile = await describe(context, reference)
            except ProviderFailed:
                profile = None  # who it is, is proved; how they are called can wait
        customer_id = await customers.ensure_known(context.tenant_id, reference, profile)
        await command(context.tenant_id, context.contact_id, LinkCustomer(customer_id))
        return {"customer_id": str(customer_id)}

    return link
