"""xinyong (信用): a rules engine for graded credit management."""
