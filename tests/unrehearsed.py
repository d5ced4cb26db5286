"""`streamlit`, but the app does not prepare for a class: a test shows a few pages of it.

To prepare is to run all lessons and exercises once and to ready the process that judges, 13 s of a
processor. It is found as a module from the project's folder alone.
"""

import math
import sys

from streamlit.web.cli import main

from pages.browser.serving import housekeeping

if __name__ == "__main__":
    housekeeping.FIRST = math.inf  # s
    sys.exit(main())
