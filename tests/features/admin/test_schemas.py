"""What settings may say."""

import pytest
from pydantic import ValidationError

from warmline.features.admin.schemas import MacroBody, QueueBody, RoutingProfileBody

NAME = {"ko": "주문", "ja": "注文", "en": "Orders"}


def test_a_macro_knows_its_placeholders():
    good = "{customer.name}님, {contact.order_number} 건이에요. {agent.name} 드림"
    assert MacroBody.model_validate({"shortcut": "order", "title": NAME, "texts": NAME | {"ko": good}})
    with pytest.raises(ValidationError, match="not known"):
        MacroBody.model_validate({"shortcut": "order", "title": NAME, "texts": NAME | {"ja": "{client.name}様"}})


def test_nothing_is_listed_twice():
    twice = [{"id": "done", "name": NAME}] * 2
    with pytest.raises(ValidationError, match="disposition done is there twice"):
        QueueBody.model_validate({"name": NAME, "dispositions": twice})
    queues = [{"queue_id": "orders"}] * 2
    with pytest.raises(ValidationError, match="queue orders is there twice"):
        RoutingProfileBody.model_validate({"name": NAME, "capacity": {"webchat": 1}, "queues": queues})


def test_outcomes_are_named_as_the_tables_hold_them():
    document = {"name": NAME, "dispositions": [{"id": "follow_up", "name": NAME}]}
    assert QueueBody.model_validate(document).dispositions[0].id == "follow_up"
    with pytest.raises(ValidationError):
        QueueBody.model_validate({"name": NAME, "dispositions": [{"id": "Follow up", "name": NAME}]})
