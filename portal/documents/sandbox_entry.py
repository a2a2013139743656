"""The child process that opens a hostile file: first the limits, then one reader, then its answer.

Run as a file and never imported by the portal: importing `portal` here would load the whole
portal, its settings included, into the process that opens the file.
"""

from __future__ import annotations

import json
import resource
import runpy
import sys


def main(cpu_seconds: int, memory_bytes: int, reader: str, argument: str) -> None:
    """Write what `read(argument)` of the reader answers, or why it failed, as JSON."""
    # Apart from the hard limit, so that the log tells SIGXCPU from the SIGKILL of a wall clock.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer = runpy.run_path(reader)["read"](argument)
    except Exception as error:
        # The portal writes this into its log, where the operator reads what went wrong.
        answer = {"failed": repr(error)[:500]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
