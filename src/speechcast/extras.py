"""The command that adds a package to this installation, which depends on how it was installed.

Double quotes are read alike by Unix shells, PowerShell and cmd; cmd passes single ones on.
"""

from __future__ import annotations

import sys
from pathlib import Path

from .messages import _

_PIPX_RECORD = "pipx_metadata.json"  # which pipx keeps in each environment of its own
_UV_RECORD = "uv-receipt.toml"  # which `uv tool` does


def compose_extra_command(extra: str) -> str:
    """Return the command that adds an extra of speechcast.

    >>> compose_extra_command("plot")
    'pip install "speechcast[plot]"'
    """
    return compose_install_command(f"speechcast[{extra}]")


def compose_install_command(package: str) -> str:
    """Return the command that adds a package to this installation.

    >>> compose_install_command("gcsfs")
    'pip install gcsfs'
    """
    package = f'"{package}"' if "[" in package else package
    if _is_frozen():
        return _(
            "pip install {package} (in an installation by Python; nothing can be added to this "
            "folder)"
        ).format(package=package)
    if _has_record(_PIPX_RECORD):
        return f"pipx runpip speechcast install {package}"
    if _has_record(_UV_RECORD):
        return f'uv pip install --python "{sys.prefix}" {package}'
    return f"pip install {package}"


def compose_repair_command() -> str:
    """Return what installs speechcast again.

    >>> compose_repair_command()
    'pip install --force-reinstall speechcast'
    """
    if _is_frozen():
        return _("copy the whole folder again")
    if _has_record(_PIPX_RECORD):
        return "pipx reinstall speechcast"
    if _has_record(_UV_RECORD):
        return "uv tool upgrade --reinstall speechcast"
    return "pip install --force-reinstall speechcast"


def _is_frozen() -> bool:
    """Return whether this is the folder that needs no Python."""
    return bool(getattr(sys, "frozen", False))


def _has_record(name: str) -> bool:
    """Return whether the environment of this interpreter holds a file of its maker."""
    return (Path(sys.prefix) / name).is_file()
