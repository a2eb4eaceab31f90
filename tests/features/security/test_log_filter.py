"""What is logged is masked, wherever it came from."""

import logging
from io import StringIO

import pytest

from warmline.features.security.log_filter import install_redaction


@pytest.fixture
def log():
    page = StringIO()
    logger = logging.Logger("test")
    handler = logging.StreamHandler(page)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    install_redaction(logger)
    install_redaction(logger)
    return logger, page


def test_a_card_number_in_an_argument_is_masked(log: tuple[logging.Logger, StringIO]):
    logger, page = log
    logger.warning("refused %s", "4111111111111111")
    assert page.getvalue() == "refused 411111******1111\n"


def test_a_card_number_in_a_traceback_is_masked(log: tuple[logging.Logger, StringIO]):
    logger, page = log
    try:
        raise ValueError("4111111111111111 is not a date")
    except ValueError:
        logger.exception("a bug")
    assert "4111111111111111" not in page.getvalue()
    assert "ValueError: 411111******1111" in page.getvalue()


def test_structured_personal_fields_are_dropped(log: tuple[logging.Logger, StringIO]):
    logger, page = log
    logger.handlers[0].setFormatter(logging.Formatter("%(message)s %(pii.name)s", defaults={"pii.name": "-"}))
    logger.warning("hello", extra={"pii.name": "김미나"})
    assert page.getvalue() == "hello -\n"
    assert len(logger.handlers[0].filters) == 1
