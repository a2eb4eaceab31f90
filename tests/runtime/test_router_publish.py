"""Queues are told about at once when staffing changes, otherwise at most once a second."""

from uuid import UUID

import msgspec

from warmline.domain.routing.stats import QueueView
from warmline.runtime.router_publish import AGAIN_S, EVERY_S, Publisher


def view(waiting: int) -> QueueView:
    return QueueView("orders", waiting, 1, [UUID(int=n + 1) for n in range(waiting)])


def test_the_first_telling_is_due_at_once_and_the_next_a_second_later():
    publisher = Publisher(7)
    assert publisher.is_due(100.0, urgent=False)
    publisher.begin(100.0)
    publisher.changed()  # while the first is still being told
    assert msgspec.json.decode(publisher.payloads([view(1)], 100.0)[0])["epoch"] == 7
    assert not publisher.is_due(100.5, urgent=False)
    assert publisher.is_due(100.5, urgent=True)
    assert publisher.due_s() == 100.0 + EVERY_S


def test_what_did_not_change_is_not_told_again_for_a_while():
    publisher = Publisher(7)
    publisher.begin(100.0)
    publisher.payloads([view(1)], 100.0)
    assert publisher.payloads([view(1)], 101.0) == []
    publisher.begin(102.0)
    assert len(publisher.payloads([view(2)], 102.0)) == 1
    assert publisher.due_s() == 102.0 + AGAIN_S
    assert len(publisher.payloads([view(2)], 102.0 + AGAIN_S)) == 1


def test_each_telling_has_a_later_turn():
    publisher = Publisher(7)
    turns = [msgspec.json.decode(publisher.payloads([view(n)], n)[0])["turn"] for n in range(3)]
    assert turns == [1, 2, 3]
