"""The shop's order system as the demo's backend: which operations exist and what they answer."""

from warmline.connectors.http.config import HttpConnectorConfig, Operation, ResultField
from warmline.connectors.http.declared import spec_of
from warmline.domain.journey.tasks import TaskSpec

_ORDER_FIELDS = (
    ResultField("status", required=True),
    ResultField("late", "flag", required=True),
    ResultField("delay_reason"),
    ResultField("promised_on", "date", required=True),
    ResultField("expected_on", "date", required=True),
    ResultField("tracking"),
    ResultField("total", "number", required=True),
    ResultField("currency", required=True),
    ResultField("first_item", required=True),
    ResultField("other_items", "integer", required=True),
    ResultField("customer_id", required=True),
    ResultField("customer_name", required=True),
)
_QUOTE_FIELDS = (
    ResultField("verdict", required=True),
    ResultField("amount", "number", required=True),
    ResultField("currency", required=True),
    ResultField("arrives_in_days", "integer", required=True),
)
_CHECKED = (ResultField("ok", "flag", required=True), ResultField("customer_ref", path="customer_id"))


def _keyed_in(path: str, name: str) -> Operation:
    """What a caller keys in for nobody's ears goes there, in the body."""
    return Operation(
        "POST",
        path,
        ("digits",),
        body={name: "digits"},
        secret=("digits",),
        fields=(ResultField("ok", "flag", required=True),),
        answers={201: {}, 422: {"ok": False}},
        send_key=True,
        timeout_s=5.0,
    )


OPERATIONS: dict[str, Operation] = {
    "orders.find": Operation(
        "GET",
        "/orders/{number}",
        ("number",),
        fields=_ORDER_FIELDS,
        answers={200: {"found": True}, 404: {"found": False}},
    ),
    "orders.shipment": Operation(
        "GET",
        "/orders/{number}/shipment",
        ("number",),
        fields=(
            ResultField("status", required=True),
            ResultField("late", "flag", required=True),
            ResultField("expected_on", "date", required=True),
        ),
        answers={200: {"found": True}, 404: {"found": False}},
    ),
    "customers.find": Operation(
        "GET",
        "/customers",
        ("subject",),
        query={"subject": "subject"},
        fields=(
            ResultField("customer_ref", path="id", required=True),
            ResultField("name", required=True),
            ResultField("phone"),
            ResultField("email"),
            ResultField("locale"),
        ),
        answers={200: {"found": True}, 404: {"found": False}},
    ),
    "refunds.quote": Operation(
        "GET",
        "/orders/{number}/refund-quote",
        ("number",),
        fields=_QUOTE_FIELDS,
        answers={200: {"found": True}, 404: {"found": False}},
    ),
    "refunds.request": Operation(
        "POST",
        "/orders/{number}/refunds",
        ("number",),
        fields=(ResultField("refund_id", required=True), *_QUOTE_FIELDS),
        answers={201: {"refunded": True}, 409: {"refunded": False}},
        send_key=True,
        timeout_s=5.0,
    ),
    "accounts.reset_password": Operation(
        "POST",
        "/accounts/password-reset",
        ("subject",),
        body={"subject": "subject"},
        fields=(ResultField("sent", "flag", required=True),),
        answers={202: {}},
        send_key=True,
    ),
    "accounts.check_pin": Operation(
        "POST",
        "/accounts/check-pin",
        ("subject", "pin"),
        body={"subject": "subject", "pin": "pin"},
        fields=_CHECKED,
    ),
    "accounts.check_birth_date": Operation(
        "POST",
        "/accounts/check-birth-date",
        ("subject", "birth_date"),
        body={"subject": "subject", "birth_date": "birth_date"},
        fields=_CHECKED,
    ),
    "secure.card": _keyed_in("/payments/cards", "number"),
    "secure.pin": _keyed_in("/accounts/pins", "pin"),
    "secure.number": _keyed_in("/accounts/documents", "number"),
    "phone.send": Operation(
        "POST",
        "/phone/messages",
        ("to", "text"),
        body={"to": "to", "text": "text"},
        answers={202: {}},
        send_key=True,
    ),
}


def shop_config(tenant_id: str, base_url: str, key: str) -> HttpConnectorConfig:
    """Return the connector configuration for the shop at `base_url`."""
    return HttpConnectorConfig(
        tenant_id, "shop", base_url, OPERATIONS, key_header="X-Api-Key", key=key, health_path="/healthz"
    )


def task_specs() -> dict[str, TaskSpec]:
    """Return what each task takes and answers: what the journey checker needs to know."""
    return {name: spec_of(operation) for name, operation in OPERATIONS.items()}
