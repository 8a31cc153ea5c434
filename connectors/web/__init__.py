"""The widget for any page, and the demonstration's website around it."""
