"""Home, the signatories, one signatory."""

from __future__ import annotations

from flask import Blueprint, render_template

from portal.web.guard import public

bp = Blueprint("register", __name__)


@bp.get("/")
@public()
def home() -> str:
    """The front page."""
    return render_template("register/home.html")


@bp.get("/ondertekenaars")
@public()
def signatories() -> str:
    """The list of signatories."""
    return render_template("register/home.html")
