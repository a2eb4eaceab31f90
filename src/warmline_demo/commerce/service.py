"""The shop's order system over HTTP: JSON in, JSON out, an API key on everything that is the merchant's."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from warmline_demo.commerce.faults import MODES, FaultMiddleware, Faults
from warmline_demo.commerce.numbers import is_card_number, is_document_number, is_good_pin
from warmline_demo.commerce.records import Order, Person
from warmline_demo.commerce.store import Store
from warmline_demo.commerce.stores import STORES
from warmline_demo.commerce.views import order_view, person_view, quote_view

MAX_BODY = 16 * 1024
RESET_TEXTS = {
    "ko": "[온다] 비밀번호를 새로 정하시려면 한 시간 안에 onda.example/reset 을 열어 주세요.",
    "ja": "【オンダ】パスワードの再設定は、1時間以内に onda.example/reset からお願いいたします。",
    "en": "[Onda] To choose a new password, open onda.example/reset within one hour.",
}
Endpoint = Callable[[Request], Awaitable[Response]]


class Shop:
    """The routes, over one store and one fault switch."""

    def __init__(self, store: Store, api_key: str, faults: Faults) -> None:
        self._store = store
        self._api_key = api_key.encode()
        self._faults = faults

    def app(self) -> Starlette:
        keyed = self._keyed
        return Starlette(
            routes=[
                Route("/healthz", self._health),
                Route("/faults", self._read_faults, methods=["GET"]),
                Route("/faults", self._set_faults, methods=["POST"]),
                Route("/phone/messages", self._read_phone, methods=["GET"]),
                Route("/phone/messages", keyed(self._send_phone), methods=["POST"]),
                Route("/orders/{number}", keyed(self._order)),
                Route("/orders/{number}/shipment", keyed(self._shipment)),
                Route("/orders/{number}/refund-quote", keyed(self._quote)),
                Route("/orders/{number}/refunds", keyed(self._refund), methods=["POST"]),
                Route("/customers", keyed(self._find_customer)),
                Route("/customers/{id}", keyed(self._customer)),
                Route("/customers/{id}/orders", keyed(self._orders_of)),
                Route("/accounts/check-pin", keyed(self._check_pin), methods=["POST"]),
                Route("/accounts/check-birth-date", keyed(self._check_birth_date), methods=["POST"]),
                Route("/accounts/password-reset", keyed(self._reset_password), methods=["POST"]),
                Route("/accounts/pins", keyed(self._take_pin), methods=["POST"]),
                Route("/accounts/documents", keyed(self._take_document), methods=["POST"]),
                Route("/payments/cards", keyed(self._take_card), methods=["POST"]),
                Route("/stores/{id}", keyed(self._store_info)),
            ],
            middleware=[Middleware(FaultMiddleware, faults=self._faults)],
            exception_handlers={HTTPException: _refusal},
        )

    def _keyed(self, endpoint: Endpoint) -> Endpoint:
        async def checked(request: Request) -> Response:
            if not hmac.compare_digest(request.headers.get("x-api-key", "").encode(), self._api_key):
                raise HTTPException(401, "The API key is missing or wrong. Send it in X-Api-Key.")
            return await endpoint(request)

        return checked

    async def _health(self, request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def _read_faults(self, request: Request) -> Response:
        return JSONResponse({"mode": self._faults.mode, "modes": MODES})

    async def _set_faults(self, request: Request) -> Response:
        mode = (await _body(request)).get("mode")
        if mode not in MODES:
            raise HTTPException(422, f"mode must be one of {', '.join(MODES)}.")
        self._faults.mode = mode
        return JSONResponse({"mode": mode})

    async def _read_phone(self, request: Request) -> Response:
        messages = await asyncio.to_thread(self._store.messages, request.query_params.get("to"))
        return JSONResponse({"messages": messages})

    async def _send_phone(self, request: Request) -> Response:
        body = await _body(request)
        to, text = _text(body, "to"), _text(body, "text")
        key = request.headers.get("idempotency-key")
        await asyncio.to_thread(self._store.add_message, to, text, key)
        return JSONResponse({"sent": True}, 202)

    async def _order(self, request: Request) -> Response:
        order = await self._need_order(request)
        buyer = await asyncio.to_thread(self._store.person, order.person_id)
        return JSONResponse(order_view(order, _today(), buyer.name if buyer else None))

    async def _shipment(self, request: Request) -> Response:
        order = await self._need_order(request)
        view = order_view(order, _today())
        names = (
            "number",
            "status",
            "late",
            "delay_days",
            "delay_reason",
            "promised_on",
            "expected_on",
            "tracking",
        )
        return JSONResponse({name: view[name] for name in names})

    async def _quote(self, request: Request) -> Response:
        order = await self._need_order(request)
        return JSONResponse(quote_view(await asyncio.to_thread(self._store.quote, order)))

    async def _refund(self, request: Request) -> Response:
        key = request.headers.get("idempotency-key")
        if not key:
            raise HTTPException(400, "A refund needs an Idempotency-Key header, so that money leaves once.")
        order = await self._need_order(request)
        quote, refund_id = await asyncio.to_thread(self._store.refund, order, key)
        if refund_id is None:
            return JSONResponse({**quote_view(quote), "refunded": False, "refund_id": None}, 409)
        return JSONResponse({**quote_view(quote), "refunded": True, "refund_id": refund_id}, 201)

    async def _find_customer(self, request: Request) -> Response:
        query = request.query_params
        subject = next((query[name] for name in ("subject", "order", "email", "phone") if query.get(name)), None)
        if subject is None:
            raise HTTPException(422, "Give one of order, email, phone or subject.")
        return JSONResponse(person_view(await self._need_person(subject)))

    async def _customer(self, request: Request) -> Response:
        return JSONResponse(person_view(await self._need_person_id(request.path_params["id"])))

    async def _orders_of(self, request: Request) -> Response:
        person = await self._need_person_id(request.path_params["id"])
        orders = await asyncio.to_thread(self._store.orders_of, person.id)
        return JSONResponse({"orders": [order_view(order, _today()) for order in orders]})

    async def _check_pin(self, request: Request) -> Response:
        body = await _body(request)
        return await self._check(_text(body, "subject"), _text(body, "pin"), "pin")

    async def _check_birth_date(self, request: Request) -> Response:
        body = await _body(request)
        return await self._check(_text(body, "subject"), _text(body, "birth_date"), "birth_date")

    async def _check(self, subject: str, answer: str, field: str) -> Response:
        """Answer alike for a wrong answer and for nobody known."""
        person = await asyncio.to_thread(self._store.find_person, subject)
        truth = getattr(person, field) if person is not None else "\0"
        right = hmac.compare_digest(truth.encode(), answer.strip().encode())
        return JSONResponse({"ok": right, "customer_id": person.id if person is not None and right else None})

    async def _reset_password(self, request: Request) -> Response:
        person = await asyncio.to_thread(self._store.find_person, _text(await _body(request), "subject"))
        if person is not None:
            text = RESET_TEXTS[person.locale]
            key = request.headers.get("idempotency-key")
            await asyncio.to_thread(self._store.add_message, person.email, text, key)
        return JSONResponse({"sent": True}, 202)

    async def _take_card(self, request: Request) -> Response:
        """Take a card number that passes its check digit; an invented shop keeps none of them."""
        return _taken(is_card_number(_text(await _body(request), "number")))

    async def _take_pin(self, request: Request) -> Response:
        """Take a new PIN that is not guessed at once; it is kept no more than a card is."""
        return _taken(is_good_pin(_text(await _body(request), "pin")))

    async def _take_document(self, request: Request) -> Response:
        """Take the number of a passport, a contract or the like; it is not kept either."""
        return _taken(is_document_number(_text(await _body(request), "number")))

    async def _store_info(self, request: Request) -> Response:
        store = STORES.get(request.path_params["id"])
        if store is None:
            raise HTTPException(404, "There is no such store.")
        return JSONResponse(store.get(request.query_params.get("locale", "en"), store["en"]))

    async def _need_order(self, request: Request) -> Order:
        order = await asyncio.to_thread(self._store.order, request.path_params["number"])
        if order is None:
            raise HTTPException(404, "There is no such order.")
        return order

    async def _need_person(self, subject: str) -> Person:
        person = await asyncio.to_thread(self._store.find_person, subject)
        if person is None:
            raise HTTPException(404, "There is no such customer.")
        return person

    async def _need_person_id(self, person_id: str) -> Person:
        person = await asyncio.to_thread(self._store.person, person_id)
        if person is None:
            raise HTTPException(404, "There is no such customer.")
        return person


async def _refusal(request: Request, failure: Exception) -> Response:
    assert isinstance(failure, HTTPException)  # noqa: S101 - registered for this class only
    return JSONResponse({"error": failure.detail}, failure.status_code)


async def _body(request: Request) -> dict[str, object]:
    if int(request.headers.get("content-length") or 0) > MAX_BODY:
        raise HTTPException(413, "The body is too large.")
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise HTTPException(400, "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise HTTPException(422, "The body must be a JSON object.")
    return body


def _text(body: dict[str, object], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 1000:
        raise HTTPException(422, f"{name} must be text of 1 to 1,000 characters.")
    return value


def _taken(ok: bool) -> Response:
    return JSONResponse({"ok": ok}, 201 if ok else 422)


def _today() -> date:
    return datetime.now(UTC).date()
