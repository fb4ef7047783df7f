"""Addresses of fsspec, such as `s3://bucket/talks`, and paths of this machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import UsageError
from ..messages import _, mark
from ..redaction import hide_login, redact

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

INSTALL_HINT = mark('run: pip install "speechcast[cluster]"')
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
            _("{address} needs fsspec; {advice}").format(address=address, advice=_(INSTALL_HINT))
        ) from None
    try:
        fs, root = url_to_fs(address)
    except ImportError as exc:
        missing = exc.name or getattr(exc.__cause__, "name", None)
        needs = _("that needs {package}; run: pip install {package}")
        reason = needs.format(package=missing) if missing else str(exc)
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


def format_error(exc: Exception) -> str:
    """Return what fsspec says of an error, in one line without passwords and keys."""
    return redact(" ".join(str(exc).split())) or type(exc).__name__
