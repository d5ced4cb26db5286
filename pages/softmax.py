"""What softmax does."""
