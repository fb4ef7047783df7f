"""Read the JSON that speechcast writes."""

from __future__ import annotations

import json

from ...messages import _, mark
from ..caption import Caption
from ..captions import to_milliseconds
from ..traps import Trap

_NOT_OURS = mark("it is not the JSON that speechcast writes")


def parse(text: str) -> tuple[list[Caption], list[Trap]]:
    """Return the captions of a JSON file; it has no traps.

    Raises:
        ValueError: it is no JSON, or not of this kind.
    """
    try:
        content = json.loads(text)
        rate = content["rate"]
        cues = [(c["start"]["samples"], c["end"]["samples"], c["text"]) for c in content["cues"]]
    except json.JSONDecodeError as exc:
        raise ValueError(_("line {row} of it is no JSON").format(row=exc.lineno)) from exc
    except (TypeError, KeyError, RecursionError) as exc:
        raise ValueError(_(_NOT_OURS)) from exc
    numbers = (rate, *(n for start, end, _text in cues for n in (start, end)))
    if not all(isinstance(n, int) for n in numbers) or rate <= 0:
        raise ValueError(_(_NOT_OURS))
    return [
        Caption(to_milliseconds(start, rate), to_milliseconds(end, rate), str(shown))
        for start, end, shown in cues
    ], []
