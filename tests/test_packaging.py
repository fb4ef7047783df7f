"""What `pip install .` installs is what is there."""

from __future__ import annotations

import tomllib
from pathlib import Path

import speechcast

ROOT = Path(__file__).parents[1]
# Folders of data alone; the presets lie in `voices/` beside the package.
DATA = {"speechcast.presets", "speechcast.shipped", "speechcast.styles"}


def test_every_folder_of_the_package_is_installed_and_no_other() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    listed = settings["tool"]["setuptools"]["packages"]
    package = Path(speechcast.__file__).parent
    folders = {path.parent.relative_to(package.parent) for path in package.rglob("*.py")}
    assert sorted(listed) == sorted({".".join(folder.parts) for folder in folders} | DATA)
