"""Tests of the pages of the desk."""
