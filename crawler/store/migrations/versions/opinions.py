"""What archives have said."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """A table of its own, since it is no observation."""
    op.create_table(
        "opinions",
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("copy", sa.Text()),
        sa.Column("asked_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="opinions_pkey"),
    )
