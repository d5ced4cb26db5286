"""Practice: exercises that are judged at once."""

from pages.practice.screen import show_practice

show_practice()
