"""The app: one thin script a lesson, found by `pages/router.py`."""
