"""Paths of pages are built once, and as Flask builds them."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, render_template_string, url_for
from werkzeug.routing import MapAdapter

from portal.web.destinations import url_to

LIST, ONE = "commitments.index", "commitments.show"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which every path that is built anew is added."""
    endpoints: list[str] = []
    build = MapAdapter.build

    def noted(adapter: MapAdapter, endpoint: str, *args: Any, **options: Any) -> str:
        endpoints.append(endpoint)
        return build(adapter, endpoint, *args, **options)

    monkeypatch.setattr(MapAdapter, "build", noted)
    return endpoints


# By a name that no other test asks for: what one of those asked is remembered already.
@pytest.mark.parametrize(
    "values", [{"proef": "data"}, {"proef": ["a", "b"]}, {"proef": None}, {"proef": 2027}]
)
def test_a_path_is_built_once_however_it_is_asked_for(
    app: Flask, built: list[str], values: dict[str, Any]
) -> None:
    source = "{{ url_for(endpoint, **values) }}"
    with app.test_request_context("/"):
        for _time in range(2):
            first = url_for(LIST, **values)
            assert url_to("commitments", **values) == first
            assert first == Flask.url_for(app, LIST, **values)
            built.pop()
            shown = render_template_string(source, endpoint=LIST, values=values)
            assert shown == first.replace("&", "&amp;")
    # By the function of Flask, which names what it leaves out as well, and by that of templates.
    assert built == [LIST, LIST]


def test_what_would_be_written_otherwise_is_another_path(app: Flask) -> None:
    with app.test_request_context("/"):
        assert url_for(LIST, jaar=1) != url_for(LIST, jaar=True)
        assert url_for(LIST, laag=["a", "b"]) != url_for(LIST, laag=["b", "a"])
        assert url_for(ONE, slug="a", _anchor="b") == "/toezeggingen/a#b"
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/en"}):
        assert url_for(ONE, slug="a") == "/en/toezeggingen/a"


def test_a_whole_address_follows_the_host_that_was_asked(app: Flask) -> None:
    for host in ("een.example", "twee.example"):
        with app.test_request_context("/", base_url=f"https://{host}"):
            assert url_for(LIST, _external=True) == f"https://{host}/toezeggingen"
