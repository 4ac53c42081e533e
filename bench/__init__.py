"""What Handrail costs, as ratios in one run. `python -m bench` prints the table."""
