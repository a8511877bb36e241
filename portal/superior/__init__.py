"""The superior's route on both sides: own rows, own numbers, own folder; no relay touches it."""
