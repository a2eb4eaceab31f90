"""What an account may say."""

import pytest
from pydantic import ValidationError

from warmline.features.admin.schemas_people import AgentNew

MINA = {"email": "mina@onda.example", "name": "김미나", "roles": ["agent"], "locale": "ko"}


@pytest.mark.parametrize(
    "change",
    [{"roles": []}, {"roles": ["emperor"]}, {"roles": ["agent", "agent"]}, {"locale": "fr"},
     {"skills": [{"skill_id": "ko", "level": 6}]},
     {"skills": [{"skill_id": "ko", "level": 1}, {"skill_id": "ko", "level": 2}]}, {"password": ""}],
)  # fmt: skip
def test_an_impossible_account_is_refused(change: dict[str, object]):
    assert AgentNew.model_validate(MINA).skills == []
    with pytest.raises(ValidationError):
        AgentNew.model_validate(MINA | change)
