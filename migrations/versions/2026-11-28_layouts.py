"""What somebody said of how a file is laid out that is going to be imported."""

import sqlalchemy as sa
from alembic import op

revision = "layouts"
down_revision = "former_upns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("upload", sa.Column("layout", sa.Text(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("upload", "layout")
