"""The ways in for citizens: the gateway and one folder per channel. Imports core and language only."""
