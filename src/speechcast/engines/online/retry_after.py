"""The times a service puts into its headers."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from time import time


def parse_retry_after(retry_after: str | None) -> float | None:
    """How long a Retry-After header asks to wait: it gives seconds, or a date."""
    if retry_after is None:
        return None
    if re.fullmatch(r"\d{1,6}", retry_after.strip(), re.ASCII):
        return float(retry_after)
    since = seconds_since(retry_after)
    return None if since is None else max(0.0, -since)


def seconds_since(date: str | None) -> float | None:
    """Seconds from the header's date until now; None where it is none."""
    try:
        return time() - parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return None
