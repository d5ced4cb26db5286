"""Texts that would come alive where Markdown, HTML, LaTeX or Plotly reads them."""

# Each piece of markup holds EVIL, so that what came alive can be found by it.
PIECES = (
    "<b>EVIL</b>",
    "[EVIL](https://evil.example/login)",
    "![EVIL](http://evil.example/x.png)",
    "<https://evil.example/EVIL>",
    "http://evil.example/EVIL",
    "www.evil.example/EVIL?b=c",
    "EVIL.user@evil.example",
    "$\\huge\\text{EVIL}$",
    "$$EVIL$$",
    "~~EVIL~~ ~EVIL~",
    "**EVIL** _EVIL_ *EVIL*",
    "`EVIL`",
    "<img src=//evil.example>",
    ":red[EVIL] :blue-background[EVIL] :small[EVIL]",
    ":material/home: :streamlit: :smile:",
    "[^EVIL] [EVIL] [EVIL][1]",
    "&lt;EVIL&gt; &#69;",
    "a -> <- <-> -- >= <= ~= b",
    "| EVIL |",
    "{name} \\EVIL \\[EVIL\\] \\(EVIL\\)",
)
MARKUP = " ".join(PIECES)
BEGINNINGS = (
    "# EVIL",
    "- EVIL",
    "1. EVIL",
    "1) EVIL",
    "> EVIL",
    "    EVIL",
    "+ EVIL",
    "---",
    "===",
)
CSV_NAMES = (
    "<b>EVIL</b> www.evil.example/EVIL",
    "[EVIL](http://evil.example) **EVIL**",
    "$\\huge\\text{EVIL}$ EVIL@evil.example",
    "![EVIL](http://evil.example/x.png)",
    "<i>EVIL</i> :red[EVIL] `EVIL`",
    "www.evil.example [EVIL](x) EVIL@evil.example **EVIL** $EVIL$",
)
