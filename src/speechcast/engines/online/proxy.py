"""Find the proxy through which an online service is reached.

The first of these that is set is used: the proxy that a preset (or a caller) names;
`SPEECHCAST_PROXY`; the machine's general setting (`HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, in
upper or lower case; on macOS and Windows the system's own settings). The general setting does not
apply to loopback addresses, nor to those in `NO_PROXY`.
"""

from __future__ import annotations

import ipaddress
import os
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from ...errors import PresetError
from ...messages import _
from ...redaction import hide_login, without_login
from .addresses import is_http_address

_PAGE_SCHEMES = {"wss": "https", "ws": "http"}  # a proxy set for pages is meant for sockets too


def find_proxy(url: str, requested: str | None = None) -> str | None:
    """Return the address of the proxy for `url`.

    It is None for a direct connection.

    Args:
        url: The service's address.
        requested: The proxy that a preset or a caller names, which overrides every other.

    Raises:
        PresetError: The proxy is not an HTTP proxy.
    """
    proxy = requested or os.environ.get("SPEECHCAST_PROXY") or _find_system_proxy(url)
    if not proxy:
        return None
    hide_login(proxy)
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    if not is_http_address(proxy):
        raise PresetError(
            _(
                "the proxy {without_login} cannot be used, allowed is an HTTP proxy like "
                "http://127.0.0.1:7890; give one with --proxy"
            ).format(without_login=without_login(proxy))
        )
    return proxy


def _find_system_proxy(url: str) -> str | None:
    """Return the proxy that the machine's general setting gives for `url`."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if _is_loopback(host) or proxy_bypass(host):
        return None
    proxies = getproxies()
    page_scheme = _PAGE_SCHEMES.get(parts.scheme, parts.scheme)
    return next((proxies[k] for k in (parts.scheme, page_scheme, "all") if proxies.get(k)), None)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
