"""Tests of the pact."""
