"""Passwords and keys are never printed, logged or reported, in whatever form they come back."""

from __future__ import annotations

import base64
import logging
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechcast.cli.log import log_to_file
from speechcast.errors import OutputError, SpeechcastError
from speechcast.redaction import hide_login, redact, without_login

KEY = "sk-Very+Secret/0123456789"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_SERVER_API_KEY", KEY)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ftp://anna:pw@host/a cannot be read", "ftp://host/a cannot be read"),
        ("no sftp://anna:p@w@host:22/a/b; try", "no sftp://host:22/a/b; try"),
        ("'http://anna:p/w@host/a'", "'http://host/a'"),
        ("http:/anna:pw@host/a", "http:/host/a"),  # a path of it
        ("https://bucket/a?X-Amz-Signature=abc&b=c#d", "https://bucket/a"),
        ("simplecache::ftp://anna:pw@host/a", "simplecache::ftp://host/a"),
        ("http://anna:pw", "http://…"),
        (
            "http://[::1]:8880/v1, or http://127.0.0.1:80.",
            "http://[::1]:8880/v1, or http://127.0.0.1:80.",
        ),
        ("tcp://scheduler:8786: no answer", "tcp://scheduler:8786: no answer"),
        ("12:30, a@b.c, 50%, C:/talks", "12:30, a@b.c, 50%, C:/talks"),
    ],
)
def test_logins_and_queries_of_addresses(text: str, shown: str) -> None:
    assert redact(text) == shown


@pytest.mark.parametrize(
    "form",
    [
        KEY,
        KEY.upper(),
        "\u200b".join(KEY),
        "\u2060 ".join(KEY),
        KEY[:5] + "\n" + KEY[5:],
        quote(KEY, safe=""),
        "".join(f"%{ord(c):02x}" for c in KEY),
        "".join(f"\\u{ord(c):04X}" for c in KEY),
        "".join(f"&#{ord(c)};" for c in KEY),
        KEY.encode().hex(),
        "".join(chr(ord(c) + 0xFEE0) for c in KEY),  # full width
        *(base64.b64encode(f"{'x' * n}:{KEY}:y".encode()).decode() for n in range(3)),
        base64.urlsafe_b64encode(f"user:{KEY}".encode()).decode(),
        KEY[:14],
        KEY[-9:],
    ],
)
def test_a_key_in_every_disguise(form: str) -> None:
    shown = str(SpeechcastError(f"the server says: wrong key {form} given"))
    assert "…" in shown
    assert form not in shown
    assert shown.startswith("the server says: wrong key ")
    assert shown.endswith(" given")
    assert len(shown) < 60  # no more than a few characters of a neighbour's base64 stay


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("APPLICATION_CREDENTIALS", "{}/key.json"),
        ("KEY_SERVER", "https://keys.example.com"),
        ("TOKENIZERS_PARALLELISM", "parallel"),
        ("AWS_ACCESS_KEY_ID", "speechcast"),
        ("OLDPWD", "{}"),
    ],
)
def test_a_variable_that_holds_no_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value.format(tmp_path))
    text = f"{tmp_path}/speech.txt at https://host: parallel speechcast"
    assert redact(text) == text


def test_a_password_in_an_address_is_known_from_then_on() -> None:
    hide_login("ftp://anna:gate%20way@host/talks")
    hide_login("http://host:80/no/login")
    assert redact("530 gate way is wrong for anna") == "530 … is wrong for anna"
    assert redact("two gateways") == "two gateways"  # a word that it is part of


LOGINS = st.text(
    alphabet=st.characters(exclude_characters="@/?#\\'\"<>|[]", exclude_categories=["Z", "C"]),
    min_size=1,
)
HOSTS = st.from_regex(r"[a-z]{3,9}(\.[a-z]{2,5})?(:[0-9]{2,4})?", fullmatch=True)


@given(LOGINS, HOSTS)
def test_any_login_goes_and_any_host_stays(login: str, host: str) -> None:
    assert without_login(f"sftp://{login}@{host}/talks") == f"sftp://{host}/talks"
    assert redact(f"see sftp://{login}@{host}/talks") == f"see sftp://{host}/talks"


@given(st.text(max_size=60))
def test_other_text_stays_as_it_is(text: str) -> None:
    if ":/" not in text:
        assert redact(text) == text


def _fail(message: str) -> None:
    raise OSError(message)


def test_a_log_file_has_neither_in_messages_nor_in_tracebacks(tmp_path: Path) -> None:
    log = logging.getLogger("speechcast.batch")
    with log_to_file(tmp_path / "log"):
        try:
            _fail(f"530 ftp://anna:{KEY}@host")
        except OSError:
            log.debug("failed: %s", f"http://anna:pw@host {KEY}", exc_info=True)
    text = (tmp_path / "log").read_text(encoding="utf-8")
    assert "OSError: 530 ftp://host" in text
    assert KEY not in text
    assert "anna" not in text


def test_an_error_keeps_its_facts() -> None:
    error = OutputError("ftp://anna:pw@host cannot be written", Path("a"))
    assert (str(error), error.path) == ("ftp://host cannot be written", Path("a"))
