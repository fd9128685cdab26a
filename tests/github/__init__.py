"""As much of GitHub as a schedule of README.md needs: its runner, and its command line with the issues behind it."""
