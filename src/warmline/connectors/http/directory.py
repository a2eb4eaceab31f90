"""The backend as the one who knows people: identity questions answered through connector operations."""

from warmline.connectors.http.connector import HttpConnector, wish_key
from warmline.kernel.errors import ProviderFailed
from warmline.kernel.locale import closest_locale
from warmline.ports.connector import ContactPoint, TaskContext


class HttpDirectory:
    """A SubjectDirectory over three operations.

    `find` answers `found`, `customer_ref`, `email`, `phone`, `locale`; `check_pin` (subject, pin) and
    `check_birth_date` (subject, birth_date) answer `ok` and `customer_ref`.
    """

    def __init__(
        self,
        connector: HttpConnector,
        *,
        find: str = "customers.find",
        check_pin: str = "accounts.check_pin",
        check_birth_date: str = "accounts.check_birth_date",
    ) -> None:
        self._connector = connector
        self._find = find
        self._check_pin = check_pin
        self._check_birth_date = check_birth_date

    async def contact_point(self, context: TaskContext, subject: str) -> ContactPoint | None:
        found = await self._ask(context, self._find, {"subject": subject})
        reference, phone, email = found.get("customer_ref"), found.get("phone"), found.get("email")
        if not found.get("found") or not isinstance(reference, str):
            return None
        locale = closest_locale(str(found.get("locale") or ""))
        if isinstance(phone, str) and phone:
            return ContactPoint(reference, "phone", phone, locale)
        if isinstance(email, str) and email:
            return ContactPoint(reference, "email", email, locale)
        return None

    async def check_pin(self, context: TaskContext, subject: str, pin: str) -> str | None:
        return self._reference(await self._ask(context, self._check_pin, {"subject": subject, "pin": pin}))

    async def check_birth_date(self, context: TaskContext, subject: str, birth_date: str) -> str | None:
        args: dict[str, object] = {"subject": subject, "birth_date": birth_date}
        return self._reference(await self._ask(context, self._check_birth_date, args))

    async def _ask(self, context: TaskContext, operation: str, args: dict[str, object]) -> dict[str, object]:
        if context.tenant_id != self._connector.config.tenant_id:
            raise ProviderFailed("No backend of this tenant knows its customers.", retryable=False)
        return await self._connector.call(operation, args, wish_key(context, operation, args))

    @staticmethod
    def _reference(answer: dict[str, object]) -> str | None:
        reference = answer.get("customer_ref")
        return reference if answer.get("ok") is True and isinstance(reference, str) else None
