"""Write the licences of everything a folder of programs carries, with their texts.

Usage: python release/list_licences.py FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

# What builds the folder and is no part of it.
BUILDERS = {
    "altgraph", "build", "pip", "pipx", "pyinstaller", "pyinstaller-hooks-contrib",
    "setuptools", "twine", "uv", "wheel",
}  # fmt: skip
TEXTS = ("LICEN", "COPYING", "NOTICE", "AUTHORS")  # how the names of such files begin
GPL = """\
PyAV's wheels hold FFmpeg with x264 and x265, which are under the GNU General Public License,
version 2 or later; phonemizer and eSpeak NG are under its version 3. So this folder as a whole may
be passed on under the GPL, version 3: with this list, and with the source of all it holds, or an
offer of it. speechcast's own code is under the MIT licence wherever it is used without them.

Kokoro-82M, the model of the embedded voices, and its voices: Apache License 2.0 (hexgrad).
Python: the PSF License. The start of the program: PyInstaller, GPL 2.0 with an exception that
leaves programs built with it under any licence.
"""


def describe(package: Distribution) -> str:
    """Return a line for the list: name, version, licence."""
    metadata = package.metadata
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in metadata.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    names = [
        name for key in ("License-Expression", "License") for name in metadata.get_all(key, [])
    ]
    first = ", ".join(classifiers) or next(iter(names), "see its text").strip().splitlines()[0]
    return f"{metadata['Name']} {package.version}: {first}"


def find_texts(package: Distribution) -> Iterator[Path]:
    """Yield the files of a package that hold its licence."""
    for file in package.files or ():
        if ".dist-info" in str(file) and file.name.upper().startswith(TEXTS):
            yield Path(str(file.locate()))


def write_licences(folder: Path) -> None:
    """Write `LICENCES.txt` and the folder `licences`."""
    packages = {
        package.metadata["Name"].lower(): package
        for package in distributions()
        if package.metadata["Name"].lower() not in BUILDERS
    }
    for name, package in packages.items():
        for number, text in enumerate(find_texts(package)):
            target = folder / "licences" / name / f"{number or ''}{text.name}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.read_bytes())
    lines = sorted(map(describe, packages.values()), key=str.lower)
    (folder / "LICENCES.txt").write_text(f"{GPL}\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_licences(Path(sys.argv[1]))
