"""Find what can play sound on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec

from ..errors import PlaybackError
from ..extras import compose_extra_command
from ..messages import _
from ..printable import printable
from ..units import Hertz
from .sinks import (
    DeviceSink,
    FileSink,
    PipeSink,
    Sink,
    make_wav_header,
    to_counted_wav,
    to_raw,
)

# Reads WAV files from its standard input, each after its size, and plays them one by one.
_POWERSHELL = (
    "$r = New-Object IO.BinaryReader([Console]::OpenStandardInput()); "
    "while ($true) { try { $n = $r.ReadInt32() } catch [IO.EndOfStreamException] { exit 0 }; "
    "$b = $r.ReadBytes($n); $m = New-Object IO.MemoryStream(,$b); "
    "(New-Object Media.SoundPlayer($m)).PlaySync() }"
)


@dataclass(frozen=True, slots=True)
class Player:
    """Something that plays sound.

    Attributes:
        name: What messages call it.
        open: Returns a sink for mono sound at a sample rate, or raises PlaybackError.
    """

    name: str
    open: Callable[[Hertz], Sink]


def find_players() -> tuple[Player, ...]:
    """Return the players of this machine, those that begin soonest first.

    The variable `SPEECHCAST_PLAYER` names the only one to use.

    Raises:
        PlaybackError: There is none.
    """
    players = tuple(_list_players())
    if wanted := os.environ.get("SPEECHCAST_PLAYER"):
        chosen = tuple(player for player in players if player.name == wanted)
        if not chosen:
            here = _(", ").join(player.name for player in players) or _("none")
            raise PlaybackError(
                _(
                    "SPEECHCAST_PLAYER is '{wanted}', which cannot play here; what can is: {here}"
                ).format(wanted=printable(wanted), here=here)
            )
        return chosen
    if not players:
        raise PlaybackError(
            _(
                "nothing here can play sound; install a player (paplay, pw-cat, aplay, or the "
                "ffplay of ffmpeg), or run: {command}"
            ).format(command=compose_extra_command("play"))
        )
    return players


def _list_players() -> Iterator[Player]:
    if find_spec("sounddevice"):
        yield Player("sounddevice", DeviceSink)
    for program, open_sink in _PROGRAMS.items():
        if path := shutil.which(program):
            yield Player(program, partial(open_sink, path))


def _open_paplay(path: str, rate: Hertz) -> Sink:
    """A short latency, or the server waits for two seconds of sound before it begins."""
    options = f"--raw --rate={rate} --channels=1 --format=s16le --latency-msec=100"
    return PipeSink([path, *options.split(), "--client-name=speechcast"], rate, to_raw)


def _open_pw_cat(path: str, rate: Hertz) -> Sink:
    options = f"--playback --raw --rate={rate} --channels=1 --format=s16 -"
    return PipeSink([path, *options.split()], rate, to_raw)


def _open_aplay(path: str, rate: Hertz) -> Sink:
    options = f"--quiet --file-type=raw --format=S16_LE --rate={rate} --channels=1"
    return PipeSink([path, *options.split()], rate, to_raw)


def _open_ffplay(path: str, rate: Hertz) -> Sink:
    """A WAV, since the options for raw samples differ between versions.

    Without a device it exits with 0.
    """
    options = "-nodisp -autoexit -loglevel fatal -nostats -fflags nobuffer -probesize 32"
    command = [path, *options.split(), "-f", "wav", "-i", "-"]
    return PipeSink(command, rate, to_raw, header=make_wav_header(rate), silent=True)


def _open_afplay(path: str, rate: Hertz) -> Sink:
    return FileSink([path], rate)


def _open_powershell(path: str, rate: Hertz) -> Sink:
    command = [path, "-NoProfile", "-NonInteractive", "-Command", _POWERSHELL]
    return PipeSink(command, rate, to_counted_wav)


_PROGRAMS: dict[str, Callable[[str, Hertz], Sink]] = {
    "paplay": _open_paplay,
    "pw-cat": _open_pw_cat,
    "aplay": _open_aplay,
    "ffplay": _open_ffplay,
    "afplay": _open_afplay,
    "powershell": _open_powershell,
}
"""Program → what starts it; those that take a stream first, as they leave no gaps."""
