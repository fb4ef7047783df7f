"""A user of the command: their folders, their presets, and the servers they know."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.cli.test_command_line import run
from tests.support.openai_service import SpeechServer

_VARIABLES = (
    "SPEECHCAST_OPENAI_KEY",
    "SPEECHCAST_OPENAI_ADDRESS",
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
)
TEXT = "各位同学早上好。今天开会。\n"


@dataclass(frozen=True)
class User:
    """A user who works in `folder`; nothing of the real user's configuration is read."""

    folder: Path

    @property
    def configuration(self) -> Path:
        return self.folder / "configuration" / "speechcast"

    def write(self, path: str, text: str = TEXT) -> Path:
        """Write a file in the user's folder."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def configure(self, path: str, text: str) -> Path:
        """Write a file in the user's configuration folder."""
        return self.write(str(self.configuration.relative_to(self.folder) / path), text)

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the command, without a key but those given."""
        clean = dict.fromkeys(_VARIABLES, "")
        folders = {
            "XDG_CONFIG_HOME": str(self.configuration.parent),
            "SPEECHCAST_CACHE": str(self.folder / "clips"),
        }
        return run(*arguments, folder=self.folder, env=clean | folders | variables)


def preset_at(address: str, **options: str) -> str:
    """Return the text of a preset for a server."""
    lines = [f'{key} = "{value}"' for key, value in {"address": address, **options}.items()]
    head = 'description = "d"\nengine = "openai"\nvoice = "nova"\nlanguage = "zh-CN"\n[options]'
    return "\n".join([head, *lines, ""])


class Listener(SpeechServer):
    """A server that notes with which key each request came; "" for none."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        super().__init__(lambda request, _: self._note(request.headers.get("Authorization", "")))

    def _note(self, header: str) -> None:
        self.keys.append(header.removeprefix("Bearer "))

    @property
    def texts(self) -> list[str]:
        return [request["input"] for request in self.requests]


def listen() -> Iterator[Listener]:
    with Listener() as running:
        yield running
