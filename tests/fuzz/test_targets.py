"""A few generated inputs for every target; `make fuzz` tries as many as there is time for."""

from __future__ import annotations

import pytest

from tests.fuzz.campaign import run_round
from tests.fuzz.targets import TARGETS


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_every_property_holds(target: str) -> None:
    assert not run_round(target, round_seed=16, inputs=100).fault
