"""The demo: a small web inside the process and sample records that name it."""
