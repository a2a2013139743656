"""Tests of the reads of commitments."""
