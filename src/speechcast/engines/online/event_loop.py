"""Run an event loop in a thread, for engines of online services.

The clients (edge-tts, aiohttp) are asynchronous, while the rest of the package uses threads: an
engine is called from many of them, and must be closed soon, even if the service hangs. So each
online engine has one event loop in a thread of its own, and its callers hand it coroutines. Why not
something else:

- `asyncio.run` in each calling thread starts and ends a loop for every utterance, and `close`
  could not reach into those loops to cancel what is waiting.
- A synchronous client (requests, http.client) cannot be interrupted while it reads from a socket,
  and edge-tts has none.
- Making the whole package asynchronous would put `async` into every stage for the sake of the one
  that waits on a network; all others compute.
- The loop's default executor, in which asyncio looks up host names, is a `ThreadPoolExecutor`:
  Python waits for its threads at exit, as long as a slow name server takes. So the loop gets an
  executor of our own, whose threads are not waited for.
"""

from __future__ import annotations

import _thread
import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, TypeVar

from ...errors import EngineError
from ...messages import _
from ...units import Seconds

GOODBYE: Seconds = 2.0  # `stop` waits this long for the connections to close

T = TypeVar("T")


class EventLoop:
    """An event loop in a daemon thread of its own.

    Tasks and threads that hang do not keep it from ending.
    """

    def __init__(self, name: str) -> None:
        """Start the loop; `name` is its thread's name."""
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(_UnjoinedThreads())
        self._stopped = False
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run the coroutine in the loop, and return its result.

        It waits until the coroutine ends.

        Raises:
            EngineError: The loop was stopped, before or meanwhile.
            Exception: Any exception of the coroutine.
        """
        if self._stopped:
            work.close()
            raise EngineError(_("the online voice is closed"))
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result()
        except CancelledError:
            raise EngineError(_("the online voice is closed")) from None

    def stop(self) -> None:
        """Cancel all tasks and wait up to `GOODBYE` seconds.

        It may be called more than once.
        """
        if not self._stopped:
            self._stopped = True
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(GOODBYE)

    def _serve(self) -> None:
        self._loop.run_forever()
        self._loop.run_until_complete(_cancel_all_tasks())
        self._loop.close()


async def _cancel_all_tasks() -> None:
    """Cancel every task but this one and wait until all have ended."""
    await asyncio.sleep(0)  # coroutines submitted last become tasks here
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for _attempt in range(2):  # the second time ends a client that waits for the closing handshake
        for task in tasks:
            task.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()


class _UnjoinedThreads(ThreadPoolExecutor):
    """An executor whose threads are not joined at exit.

    Each call runs in a new thread.
    """

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Call `fn` in a new thread; return the future of its result."""
        future: Future[T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return  # the caller no longer waits
            try:
                result = fn(*args, **kwargs)
            except BaseException as exc:
                future.set_exception(exc)
            else:
                future.set_result(result)

        _thread.start_new_thread(work, ())  # unlike Thread.start, does not wait until it runs
        return future
