"""What the studio says helps in a browser: no message names an option of the command line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import grimp
import pytest
from babel.messages.extract import extract_from_dir

import speechcast
from speechcast.messages import _, use_wording
from speechcast.studio.wording import WORDING
from tests.support.messages import fields
from tests.support.studio_client import Client, run_studio

SOURCE = Path(speechcast.__file__).parent
OPTION = re.compile(r"(?<![\w-])--[a-z]")
TERMINAL = re.compile(r"speechcast voices (?:install|--)[^;)']*")  # whole commands stay
# What the studio may call: what it imports, and what is imported by name.
ROOTS = ("speechcast.studio", "speechcast.engines", "speechcast.documents", "speechcast.downloads")
# What it imports for another part of it, or says in the terminal before there is a page.
UNREACHED = {"check/plot.py", "page/files.py", "page/sound.py", "studio/server.py"}
GERMAN = "Guten Abend, liebe Freunde, wir freuen uns sehr. " * 4
# What only options can bring about: no project has them.
OF_OPTIONS = ("--sample-rate", "--bitrate", "--offset", "--compact", "for --encoding")


@cache
def find_files() -> set[str]:
    """Return the files of the modules that the studio may call."""
    graph = grimp.build_graph("speechcast", cache_dir=None)
    modules: set[str] = set()
    for root in ROOTS:
        modules |= graph.find_upstream_modules(root, as_package=True)
        modules |= graph.find_descendants(root) | {root}
    names = {module.removeprefix("speechcast").removeprefix(".") for module in modules}
    paths = {name.replace(".", "/") for name in names}
    return {f"{path}.py" for path in paths} | {f"{path}/__init__.py" for path in paths}


def find_messages() -> Iterator[str]:
    """Yield the messages that a page may be shown."""
    keywords = {"_": None, "ngettext": (1, 2), "mark": None}
    for file, _line, text, _c, _x in extract_from_dir(
        str(SOURCE), [("**.py", "python")], keywords=keywords
    ):
        if file in find_files() - UNREACHED - {"studio/wording.py"}:
            yield from (text,) if isinstance(text, str) else text


def names_option(message: str) -> bool:
    return bool(OPTION.search(TERMINAL.sub("", message)))


def test_every_message_with_an_option_has_other_words_for_a_page() -> None:
    with_option = {m for m in find_messages() if names_option(m)}
    assert len(with_option) > 20
    missing = {m for m in with_option - WORDING.keys() if not any(o in m for o in OF_OPTIONS)}
    assert not missing, "write what helps in a browser into studio/wording.py"


def test_every_message_with_other_words_is_still_one_of_the_source() -> None:
    assert not WORDING.keys() - set(find_messages())


@pytest.mark.parametrize("message", WORDING, ids=lambda text: text[:40])
def test_the_other_words_name_no_option_and_need_no_other_value(message: str) -> None:
    assert not names_option(WORDING[message])
    assert fields(WORDING[message]) <= fields(message)


def test_a_message_without_other_words_stays() -> None:
    use_wording(WORDING)
    assert _("there is no project '{name}'") == "there is no project '{name}'"
    assert _("; run the same command again") == "; try again"
    use_wording({})
    assert _("; run the same command again") == "; run the same command again"


def ask(studio: Client, text: str, **settings: Any) -> str:
    """Return what a page is told, in English, of a text or of a setting for it."""
    answer = studio.post("/api/projects", {"text": text, "name": "w"})
    if answer.status == 201:
        path = f"/api/projects/{quote(answer.json['id'])}"
        answer = studio.patch(f"{path}/settings", settings)
    assert answer.status == 400, answer.body
    error: str = answer.json["error"]
    return error


@pytest.mark.parametrize(
    ("text", "settings", "error"),
    [
        ("大家好。", {"voice": "heart"}, "speaks en-US; choose another, for example narrator"),
        ("Good evening, dear friends.", {"voice": "narrator"}, "choose another, for example heart"),
        ("大家好。", {"voice": "nobody"}, "“Choose a voice” lists them"),
        ("大家好。", {"formats": ["mp4"]}, "there is no sound format 'mp4'; allowed are"),
        ("大家好。", {"formats": []}, "no sound format is chosen; allowed are"),
        ("大家好。", {"subtitles": ["doc"]}, "there is no subtitle format 'doc'; allowed are"),
        ("大家好。", {"subtitles": [","]}, "no subtitle format is chosen"),
        ("大家好。", {"rate": 300}, "the speech: rate is '+300%'; it must be text from '-50%'"),
        (
            GERMAN,
            {},
            "in three lines above the text, like: ---, voice:",
        ),
        ("---\nvoice: ../../x.toml\n---\n大家好。", {}, "move the file into the project's folder"),
        ("锟斤拷锟斤拷锟斤拷锟斤拷", {}, "saved so; use the original"),
    ],
)
def test_what_a_page_is_told_helps_there(
    studio: Client, text: str, settings: dict[str, Any], error: str
) -> None:
    page = Client(studio.port, headers={"Page-Language": "en"})
    heard = ask(page, text, **settings)
    assert error in heard
    assert not names_option(heard)


def test_a_page_is_told_what_to_do_with_a_project_that_has_lost_its_settings(
    tmp_path: Path,
) -> None:
    projects = tmp_path / "projects"
    with run_studio(projects, tmp_path / "clips") as studio:
        assert studio.post("/api/projects", {"text": "大家好。", "name": "w"}).status == 201
    (projects / "w" / "speechcast.toml").unlink()
    with run_studio(projects, tmp_path / "clips") as studio:
        page = Client(studio.port, headers={"Page-Language": "en"})
        [listed] = page.get("/api/projects").json
        said = page.get("/api/projects/w").json
    for error in (listed["error"], said["error"]):
        assert error.startswith(f"{projects / 'w'} has no speechcast.toml")
        assert "name a text file" not in error


def test_a_text_in_another_language_is_read_by_the_voice_that_it_names(studio: Client) -> None:
    text = f"---\nvoice: heart\n---\n{GERMAN}"
    assert studio.post("/api/projects", {"text": text, "name": "w"}).status == 201


def test_a_program_that_asks_without_a_page_is_told_of_options(studio: Client) -> None:
    assert "--voice narrator" in ask(studio, "大家好。", voice="heart")
