"""Describe the machine that benchmarks ran on, without a name or a path of it."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

from speechcast.cores import count_cores

PACKAGES = ("onnxruntime", "numpy", "av", "lameenc", "pydub", "edge-tts")
RIVALS = ("kokoro-onnx", "onnxruntime", "kokoro", "torch")
_ASK_VERSIONS = """
import sys
from importlib.metadata import PackageNotFoundError, version
for name in sys.argv[1:]:
    try:
        print(name, version(name))
    except PackageNotFoundError:
        pass
"""


def describe_machine(rivals: Path) -> list[str]:
    """Return lines on the processor, the memory and the programs.

    Args:
        rivals: The Python of the environment that holds other programs.
    """
    ours = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    command = [str(rivals), "-c", _ASK_VERSIONS, *RIVALS]
    theirs = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [
        f"Processor: {find_processor()}, {count_cores()} cores, {platform.machine()}",
        f"Memory: {memory_gib():.0f} GiB",
        f"System: {platform.system()}, Python {platform.python_version()}",
        f"Ours: speechcast {version('speechcast')}, {ours}",
        f"Others: {', '.join([*theirs.splitlines(), *find_ffmpeg()])}",
    ]


def find_processor() -> str:
    """Return the name of the processor."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "unknown"
    names = re.findall(r"^model name\s*: (.+)$", text, re.MULTILINE)
    return names[0].strip() if names else platform.processor() or "unknown"


def memory_gib() -> float:
    """Return the memory in GiB."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def find_ffmpeg() -> list[str]:
    """Return the version of the `ffmpeg` command, if there is one."""
    if not shutil.which("ffmpeg"):
        return []
    output = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True)
    return [" ".join(output.stdout.split()[:3:2])]
