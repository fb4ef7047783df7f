"""An event loop beside the threads of the studio, for engines that wait on a network."""

from __future__ import annotations

import _thread
import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from typing import Any, TypeVar

from ...errors import EngineError

GOODBYE = 2.0  # seconds a closing loop waits for its connections to end

T = TypeVar("T")


class EventLoop:
    """An event loop in a thread of its own, which nothing that hangs can keep from ending."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(_DaemonThreads())
        self._stopped = False
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for the work's result, or for `stop`."""
        if self._stopped:
            work.close()
            raise EngineError("the online voice is closed")
        try:
            return asyncio.run_coroutine_threadsafe(work, self._loop).result()
        except CancelledError:
            raise EngineError("the online voice is closed") from None

    def stop(self) -> None:
        if not self._stopped:
            self._stopped = True
            self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(GOODBYE)

    def _serve(self) -> None:
        self._loop.run_forever()
        self._loop.run_until_complete(_cancel_everything())
        self._loop.close()


async def _cancel_everything() -> None:
    await asyncio.sleep(0)  # what was asked for last becomes a task here
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for _ in range(2):  # the second time ends a client still waiting for the service's goodbye
        for task in tasks:
            task.cancel()
        await asyncio.sleep(0)
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()


class _DaemonThreads(ThreadPoolExecutor):
    """Looks names up in threads that a slow name server cannot make us wait for at the end."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return  # nobody waits any more
            try:
                result = fn(*args, **kwargs)
            except BaseException as exc:
                future.set_exception(exc)
            else:
                future.set_result(result)

        _thread.start_new_thread(work, ())  # does not wait until it runs, as Thread.start does
        return future
