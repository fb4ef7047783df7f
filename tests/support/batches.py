"""Folders of speeches, batches over them, and what these leave behind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from speechcast import batch
from speechcast.batch.options import BatchOptions
from speechcast.batch.report import BatchReport
from speechcast.batch.worker import Producer
from speechcast.request import Preferences

SPEECH = "各位同学：\n早上好！今天开会。\n"
TONE = BatchOptions(preferences=Preferences(voice="tone"))


def write_files(folder: Path, *paths: str, text: str = SPEECH) -> Path:
    """Write the text to each path in the folder; return the folder."""
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def produce_folder(
    folder: Path,
    output: Path,
    options: BatchOptions = TONE,
    *,
    recursive: bool = True,
    jobs: int = 2,
    producer: Producer | None = None,
) -> BatchReport:
    """Run a batch over the folder in this process."""
    plan = batch.plan_batch(folder, output, options, recursive=recursive)
    return batch.run_batch(plan, jobs=jobs, producer=producer)


def states(report: BatchReport) -> Mapping[str, str]:
    return {r.source: str(r.state) for r in report.results}


def list_files(folder: Path) -> list[str]:
    """Return the folder's files except the program's own and the report."""
    return sorted(
        p.relative_to(folder).as_posix()
        for p in folder.rglob("*")
        if p.is_file()
        and not p.relative_to(folder).parts[0].startswith(".speechcast")
        and p.stem != "batch-report"
    )


def read_files(folder: Path) -> Mapping[str, bytes]:
    return {name: (folder / name).read_bytes() for name in list_files(folder)}


def list_leftovers(output: Path) -> list[Path]:
    """Return what is left in the work folder of an output folder."""
    return list((output / ".speechcast" / "work").iterdir())
