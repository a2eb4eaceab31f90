"""The kinds of settings that are created, changed and removed alike: their tables and documents."""

from dataclasses import dataclass

from pydantic import BaseModel

from warmline.features.admin import schemas, schemas_hours, schemas_routing


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
    schemas.AnnouncementBody,
    schemas.AnnouncementNew,
    schemas.AnnouncementChange,
    schemas.Announcement,
    uuid_key=True,
    order_by="starts_at DESC, id",
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

RESOURCES = (QUEUES, SKILLS, ROUTING_PROFILES, PAUSE_REASONS, CALENDARS, ANNOUNCEMENTS, MACROS, WIDGETS)
