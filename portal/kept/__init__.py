"""Whole answers for visitors, kept until something changes that a visitor sees."""
