"""Run a command whose online voices come from a loopback service.

    python tests/support/edge_command.py WSS_URL VOICES_URL speechcast make speech.txt -v xiaoxiao

The client of the real service has no option for its addresses, so they are replaced in its modules
before the command's own `__main__` runs. `python -m tests.support.edge_service` starts such a
service.
"""

from __future__ import annotations

import runpy
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .edge_service import EdgeService


def command_line(service: EdgeService, *words: str) -> list[str]:
    """Return the command line that runs a module on the service.

    `words` are the module's name, then its arguments.
    """
    return [sys.executable, __file__, service.wss_url, service.voices_url, *words]


def main() -> None:
    from edge_tts import communicate, voices

    vars(communicate)["WSS_URL"], vars(voices)["VOICE_LIST"] = sys.argv[1:3]
    del sys.argv[:3]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
