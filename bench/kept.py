"""A kept page beside nginx with the same bytes, from the same machine in the same run.

    python -m bench.kept [--folder data/bench] [--rounds 3] [--seconds 4]

Between them stands the least app that the portal's server can serve, `bench.ceiling`: what it does
not reach, no code of the portal does. All serve with two processes; `wrk` asks one after the other
over 16 connections, in alternation.
Needs Debian's `nginx-light` and `wrk`.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

import psutil

from bench.figures import record
from bench.place import FOLDER, Place

PROGRAM = "bench.kept"
PATH = "/toezeggingen/toezegging-7"
CONNECTIONS = 16
KINDS = ("packed", "plain", "304")
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")
# As it was measured to be fastest on loopback; what is asked for is in memory after the first time.
CONF = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log stderr crit;
events {{ worker_connections 512; }}
http {{
  access_log off; tcp_nopush off; tcp_nodelay on; sendfile on; keepalive_requests 1000000;
  open_file_cache max=100; default_type "text/html; charset=utf-8";
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port}; root {folder}/pages;
    location = /packed {{ add_header Content-Encoding br; }}
  }}
}}
"""


@dataclass(frozen=True)
class Target:
    """What is asked for, and of which process tree."""

    label: str
    url: str
    first: int
    headers: tuple[str, ...] = ()


@dataclass
class Took:
    """The rates of the rounds, and the processor time of one answer in microseconds."""

    rates: list[float] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)


def is_possible() -> bool:
    """Return whether this machine has what is compared with, and what asks."""
    return all(shutil.which(program) for program in ("nginx", "wrk"))


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _busy(first: int) -> float:
    tree = psutil.Process(first)
    total = 0.0
    for process in (tree, *tree.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
    return total


def _ask(target: Target, seconds: float) -> tuple[float, float]:
    """Return answers a second, and the processor time of one."""
    headers = [word for header in target.headers for word in ("-H", header)]
    command = ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds:g}s", *headers, target.url]
    before, begun = _busy(target.first), time.monotonic()
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    took, cost = time.monotonic() - begun, _busy(target.first) - before
    rate = float(RATE.search(said).group(1))  # type: ignore[union-attr]
    if BAD.search(said):
        raise SystemExit(f"{target.label} did not answer well:\n{said}")
    return rate, cost / (rate * min(took, seconds)) * 1e6


@contextmanager
def _running(command: list[str], url: str, environment: dict[str, str] | None) -> Iterator[int]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            with suppress(OSError):
                urllib.request.urlopen(url, timeout=5).close()
                break
            if process.poll() is not None or time.monotonic() > until:
                raise SystemExit(f"did not start: {' '.join(command)}")
            time.sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def portal(place: Place, **settings: str) -> Iterator[tuple[int, int]]:
    """Serve the portal as an operator does; yield its port and its first process."""
    port = free_port()
    own = {"PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}", "WEB_PROCESSES": "2"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "serve", "--no-worker"]
    environment = place.environment(**own, **settings)
    with _running(command, f"http://127.0.0.1:{port}/healthz", environment) as first:
        yield port, first


@contextmanager
def least(folder: Path) -> Iterator[tuple[int, int]]:
    """Serve the pages in a folder by the portal's server alone; yield port and first process."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("granian")), "--interface", "asginl"]
    command += ["--loop", "uvloop", "--workers", "2", "--http", "1", "--no-ws"]
    command += ["--no-access-log", "--log-level", "error"]
    command += ["--port", str(port), "bench.ceiling:application"]
    environment = {**os.environ, "BENCH_PAGES": str(folder)}
    with _running(command, f"http://127.0.0.1:{port}/", environment) as first:
        yield port, first


def fetch(port: int, path: str, **headers: str) -> tuple[bytes, str]:
    """Return the bytes of an answer as they came, and its ETag."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return body, answer.getheader("ETag", "")


