"""Floor 2: what is remembered from run to run, in SQLite or PostgreSQL.

`port.Store` is what the program asks of it, `choose.open_store` opens one. Facts are stored and verdicts are derived:
nothing here knows what is broken. Importing `port` and `choose` costs nothing; SQLAlchemy comes with the first store
that is opened.
"""
