"""Policies drawn from settings."""

from warmline.features.contacts.settings import QueueSettings, TenantSettings, policies


def settings(*queues: QueueSettings) -> TenantSettings:
    return TenantSettings(
        tenant_id="onda",
        queues={queue.id: queue for queue in queues},
        calendars={},
        announcements=(),
        journeys={},
        published={"csat": 3},
        prompts={"ko": {}, "ja": {}, "en": {}},
        widgets={},
    )


def test_each_queue_has_its_own_policy_and_the_survey_its_published_version():
    found = policies(
        settings(QueueSettings("orders", {}, -1, 10, "csat"), QueueSettings("billing", {}, 0, 10, "old"))
    )
    assert (found["orders"].wrap_up_s, found["orders"].survey_version) == (-1, 3)
    assert found["billing"].survey_version is None, "a survey that was never published is not asked"
    assert found[None].fallback_queue_id == "billing"
    assert found[None].queue_ids == {"orders", "billing"}


def test_each_queue_has_the_outcomes_it_lists_and_contacts_without_a_queue_any():
    found = policies(settings(QueueSettings("orders", {}, 60, 10, None, ("sent", "lost"))))
    assert found["orders"].dispositions == ("sent", "lost")
    assert found[None].dispositions == ()


def test_a_queue_named_general_catches_those_who_would_be_stuck():
    found = policies(settings(QueueSettings("a", {}, 60, 10), QueueSettings("general", {}, 60, 10)))
    assert found["a"].fallback_queue_id == "general"
    assert policies(settings())[None].fallback_queue_id is None
