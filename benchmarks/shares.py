"""Where the processor time of a command goes, function by function.

    python -m benchmarks.shares make speech.txt --no-cache -o /tmp/out

A thread of its own reads every 20 ms how much processor time each thread has used since, and counts
it for the innermost function of ours that the thread is in. Processor time does not depend on what
else the machine does. What a library does is counted for the function of ours that calls it.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from pathlib import Path
from types import FrameType

from speechcast.cli import main as run

INTERVAL = 0.02  # seconds
PACKAGE = f"{Path(__file__).parents[1] / 'src' / 'speechcast'}/"
MOST = 25  # lines
SAMPLER = "this sampler"


def main() -> None:
    """Run speechcast with the arguments of the command line, and print the shares."""
    before = time.process_time()
    seconds = defaultdict(float, {"start of Python": before})
    ended = threading.Event()
    sampler = threading.Thread(target=sample, args=(seconds, ended), daemon=True)
    sampler.start()
    code = 0
    try:
        run()
    except SystemExit as exc:
        code = int(exc.code or 0)
    ended.set()
    sampler.join()
    seconds["threads that ended between two looks"] = time.process_time() - sum(seconds.values())
    del seconds[SAMPLER]
    total = sum(seconds.values())
    print(f"{total:.1f} processor seconds")
    for name, share in sorted(seconds.items(), key=lambda item: -item[1])[:MOST]:
        print(f"{share / total:7.1%}  {name}")
    sys.exit(code)


def sample(seconds: defaultdict[str, float], ended: threading.Event) -> None:
    """Add what each thread uses to the function it is in, until the event is set."""
    main_thread = threading.main_thread().native_id or 0
    used = {main_thread: read_seconds(main_thread)}
    while not ended.wait(INTERVAL):
        frames = sys._current_frames()
        for thread in threading.enumerate():
            number = thread.native_id or 0
            now = read_seconds(number)
            spent, used[number] = now - used.get(number, 0.0), now
            ours = thread is threading.current_thread()
            seconds[SAMPLER if ours else describe_frame(frames.get(thread.ident or 0))] += spent


def read_seconds(thread: int) -> float:
    """Return the processor seconds that a thread of this process has used; Linux only."""
    try:
        path = Path(f"/proc/self/task/{thread}/schedstat")
        return int(path.read_text(encoding="ascii").split()[0]) / 1e9
    except (OSError, IndexError):
        return 0.0


def describe_frame(frame: FrameType | None) -> str:
    """Return the innermost function of ours, with what it imports named apart."""
    importing = False
    while frame:
        code = frame.f_code
        importing |= "importlib._bootstrap" in code.co_filename
        if code.co_filename.startswith(PACKAGE):
            name = f"{code.co_filename.removeprefix(PACKAGE)} {code.co_qualname}"
            return "imports" if importing else name
        frame = frame.f_back
    return "imports" if importing else "Python itself"


if __name__ == "__main__":
    main()
