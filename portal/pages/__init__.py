"""Legal pages, settings of the vereniging, health."""