def measure(place: Place, rounds: int, seconds: float) -> dict[str, Took]:
    """Return what was measured, by label; the bytes of both servers are the same."""
    if not is_possible():
        raise SystemExit("needs nginx and wrk: apt-get install nginx-light wrk")
    took: dict[str, Took] = defaultdict(Took)
    with tempfile.TemporaryDirectory() as name, portal(place) as (port, first):
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "pages").mkdir()
        plain, tag = fetch(port, PATH)
        packed, packed_tag = fetch(port, PATH, Accept_Encoding="br")
        (folder / "pages" / "plain").write_bytes(plain)
        (folder / "pages" / "packed").write_bytes(packed)
        own = free_port()
        (folder / "nginx.conf").write_text(CONF.format(folder=folder, port=own))
        command = ["nginx", "-p", name, "-c", str(folder / "nginx.conf")]
        there, here = f"http://127.0.0.1:{own}", f"http://127.0.0.1:{port}{PATH}"
        with (
            _running(command, f"{there}/plain", None) as nginx,
            least(folder / "pages") as (least_port, first_least),
        ):
            bare = f"http://127.0.0.1:{least_port}/"
            their_tag = fetch(own, "/plain")[1]
            br = "Accept-Encoding: br"
            targets = (
                Target("nginx, packed", f"{there}/packed", nginx, (br,)),
                Target("kept, packed", here, first, (br,)),
                Target("least, packed", bare, first_least, (br,)),
                Target("nginx, plain", f"{there}/plain", nginx),
                Target("kept, plain", here, first),
                Target("least, plain", bare, first_least),
                Target("nginx, 304", f"{there}/plain", nginx, (f"If-None-Match: {their_tag}",)),
                Target("kept, 304", here, first, (br, f"If-None-Match: {packed_tag}")),
                Target("least, 304", bare, first_least, ('If-None-Match: "ceiling"',)),
            )
            for target in targets:
                _ask(target, 1)
            for _round in range(rounds):
                for target in targets:
                    rate, cost = _ask(target, seconds)
                    took[target.label].rates.append(rate)
                    took[target.label].costs.append(cost)
        print(f"{PATH}: {len(plain)} bytes, packed {len(packed)}, {tag}")
    return took


def _ratio(took: dict[str, Took], whose: str, kind: str) -> float:
    """Return the answers a second as a part of those of nginx, of each round on its own."""
    rounds = zip(took[f"{whose}, {kind}"].rates, took[f"nginx, {kind}"].rates, strict=True)
    return median(mine / theirs for mine, theirs in rounds)


def report(place: Place, rounds: int, seconds: float) -> None:
    """Measure, print a table, and note what belongs to a goal."""
    took = measure(place, rounds, seconds)
    print(f"{'':16} {'answers/s':>22} {'us of processor each':>22}")
    for label, each in took.items():
        rates = f"{min(each.rates):,.0f} to {max(each.rates):,.0f}"
        print(f"{label:16} {rates:>22} {median(each.costs):>22.1f}")
    ratio = {kind: _ratio(took, "kept", kind) for kind in KINDS}
    ceiling = {kind: _ratio(took, "least", kind) for kind in KINDS}
    record(
        place.folder,
        PROGRAM,
        kept_nginx=ratio["packed"],
        kept_nginx_plain=ratio["plain"],
        unchanged_nginx=ratio["304"],
        kept_cpu=median(took["kept, packed"].costs),
        least_nginx=ceiling["packed"],
        least_nginx_plain=ceiling["plain"],
        least_cpu=median(took["least, packed"].costs),
        least_unchanged=ceiling["304"],
    )
    for whose, ratios in (("kept", ratio), ("least", ceiling)):
        print(whose, {kind: round(value, 2) for kind, value in ratios.items()})


def main() -> int:
    """Measure what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=4.0)
    chosen = parser.parse_args()
    report(Place.at(chosen.folder).filled(), chosen.rounds, chosen.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
