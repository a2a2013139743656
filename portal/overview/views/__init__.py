"""The pages of where we stand."""

from portal.overview.views.blueprint import bp
from portal.overview.views.pages import show

__all__ = ["bp", "show"]
