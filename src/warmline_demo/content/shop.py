"""The shop's order system as the demo's backend: which operations exist and what they answer."""

from warmline.connectors.http.config import HttpConnectorConfig, Operation, ResultField

_ORDER_FIELDS = (
    ResultField("status"),
    ResultField("late", "flag"),
    ResultField("delay_reason"),
    ResultField("promised_on"),
    ResultField("expected_on"),
    ResultField("tracking"),
    ResultField("total", "number"),
    ResultField("currency"),
    ResultField("first_item"),
    ResultField("other_items", "integer"),
    ResultField("customer_id"),
    ResultField("customer_name"),
)
_QUOTE_FIELDS = (
    ResultField("verdict"),
    ResultField("amount", "number"),
    ResultField("currency"),
    ResultField("arrives_in_days", "integer"),
)
_CHECKED = (ResultField("ok", "flag", required=True), ResultField("customer_ref", path="customer_id"))

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
        fields=(ResultField("status"), ResultField("late", "flag"), ResultField("expected_on")),
        answers={200: {"found": True}, 404: {"found": False}},
    ),
    "customers.find": Operation(
        "GET",
        "/customers",
        ("subject",),
        query={"subject": "subject"},
        fields=(
            ResultField("customer_ref", path="id"),
            ResultField("name"),
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
        fields=(ResultField("refunded", "flag"), ResultField("refund_id"), *_QUOTE_FIELDS),
        answers={201: {}, 409: {}},
        send_key=True,
        timeout_s=5.0,
    ),
    "accounts.reset_password": Operation(
        "POST",
        "/accounts/password-reset",
        ("subject",),
        body={"subject": "subject"},
        fields=(ResultField("sent", "flag"),),
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


def task_results() -> dict[str, tuple[str, ...]]:
    """Return, for each task, the fields it answers with: what the journey checker needs to know."""
    return {
        name: (
            *(field.name for field in operation.fields),
            *dict.fromkeys(name for constants in operation.answers.values() for name in constants),
        )
        for name, operation in OPERATIONS.items()
    }
