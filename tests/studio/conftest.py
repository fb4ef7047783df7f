"""A studio for each module of tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.studio_client import Client, run_studio


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("studio")
    with run_studio(folder / "projects", folder / "clips") as client:
        yield client


@pytest.fixture
def projects(tmp_path: Path) -> Path:
    return tmp_path / "projects"
