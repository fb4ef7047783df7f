"""Addresses of fsspec, such as `s3://bucket/talks`, and paths of this machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import UsageError, explain_error_number
from ..extras import compose_install_command, compose_repair_command
from ..messages import _
from ..reasons import explain_reason
from ..redaction import hide_login, redact

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_LOCAL = {"file", "local"}
_DRIVE = re.compile("^/(?=[A-Za-z]:/)")  # what stands before a drive in an address (RFC 8089, E.2)


def is_remote(address: str) -> bool:
    """Return whether an address is not a path on this machine.

    >>> is_remote("s3://bucket/talks"), is_remote("file:///talks"), is_remote("C://talks")
    (True, False, False)
    """
    protocol, separator, _rest = address.partition("://")
    is_drive = len(protocol) == 1
    return bool(separator) and not is_drive and protocol not in _LOCAL


def local_path(address: str) -> str:
    """Return the local path of an address; a path is returned unchanged.

    >>> local_path("file:///talks"), local_path("file:///C:/talks"), local_path("talks")
    ('/talks', 'C:/talks', 'talks')
    """
    protocol, separator, path = address.partition("://")
    return _DRIVE.sub("", path) if separator and protocol in _LOCAL else address


def resolve_address(address: str) -> tuple[AbstractFileSystem, str]:
    """Return the file system of an address and its path there.

    Raises:
        UsageError: The address cannot be used.
    """
    hide_login(address)
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise UsageError(
            _("{address} needs fsspec; run: {command}").format(
                address=address, command=compose_repair_command()
            )
        ) from None
    try:
        fs, root = url_to_fs(address)
    except ImportError as exc:
        missing = exc.name or getattr(exc.__cause__, "name", None)
        reason = _explain_missing(missing) if missing else str(exc)
        raise UsageError(
            _("{address} cannot be reached: {reason}").format(address=address, reason=reason)
        ) from exc
    except Exception as exc:
        raise UsageError(
            _("{address} is not a usable address: {error}").format(
                address=address, error=format_error(exc)
            )
        ) from exc
    return fs, root.rstrip("/")


def _explain_missing(package: str) -> str:
    return _("that needs {package}; run: {command}").format(
        package=package, command=compose_install_command(package)
    )


def format_error(exc: Exception) -> str:
    """Return what fsspec says of an error, in one line without passwords and keys."""
    if isinstance(exc, OSError) and exc.errno:
        return redact(explain_error_number(exc))
    return explain_reason(redact(" ".join(str(exc).split()))) or type(exc).__name__
