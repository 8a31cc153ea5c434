"""The service catalogue: import, search, service facts, offices. Other rooms reach it by ``katalog.client`` only."""
