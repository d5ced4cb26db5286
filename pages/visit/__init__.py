"""What a learner sees and all that a link holds."""
