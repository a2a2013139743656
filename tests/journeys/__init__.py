"""The journeys of people through the portal, in a real browser."""
