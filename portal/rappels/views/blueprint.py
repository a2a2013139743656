"""The blueprint of rappels."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rappels", __name__)
