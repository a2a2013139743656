"""Commitments with their fuzzy terms, revisions and progress."""
