"""From an answer to declared fields: nothing undeclared comes through, nothing missing goes unnoticed."""

import pytest

from warmline.connectors.http.answer import read_answer
from warmline.connectors.http.config import FieldKind, Operation, ResultField
from warmline.kernel.errors import ProviderFailed
from warmline.ports.connector import OutboundAnswer

FIND = Operation(
    "GET",
    "/o",
    fields=(
        ResultField("status", required=True),
        ResultField("days", "integer"),
        ResultField("first", path="items.0.name"),
        ResultField("late", "flag"),
        ResultField("total", "number"),
    ),
    answers={200: {"found": True}, 404: {"found": False}},
)


def test_declared_fields_are_read_and_the_rest_stays_outside():
    body = b'{"status":"shipped","days":2,"items":[{"name":"Grill"}],"late":true,"total":9.5,"secret":"x"}'
    assert read_answer("orders.find", FIND, OutboundAnswer(200, body)) == {
        "status": "shipped", "days": 2, "first": "Grill", "late": True, "total": 9.5, "found": True,
    }  # fmt: skip


def test_not_found_is_an_answer_not_a_failure():
    answer = read_answer("orders.find", FIND, OutboundAnswer(404, b'{"error":"no"}'))
    assert answer["found"] is False
    assert answer["status"] is None


@pytest.mark.parametrize(
    ("status", "retryable"), [(503, True), (429, True), (500, True), (401, False), (422, False)]
)
def test_an_undeclared_status_is_the_backends_failure(status: int, retryable: bool):
    with pytest.raises(ProviderFailed) as failure:
        read_answer("orders.find", FIND, OutboundAnswer(status, b""))
    assert failure.value.retryable is retryable


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"status":7}', b'{"status":"a","days":true}', b"[]"])
def test_an_answer_of_another_shape_is_a_failure_that_repeating_does_not_cure(body: bytes):
    with pytest.raises(ProviderFailed) as failure:
        read_answer("orders.find", FIND, OutboundAnswer(200, body))
    assert failure.value.retryable is False


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("date", "2026-11-26", "next week"),
        ("datetime", "2026-11-26T10:00:00+09:00", "ten o'clock"),
        ("phone", "+821023456789", "010-2345-6789"),
    ],
)
def test_a_field_of_a_kind_is_of_that_kind_or_the_call_has_failed(kind: FieldKind, good: str, bad: str):
    find = Operation("GET", "/o", fields=(ResultField("when", kind),))
    assert read_answer("o.find", find, OutboundAnswer(200, f'{{"when":"{good}"}}'.encode())) == {"when": good}
    assert read_answer("o.find", find, OutboundAnswer(200, b"{}")) == {"when": None}
    with pytest.raises(ProviderFailed, match="when"):
        read_answer("o.find", find, OutboundAnswer(200, f'{{"when":"{bad}"}}'.encode()))


def test_a_field_that_is_always_there_but_is_not_has_failed_and_is_never_empty():
    with pytest.raises(ProviderFailed, match="status"):
        read_answer("orders.find", FIND, OutboundAnswer(200, b'{"status":null}'))
