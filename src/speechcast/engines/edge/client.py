"""Use the parts of edge-tts that are not its public interface.

Tried: edge-tts 7.3.0 and 7.3.1. The count of received bytes exists since 7.2.8; with an older
version, every response fails at `received_bytes`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edge_tts import Communicate


def service_address() -> str:
    """Return the WebSocket address of the service that the client connects to."""
    from edge_tts import communicate

    address: str = vars(communicate)["WSS_URL"]
    return address


def received_bytes(request: Communicate) -> int:
    """Return the bytes of sound in the completed parts of the response.

    A part is complete if it ended with `turn.end`.
    """
    return request.state["cumulative_audio_bytes"]
