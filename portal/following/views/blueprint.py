"""The blueprint of what changed and of following it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("following", __name__)
