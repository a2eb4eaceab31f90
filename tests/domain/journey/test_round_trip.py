"""A thousand journeys made up at random go from Python over JSON through the canvas and back, and are the same."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.domain.journey.test_source import recombined

from warmline.domain.journey.codec import read_journey, write_journey
from warmline.domain.journey.document import Journey
from warmline.domain.journey.source import read_source, write_source

WEB = Path(__file__).parents[3] / "web"
VITEST = WEB / "node_modules" / ".bin" / "vitest"
MANY = 1_000
Journeys = st.SearchStrategy[Journey]


def made_up(journeys: Journeys) -> list[Journey]:
    """Return a thousand different journeys: drawn ones, and others put together of their steps."""
    found: dict[bytes, Journey] = {}

    @settings(
        max_examples=36,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        drawn = [data.draw(journeys) for _ in range(2)]
        random = Random(len(found))
        for journey in (*drawn, *(recombined(drawn, random) for _ in range(40))):
            found[write_journey(journey)] = journey

    draw()
    return list(found.values())


@pytest.mark.skipif(not VITEST.exists() or shutil.which("node") is None, reason="the front end is not installed")
def test_a_thousand_journeys_go_through_python_json_and_the_canvas_and_come_back_the_same(
    journeys: Journeys, tmp_path: Path
):
    documents = made_up(journeys)
    assert len(documents) >= MANY
    handed = tmp_path / "journeys.jsonl"
    handed.write_bytes(b"\n".join(write_journey(read_source(write_source(one))) for one in documents) + b"\n")
    command = [VITEST, "run", "src/features/designer/model/roundtrip.test.ts"]
    around = {**os.environ, "WARMLINE_ROUND_TRIP": str(handed)}
    told = subprocess.run(command, cwd=WEB, env=around, capture_output=True, text=True, timeout=300, check=False)
    assert told.returncode == 0, told.stdout[-4_000:] + told.stderr[-4_000:]
    back = handed.with_name("journeys.jsonl.out").read_bytes().splitlines()
    assert len(back) == len(documents)
    for line, document in zip(back, documents, strict=True):
        assert read_journey(json.dumps(json.loads(line, parse_int=number))) == document


def number(digits: str) -> int | float:
    """Read a number as a browser has it: beyond 2**53 it is the nearest double, however it is written."""
    return int(digits) if abs(int(digits)) <= 2**53 else float(digits)
