"""Papers: what a page shows, set as an accessible PDF or as a picture to take along."""
