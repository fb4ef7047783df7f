"""Read the rarer kinds of subtitle files with pysubs2."""

from __future__ import annotations

from ...messages import _
from ..caption import Caption
from ..traps import Trap


def parse(text: str) -> tuple[list[Caption], list[Trap]]:
    """Return the captions of a MicroDVD or other file; its traps are not looked for.

    Raises:
        ValueError: pysubs2 cannot read it.
    """
    import pysubs2

    try:
        file = pysubs2.SSAFile.from_string(text)
    except pysubs2.exceptions.UnknownFPSError as exc:
        raise ValueError(
            _(
                "it counts in frames and does not say how many a second has; write {line} as its "
                "first line, with those of the video"
            ).format(line="{1}{1}25")
        ) from exc
    except Exception as exc:
        raise ValueError(_("pysubs2 cannot read it: {exc}").format(exc=exc)) from exc
    return [Caption(e.start, e.end, e.plaintext) for e in file.events if not e.is_comment], []
