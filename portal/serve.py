"""One process tree: the web processes and the worker, started and stopped together."""

from __future__ import annotations

import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings

from portal.config import FrontBounds, Settings

STOP_SECONDS = 20
STOPS = (signal.SIGTERM, signal.SIGINT)
# The files of a web process besides its connections: code, database, uploads.
OWN_FILES = 200
# Who asks for health on a port of its own stands on this machine.
HEALTH_HOST = "127.0.0.1"
# What a request may say before its body; also what is read of a body in one piece.
HEADER_BYTES = 64 * 1024
# The variable that tells each process of the tree which was the first, so that it ends with it.
FIRST_PROCESS = "PORTAL_FIRST_PROCESS"


def environment_of_worker() -> dict[str, str]:
    """Return the variables of a worker that ends with this process."""
    return {**os.environ, FIRST_PROCESS: str(os.getpid())}


def start_worker() -> subprocess.Popen[bytes]:
    """Start a worker that ends with this process."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker"]
    return subprocess.Popen(command, env=environment_of_worker())  # noqa: S603


class WorkerProcess:
    """The worker beside the web processes; started again when it dies."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._process = start_worker()
        self._watch = threading.Thread(target=self._keep_alive, daemon=True)
        self._watch.start()

    def _keep_alive(self) -> None:
        while not self._stopping.wait(1.0):
            if self._process.poll() is not None:
                time.sleep(1.0)
                if not self._stopping.is_set():
                    self._process = start_worker()

    def stop(self) -> None:
        """Let the worker finish its job, and end it if it takes too long."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()


def first_process() -> int:
    """Return which process started this one, also when that one is gone already."""
    return int(os.environ.get(FIRST_PROCESS) or os.getppid())


def watch_first(pid: int, leave: Callable[[], None]) -> None:
    """Call `leave` when the process that started this one is gone because it was killed.

    A process that went on would keep the port and the jobs from the tree that is started next.
    """

    def watch() -> None:
        while os.getppid() == pid:
            time.sleep(1.0)
        leave()

    threading.Thread(target=watch, name="first", daemon=True).start()


def leave_web() -> None:
    """End this web process after the requests that it is answering, at most STOP_SECONDS later."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_SECONDS)
    os._exit(1)


class PortTaken(RuntimeError):
    """Another process listens on the port of this portal, and goes on doing so."""


def wait_for_port(
    host: str, port: int, say: Callable[[str], None], *, patience: float = STOP_SECONDS + 5
) -> None:
    """Return when no process listens on the port; PortTaken after `patience` seconds.

    The web processes share their port with every process that allows it, so two portals would
    answer in turn. The processes of a portal that was killed end by themselves, within a stop.
    """
    family, kind, *_rest, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    until = time.monotonic() + patience
    has_warned = False
    while not _is_free(family, kind, address):
        if time.monotonic() >= until:
            raise PortTaken
        if not has_warned:
            say(f"Port {port} is in use. Waiting for whoever has it to stop.")
            has_warned = True
        time.sleep(0.5)


def _is_free(family: int, kind: int, address: tuple[object, ...]) -> bool:
    with socket.socket(family, kind) as probe:
        # A closed connection leaves the port in TIME_WAIT, which is no process that listens.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as refusal:
            if refusal.errno != errno.EADDRINUSE:
                raise
            return False
        return True


def ignore_further_stops() -> None:
    """Ignore every further signal to stop: this process is stopping already.

    Python gives up its own handlers while it exits: a signal at that moment would end the tree with
    -15, although everything was finished. An ignored signal stays ignored until the end.
    """
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)


def take_the_first_stop() -> None:
    """Let the first signal do what Granian has set for it, and the next ones nothing.

    A second one while the first is handled would wait for a lock that its own thread holds. A web
    process has these handlers too until it has set its own: one that still starts has nothing in
    hand, and ends at once when the first process says so.
    """
    first = os.getpid()
    handlers = {int(number): signal.getsignal(number) for number in STOPS}

    def stop_once(number: int, frame: FrameType | None) -> None:
        if os.getpid() != first:
            if number == signal.SIGTERM:
                os._exit(0)
            return
        ignore_further_stops()
        handler = handlers[number]
        if callable(handler):
            handler(number, frame)

    for number in STOPS:
        signal.signal(number, stop_once)


def make_room(connections: int, processes: int) -> int:
    """Let each process open enough files; return how many connections each may take.

    That is fewer than its share where the system does not allow as many files.
    """
    share = max(1, connections // processes)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = share + OWN_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, min(share, soft - OWN_FILES))


def _of_connections(bounds: FrontBounds) -> HTTP1Settings:
    return HTTP1Settings(
        header_read_timeout=bounds.header_seconds * 1000, max_buffer_size=HEADER_BYTES
    )


def serve(settings: Settings, host: str, *, with_worker: bool) -> None:
    """Serve until stopped; then finish the requests and the job that are being worked on."""
    # A web process that is still starting would not know any more whose it was.
    os.environ[FIRST_PROCESS] = str(os.getpid())
    worker = WorkerProcess() if with_worker else None
    try:
        server = Granian(
            "portal.front:make_front",
            factory=True,
            address=host,
            port=settings.port,
            interface=Interfaces.ASGINL,
            # Takes a third less of each answer that is kept.
            loop=Loops.uvloop,
            workers=settings.web_processes,
            websockets=False,
            http=HTTPModes.http1,
            http1_settings=_of_connections(settings.front),
            backpressure=make_room(settings.front.connections, settings.web_processes),
            log_access=False,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
        )
        server.on_startup(take_the_first_stop)
        server.serve()
    finally:
        ignore_further_stops()
        if worker is not None:
            worker.stop()
