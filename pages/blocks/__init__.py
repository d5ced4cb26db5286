"""What the pages share: state, links, wording, controls, figures and the bench."""
