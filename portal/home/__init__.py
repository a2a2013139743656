"""Desk: the front page."""
