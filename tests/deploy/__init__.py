"""What stands in deploy/: read by the programs that it is for, and compared with the portal."""
