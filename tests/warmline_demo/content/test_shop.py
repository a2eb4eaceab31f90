"""The connector's operations fit the shop's real answers, field by field."""

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from shop_line import KEY, shop_line
from warmline.channels.voice.inputs import SecureWhat
from warmline.connectors.http.connector import HttpConnector
from warmline.connectors.http.request import check_config
from warmline.domain.contact.voice import SECURE_TASK
from warmline_demo.commerce.dataset import opening_stock
from warmline_demo.commerce.policy import quote
from warmline_demo.commerce.store import Store
from warmline_demo.content.shop import OPERATIONS, shop_config, task_specs


async def test_every_operation_is_understood_by_the_shop_and_answers_what_it_declares(tmp_path: Path):
    store = Store(tmp_path / "shop.sqlite3")
    order = next(o for o in opening_stock().orders if quote(o, refunded=False, recent_refunds=0).verdict == "ok")
    buyer = store.person(order.person_id)
    assert buyer is not None
    async with shop_line(store) as out:
        shop = HttpConnector(shop_config("onda", "http://shop", KEY), out, lambda: datetime.now(UTC))
        known: dict[str, object] = {
            "number": order.number, "subject": buyer.email, "pin": buyer.pin, "birth_date": buyer.birth_date,
            "to": buyer.phone, "text": "hello", "digits": "4111111111111111",
        }  # fmt: skip
        for name, operation in OPERATIONS.items():
            args = {argument: known[argument] for argument in operation.arguments}
            answer = await shop.call(name, args, f"key:{name}")
            assert set(answer) == set(task_specs()[name].fields), name
            optional = {"delay_reason", "tracking"}
            assert not [field for field, value in answer.items() if value is None and field not in optional], name
    store.close()


async def test_whatever_is_keyed_in_unheard_has_a_task_of_the_shop_and_ends_well(tmp_path: Path):
    keyed = {"card": "4111111111111111", "pin": "4821", "number": "30418855"}
    store = Store(tmp_path / "shop.sqlite3")
    async with shop_line(store) as out:
        shop = HttpConnector(shop_config("onda", "http://shop", KEY), out, lambda: datetime.now(UTC))
        for what in get_args(SecureWhat):
            task = f"{SECURE_TASK}{what}"
            assert OPERATIONS[task].secret == ("digits",), "it is shown and kept nowhere"
            assert (await shop.call(task, {"digits": keyed[what]}, f"key:{what}"))["ok"] is True
            assert (await shop.call(task, {"digits": "1234"}, f"bad:{what}"))["ok"] is (what == "number")
    store.close()


def test_the_configuration_is_usable_and_keeps_its_key():
    config = shop_config("onda", "http://127.0.0.1:1", "very-secret")
    assert check_config(config) is None
    assert "very-secret" not in repr(config)
