"""The version of this code, as pyproject.toml and the change log call it."""

VERSION = "0.1.0"
