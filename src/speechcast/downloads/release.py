"""Fetch files of a GitHub release over HTTPS; run as a module, it is the client that does so.

As a client it uses nothing but the standard library, honours the machine's proxy settings, and
goes on where a connection broke off.

Usage: python -m speechcast.downloads.release FOLDER URL …
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from ..errors import explain_os_error
from ..messages import _, choose_language, use_language

_ADDRESS = "https://github.com"
_TIMEOUT = 15.0  # seconds without an answer
_ATTEMPTS = 5  # a large file over a bad line breaks off more than once
_CHUNK = 1 << 18  # bytes
_PARTIAL = 206  # HTTP status: only the rest is sent, as requested


@dataclass(frozen=True, slots=True)
class Release:
    """Files of a release on GitHub.

    Attributes:
        repository: As "owner/name".
        tag: The release's.
        files: Their names.
        address: The service's.
    """

    repository: str
    tag: str
    files: tuple[str, ...]
    address: str = _ADDRESS

    @property
    def name(self) -> str:
        """The name of the client, or of the service."""
        return "GitHub"

    @property
    def urls(self) -> tuple[str, ...]:
        """The addresses of the files."""
        folder = f"{self.address}/{self.repository}/releases/download/{self.tag}"
        return tuple(f"{folder}/{file}" for file in self.files)

    @property
    def recipe(self) -> str:
        """The command for fetching the files by hand."""
        return f"curl -L {' '.join(f'-O {url}' for url in self.urls)}"

    def command(self, folder: Path) -> list[str] | None:
        """Return the client's command that fetches into `folder`."""
        return [sys.executable, "-m", f"{__package__}.release", str(folder), *self.urls]


def fetch(url: str, path: Path) -> None:
    """Fetch a file; a connection that breaks off is taken up again.

    Raises:
        OSError, HTTPException: The service refuses, or breaks off too often.
    """
    from http.client import HTTPException  # and, below, its module: they take time to import

    for _attempt in range(_ATTEMPTS):
        before = _measure(path)
        try:
            return _receive(url, path)
        except (OSError, HTTPException) as exc:
            if _measure(path) == before:  # it does not even begin
                raise
            reason = exc
    raise OSError(
        _("it broke off {count} times, at last with: {reason}").format(
            count=_ATTEMPTS, reason=describe(reason)
        )
    )


def _receive(url: str, path: Path) -> None:
    """Receive what is missing of a file, all of it if the service does not divide it."""
    import urllib.request

    done = _measure(path)
    headers = {"Range": f"bytes={done}-"} if done else {}
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
        mode = "ab" if answer.status == _PARTIAL else "wb"
        expected = int(answer.headers.get("Content-Length") or 0)
        received = 0
        with path.open(mode) as out:
            while chunk := answer.read(_CHUNK):
                out.write(chunk)
                out.flush()
                received += len(chunk)
    if received < expected:
        message = _("{received} of {expected} bytes came")
        raise ConnectionError(message.format(received=received, expected=expected))


def describe(error: Exception) -> str:
    """Return in a few words why a file cannot be fetched, in the language in use."""
    reason = getattr(error, "reason", error)  # of urllib's URLError, what was raised below it
    return explain_os_error(reason) if isinstance(reason, OSError) else f"{error}"


def _measure(path: Path) -> int:
    """Return the size of a file in bytes; 0 if there is none."""
    return path.stat().st_size if path.exists() else 0


if __name__ == "__main__":
    from http.client import HTTPException

    use_language(choose_language(None))
    try:
        for address in sys.argv[2:]:
            fetch(address, Path(sys.argv[1]) / address.rpartition("/")[2])
    except (OSError, HTTPException) as error:
        sys.exit(describe(error))
