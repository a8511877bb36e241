"""Measurements, as ratios against bare baselines in the same run; `make bench` runs them."""
