"""Records commands in a terminal, and draws them as a moving SVG.

python -m release.record_terminal PICTURE.svg 'speechcast make speech.txt' …

Each command runs for real in a pseudo-terminal. Only the typing of the commands and the pauses
after them are added; what the commands write appears at the times at which they wrote it, unless
`--faster` divides these times. A command that fails ends the recording, and nothing is drawn.
"""

from __future__ import annotations

import argparse
import os
import pty
import struct
import sys
import time
from collections.abc import Iterator, Sequence
from fcntl import ioctl
from pathlib import Path
from termios import TIOCSWINSZ

import pyte
from release.draw_terminal import Cell, Frame, Row, draw

PROMPT = "\x1b[32m$\x1b[0m "
KEY = 0.045  # seconds from one typed character to the next
REST = 1.2  # seconds for which a finished command stays before the next one is typed
STEP = 0.1  # seconds; what is written within them is one screen
CHUNK = 65536  # bytes; more than a terminal passes on at once
Event = tuple[float, bytes]  # seconds since the start, and what was written then


def record(commands: Sequence[str], columns: int, rows: int, faster: float) -> Iterator[Event]:
    """Yield what a terminal with these commands shows, with its times."""
    now = 0.0
    for command in commands:
        yield now, PROMPT.encode()
        for letter in command:
            now += KEY
            yield now, letter.encode()
        now += 0.4  # until Enter is pressed
        yield now, b"\r\n"
        begin = now
        for seconds, written in run(command, columns, rows):
            now = begin + seconds / faster
            yield now, written
        now += REST


def run(command: str, columns: int, rows: int) -> Iterator[Event]:
    """Run a command in a pseudo-terminal; yield what it writes, with its times.

    Raises:
        SystemExit: The command failed.
    """
    begin = time.monotonic()
    process, terminal = pty.fork()
    if process == 0:
        os.environ["TERM"] = "xterm-256color"
        os.environ.pop("NO_COLOR", None)
        os.execvp("/bin/sh", ["sh", "-c", command])
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    yield from _read(terminal, begin)
    os.close(terminal)
    status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    if status:
        sys.exit(f"error: this command ended with {status}: {command}")


def _read(terminal: int, begin: float) -> Iterator[Event]:
    while True:
        try:
            written = os.read(terminal, CHUNK)
        except OSError:  # Linux says so when the last writer has gone
            return
        if not written:
            return
        yield time.monotonic() - begin, written


def frames_of(events: Sequence[Event], columns: int, rows: int) -> list[Frame]:
    """Return the screens that a terminal shows, at most one in `STEP` seconds."""
    screen = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    frames: list[Frame] = []
    for index, (seconds, written) in enumerate(events):
        stream.feed(written)
        following = events[index + 1][0] if index + 1 < len(events) else seconds + 1
        if int(following / STEP) == int(seconds / STEP):
            continue
        shown = tuple(_row(screen, row) for row in range(rows))
        if not frames or frames[-1].rows != shown:
            frames.append(Frame(seconds if frames else 0.0, shown))
    return frames


def _row(screen: pyte.Screen, row: int) -> Row:
    """Return the cells of a row, without the blanks at its end."""
    line = [screen.buffer[row][column] for column in range(screen.columns)]
    cells = [
        Cell(cell.data, 1 if following.data else 2, cell.fg, cell.bold)
        for cell, following in zip(line, [*line[1:], line[-1]], strict=True)
        if cell.data  # the second column of a wide character is empty
    ]
    while cells and not cells[-1].text.strip():
        cells.pop()
    return tuple(cells)


def main() -> None:
    """Record the commands of the command line."""
    parser = argparse.ArgumentParser(description="Records commands as a moving SVG.")
    parser.add_argument("picture", type=Path)
    parser.add_argument("commands", nargs="+")
    parser.add_argument("--columns", type=int, default=88)
    parser.add_argument("--rows", type=int, default=24)
    parser.add_argument("--faster", type=float, default=1.0)
    parser.add_argument("--title", default="speechcast")
    options = parser.parse_args()
    events = list(record(options.commands, options.columns, options.rows, options.faster))
    frames = frames_of(events, options.columns, options.rows)
    speed = "" if options.faster == 1 else f" (×{options.faster:g})"  # in the picture, to be honest
    options.picture.write_text(draw(frames, options.columns, options.title + speed), "utf-8")
    print(f"{options.picture}: {frames[-1].start:.1f} s, {len(frames)} screens")


if __name__ == "__main__":
    main()
