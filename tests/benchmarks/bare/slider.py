"""The floor of every edit: the least a Streamlit app can do."""

import streamlit as st

st.text(st.slider("value", 0.0, 10.0, step=0.1))
