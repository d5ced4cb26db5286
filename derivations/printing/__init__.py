"""Lines as LaTeX and as plain text, with numbers in them, and whole documents."""
