"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make them all."""
    op.create_table(
        "runs",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("started_at", sa.Double(), nullable=False),
        sa.Column("finished_at", sa.Double()),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("inputs", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="runs_pkey"),
    )
    op.create_table(
        "links",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="links_pkey"),
        sa.UniqueConstraint("key", name="links_key_key"),
    )
    op.create_table(
        "observations",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("link_id", NUMBER, nullable=False),
        sa.Column("run_id", NUMBER, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("observed_at", sa.Double(), nullable=False),
        sa.Column("status", sa.SmallInteger()),
        sa.Column("reason", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("elapsed", sa.Double(), nullable=False),
        sa.Column("hops", sa.Text()),
        sa.Column("metadata", sa.Text()),
        sa.Column("failure", sa.Text()),
        sa.Column("evidence", sa.Text()),
        sa.Column("cert_expires", sa.Double()),
        sa.Column("retry_after", sa.Double()),
        sa.PrimaryKeyConstraint("id", name="observations_pkey"),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name="observations_link_id_fkey"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="observations_run_id_fkey"),
    )
    op.create_index("observations_link_id_observed_at", "observations", ["link_id", "observed_at"])
    op.create_index("observations_run_id", "observations", ["run_id"])
    op.create_table(
        "records",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("path", sa.Text()),
        sa.Column("run_id", NUMBER),
        sa.Column("problems", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="records_pkey"),
        sa.UniqueConstraint("key", name="records_key_key"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="records_run_id_fkey"),
    )
    op.create_table(
        "articles",
        sa.Column("record_id", NUMBER, nullable=False, autoincrement=False),
        sa.Column("run_id", NUMBER, nullable=False, autoincrement=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", "run_id", "number", name="articles_pkey"),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name="articles_record_id_fkey"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="articles_run_id_fkey"),
    )
    op.create_table(
        "occurrences",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("run_id", NUMBER, nullable=False),
        sa.Column("record_id", NUMBER, nullable=False),
        sa.Column("link_id", NUMBER, nullable=False),
        sa.Column("article", sa.Integer()),
        sa.Column("written", sa.Text()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("field", sa.Text()),
        sa.Column("line", sa.Integer()),
        sa.Column("column", sa.Integer()),
        sa.Column("start", sa.Integer()),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("declared", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="occurrences_pkey"),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name="occurrences_run_id_fkey"),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name="occurrences_record_id_fkey"),
        sa.ForeignKeyConstraint(["link_id"], ["links.id"], name="occurrences_link_id_fkey"),
    )
    op.create_index("occurrences_record_id", "occurrences", ["record_id"])
    op.create_index("occurrences_link_id", "occurrences", ["link_id"])
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("host", name="hosts_pkey"),
    )
    op.create_table(
        "robots",
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.Double(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name="robots_pkey"),
    )
