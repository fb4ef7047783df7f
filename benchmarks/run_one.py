"""Run a command and write what it cost: `python run_one.py COST.json COMMAND …`.

The peak of a process's memory includes what the process that started it had in use then, so a
command is started by one that is small, and not by a benchmark that holds a model. It ends with the
command's exit code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def main() -> int:
    """Run the command of the command line."""
    started = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(sys.argv[2:], stdout=quiet, stderr=quiet)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    cost = [seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024]
    Path(sys.argv[1]).write_text(json.dumps(cost), encoding="ascii")
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main())
