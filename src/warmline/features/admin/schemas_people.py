"""The people who work: accounts, roles, skills."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from warmline.features.admin.fields import NO_NUL, Email, Label, Slug, Strict, Version, unique
from warmline.features.security.roles import Role
from warmline.kernel.locale import Locale


class AgentSkill(Strict):
    skill_id: Slug
    level: Annotated[int, Field(ge=1, le=5)]


class AgentBody(Strict):
    """A person's account. `disabled` people cannot sign in; their history stays."""

    email: Email
    name: Label
    roles: Annotated[list[Role], Field(min_length=1, max_length=4)]
    locale: Locale
    routing_profile_id: Slug | None = None
    skills: Annotated[list[AgentSkill], Field(max_length=100)] = Field(default_factory=list)
    team: Label | None = None
    attributes: Annotated[
        dict[Label, Label], Field(max_length=50, description="What rings of a queue ask for")
    ] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _once(self) -> "AgentBody":
        unique(list(self.roles), "role")
        unique([s.skill_id for s in self.skills], "skill")
        return self


class AgentNew(AgentBody):
    password: Annotated[str, Field(min_length=1, max_length=256, pattern=NO_NUL)] | None = None


class AgentChange(AgentBody):
    """`password`, when given, becomes the new one and ends the person's sessions."""

    version: Version
    disabled: bool = False
    password: Annotated[str, Field(min_length=1, max_length=256, pattern=NO_NUL)] | None = None


class Agent(AgentBody):
    id: UUID
    version: Version
    disabled: bool
    created_at: datetime
