"""Completion in PowerShell, that of Windows and the newer one."""

from __future__ import annotations

import base64
import codecs
import shutil
import subprocess
from binascii import Error as NoBase64
from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError, explain_os_error
from ..messages import _

SHELLS = ("powershell", "pwsh")
SCRIPT = "speechcast-completion.ps1"
# It is ASCII: Windows PowerShell takes a file without a byte order mark for one in the code page of
# the system, so that the name of a folder could not be written.
LINE = f'. (Join-Path (Split-Path $PROFILE.CurrentUserAllHosts) "{SCRIPT}")'
_INTRUSIVE = ("Import-Module PSReadLine", "Set-PSReadLineKeyHandler")
# The path in Base64, as what a program prints is in the code page of the console.
_QUESTION = (
    "[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($PROFILE.CurrentUserAllHosts)); "
    "Get-ExecutionPolicy"
)
_REFUSING = ("Restricted", "AllSigned")
_MARKS = {
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
    codecs.BOM_UTF8: "utf-8",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a PowerShell reads when it starts.

    Attributes:
        path: The user's file for all programs that run PowerShell.
        policy: Which scripts it runs, as `Get-ExecutionPolicy` says.
    """

    path: Path
    policy: str

    @property
    def is_read(self) -> bool:
        """Whether PowerShell runs the user's own scripts at all."""
        return self.policy not in _REFUSING


def find_profile(shell: str) -> Profile:
    """Return the profile of a PowerShell, by what it says itself.

    Raises:
        UsageError: There is no such program, or it does not answer.
    """
    program = shutil.which(shell)
    if program is None:
        raise UsageError(
            _("there is no program '{shell}' here; there is one for {shells}").format(
                shell=shell, shells=_(", ").join(filter(shutil.which, SHELLS)) or _("none")
            )
        )
    command = [program, "-NoProfile", "-NonInteractive", "-Command", _QUESTION]
    try:
        run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True)
        path, policy, *_rest = run.stdout.decode("ascii", "replace").split()
        return Profile(Path(base64.b64decode(path, validate=True).decode()), policy)
    except OSError as exc:
        reason = explain_os_error(exc)
    except (subprocess.SubprocessError, NoBase64, ValueError):
        reason = _("it does not say where its profile is")
    raise UsageError(
        _("{shell} cannot be set up ({reason}); see: speechcast completion show {shell}").format(
            shell=shell, reason=reason
        )
    )


def spare_keys(script: str) -> str:
    """Return Typer's script without what would change the keys of the user's other commands."""
    lines = script.splitlines()
    return "\n".join(line for line in lines if not line.startswith(_INTRUSIVE))


def find_encoding(data: bytes) -> str:
    """Return the encoding of a profile, by its mark; lines of ASCII fit into one without."""
    return next((name for mark, name in _MARKS.items() if data.startswith(mark)), "utf-8")
