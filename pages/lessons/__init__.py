"""What learners read: one folder a lesson."""
