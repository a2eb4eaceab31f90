"""The rules a contact lives under."""

from warmline.domain.contact.policy import PLAIN_QUEUE, ContactPolicy, QueuePolicy


def test_a_queue_without_rules_of_its_own_is_a_plain_one():
    strict = QueuePolicy(max_wait_s=60)
    policy = ContactPolicy(queues={"orders": strict})
    assert (policy.queue("orders"), policy.queue("elsewhere")) == (strict, PLAIN_QUEUE)
