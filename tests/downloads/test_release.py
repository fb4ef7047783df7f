"""The client that fetches the files of a release, on a line that breaks off."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError

import pytest

from speechcast.downloads import release

CONTENT = bytes(range(256)) * 40


class Service(ThreadingHTTPServer):
    """A service of one file.

    Attributes:
        sent: How many bytes each answer sends before the line breaks off; all of them in the
            answers after these.
        divides: Whether it sends a part of the file where one is asked for.
        ranges: What part of the file each request asked for; "" for all of it.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.sent: list[int] = []
        self.divides = True
        self.ranges: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/file"


class Handler(BaseHTTPRequestHandler):
    server: Service

    def do_GET(self) -> None:
        requested = self.headers.get("Range", "")
        self.server.ranges.append(requested)
        if self.path != "/file":
            self.send_error(404)
            return
        start = int(requested[6:-1]) if requested and self.server.divides else 0
        content = CONTENT[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        number = len(self.server.ranges) - 1
        self.wfile.write(
            content[: self.server.sent[number]] if self.server.sent[number:] else content
        )

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_file_comes_in_one_answer(service: Service, tmp_path: Path) -> None:
    release.fetch(service.url, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT
    assert service.ranges == [""]


def test_only_what_is_missing_is_fetched_again(service: Service, tmp_path: Path) -> None:
    service.sent = [5000, 240]
    release.fetch(service.url, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT
    assert service.ranges == ["", "bytes=5000-", "bytes=5240-"]


def test_a_service_that_does_not_divide_sends_all_of_it(service: Service, tmp_path: Path) -> None:
    service.sent, service.divides = [5000], False
    release.fetch(service.url, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


def test_a_line_that_breaks_off_five_times_is_given_up(service: Service, tmp_path: Path) -> None:
    service.sent = [1000] * 9
    with pytest.raises(OSError, match="it broke off 5 times, at last with: 1000 of 6240 bytes"):
        release.fetch(service.url, tmp_path / "file")
    assert len(service.ranges) == 5


def test_an_answer_without_a_byte_is_not_waited_for(service: Service, tmp_path: Path) -> None:
    service.sent = [0] * 9
    with pytest.raises(ConnectionError, match="0 of 10240 bytes came"):
        release.fetch(service.url, tmp_path / "file")
    with pytest.raises(HTTPError, match="404"):
        release.fetch(f"{service.url}s", tmp_path / "other")
    assert len(service.ranges) == 2


def test_the_client_fetches_each_file_under_its_name(service: Service, tmp_path: Path) -> None:
    client = [sys.executable, "-m", release.__name__, str(tmp_path)]
    subprocess.run([*client, service.url], check=True)
    assert (tmp_path / "file").read_bytes() == CONTENT
    refused = subprocess.run(
        [*client, f"{service.url}s"], capture_output=True, text=True, check=False
    )
    assert (refused.returncode, refused.stderr) == (1, "HTTP Error 404: Not Found\n")


def test_the_client_says_plainly_that_nobody_answers(tmp_path: Path) -> None:
    client = [sys.executable, "-m", release.__name__, str(tmp_path)]
    refused = subprocess.run(
        [*client, "http://127.0.0.1:9/file"], capture_output=True, text=True, check=False
    )
    assert (refused.returncode, refused.stderr) == (1, "Connection refused\n")
