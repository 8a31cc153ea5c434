"""What all rooms share: domain models, errors, settings, clock, ids. Imports no other room."""
