"""`speechcast completion`: have the shell complete commands, options and their values."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from ..exit_codes import WRONG_USAGE
from ..messages import _, mark
from .command import Command, Group
from .common import report_errors
from .completion import complete_from
from .powershell import LINE, SCRIPT, find_encoding, find_profile, spare_keys
from .powershell import SHELLS as POWERSHELLS

PROGRAM = "speechcast"
_VARIABLE = "_SPEECHCAST_COMPLETE"  # as Typer derives it from the program's name
_SHELLS = ("bash", "zsh", "fish", *POWERSHELLS)
_ZSH_LINE = "fpath+=~/.zfunc; autoload -Uz compinit; compinit"

app = typer.Typer(
    cls=Group,
    rich_markup_mode=None,
    help=_("Have the shell complete commands, options and their values."),
    epilog="speechcast completion install",
)

ShellArgument = Annotated[
    str | None,
    typer.Argument(
        metavar=mark("SHELL"),
        help=_("bash, zsh, fish, powershell; by default the one you use."),
        autocompletion=complete_from(*_SHELLS),
    ),
]


@app.callback(invoke_without_command=True)
def _show_commands(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(WRONG_USAGE)


@app.command(
    "install",
    cls=Command,
    help=_("Set up completion for your shell; it works in the next window."),
    epilog="speechcast completion install bash",
)
def install_completion(shell: ShellArgument = None) -> None:
    """Write the script of the shell, and the line that has it read."""
    with report_errors():
        name = _require_shell(shell)
        if name in POWERSHELLS:
            script = install_in_powershell(name)
        else:
            script = install_script(name, Path.home())
        typer.echo(
            _("completion for {shell} is in {path}; open a new window to use it").format(
                shell=name, path=script
            )
        )


@app.command(
    "show",
    cls=Command,
    help=_("Print the script for your shell, and change nothing."),
    epilog="speechcast completion show bash",
)
def show_completion(shell: ShellArgument = None) -> None:
    """Print the script of the shell."""
    with report_errors():
        typer.echo(compose_script(_require_shell(shell)))


def compose_script(shell: str) -> str:
    """Return the script that has a shell ask this program how a line may go on."""
    from typer import completion

    script: str = completion.get_completion_script(  # type: ignore[attr-defined]  # not listed
        prog_name=PROGRAM, complete_var=_VARIABLE, shell=shell
    )
    return spare_keys(script) if shell in POWERSHELLS else script


def prepare_completion() -> None:
    """Have Typer know the shells, if this process is to answer one of them."""
    if _VARIABLE in os.environ:
        from typer import completion

        completion.completion_init()  # type: ignore[attr-defined]  # as above


def install_script(shell: str, home: Path) -> Path:
    """Write the script of a shell below a home folder, and return its path.

    Raises:
        OSError: A file cannot be written; those of the user are as they were.
    """
    path = {
        "bash": home / ".bash_completions" / f"{PROGRAM}.sh",
        "zsh": home / ".zfunc" / f"_{PROGRAM}",
        "fish": home / ".config" / "fish" / "completions" / f"{PROGRAM}.fish",
    }[shell]
    _replace(path, f"{compose_script(shell)}\n".encode())
    if shell == "bash":
        _require_line(home / ".bashrc", f"source '{path.as_posix()}'")
    elif shell == "zsh":
        _require_line(Path(os.environ.get("ZDOTDIR") or home) / ".zshrc", _ZSH_LINE)
    return path


def install_in_powershell(shell: str) -> Path:
    """Write the script beside the profile of a PowerShell, which reads it; return its path.

    Raises:
        UsageError: There is no such program.
        OSError: A file cannot be written; those of the user are as they were.
    """
    profile = find_profile(shell)
    path = profile.path.with_name(SCRIPT)
    _replace(path, f"{compose_script(shell)}\n".encode("ascii"))
    _require_line(profile.path, LINE)
    if not profile.is_read:
        typer.echo(
            _(
                "note: {shell} runs no scripts here ({policy}); it runs yours after: "
                "Set-ExecutionPolicy -Scope CurrentUser RemoteSigned"
            ).format(shell=shell, policy=profile.policy),
            err=True,
        )
    return path


def _require_line(file: Path, line: str) -> None:
    """Add a line to the end of a file, in its encoding, unless it is there."""
    data = file.read_bytes() if file.exists() else b""
    encoding = find_encoding(data)
    text = data.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace")
    if line in text.lstrip("\ufeff").splitlines():
        return
    gap = "" if not text or text.endswith("\n") else "\n"
    _replace(file, data + f"{gap}{line}\n".encode(encoding))


def _replace(file: Path, data: bytes) -> None:
    from ..files import atomic_write

    target = file.resolve()  # which a link of the user's may name
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.stat().st_mode if target.exists() else None
    atomic_write(target, data, private=mode is not None)
    if mode is not None:
        target.chmod(mode)


def _require_shell(shell: str | None) -> str:
    """Return the shell that was named, or the one that this program runs in.

    Raises:
        UsageError: It is not known which, or not one that can be completed for.
    """
    name = shell.lower() if shell else _detect_shell()
    if name == "cmd":
        raise UsageError(
            _(
                "cmd completes nothing but names of files; PowerShell completes more: "
                "speechcast completion install powershell"
            )
        )
    if name not in _SHELLS:
        raise UsageError(
            _("the shell is '{name}'; there are {shells}").format(
                name=name, shells=_(", ").join(_SHELLS)
            )
        )
    return name


def _detect_shell() -> str:
    from shellingham import ShellDetectionFailure, detect_shell  # Typer's; it has no types

    try:
        name: str = detect_shell()[0]
    except (ShellDetectionFailure, OSError):
        raise UsageError(
            _("which shell you use cannot be seen; name it: speechcast completion install bash")
        ) from None
    return name
