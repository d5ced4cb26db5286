"""What a trained model's confidence is worth: the model that is judged, and what is shown of it."""
