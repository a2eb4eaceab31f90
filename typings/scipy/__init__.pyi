"""What Warmline uses of scipy, which has no annotations: guessing them from its source takes seconds."""
