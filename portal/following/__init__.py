"""Desk: what changed in the register, a month at a time and as a feed."""
