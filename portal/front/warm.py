"""Templates of public pages, compiled before there is any reader: the first one waits for none."""

from __future__ import annotations

from flask import Flask
from jinja2 import meta

PAGES = (
    "commitments/index.html",
    "commitments/show.html",
    "home/show.html",
    "news/show.html",
    "register/signatories.html",
    "register/signatory.html",
)


def warm_templates(flask: Flask) -> int:
    """Compile what the public pages are made of; return how many templates that are."""
    environment = flask.jinja_env
    assert environment.loader is not None  # noqa: S101
    waiting, known = [*PAGES], set()
    while waiting:
        name = waiting.pop()
        if name in known:
            continue
        known.add(name)
        environment.get_template(name)
        source, *_place = environment.loader.get_source(environment, name)
        named = meta.find_referenced_templates(environment.parse(source))
        waiting += [other for other in named if other is not None]
    return len(known)
