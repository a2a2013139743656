"""The blueprint that the views of signatures share."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("signatures", __name__)
