"""Tests of the pages of commitments."""
