"""What stands between a browser and Streamlit: paths, origins, headers, files, descriptors."""
