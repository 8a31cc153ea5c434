"""Custom actions: slots in, one call to the catalogue, a response and events out."""
