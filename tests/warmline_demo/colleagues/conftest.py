"""The whole product on a database of its own, with a small company."""

from tests.features.conftest import core, people, product, security
from tests.features.staffing.conftest import company

__all__ = ["company", "core", "people", "product", "security"]
