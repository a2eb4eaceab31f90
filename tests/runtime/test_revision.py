"""A web process knows whether its database fits, without the weight of the migration tools."""

import subprocess
import sys

from alembic.config import Config
from alembic.script import ScriptDirectory

import warmline.migrations
from warmline.runtime.revision import current_revision, head_revision


def test_the_newest_migration_by_name_is_the_newest_by_its_own_word():
    config = Config()
    config.set_main_option("script_location", warmline.migrations.__path__[0])
    assert head_revision() == ScriptDirectory.from_config(config).get_current_head()


async def test_a_migrated_database_is_at_the_newest_revision(database_url: str):
    assert await current_revision(database_url) == head_revision()


def test_a_killed_web_process_comes_back_without_loading_the_migration_tools():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, warmline.role_web; print('alembic' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert loaded.stdout.strip() == "False"
