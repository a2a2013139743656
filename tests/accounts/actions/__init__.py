"""Tests of the writes of accounts."""
