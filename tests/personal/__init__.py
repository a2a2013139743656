"""Tests of what is kept of one person."""
