"""`speechcast serve`: our voices for other programs, by OpenAI's speech interface."""

from __future__ import annotations

import contextlib
import os
from typing import Annotated

import typer

from ..errors import UsageError
from ..messages import _, mark
from .common import report_errors
from .option_values import allowances
from .servers import HostOption, PortOption, end_quietly, is_loopback, require_extra, run_server

KEY_VARIABLE = "SPEECHCAST_SERVE_KEY"
_PORT = 8880  # as Kokoro-FastAPI, which programs look for there


def serve(
    port: PortOption = _PORT,
    host: HostOption = "127.0.0.1",
    key: Annotated[
        str | None,
        typer.Option(
            "--key",
            metavar=mark("KEY"),
            help=_(
                "The key that a program must send; better from the variable {key_variable}, "
                "which others on this machine do not see."
            ).format(key_variable=KEY_VARIABLE),
        ),
    ] = None,
    allow_online: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-online",
            metavar=mark("ADDRESS"),
            help=_(
                "Let an online voice that a program asks for send its text to this server; "
                "'edge' for Microsoft's service. May be repeated."
            ),
        ),
    ] = None,
) -> None:
    """Serve every voice to other programs, as POST /v1/audio/speech."""
    with report_errors(), end_quietly(_("ended")):
        require_extra()
        from ..redaction import hide
        from ..studio.security import list_hosts
        from ..studio.server import address_of, listen
        from ..studio.speech_api import create_speech_app
        from ..studio.speech_service import SpeechService
        from ..synthesis.synthesizer import default_resources

        secret = (key or os.environ.get(KEY_VARIABLE) or "").strip() or None
        if secret:
            hide(secret)
        elif not is_loopback(host):
            raise UsageError(
                _(
                    "--host {host} can be reached from outside; set {key_variable} to a key "
                    "that programs must send"
                ).format(host=host, key_variable=KEY_VARIABLE)
            )
        service = SpeechService(default_resources(), allowances(allow_online))
        with contextlib.closing(listen(host, port)) as socket:
            typer.echo(_("serving at {address}/v1").format(address=address_of(host, socket)))
            run_server(create_speech_app(service, secret, list_hosts(host)), socket, lambda: None)
