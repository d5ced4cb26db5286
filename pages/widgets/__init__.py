"""Streamlit furniture that several lessons use."""
