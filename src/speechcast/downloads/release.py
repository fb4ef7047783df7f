"""Fetch a file of a GitHub release over HTTPS; run as a script, it is the client that does so.

As a client it uses nothing but the standard library, honours the machine's proxy settings, and
goes on where a connection broke off.

Usage: python release.py URL FILE
"""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

_ADDRESS = "https://github.com"
_TIMEOUT = 15.0  # seconds without an answer
_ATTEMPTS = 5  # a large file over a bad line breaks off more than once
_CHUNK = 1 << 18  # bytes
_PARTIAL = 206  # HTTP status: only the rest is sent, as requested


@dataclass(frozen=True, slots=True)
class Release:
    """A file of a release on GitHub.

    Attributes:
        repository: As "owner/name".
        tag: The release's.
        file: The name of the file.
        address: The service's.
    """

    repository: str
    tag: str
    file: str
    address: str = _ADDRESS

    @property
    def name(self) -> str:
        """The name of the client, or of the service."""
        return "GitHub"

    @property
    def url(self) -> str:
        """The address of the file."""
        return f"{self.address}/{self.repository}/releases/download/{self.tag}/{self.file}"

    @property
    def recipe(self) -> str:
        """The command for fetching the file by hand."""
        return f"curl -L -O {self.url}"

    def command(self, folder: Path) -> list[str] | None:
        """Return the client's command that fetches into `folder`."""
        return [sys.executable, "-I", __file__, self.url, str(folder / self.file)]


def fetch(url: str, path: Path) -> None:
    """Fetch a file; a connection that breaks off is taken up again.

    Raises:
        OSError: The service refuses, or breaks off too often.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            _receive(url, path)
        except urllib.error.HTTPError:
            raise
        except (OSError, HTTPException) as exc:
            if attempt == _ATTEMPTS:
                raise OSError(f"it broke off {_ATTEMPTS} times, at last with: {exc}") from exc
        else:
            return


def _receive(url: str, path: Path) -> None:
    """Receive what is missing of a file, all of it if the service does not divide it."""
    done = path.stat().st_size if path.exists() else 0
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
        raise ConnectionError(f"{received} of {expected} bytes came")


if __name__ == "__main__":
    try:
        fetch(sys.argv[1], Path(sys.argv[2]))
    except OSError as error:
        sys.exit(str(error))
