"""Forms and pages of the vereniging's settings and legal texts."""
