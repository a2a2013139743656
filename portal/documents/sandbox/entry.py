"""The child process that opens a hostile file: first the limits, then one reader, then its answer.

Run as a file and never imported by the portal: importing `portal` here would load the whole
portal, its settings included, into the process that opens the file.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import runpy
import signal
import sys
from pathlib import Path

_CONFINE = Path(__file__).with_name("confine.py")
_PR_SET_PDEATHSIG = 1
_MOST_FILES = 64


def _limit(cpu_seconds: int, memory_bytes: int) -> None:
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    # Apart from the hard limit, so that the log tells SIGXCPU from the SIGKILL of a wall clock.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_FILES, _MOST_FILES))
    # Its turn ends with the portal's process, so the child ends with that too.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)


def main(cpu_seconds: int, memory_bytes: int, reader: str, argument: str, file: str) -> None:
    """Write what `read(argument)` of the reader answers, or why it failed, as JSON.

    The reader may open `file` and what Python itself is made of; `missing` names what the kernel
    lacks to hold it to that.
    """
    _limit(cpu_seconds, memory_bytes)
    try:
        # Loaded before the doors close: it imports its library, and has seen nothing hostile yet.
        read = runpy.run_path(reader)["read"]
        missing = runpy.run_path(str(_CONFINE))["confine"](file)
        said = {"missing": missing, "answer": read(argument)}
    except Exception as error:
        # The portal writes this into its log, where the operator reads what went wrong.
        said = {"failed": repr(error)[:500]}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
