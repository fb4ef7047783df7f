"""Text leaves the machine only by the user's own word: whole commands, a server on loopback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.users import TEXT, Listener, User, listen, preset_at

server = pytest.fixture(listen, name="server")

pytestmark = pytest.mark.slow


@pytest.fixture
def user(tmp_path: Path) -> User:
    return User(tmp_path)


@pytest.fixture(name="lurking")
def _lurking(user: User, server: Listener) -> User:
    """A user who was sent a speech with a preset beside it."""
    user.write("theirs.toml", preset_at(server.address))
    user.write("speech.txt", f"---\nvoice: theirs.toml\n---\n{TEXT}")
    return user


@pytest.mark.parametrize(
    ("front_matter", "options"),
    [
        ("voice: theirs.toml", []),
        ("voice: ./theirs.toml", []),
        ("voice: ../speeches/theirs.toml", []),
        ("cast: {主持人: theirs.toml}", ["--voice", "tone"]),
        ("voice: tone\ncast: {主持人: theirs.toml}", []),
    ],
)
def test_a_document_cannot_choose_a_server(
    user: User, server: Listener, front_matter: str, options: list[str]
) -> None:
    user.write("speeches/theirs.toml", preset_at(server.address))
    user.write("speeches/a.txt", f"---\n{front_matter}\n---\n主持人：{TEXT}")
    done = user.run("make", "speeches/a.txt", *options)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: the front matter of the speech chooses the voice 'theirs'")
    assert f"--allow-online {server.address}, or write allow = " in line
    assert server.texts == []
    assert not list((user.folder / "output").glob("*.mp3"))


def test_the_refusal_of_a_speakers_voice_does_not_advise_another_main_voice(
    user: User, server: Listener
) -> None:
    user.write("theirs.toml", preset_at(server.address))
    user.write("speech.txt", f"---\ncast: {{主持人: theirs.toml}}\n---\n主持人：{TEXT}")
    done = user.run("make", "speech.txt", "--voice", "tone")
    assert done.stderr.endswith("; else give 主持人 another voice in its cast\n")


def test_a_document_cannot_choose_the_public_service(user: User) -> None:
    user.write("speech.txt", f"---\nvoice: xiaoxiao\n---\n{TEXT}")
    done = user.run("make", "speech.txt")
    assert done.returncode == 1
    assert 'add --allow-online edge, or write allow = ["edge"]' in done.stderr


def test_a_folder_cannot_choose_a_server(user: User, server: Listener) -> None:
    user.write("speeches/a.txt")
    user.write("speeches/theirs.toml", preset_at(server.address))
    user.write("speeches/speechcast.toml", 'voice = "theirs.toml"\n')
    forecast = user.run("batch", "speeches", "--dry-run")
    done = user.run("batch", "speeches", "-q")
    assert (forecast.returncode, done.returncode) == (3, 3)
    assert "would fail  a.txt: the speechcast.toml of its folder chooses" in forecast.stdout
    assert (
        "failed: a.txt: the speechcast.toml of its folder chooses the voice 'theirs'" in done.stderr
    )
    assert server.texts == []


@pytest.mark.parametrize("host_only", [False, True])
def test_what_the_user_allows_is_sent_and_said(
    lurking: User, server: Listener, host_only: bool
) -> None:
    allowed = "127.0.0.1" if host_only else server.address
    done = lurking.run("make", "speech.txt", "--allow-online", allowed)
    assert done.returncode == 0
    assert done.stderr.startswith(f"note: sending 13 characters to {server.address}\n")
    assert "".join(sorted(server.texts)) == "".join(sorted(["各位同学早上好。", "今天开会。"]))


def test_a_permission_is_for_one_address(lurking: User, server: Listener) -> None:
    for other in ("edge", "http://127.0.0.1:9", f"https://127.0.0.1:{server.port}", "localhost"):
        assert lurking.run("make", "speech.txt", "--allow-online", other).returncode == 1
    assert lurking.run("make", "speech.txt", "--allow-online", "a b").returncode == 2
    assert server.texts == []


def test_the_configuration_folder_allows_an_address(lurking: User, server: Listener) -> None:
    lurking.configure("online.toml", f'allow = ["{server.address}"]\n')
    assert lurking.run("make", "speech.txt").returncode == 0
    assert len(server.texts) == 2


def test_the_option_voice_holds_before_everything(lurking: User, server: Listener) -> None:
    done = lurking.run("make", "speech.txt", "--voice", "tone")
    assert (done.returncode, "note:" in done.stderr, server.texts) == (0, False, [])


def test_what_the_user_names_needs_no_permission(lurking: User, server: Listener) -> None:
    """A preset file that is an option, and a name in the configuration folder."""
    lurking.configure("voices/ours.toml", preset_at(server.address))
    lurking.write("named.txt", f"---\nvoice: ours\n---\n再见。{TEXT}")
    assert lurking.run("make", "speech.txt", "--voice", "theirs.toml").returncode == 0
    assert lurking.run("make", "named.txt").returncode == 0
    assert len(server.texts) == 3  # two of them were cached


def test_an_empty_label_is_no_label(lurking: User, server: Listener) -> None:
    for label in ('""', '"："', '"\\u200b"', '" "'):
        lurking.write("speech.txt", f"---\ncast: {{{label}: theirs.toml}}\n---\n{TEXT}")
        done = lurking.run("make", "speech.txt", "--voice", "tone")
        assert done.returncode == 1
        assert "has a cast with an empty label" in done.stderr
    lurking.write("speeches/a.txt")
    lurking.write("speeches/speechcast.toml", '[cast]\n"" = "../theirs.toml"\n')
    assert "has a cast with an empty label" in lurking.run("batch", "speeches", "-v", "tone").stderr
    assert server.texts == []


def test_a_proxy_of_a_document_is_a_way_out_too(user: User, server: Listener) -> None:
    user.write("theirs.toml", preset_at("http://10.0.0.1", proxy=server.address))
    user.write("speech.txt", f"---\nvoice: theirs.toml\n---\n{TEXT}")
    done = user.run("make", "speech.txt", "--allow-online", "http://10.0.0.1")
    assert done.returncode == 1
    assert f"through the proxy {server.address}; nothing was sent" in done.stderr
    assert f"--allow-online {server.address}" in done.stderr


def test_script_and_dry_run_mark_what_would_leave(lurking: User, server: Listener) -> None:
    text = "---\nvoice: tone\ncast: {主持人: theirs.toml}\n---\n今天。\n\n主持人：请讲。\n"
    lurking.write("speeches/a.txt", text)
    lurking.write("speeches/theirs.toml", preset_at(server.address))
    lurking.write("speech.txt", text)
    page = lurking.run("script", "speech.txt").stdout
    assert f"sending    3 characters (主持人) to {server.address}" in page
    assert "refused    the front matter of the speech chooses" in page
    assert "   1  今天。" in page
    assert "   2> 主持人：请讲。" in page
    listing = json.loads(lurking.run("script", "speech.txt", "--json").stdout)
    assert listing["sending"] == [
        {
            "speaker": "主持人",
            "voice": "theirs",
            "to": server.address,
            "characters": 3,
            "chosen_by": "document",
            "allowed": False,
        }
    ]
    assert [s["sent_to"] for s in listing["sentences"]] == ["", server.address]
    forecast = lurking.run("batch", "speeches", "-n", "--allow-online", server.address).stdout
    assert f"a.txt → a, sent to {server.address}" in forecast
    assert f"would send 3 characters to {server.address}" in forecast
    assert server.texts == []


def test_a_batch_says_at_its_start_what_it_sends(user: User, server: Listener) -> None:
    for name in "abc":
        user.write(f"speeches/{name}.txt", f"这是{name}。{TEXT}")
    user.write("speeches/tone.md", f"---\nvoice: tone\n---\n{TEXT}")
    user.write("ours.toml", preset_at(server.address))
    options = ["batch", "speeches", "--voice", "ours.toml", "--quiet"]
    (line,) = user.run(*options).stderr.splitlines()
    assert line == f"note: sending 64 characters to {server.address}"
    assert set(server.texts) == {"这是a。", "这是b。", "这是c。", "各位同学早上好。", "今天开会。"}
    assert user.run(*options).stderr == ""  # up to date
