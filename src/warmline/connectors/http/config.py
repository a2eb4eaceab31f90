"""What an HTTP backend offers, as typed configuration: operations, their arguments and their answers."""

from typing import Literal

from msgspec import Struct, field

from warmline.kernel.errors import declare

BAD_CONNECTOR = declare(
    "bad_connector",
    422,
    "The connector {connector} is not usable: {reason}.",
    "Correct the connector's configuration and start again.",
)

FieldKind = Literal["text", "number", "integer", "flag", "date", "datetime", "phone"]
Scalar = str | int | float | bool | None


class ResultField(Struct, frozen=True, omit_defaults=True):
    """A field of an operation's answer: read from dotted `path` (default: its name), checked against `kind`.

    `required`: a 2xx answer without it counts as the backend's failure; otherwise the field becomes None.
    Dates are ISO 8601, phones E.164.
    """

    name: str
    kind: FieldKind = "text"
    path: str = ""
    required: bool = False


class Operation(Struct, frozen=True, omit_defaults=True):
    """One call. `path` is a template such as `/orders/{number}`; `query` and `body` map names to arguments.

    `answers` declares statuses that are answers and not failures, with constants to add:
    `{404: {"found": False}}`. Only `idempotent` operations and those that send a key are ever repeated.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    arguments: tuple[str, ...] = ()
    query: dict[str, str] = {}
    body: dict[str, str] = {}
    fields: tuple[ResultField, ...] = ()
    answers: dict[int, dict[str, Scalar]] = field(default_factory=lambda: {200: {}})
    idempotent: bool | None = None  # None: GET is, everything else is not
    send_key: bool = False  # send an Idempotency-Key, which makes repeating safe
    timeout_s: float = 4.0
    impersonal: tuple[str, ...] = ()  # arguments that personal data may not go into
    secret: tuple[str, ...] = ()  # arguments made for secrets; only in the body, for addresses are written to logs

    @property
    def repeatable(self) -> bool:
        return self.send_key or (self.method == "GET" if self.idempotent is None else self.idempotent)


class HttpConnectorConfig(Struct, frozen=True, omit_defaults=True):
    """A backend of one tenant. `key` is a secret and never shown; operations are tasks of journeys."""

    tenant_id: str
    name: str
    base_url: str
    operations: dict[str, Operation]
    key_header: str | None = None
    key: str = ""
    health_path: str | None = None
    tries: int = 2
    trip_after: int = 5  # consecutive failures that open the circuit
    rest_s: float = 10.0  # how long an open circuit rests before one call may probe

    def __repr__(self) -> str:
        return f"HttpConnectorConfig({self.tenant_id}, {self.name}, {self.base_url})"
