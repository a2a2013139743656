"""A port of its own for whoever asks whether the portal is well: no reader is ever before them."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from http.server import HTTPServer
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from portal.serve import HEALTH_HOST
from portal.web.https import HEALTH

AT_ONCE = 8
ASKING_SECONDS = 5


class _Asked(WSGIRequestHandler):
    timeout = ASKING_SECONDS

    def log_message(self, _format: str, *_values: object) -> None:
        """Write nothing: a probe comes every few seconds."""


class _Listener(ThreadingMixIn, WSGIServer):
    """Shares its port with the other web processes: any of them says how it is."""

    daemon_threads = True
    allow_reuse_port = True

    def __init__(self, port: int) -> None:
        self._free = threading.BoundedSemaphore(AT_ONCE)
        super().__init__((HEALTH_HOST, port), _Asked)

    def server_bind(self) -> None:
        """Take the port, without asking the network for the name of this machine."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HEALTH_HOST, self.server_address[1]
        self.setup_environ()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer in a thread; who comes when all are busy is sent away."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()


def answer_on(port: int, app: WSGIApplication) -> HTTPServer:
    """Answer what asks for health on this port of the machine itself, and nothing else."""

    def only_health(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] in HEALTH:
            return app(environ, start_response)
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"not here\n"]

    server = _Listener(port)
    server.set_app(only_health)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server
