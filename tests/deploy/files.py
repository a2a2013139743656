"""The files of deploy/, and what the portal and its documents say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
BIN = Path(sys.prefix) / "bin"
SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# What a machine, a shell or an image understands, beside the settings of the portal.
NO_SETTINGS = {"PATH", "LANG", "PYTHONDONTWRITEBYTECODE", "GROEIPACT_HOST"}


def run(*words: str | Path, **environment: str) -> str:
    """Run a program that reads a file; return its words, or fail with them."""
    told = subprocess.run(
        [str(word) for word in words],
        cwd=ROOT,
        env={"PATH": f"{BIN}:{SYSTEM}", "HOME": os.environ.get("HOME", "/"), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout
    return told.stdout


def read(name: str) -> str:
    """Return the text of a file in deploy/."""
    return (DEPLOY / name).read_text()


def settings_in(text: str) -> dict[str, str]:
    """Return the settings that lines like NAME=value give, also where a sign makes them none."""
    return dict(re.findall(r"(?m)^#?([A-Z][A-Z_]+)=(.*)$", text))


def objects_in(rendered: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Return every object that a rendered chart makes."""
    for text in rendered.values():
        yield from filter(None, yaml.safe_load_all(text))


def kubernetes() -> dict[str, Any]:
    """Return what Kubernetes says of the kinds that the chart makes."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("kubernetes.json").read_text())
    return found
