"""What a learner types, read."""
