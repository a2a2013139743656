"""Tests of the public pages that show several domains."""
