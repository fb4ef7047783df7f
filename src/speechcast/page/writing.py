"""Write listening pages: beside a production that is made, and for one that lies there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..audio.file_activity import AudioActivity, measure_activity
from ..delivery import deliver
from ..files import require_distinct, require_file
from ..output_files import default_name, name_files
from ..units import Milliseconds
from .files import find_subtitles, read_transcript
from .page import compose
from .sound import SoundSource, embed, link
from .transcript import Transcript
from .waveform import measure_waveform

STEP: Milliseconds = 100  # of a level: three pixels of a page, the width of a bar
# Two hours at that step; a longer sound gets longer steps, so that its waveform stays as small.
MOST_LEVELS = 72_000


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """A page, the subtitles that were read, and what it shows."""

    page: Path
    subtitles: Path
    transcript: Transcript


def write_page(path: Path, transcript: Transcript, sound: Path, *, linked: bool) -> None:
    """Write the page of a transcript.

    Args:
        path: The page.
        transcript: What it shows.
        sound: The sound file.
        linked: Whether the page plays the file where it lies, instead of a copy inside it.

    Raises:
        SourceError: The sound is of a kind that browsers do not play.
    """
    source = link(sound, path.parent) if linked else embed(sound)
    _write(path, transcript, measure_activity(sound), source)


def make_page(
    sound: Path,
    subtitles: Path | None = None,
    folder: Path | None = None,
    *,
    name: str | None = None,
    linked: bool = False,
) -> WrittenPage:
    """Write the page of a production that lies in files.

    Args:
        sound: The sound file.
        subtitles: The subtitle file; None for the best one beside the sound.
        folder: Where the page goes; None for the folder of the sound.
        name: What it is called, without a suffix; None for the name of the sound.
        linked: Whether the page plays the file where it lies, instead of a copy inside it.

    Raises:
        SourceError: The sound or the subtitles cannot be read, or do not belong together.
        OutputError: The page cannot be written.
    """
    require_file(sound)
    folder = sound.parent if folder is None else folder
    source = link(sound, folder) if linked else embed(sound)
    subtitles = subtitles or find_subtitles(sound)
    (page,) = name_files(folder, name or default_name(sound), (), (), page=True).all
    require_distinct([page], [sound, subtitles])
    with deliver(folder, [page.name]) as temporary:
        activity = measure_activity(sound)
        transcript = read_transcript(sound, subtitles, activity)
        _write(temporary / page.name, transcript, activity, source)
    return WrittenPage(page, subtitles, transcript)


def _write(path: Path, transcript: Transcript, activity: AudioActivity, sound: SoundSource) -> None:
    waveform = measure_waveform(activity, STEP, MOST_LEVELS)
    with path.open("w", encoding="utf-8", newline="") as out:
        out.writelines(compose(transcript, waveform, sound))
