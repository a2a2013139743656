"""Discussions and their comments: they know no subject."""
