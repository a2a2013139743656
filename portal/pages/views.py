"""Views of pages."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.web.guard import public

bp = Blueprint("pages", __name__)


@bp.get("/beheer")
@public()
def administration() -> ResponseReturnValue:
    return render_template("register/home.html")


@bp.get("/over/<slug>")
@public()
def legal(slug: str) -> ResponseReturnValue:
    return render_template("register/home.html")


@bp.get("/healthz")
@public()
def healthz() -> ResponseReturnValue:
    return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}
