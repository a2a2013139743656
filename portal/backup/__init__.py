"""One file that holds everything of the portal: made while it runs, verified, and put back."""
