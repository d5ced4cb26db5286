"""The lab on checking a gradient: the error against the step, and slips to find."""
