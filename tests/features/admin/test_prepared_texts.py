"""Messages for bad days are whole in every language."""

import pytest

from warmline.features.admin.prepared_texts import BUILT_IN
from warmline.features.admin.schemas_telling import PreparedMessage


@pytest.mark.parametrize("message_id", list(BUILT_IN))
def test_a_prepared_message_can_be_sent_as_it_is(message_id: str):
    message = PreparedMessage.model_validate(BUILT_IN[message_id])
    assert message.spoken is not None
    for locale in ("ko", "ja", "en"):
        assert len(getattr(message.spoken, locale)) <= len(getattr(message.texts, locale)), "a voice is brief"
