"""Tests of what a question finds."""
