"""Every number of the model, read from the tables of ODD.md, appendix A."""
from pathlib import Path
from types import SimpleNamespace

ODD = Path(__file__).resolve().parents[2] / "ODD.md"


def rows(table):
    """The rows of a generated table, each a list of its cells."""
    text = ODD.read_text(encoding="utf-8")
    body = text.split(f"<!-- generated: {table} -->")[1].split("<!-- end -->")[0]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in body.strip().splitlines()[2:]]


def number(text):
    """A number, or a quotient of two."""
    top, _, bottom = text.partition("/")
    return float(top) / float(bottom) if bottom else float(top)


C = SimpleNamespace(**{row[0]: number(row[1]) for row in rows("constants")})
DEFAULTS = {row[0]: number(row[3]) for row in rows("parameters")}


def parameters(changes):
    """The parameters, p.section.key, at their defaults but for the changes."""
    unknown = set(changes) - set(DEFAULTS)
    if unknown:
        raise ValueError(f"no such parameter: {sorted(unknown)}")
    p = SimpleNamespace()
    for name, value in {**DEFAULTS, **changes}.items():
        section, key = name.split(".")
        if not hasattr(p, section):
            setattr(p, section, SimpleNamespace())
        setattr(getattr(p, section), key, float(value))
    return p
