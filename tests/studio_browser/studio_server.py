"""The studio as a user starts it, and the browser that looks at it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Studio:
    """A running studio.

    Attributes:
        base: Its address, without the token.
        address: The address that it printed.
        pid: Its process.
    """

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        line = process.stdout.readline()
        match = re.search(r"http://\S+", line)
        assert match, f"the studio printed {line!r}"
        self.address = match[0]
        self.base = self.address.partition("/?")[0]
        self._token = re.sub(r".*token=|#.*", "", self.address)
        self.pid = process.pid

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Return what the server answers, as a program would ask: JSON, or the bytes."""
        request = urllib.request.Request(
            f"{self.base}/api{urllib.parse.quote(path)}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {self._token}",
                "Content-Type": "application/json",
            },
        )
        with urllib.request.urlopen(request) as answer:
            data = answer.read()
            return json.loads(data) if "json" in (answer.headers["Content-Type"] or "") else data

    def create(self, text: str, **settings: Any) -> str:
        """Make a project of a text, in the voice `tone` unless another is set; return its id."""
        project_id: str = self.call("POST", "/projects", {"text": text})["id"]
        self.call("PATCH", f"/projects/{project_id}/settings", {"voice": "tone", **settings})
        return project_id

    def state(self, project_id: str) -> Any:
        """Return the state of a project."""
        return self.call("GET", f"/projects/{project_id}")

    def sounds(self, project_id: str) -> list[bytes]:
        """Return the sound of every sentence."""
        numbers = [sentence["number"] for sentence in self.state(project_id)["sentences"]]
        return [self.call("GET", f"/projects/{project_id}/sentences/{n}/sound") for n in numbers]


@contextmanager
def run_studio(projects: Path, *arguments: str) -> Iterator[Studio]:
    """Start the studio as a command, and end it as Ctrl-C does."""
    command = ["studio", *arguments, "--no-browser", f"--projects={projects}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "speechcast", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        yield Studio(process)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        if process.stdout:
            process.stdout.close()
