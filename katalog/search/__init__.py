"""Finding the service that a citizen means: four views on the same texts, fused into one calibrated probability."""
