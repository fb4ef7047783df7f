"""`speechcast align`: a recording of a speech and its text become subtitles."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import UsageError
from ..messages import _, mark
from ..progress import format_clock
from .common import (
    announce_transfers,
    display_progress,
    note_shadowed,
    print_summary,
    print_table,
    report_errors,
)
from .completion import complete_voices
from .option_values import (
    input_files,
    preferences_from,
    read_source,
    require_folder,
    require_times,
    resources_from,
    source_folder,
    subtitle_options,
)
from .option_words import require_order
from .options import (
    BomOption,
    CrlfOption,
    EncodingOption,
    ForceOption,
    FpsOption,
    LexiconOption,
    NameOption,
    NoCacheOption,
    OffsetOption,
    OutputOption,
    SentenceJobsOption,
    StyleOption,
    SubtitlesOption,
    VerboseOption,
)
from .panels import FILES, VOICE
from .streams import to_json

if TYPE_CHECKING:
    from ..align.subtitling import Subtitled
    from ..request import Request

RecordingArgument = Annotated[
    Path,
    typer.Argument(
        metavar=mark("RECORDING"), help=_("The recording: any sound or video PyAV can play.")
    ),
]
TextArgument = Annotated[
    str,
    typer.Argument(metavar=mark("SPEECH"), help=_("Its text; - reads it from a pipe.")),
]
ReferenceOption = Annotated[
    str | None,
    typer.Option(
        "--voice",
        "-v",
        metavar=mark("VOICE"),
        help=_(
            "The preset whose voice the recording is compared with; by default the embedded "
            "one for the language. Nothing of it is in the result."
        ),
        autocompletion=complete_voices,
        rich_help_panel=VOICE,
    ),
]
ReportOption = Annotated[
    Path | None,
    typer.Option(
        "--report",
        metavar=mark("FILE"),
        help=_("Write what was heard and what was not, with all times, as JSON."),
        rich_help_panel=FILES,
    ),
]
PlotOption = Annotated[
    Path | None,
    typer.Option(
        "--plot",
        metavar=mark("IMAGE"),
        help=_("Draw waveform, cues and findings to a file like align.png."),
        rich_help_panel=FILES,
    ),
]
TagOption = Annotated[
    bool,
    typer.Option(
        "--tag",
        help=_(
            "Also write a copy of the recording with title, lyrics and chapters; of mp3, "
            "m4b, opus, flac or wav."
        ),
        rich_help_panel=FILES,
    ),
]


def align(  # noqa: PLR0913 one parameter per command-line option
    recording: RecordingArgument,
    source: TextArgument,
    output: OutputOption = Path("output"),
    name: NameOption = None,
    voice: ReferenceOption = None,
    encoding: EncodingOption = None,
    style: StyleOption = None,
    subtitles: SubtitlesOption = "srt",
    bom: BomOption = False,
    crlf: CrlfOption = False,
    offset: OffsetOption = 0.0,
    fps: FpsOption = None,
    report: ReportOption = None,
    plot: PlotOption = None,
    tag: TagOption = False,
    lexicon: LexiconOption = None,
    force: ForceOption = False,
    jobs: SentenceJobsOption = None,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Write subtitles for a recording of a speech whose text is at hand."""
    with report_errors():
        from ..align.subtitling import subtitle_recording
        from ..files import require_distinct
        from ..output_files import default_name
        from ..prepare import prepare
        from ..request import AudioOptions, resolve_request

        require_order("align", recording, source)
        document = read_source(source, encoding)
        request = resolve_request(
            document,
            default_name(recording) if name is None else name,
            require_folder(output),
            preferences_from(voice or "auto", None, style, lexicon),
            subtitle_options(subtitles, fps=fps, bom=bom, crlf=crlf, offset=offset),
            folder=source_folder(source),
            force=force,
            audio=AudioOptions(formats=(_tagged_format(recording),) if tag else ()),
        )
        request = _with_one_voice(request)
        require_times(request.subtitles.formats, fps=fps, offset=offset)
        inputs = [recording, *input_files(source, lexicon, voice, style)]
        _require_writable(report, plot)
        others = [path for path in (report, plot) if path]
        written = [*request.outputs.all, *others]
        require_distinct(written, inputs)
        _require_once(written)
        note_shadowed({request.voice.name})
        prepared = prepare(request)
        announce_transfers(prepared)
        with display_progress(verbose=verbose) as display:
            result = subtitle_recording(
                recording, prepared, display, resources_from(jobs, no_cache=no_cache)
            )
        with print_summary():
            _print_summary(result)
        _write_others(result, recording, source, report, plot)


def _with_one_voice(request: Request) -> Request:
    """Return the request with the main voice for every speaker.

    The recording has voices of its own; those that the text names are not needed.
    """
    return replace(request, cast=dict.fromkeys(request.cast, request.voice))


def _tagged_format(recording: Path) -> str:
    """Return the name of the recording's format, which can hold tags."""
    from ..audio.formats import AUDIO_FORMATS

    for form in AUDIO_FORMATS.values():
        if form.suffix == recording.suffix.lower():
            return form.name
    suffixes = _(", ").join(form.suffix for form in AUDIO_FORMATS.values())
    raise UsageError(
        _(
            "--tag: {recording} cannot hold tags and chapters; only files named {suffixes} can"
        ).format(recording=recording.name, suffixes=suffixes)
    )


def _require_writable(report: Path | None, plot: Path | None) -> None:
    """Raise UsageError or OutputError unless the report and the picture can be written."""
    if report and (report.is_dir() or not report.parent.is_dir()):
        raise UsageError(
            _("--report is '{report}'; that is no file in a folder that exists").format(
                report=report
            )
        )
    if plot:
        from ..check.plot import require_picture

        require_picture(plot)
    if report:
        from ..delivery import require_deliverable

        require_deliverable(report.parent, [report.name])


def _require_once(written: Sequence[Path]) -> None:
    """Raise UsageError if two of the files to be written are the same."""
    for path, times in Counter(map(os.path.realpath, written)).items():
        if times > 1:
            raise UsageError(
                _("{path} would be written twice; give --report or --plot another name").format(
                    path=path
                )
            )


def _print_summary(result: Subtitled) -> None:
    from ..align.report import describe_timing, heard_share, print_lines

    length = result.recording.activity.length / result.recording.rate
    print_table(
        [
            *((_("written"), str(path)) for path in result.files),
            (_("duration"), format_clock(length)),
            (
                _("heard"),
                _("{share} of the words of the text").format(
                    share=f"{100 * heard_share(result):.0f} %"
                ),
            ),
            (_("cues"), str(len(result.captions.cues))),
            (_("check"), describe_timing(result)),
            (_("took"), format_clock(result.took)),
        ]
    )
    for line in print_lines(result):
        typer.echo(line)


def _write_others(
    result: Subtitled, recording: Path, source: str, report: Path | None, plot: Path | None
) -> None:
    """Write the report and the picture that were requested."""
    from ..align.report import compose_report, draw
    from ..files import atomic_write, require_replaceable

    if report:
        document = compose_report(result, recording.name, Path(source).name)
        require_replaceable(report)
        atomic_write(report, (to_json(document) + "\n").encode())
    if plot:
        draw(result, plot)
