"""Training softmax regression: the data, the run, and what is shown of them."""
