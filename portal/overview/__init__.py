"""Desk: where we stand, in pictures of which each part is a link to the list that it counts."""
