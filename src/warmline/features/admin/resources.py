"""The kinds of settings that are created, changed and removed alike: their tables and documents."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import asyncpg
from pydantic import BaseModel

from warmline.features.admin import schemas, schemas_hours, schemas_routing, schemas_telephone, schemas_telling
from warmline.features.admin.prepared_texts import BUILT_IN
from warmline.features.desk.alerts import usual_limits

Defaults = Callable[[asyncpg.Connection, str], Awaitable[Mapping[str, Mapping[str, object]]]]


@dataclass(frozen=True)
class Resource:
    """One kind. `path` is its address and its prefix in the table of permissions; `kind` its name in the audit."""

    path: str
    kind: str
    table: str
    body: type[BaseModel]
    new: type[BaseModel]
    change: type[BaseModel]
    out: type[BaseModel]
    key: str = "id"
    uuid_key: bool = False
    order_by: str = "id"
    kept: tuple[str, ...] = ()  # what a change leaves as it is when the document does not say
    hidden: tuple[str, ...] = ()  # columns of the row that no document shows: secrets, set on routes of their own
    creatable: bool = True
    defaults: Defaults | None = None  # records that are there, at version 0, until somebody writes their own

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that people set, in a fixed order; key and version are not among them."""
        return tuple(self.body.model_fields)


QUEUES = Resource(
    "queues",
    "queue",
    "queue",
    schemas.QueueBody,
    schemas.QueueNew,
    schemas.QueueChange,
    schemas.Queue,
    kept=("rules", "wrap_up_optional"),
)
SKILLS = Resource(
    "skills", "skill", "skill", schemas.SkillBody, schemas.SkillNew, schemas.SkillChange, schemas.Skill
)
ROUTING_PROFILES = Resource(
    "routing-profiles",
    "routing_profile",
    "routing_profile",
    schemas.RoutingProfileBody,
    schemas.RoutingProfileNew,
    schemas.RoutingProfileChange,
    schemas.RoutingProfile,
    kept=("media", "misses_allowed"),
)
PAUSE_REASONS = Resource(
    "pause-reasons",
    "pause_reason",
    "pause_reason",
    schemas_routing.PauseReasonBody,
    schemas_routing.PauseReasonNew,
    schemas_routing.PauseReasonChange,
    schemas_routing.PauseReason,
    order_by="position, id",
)
CALENDARS = Resource(
    "calendars",
    "calendar",
    "calendar",
    schemas_hours.CalendarBody,
    schemas_hours.CalendarNew,
    schemas_hours.CalendarChange,
    schemas_hours.Calendar,
)
ANNOUNCEMENTS = Resource(
    "announcements",
    "announcement",
    "announcement",
    schemas_telling.AnnouncementBody,
    schemas_telling.AnnouncementNew,
    schemas_telling.AnnouncementChange,
    schemas_telling.Announcement,
    uuid_key=True,
    order_by="starts_at DESC, id",
    kept=("spoken", "scope"),
)


async def _built_in(conn: asyncpg.Connection, tenant_id: str) -> Mapping[str, Mapping[str, object]]:
    return BUILT_IN


async def _usual_limits(conn: asyncpg.Connection, tenant_id: str) -> Mapping[str, Mapping[str, object]]:
    rows = await conn.fetch("SELECT id, target_s FROM queue WHERE tenant_id = $1", tenant_id)
    return {row["id"]: {"id": row["id"], "limits": usual_limits(row["target_s"]), "version": 0} for row in rows}


PREPARED_MESSAGES = Resource(
    "prepared-messages",
    "prepared_message",
    "prepared_message",
    schemas_telling.PreparedMessageBody,
    schemas_telling.PreparedMessageNew,
    schemas_telling.PreparedMessageChange,
    schemas_telling.PreparedMessage,
    defaults=_built_in,
)
ALERT_RULES = Resource(
    "alert-rules",
    "alert_rule",
    "alert_rule",
    schemas_telling.AlertRuleBody,
    schemas_telling.AlertRuleNew,
    schemas_telling.AlertRuleChange,
    schemas_telling.AlertRule,
    creatable=False,
    defaults=_usual_limits,
)
MACROS = Resource(
    "macros",
    "macro",
    "macro",
    schemas.MacroBody,
    schemas.MacroNew,
    schemas.MacroChange,
    schemas.Macro,
    uuid_key=True,
    order_by="shortcut",
)
WIDGETS = Resource(
    "widgets",
    "widget",
    "widget",
    schemas.WidgetBody,
    schemas.WidgetNew,
    schemas.WidgetChange,
    schemas.Widget,
    key="key",
    order_by="key",
)

TRUNKS = Resource(
    "trunks",
    "trunk",
    "trunk",
    schemas_telephone.TrunkBody,
    schemas_telephone.TrunkNew,
    schemas_telephone.TrunkChange,
    schemas_telephone.Trunk,
    order_by="priority, id",
    hidden=("secret_enc",),
)
PHONE_NUMBERS = Resource(
    "phone-numbers",
    "phone_number",
    "phone_number",
    schemas_telephone.PhoneNumberBody,
    schemas_telephone.PhoneNumberNew,
    schemas_telephone.PhoneNumberChange,
    schemas_telephone.PhoneNumber,
    order_by="number",
)
DESK_PHONES = Resource(
    "desk-phones",
    "desk_phone",
    "desk_phone",
    schemas_telephone.DeskPhoneBody,
    schemas_telephone.DeskPhoneNew,
    schemas_telephone.DeskPhoneChange,
    schemas_telephone.DeskPhone,
    hidden=("secret_enc",),
)


async def _nothing_allowed(conn: asyncpg.Connection, tenant_id: str) -> Mapping[str, Mapping[str, object]]:
    rules = schemas_telephone.OutboundRuleSet().model_dump(mode="json")
    return {"default": {"id": "default", "rules": rules, "version": 0}}


OUTBOUND_POLICY = Resource(
    "outbound-policy",
    "outbound_policy",
    "outbound_policy",
    schemas_telephone.OutboundPolicyBody,
    schemas_telephone.OutboundPolicyBody,
    schemas_telephone.OutboundPolicyChange,
    schemas_telephone.OutboundPolicy,
    creatable=False,
    defaults=_nothing_allowed,
)

RESOURCES = (
    QUEUES,
    SKILLS,
    ROUTING_PROFILES,
    PAUSE_REASONS,
    CALENDARS,
    ANNOUNCEMENTS,
    PREPARED_MESSAGES,
    ALERT_RULES,
    MACROS,
    WIDGETS,
    TRUNKS,
    PHONE_NUMBERS,
    DESK_PHONES,
    OUTBOUND_POLICY,
)
