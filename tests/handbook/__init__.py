"""The handbook of the beheerder, followed word for word on machines that are empty at first."""
