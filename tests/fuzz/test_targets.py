"""A few generated inputs for every target; `make fuzz` tries as many as there is time for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fuzz.campaign import run_round
from tests.fuzz.targets import TARGETS


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_every_property_holds(target: str) -> None:
    assert not run_round(target, round_seed=16, inputs=100).fault


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_campaign_that_is_stopped_sums_up_what_it_tried(
    number: signal.Signals, tmp_path: Path
) -> None:
    # It shows how far it is after the first round, so that a test need not wait for 10,000 inputs.
    program = "from tests.fuzz import campaign; campaign.SHOWN_EVERY = 500; campaign.main()"
    options = ["--minutes", "60", "--jobs", "1", "--target", "bytes"]
    output = tmp_path / "output"
    with output.open("wb") as stream:
        campaign = subprocess.Popen(
            [sys.executable, "-c", program, *options],
            stdout=stream,
            stderr=subprocess.STDOUT,
            cwd=Path(__file__).parents[2],
        )
        while "500 inputs" not in output.read_text("utf-8") and campaign.poll() is None:
            time.sleep(0.05)
        campaign.send_signal(number)
        assert campaign.wait() == 128 + number
    lines = output.read_text("utf-8").splitlines()
    summary = lines[lines.index(f"stopped by {number.name}") :]
    (total,) = (line.split() for line in summary if line.startswith("all "))
    assert int(total[1].replace(",", "")) >= 500
    assert "The slowest inputs:" in summary
    assert "Traceback" not in "".join(lines)
