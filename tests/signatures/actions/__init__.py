"""Tests of the writes of signatures."""
