"""`speechcast say`: hear a text at once, without a file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..messages import _, mark
from .common import (
    announce_transfers,
    display_progress,
    note_shadowed,
    report_errors,
    with_device,
    with_proxy,
)
from .option_values import (
    allowances,
    preferences_from,
    read_text_or_source,
    resources_from,
    source_folder,
)
from .options import (
    AllowOnlineOption,
    DeviceOption,
    EncodingOption,
    ForceOption,
    LexiconOption,
    NoCacheOption,
    ProxyOption,
    RateOption,
    SentenceJobsOption,
    VerboseOption,
    VoiceOption,
)

TextArgument = Annotated[
    str,
    typer.Argument(
        metavar=mark("TEXT"), help=_("The text to speak, or a text file; - reads it from a pipe.")
    ),
]


def say(  # noqa: PLR0913 one parameter per command-line option
    text: TextArgument,
    voice: VoiceOption = None,
    encoding: EncodingOption = None,
    rate: RateOption = None,
    lexicon: LexiconOption = None,
    force: ForceOption = False,
    proxy: ProxyOption = None,
    allow_online: AllowOnlineOption = None,
    device: DeviceOption = "auto",
    jobs: SentenceJobsOption = None,
    no_cache: NoCacheOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Play a text: the first sentence is heard while the rest is being spoken. No file is written.

    It is played by the output device (pip install "speechcast[play]"), or by a player of the
    system, at the loudness of its first sentence.
    """
    with report_errors():
        from ..engines.cast import preload
        from ..request import resolve_request
        from .playing import open_playback

        document, is_text = read_text_or_source(text, encoding)
        request = resolve_request(
            document,
            _("the text"),
            Path(),
            preferences_from(voice, rate, None, lexicon),
            folder=Path() if is_text else source_folder(text),
            force=force,
            allow_online=allowances(allow_online),
        )
        note_shadowed({voice.name for voice in request.cast.values()})
        with open_playback(request.cast) as playback:
            request = with_device(with_proxy(request, proxy), device)
            preload(request.cast.values(), alone=True)
            from ..prepare import prepare  # while the model is being loaded
            from ..speak import speak

            prepared = prepare(request)
            announce_transfers(prepared)
            with display_progress(verbose=verbose) as display:
                speak(prepared, playback, display, resources_from(jobs, no_cache=no_cache))
