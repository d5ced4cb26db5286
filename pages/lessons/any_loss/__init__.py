"""The lab of the lesson on any loss: a gradient through softmax, squared error, a typed loss."""
