"""The pages that users read, and the blocks of commands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LANGUAGES = ("en", "zh")
PAGES = (
    ROOT / "README.md",
    ROOT / "README.zh-CN.md",
    ROOT / "examples" / "README.md",
    *sorted(DOCS.rglob("*.md")),
)
_NOT_RUN = re.compile(r"<!-- not run: (.+) -->")
_COMMENT = re.compile(r"(?:^|\s+)#\s.*")  # no command of ours has "# " in an argument


@dataclass(frozen=True)
class Block:
    """A fenced block of a page.

    Attributes:
        page: Relative to the repository.
        row: Its line there, from 1.
        language: `sh`, `python`, `toml` or `yaml`.
        text: What stands in it.
        not_run: Why its commands are not run in the tests; "" if they are.
    """

    page: str
    row: int
    language: str
    text: str
    not_run: str

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands, without the comments after them."""
        lines = self.text.replace("\\\n", " ").splitlines()
        bare = (_COMMENT.sub("", line).strip() for line in lines)
        return tuple(" ".join(line.split()) for line in bare if line)


def parse(page: Path) -> list[Token]:
    return MarkdownIt("commonmark").enable("table").parse(page.read_text("utf-8"))


def list_blocks(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page."""
    reason = ""
    for token in parse(page):
        if token.type == "html_block" and (match := _NOT_RUN.search(token.content)):
            reason = match[1]
        elif token.type == "fence" and token.map:
            name = page.relative_to(ROOT).as_posix()
            yield Block(name, token.map[0] + 1, token.info, token.content, reason)
            reason = ""


def list_all_blocks() -> list[Block]:
    return [block for page in PAGES for block in list_blocks(page)]


def list_links(page: Path) -> Iterator[str]:
    """Yield the addresses of a page's links and pictures."""
    for token in parse(page):
        for child in token.children or ():
            address = child.attrGet("href") or child.attrGet("src")
            if address:
                yield str(address)


def list_anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and the manual name them."""
    tokens = parse(page)
    headings = (
        tokens[index + 1].content
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    )
    return {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }
