"""`speechcast serve` before it listens."""

from __future__ import annotations

import pytest

from speechcast.cli.app import run
from speechcast.cli.serve import KEY_VARIABLE
from speechcast.cli.servers import is_loopback
from tests.support.command_lines import parse

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")


@pytest.mark.parametrize("key", [None, "", "  "])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_a_server_that_others_reach_needs_a_key(
    host: str,
    key: str | None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if key is None:
        monkeypatch.delenv(KEY_VARIABLE, raising=False)
    else:
        monkeypatch.setenv(KEY_VARIABLE, key)
    assert run(["serve", "--host", host]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith(f"error: --host {host} can be reached from outside; set")
    assert printed.out == ""


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("1.127.0.0", False),
        ("127.0.0.1.example.org", False),
        ("localhost.example.org", False),
    ],
)
def test_which_hosts_this_machine_alone_reaches(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_it_listens_where_programs_look_for_it_and_to_this_machine_alone() -> None:
    options = parse("serve")
    assert (options["host"], options["port"]) == ("127.0.0.1", 8880)
