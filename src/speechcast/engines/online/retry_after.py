"""Parse the times in a response's headers.

They are `Retry-After` and `Date` (RFC 9110, 10.2.3 and 6.6.1).
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from time import time

from ...messages import _
from ...units import Seconds

FEW_MINUTES: Seconds = 600.0


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
    if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", header.strip(), re.ASCII):
        return float(header)
    since = seconds_since(header)
    return None if since is None else max(0.0, -since)


def seconds_since(date: str | None) -> Seconds | None:
    """Return the seconds from a header's date until now.

    The result is None if the header is absent or malformed.
    """
    try:
        return time() - parsedate_to_datetime(date or "").timestamp()
    except (ValueError, OverflowError):  # no date, or one that no clock shows
        return None


def advise_wait(retry_after: Seconds | None) -> str:
    """Return the advice to wait, as long as the service asks for.

    >>> advise_wait(None), advise_wait(90), advise_wait(7200), advise_wait(31_536_000)
    ('wait a few minutes', 'wait a few minutes', 'wait 2 hours', 'wait 365 days')
    """
    if retry_after is None or retry_after <= FEW_MINUTES:
        return _("wait a few minutes")
    hours = round(retry_after / 3600)
    if hours < 2:
        return _("wait {minutes:.0f} minutes").format(minutes=retry_after / 60)
    if hours <= 48:
        return _("wait {hours} hours").format(hours=hours)
    if hours <= 24 * 365:
        return _("wait {days:.0f} days").format(days=hours / 24)
    return _("it asks for years of rest")
