"""Parse the times in a response's headers.

They are `Retry-After` and `Date` (RFC 9110, 10.2.3 and 6.6.1).
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from time import time

from ...units import Seconds


def parse_retry_after(header: str | None) -> Seconds | None:
    """Return the seconds to wait according to a Retry-After header.

    The result is None if the header is absent or malformed.

    The header gives a number of seconds, or a date.

    >>> parse_retry_after("120")
    120.0
    >>> parse_retry_after("soon")
    """
    if header is None:
        return None
    if re.fullmatch(r"\d{1,6}", header.strip(), re.ASCII):
        return float(header)
    since = seconds_since(header)
    return None if since is None else max(0.0, -since)


def seconds_since(date: str | None) -> Seconds | None:
    """Return the seconds from a header's date until now.

    The result is None if the header is absent or malformed.
    """
    try:
        return time() - parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return None
