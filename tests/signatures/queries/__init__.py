"""Tests of the reads of signatures."""
