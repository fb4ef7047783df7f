"""Find out whether this machine has room for the full model."""

from __future__ import annotations

import shutil
from pathlib import Path

from ... import windows
from ...downloads.bundle import models_folder
from ...downloads.sources import format_megabytes
from ...messages import mark

MEMORY_NEEDED = 1_400_000_000  # bytes; see the measurement in session.py
DISK_NEEDED = 200_000_000  # bytes: the file, and as much again while it is written
SHORT_OF_MEMORY = mark("{free} of memory are free, {needed} are needed")
SHORT_OF_DISK = mark("{free} of disk space are free, {needed} are needed")
_MEMINFO = Path("/proc/meminfo")  # Linux: proc_meminfo(5)
_GROUP = Path("/sys/fs/cgroup")  # Linux: the limits of a container, cgroups(7)


def find_shortage() -> str:
    """Return in English what the machine lacks for the full model; "" if nothing.

    It is noted beside the model; `variants.explain` translates it.
    """
    memory = measure_free_memory()
    if memory is not None and memory < MEMORY_NEEDED:
        return _describe(SHORT_OF_MEMORY, memory, MEMORY_NEEDED)
    disk = measure_free_disk(models_folder())
    if disk is not None and disk < DISK_NEEDED:
        return _describe(SHORT_OF_DISK, disk, DISK_NEEDED)
    return ""


def measure_free_memory(meminfo: Path = _MEMINFO, group: Path = _GROUP) -> int | None:
    """Return how many bytes of memory programs may still take; None if it cannot be known.

    Args:
        meminfo: The system's account of its memory.
        group: The folder with the limits of the container.
    """
    kernel = windows.find_kernel()
    amounts = (
        [windows.read_free_memory(kernel)]
        if kernel
        else [_read_available(meminfo), _read_group(group)]
    )
    return min((free for free in amounts if free is not None), default=None)


def _describe(template: str, free: int, needed: int) -> str:
    return template.format(free=format_megabytes(free), needed=format_megabytes(needed))


def _read_available(meminfo: Path) -> int | None:
    try:
        lines = dict(line.split(":", 1) for line in meminfo.read_text("ascii").splitlines())
        return int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, ValueError, LookupError):
        return None


def _read_group(group: Path) -> int | None:
    """Return what is free of a container's limit; None without a limit."""
    try:
        limit = int((group / "memory.max").read_text("ascii"))
        return limit - int((group / "memory.current").read_text("ascii"))
    except (OSError, ValueError):  # the limit may be "max"
        return None


def measure_free_disk(folder: Path) -> int | None:
    """Return how many bytes are free where a folder is, or would be; None if it is unknown."""
    existing = next((f for f in (folder, *folder.parents) if f.exists()), None)
    try:
        return shutil.disk_usage(existing).free if existing else None
    except OSError:
        return None
