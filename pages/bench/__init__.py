"""The bench: the component that shows and edits logits, labels and everything that follows."""
