"""A studio that runs on loopback, and a page's requests to it."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.types import ASGIApp

from speechcast.studio.app import create_app
from speechcast.studio.library import Library
from speechcast.studio.server import CleanServer, listen
from speechcast.synthesis.clip_cache import ClipCache
from speechcast.synthesis.synthesizer import Resources

TOKEN = "a-token-of-the-tests"
PATIENCE = 60.0  # seconds; nothing waits as long on a machine that works


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Client:
    """Speaks to a server on loopback."""

    port: int
    token: str = TOKEN
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def send(
        self, method: str, path: str, body: bytes | None = None, **headers: str | None
    ) -> Answer:
        """Send a request as a page does; a header that is None is left out."""
        ours: dict[str, str | None] = {"Authorization": f"Bearer {self.token}", **self.headers}
        sent = ours | {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            wanted = {k: v for k, v in sent.items() if v is not None}
            connection.request(method, path, body, wanted)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.send("GET", path, None, **headers)

    def post(self, path: str, content: Any = None, method: str = "POST") -> Answer:
        body = None if content is None else json.dumps(content).encode()
        return self.send(method, path, body, Content_Type="application/json")

    def put(self, path: str, content: Any) -> Answer:
        return self.post(path, content, "PUT")

    def patch(self, path: str, content: Any) -> Answer:
        return self.post(path, content, "PATCH")

    def create(self, text: str, voice: str = "tone") -> str:
        """Make a project of a text; return its path."""
        answer = self.post("/api/projects", {"text": text, "name": "a"})
        assert answer.status == 201, answer.body
        path = f"/api/projects/{quote(answer.json['id'])}"
        assert self.patch(f"{path}/settings", {"voice": voice}).status == 200
        return path

    def record(self, path: str) -> dict[str, Any]:
        """Record a project to its end; return its state."""
        with self.listen(path) as events:
            assert self.post(f"{path}/record").status == 202
            for kind, data in events:
                assert kind != "failed", data
                if kind == "done":
                    break
        state: dict[str, Any] = self.get(path).json
        return state

    @contextlib.contextmanager
    def listen(self, path: str) -> Iterator[Iterator[tuple[str, Any]]]:
        """Yield the events of a project, from now on."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(
                "GET", f"{path}/events", headers={"Authorization": f"Bearer {self.token}"}
            )
            response = connection.getresponse()
            assert response.readline() == b": open\n"
            yield _read_events(response)


def _read_events(lines: Any) -> Iterator[tuple[str, Any]]:
    kind = ""
    for line in lines:
        name, _, value = line.decode().rstrip("\n").partition(": ")
        if name == "event":
            kind = value
        elif name == "data":
            yield kind, json.loads(value)


@contextlib.contextmanager
def serve_app(app: ASGIApp, on_end: Any = lambda: None) -> Iterator[int]:
    """Serve an application on loopback; yield the port."""
    socket = listen("127.0.0.1", 0)
    server = CleanServer(app, on_end)
    thread = threading.Thread(target=server.run, args=[[socket]])
    thread.start()
    try:
        yield socket.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
        socket.close()


@contextlib.contextmanager
def run_studio(projects: Path, clips: Path) -> Iterator[Client]:
    """Run a studio over a folder of projects, with a clip cache."""
    library = Library(projects, Resources(ClipCache(clips)))
    with serve_app(create_app(library, TOKEN), library.close) as port:
        yield Client(port)
