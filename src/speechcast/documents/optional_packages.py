"""Import packages that only some kinds of documents need.

A package may not be installed.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from ..errors import SourceError
from ..extras import compose_extra_command
from ..messages import _


def require_package(module: str, path: Path) -> ModuleType:
    """Import a module that not every installation has.

    Args:
        module: Its name, as in an import statement.
        path: The document that needs it.

    Raises:
        SourceError: The package is not installed; the message has the command that installs it.
    """
    try:
        return import_module(module)
    except ImportError as exc:
        raise SourceError(
            _(
                "{path} cannot be read without the package {package}, which is not "
                "installed; run: {command}"
            ).format(
                path=path,
                package=module.partition(".")[0],
                command=compose_extra_command("documents"),
            ),
            path,
        ) from exc
