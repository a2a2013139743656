"""Desk: the front page, and the map of all public pages."""
