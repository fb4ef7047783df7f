"""Rewrite a model's file: `python -m speechcast.engines.kokoro.rewriting SOURCE STYLES TARGET`.

It is a process, so that the memory it takes is free again afterwards, and so that the one that
started it goes on if there is too little. It ends with 1 and a line that says why if the result is
not as good as the source; there is no target then.
"""

from __future__ import annotations

import sys
from pathlib import Path


def rewrite_file(source: Path, styles: Path, target: Path) -> None:
    """Rewrite `source` and write the result to `target`, once it is checked."""
    import onnx

    from ....files import discard, replace
    from .quality import require_alike
    from .steps import rewrite

    part = target.with_suffix(".part")
    try:
        onnx.save(rewrite(onnx.load(source)), part)
        require_alike(source, part, styles)
        replace(part, target)
    finally:
        discard(part)


if __name__ == "__main__":
    try:
        rewrite_file(*(Path(argument) for argument in sys.argv[1:]))
    except Exception as exc:  # the line is all that the starting process reads
        sys.exit(f"{type(exc).__name__}: {exc}")
