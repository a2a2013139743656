"""The pages of where we stand."""

from portal.overview.views.blueprint import bp
from portal.overview.views.pages import show
from portal.overview.views.papers import paper
from portal.overview.views.reporting import manage
from portal.overview.views.reports import report
from portal.overview.views.timeline import timeline

__all__ = ["bp", "manage", "paper", "report", "show", "timeline"]
