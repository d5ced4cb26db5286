"""`streamlit` without what a server prepares for a class: a test's server shows a few pages.

It runs all lessons and exercises once, and readies the process that judges: 13 s of a processor.
"""

import math
import sys

from streamlit.web.cli import main

from pages.browser.serving import housekeeping

if __name__ == "__main__":
    housekeeping.FIRST = math.inf  # s
    sys.exit(main())
