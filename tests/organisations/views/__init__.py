"""Tests of the pages of organisations."""
