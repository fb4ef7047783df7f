"""By what way an online voice is reached: straight, or through a proxy.

Asked in order: the proxy a preset (or a caller) names, `SPEECHCAST_PROXY`, then what the machine
has set for everything (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, in either case; the system's own
settings on macOS and Windows), which `NO_PROXY` and loopback addresses are excepted from.
"""

from __future__ import annotations

import ipaddress
import os
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ...errors import PresetError

_LIKE = {"wss": "https", "ws": "http"}  # who sets a proxy for pages means sockets as well


def find_proxy(url: str, asked: str | None = None) -> str | None:
    """The proxy's address to reach `url` by; None for straight.

    Raises PresetError for one that is no HTTP proxy.
    """
    chosen = asked or os.environ.get("SPEECHCAST_PROXY") or _machines(url)
    if not chosen:
        return None
    if "://" not in chosen:
        chosen = f"http://{chosen}"
    try:
        parts = urlsplit(chosen)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise PresetError(
            f"the proxy {without_login(chosen)} cannot be used, allowed is an HTTP proxy "
            f"like http://127.0.0.1:7890; give one with --proxy"
        )
    return chosen


def without_login(url: str) -> str:
    """The address as it may be shown: without a user's name and password."""
    head, slashes, rest = url.rpartition("://")
    authority, slash, path = rest.partition("/")
    return head + slashes + authority.rpartition("@")[2] + slash + path.partition("?")[0]


def _machines(url: str) -> str | None:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    kind = _LIKE.get(parts.scheme, parts.scheme)
    return next((proxies[k] for k in (parts.scheme, kind, "all") if proxies.get(k)), None)


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
