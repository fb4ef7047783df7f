"""Where sound is played: an output device, or the process of a player."""

from __future__ import annotations

import contextlib
import io
import struct
import subprocess
import tempfile
import wave
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import PlaybackError, explain_os_error
from ..messages import _
from ..redaction import redact

if TYPE_CHECKING:
    from ..units import Hertz, Mono16

_MOST_SHOWN = 120  # characters quoted of a player's last message
_BLOCKS_A_SECOND = 10  # that are handed to a device, so that it can be stopped in between
_UNKNOWN_SIZE = 0xFFFFFFFF  # what a WAV says that is a stream
# A player is no part of the terminal's group, so Ctrl-C reaches us alone and we end it; on Windows
# it opens no window.
_DETACHED: dict[str, Any] = {
    "start_new_session": True,
    "creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0),
}

Encoding = Callable[["Mono16", "Hertz"], bytes]
"""Returns samples, int16, shape (samples,), at a rate as bytes."""


class Sink(ABC):
    """Plays samples one after another, without gaps."""

    @abstractmethod
    def write(self, samples: Mono16) -> None:
        """Play the next samples, int16, shape (samples,); wait until there is room for them.

        Raises:
            PlaybackError: They cannot be played.
        """

    @abstractmethod
    def finish(self) -> None:
        """Wait until everything was heard.

        Raises:
            PlaybackError: Not everything could be played.
        """

    @abstractmethod
    def stop(self) -> None:
        """End `write` and `finish` in another thread soon; may be called more than once."""

    @abstractmethod
    def close(self) -> None:
        """Stop at once, and free what the sink holds."""


class PipeSink(Sink):
    """A player that reads sound from its standard input."""

    def __init__(
        self,
        command: Sequence[str],
        rate: Hertz,
        encode: Encoding,
        *,
        header: bytes = b"",
        silent: bool = False,
    ) -> None:
        """Start the player.

        Args:
            command: The program and its arguments.
            rate: The sample rate.
            encode: Turns samples into what the player reads.
            header: What it reads first.
            silent: Whether it writes nothing but why it failed, which its exit code may not say.

        Raises:
            PlaybackError: The program cannot be started.
        """
        self._rate, self._encode = rate, encode
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 closed by close()
        try:
            self._process = _start(command, stdin=subprocess.PIPE, stderr=self._log)
        except PlaybackError:
            self._log.close()
            raise
        self._header, self._silent = header, silent

    def write(self, samples: Mono16) -> None:
        """Write the samples into the pipe."""
        assert self._process.stdin
        try:
            self._process.stdin.write(self._header + self._encode(samples, self._rate))
            self._process.stdin.flush()
        except OSError as exc:
            raise self._failure() from exc
        self._header = b""

    def finish(self) -> None:
        """Close the pipe, and wait until the player ends."""
        assert self._process.stdin
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        if self._process.wait() or (self._silent and self._log.seek(0, io.SEEK_END)):
            raise self._failure()

    def stop(self) -> None:
        """End the player."""
        self._process.kill()

    def close(self) -> None:
        """End the player."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdin
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._log.close()

    def _failure(self) -> PlaybackError:
        self._process.kill()
        self._process.wait()
        self._log.seek(0)
        return PlaybackError(_read_complaint(self._log.read()))


class FileSink(Sink):
    """A player that takes a file: it is started once for each piece of sound."""

    def __init__(self, command: Sequence[str], rate: Hertz) -> None:
        """Take the program and its arguments, which the file's name follows."""
        self._command, self._rate = command, rate
        self._folder = tempfile.TemporaryDirectory(prefix="speechcast-", ignore_cleanup_errors=True)
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def write(self, samples: Mono16) -> None:
        """Play a piece of sound to its end."""
        file = Path(self._folder.name) / "piece.wav"
        file.write_bytes(to_wav(samples, self._rate))
        self._process = _start([*self._command, str(file)], stderr=subprocess.PIPE)
        if self._stopped:
            self._process.kill()
        _, complaint = self._process.communicate()
        if self._process.returncode:
            raise PlaybackError(_read_complaint(complaint))

    def finish(self) -> None:
        """Return, as every piece was heard."""

    def stop(self) -> None:
        """End the player."""
        self._stopped = True
        if self._process:
            self._process.kill()

    def close(self) -> None:
        """End the player, and remove its file."""
        self.stop()
        self._folder.cleanup()


class DeviceSink(Sink):
    """The system's output device, through PortAudio."""

    def __init__(self, rate: Hertz) -> None:
        """Open the device.

        Raises:
            PlaybackError: There is no device, or no PortAudio.
        """
        try:
            import sounddevice
        except OSError as exc:  # the wheel for Linux comes without the library
            raise PlaybackError(_("{exc}; install libportaudio2").format(exc=exc)) from exc
        self._error: type[Exception] = sounddevice.PortAudioError
        self._block = rate // _BLOCKS_A_SECOND
        self._stopped = False
        try:
            self._stream = sounddevice.RawOutputStream(samplerate=rate, channels=1, dtype="int16")
            self._stream.start()
        except self._error as exc:
            raise PlaybackError(str(exc)) from exc

    def write(self, samples: Mono16) -> None:
        """Play the samples, unless the sink is stopped meanwhile."""
        try:
            for start in range(0, len(samples), self._block):
                if self._stopped:
                    return
                self._stream.write(samples[start : start + self._block].tobytes())
        except self._error as exc:
            raise PlaybackError(str(exc)) from exc

    def finish(self) -> None:
        """Wait until the device has played what it has."""
        try:
            self._stream.stop()
        except self._error as exc:
            raise PlaybackError(str(exc)) from exc

    def stop(self) -> None:
        """End `write` after its current block."""
        self._stopped = True

    def close(self) -> None:
        """Drop what was not played, and close the device."""
        with contextlib.suppress(self._error):
            self._stream.abort()
            self._stream.close()


def to_raw(samples: Mono16, rate: Hertz) -> bytes:  # noqa: ARG001 an encoding
    """Return the samples as 16 bit little-endian."""
    return samples.astype("<i2").tobytes()


def to_wav(samples: Mono16, rate: Hertz) -> bytes:
    """Return the samples as a WAV file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setparams((1, 2, rate, 0, "NONE", ""))
        file.writeframes(to_raw(samples, rate))
    return buffer.getvalue()


def to_counted_wav(samples: Mono16, rate: Hertz) -> bytes:
    """Return the samples as a WAV file after its size, 32 bit little-endian."""
    wav = to_wav(samples, rate)
    return struct.pack("<i", len(wav)) + wav


def make_wav_header(rate: Hertz) -> bytes:
    """Return the header of a WAV stream, 16 bit and mono, whose end is not known."""
    layout = struct.pack("<IHHIIHH", 16, 1, 1, rate, 2 * rate, 2, 16)
    size = struct.pack("<I", _UNKNOWN_SIZE)
    return b"RIFF" + size + b"WAVEfmt " + layout + b"data" + size


def _start(command: Sequence[str], **pipes: Any) -> subprocess.Popen[bytes]:
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL} | pipes
    try:
        return subprocess.Popen(command, **pipes, **_DETACHED)
    except OSError as exc:
        raise PlaybackError(
            _("cannot be started: {strerror}").format(strerror=explain_os_error(exc))
        ) from exc


def _read_complaint(log: bytes) -> str:
    """Return the last line that a player wrote."""
    lines = [line.strip() for line in log.decode(errors="replace").splitlines()]
    last = next((line for line in reversed(lines) if line), _("it ended before the sound did"))
    return redact(last)[:_MOST_SHOWN]
