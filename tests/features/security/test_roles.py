"""Who may do what, read as the table says."""

import pytest

from warmline.features.security.roles import PERMISSIONS, ROLES, is_public, may


def test_an_agent_helps_customers_but_does_not_erase_them():
    assert may(["agent"], "customers.read")
    assert not may(["agent"], "customers.erase")


def test_somebody_with_two_roles_may_do_what_either_may():
    assert may(["agent", "designer"], "journeys.publish")
    assert may(["agent", "designer"], "contacts.command")


def test_somebody_without_roles_may_do_only_what_is_public():
    assert [p for p in PERMISSIONS if may([], p)] == [p for p in PERMISSIONS if is_public(p)]


def test_an_administrator_may_do_everything():
    assert all(may(["admin"], p) for p in PERMISSIONS)


def test_a_designer_sees_no_customer():
    assert not [p for p in PERMISSIONS if p.startswith(("customers", "contacts")) and may(["designer"], p)]


def test_an_unknown_permission_is_a_mistake_and_never_a_yes():
    with pytest.raises(KeyError):
        may(ROLES, "everything")


def test_nobody_follows_a_contact_whose_customers_number_they_may_not_see():
    for follows in ("contacts.read", "contacts.list", "callbacks.read", "board.read", "search"):
        assert PERMISSIONS[follows] <= PERMISSIONS["customers.read"], "or numbers must be masked for them"
