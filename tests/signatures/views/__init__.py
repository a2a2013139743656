"""Tests of the pages of signatures."""
