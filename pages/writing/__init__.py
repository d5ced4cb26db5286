"""Numbers, words and colours as they are written: pure, without Streamlit."""
