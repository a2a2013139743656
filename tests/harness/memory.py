"""The collector of garbage looks less often, and never at what stays until the run is over."""

from __future__ import annotations

import gc

# As many new objects as a few tests leave; the collector's own number fits a small program.
YOUNG = 50_000


def pytest_collection_finish() -> None:
    # The modules, the tests and what they asked for at import: hundreds of thousands of objects.
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 10, 10)
