"""The parts of staffing, put together once for each process."""

from dataclasses import dataclass

from warmline.domain.staffing.volumes import VolumeSource
from warmline.features.staffing.feeds import Feeds
from warmline.features.staffing.forecast import ForecastVolumes
from warmline.features.staffing.needs_service import NeedsService
from warmline.features.staffing.plans import Plans
from warmline.features.staffing.presence import Presences
from warmline.features.staffing.roster import Rosters
from warmline.features.staffing.rules_service import StaffingRules
from warmline.features.staffing.volumes import DescribedVolumes, HistoryVolumes
from warmline.kernel.tasks import TaskRegistry
from warmline.runtime.database import Database


@dataclass(frozen=True)
class StaffingRooms:
    """What the routes need."""

    needs: NeedsService
    plans: Plans
    rosters: Rosters
    presences: Presences
    feeds: Feeds
    rules: StaffingRules
    database: Database
    public_url: str


def staffing_rooms(
    database: Database, tasks: TaskRegistry, public_url: str, **more: VolumeSource
) -> StaffingRooms:
    """Build staffing. `more`: further sources of expected work by name, or others in place of ours."""
    history = HistoryVolumes(database)
    sources: dict[str, VolumeSource] = {
        "forecast": ForecastVolumes(database, history),
        **more,
        "history": history,
        "described": DescribedVolumes(database),
    }
    needs = NeedsService(database, sources)
    return StaffingRooms(
        needs, Plans(database, needs, tasks), Rosters(database), Presences(database), Feeds(database),
        StaffingRules(database), database, public_url.rstrip("/"),
    )  # fmt: skip
