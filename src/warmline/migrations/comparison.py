"""What the comparison between the database and the models looks at."""


def keep_in_comparison(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
    """Say whether an object is compared; trigram indexes (`tg_…`) and Alembic's own table exist in SQL only."""
    if kind == "table" and name == "alembic_version":
        return False
    return not (kind == "index" and (name or "").startswith("tg_"))
