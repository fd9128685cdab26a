"""Observations that only confirmed an earlier one, and which validators are of no use."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add their columns, which are NULL for whatever was observed before."""
    op.add_column("observations", sa.Column("read_at", sa.Double()))
    op.add_column("observations", sa.Column("distrusted", sa.Text()))
