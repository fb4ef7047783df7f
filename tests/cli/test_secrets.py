"""No password and no key in what a whole command prints, logs or reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web

from tests.support.openai_service import SpeechServer
from tests.support.users import User, preset_at

KEY = "sk-live-Abc123/Xyz789+0"

pytestmark = pytest.mark.slow


@pytest.fixture
def user(tmp_path: Path) -> User:
    user = User(tmp_path)
    user.write("speeches/a.txt")
    return user


def everything_written(user: User) -> str:
    """Return the text of the log and of every report and record."""
    files = [*user.folder.glob("log"), *user.folder.rglob("*.json"), *user.folder.rglob("*.csv")]
    return "".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize(
    "arguments",
    [
        ["batch", "{}", "-o", "out"],
        ["batch", "speeches", "-o", "{}", "--voice", "tone"],
        ["batch", "speeches", "-o", "{}", "--dry-run", "--voice", "tone"],
        ["batch", "speeches", "-v", "xiaoxiao", "--proxy", "{}"],
        ["batch", "speeches", "-v", "tone", "--cluster", "{}"],
        ["make", "{}"],
        ["check", "{}", "{}"],
        ["voices", "install", "narrator", "--from", "{}"],
    ],
)
def test_a_password_in_an_address(user: User, arguments: list[str]) -> None:
    address = "ftp://anna:gate%2Fkeeper7@127.0.0.1:1/talks"
    words = [word.format(address) for word in arguments]
    if words[0] == "batch":
        words += ["--log-file", "log", "--verbose"]
    done = user.run(*words, XDG_DATA_HOME=str(user.folder))
    text = done.stdout + done.stderr + everything_written(user)
    assert done.returncode != 0
    assert "127.0.0.1:1" in text
    assert "anna" not in text
    assert "keeper" not in text


def test_a_key_that_a_server_repeats(user: User) -> None:
    def repeat(request: web.Request, _: bytes) -> web.Response:
        key = request.headers["Authorization"]
        hidden = "\u200b".join(key)
        return web.json_response({"error": {"message": f"no {hidden} no {key}"}}, status=400)

    with SpeechServer(repeat) as server:
        user.configure("voices/ours.toml", preset_at(server.address))
        options = ["--voice", "ours", "-o", "out", "--log-file", "log", "--verbose"]
        done = user.run("batch", "speeches", *options, SPEECHCAST_OPENAI_KEY=KEY)
    text = done.stdout + done.stderr + everything_written(user)
    assert done.returncode == 3
    assert "does not accept the request" in text
    assert "no Bearer …" in text
    assert KEY not in text.replace("\u200b", "")
