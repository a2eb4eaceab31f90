"""The kinds of settings, as people and the table of permissions know them."""

from warmline.features.admin.resources import QUEUES, RESOURCES, WIDGETS
from warmline.features.security.roles import PERMISSIONS


def test_every_kind_has_a_permission_to_read_and_one_to_write():
    for resource in RESOURCES:
        assert {f"{resource.path}.read", f"{resource.path}.write"} <= set(PERMISSIONS)


def test_people_set_the_fields_of_the_document_and_never_key_or_version():
    assert "target_s" in QUEUES.columns
    for resource in RESOURCES:
        assert {resource.key, "version", "tenant_id"}.isdisjoint(resource.columns)
    assert WIDGETS.key == "key"
