"""The lessons in teaching order, each a script of its name in pages/."""

LESSONS = ("softmax", "jacobian", "any_loss", "stability", "network")
