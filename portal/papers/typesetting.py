"""A paper set in a child process that reaches nothing, within bounds of time and memory."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path

from flask import Flask

from portal.core.db import Bound
from portal.documents.sandbox import SandboxBusy, SandboxFailed, run_reader
from portal.documents.storing import reader_limits
from portal.papers.paper import Form, Paper
from portal.papers.refusals import PressBusy
from portal.web.cached import CachedParts

_HERE = Path(__file__).parent
_FONTS = _HERE.parent.parent / "static" / "dist" / "papers"
_MOST, _MOST_BYTES, _LONGEST = 100, 12_000_000, 2_000_000

kept_papers: Bound[CachedParts] = Bound("kept_papers")


def init_app(app: Flask) -> None:
    """Keep what was set last, in this process."""
    kept_papers.bind(app, CachedParts(_MOST, _MOST_BYTES, _LONGEST))


def typeset(paper: Paper, form: Form) -> bytes:
    """Return the paper as a file of a form: set once, for as long as it holds the same.

    PressBusy when it needs more time or memory than it may have, or others are set meanwhile. Takes
    a part of a second: call it outside the write section.
    """
    whole = paper.as_json()
    digest = hashlib.sha256(whole.encode()).hexdigest()
    return kept_papers().part(("paper", form, digest), lambda: _set(whole, form))


def _set(whole: str, form: Form) -> bytes:
    given = json.dumps({"template": _template(), "paper": json.loads(whole)})
    try:
        answer = run_reader(
            _HERE / "press.py",
            f"{form}:{_FONTS}",
            limits=reader_limits(),
            content=given.encode(),
            file=_FONTS,
        )
    except (SandboxBusy, SandboxFailed) as error:
        raise PressBusy from error
    return base64.b64decode(str(answer["file"]))


@cache
def _template() -> str:
    return (_HERE / "paper.typ").read_text(encoding="utf-8")
