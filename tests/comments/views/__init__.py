"""Tests of the pages of comments."""
