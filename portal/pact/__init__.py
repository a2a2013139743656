"""The pact's text in versions, its principles and layers, the events of signing."""
