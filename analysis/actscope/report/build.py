"""A report out of tables: the same tables and the same version give the same report."""

from collections.abc import Callable, Sequence

from actscope import __version__
from actscope.report.document import Document, Section
from actscope.report.material import Material
from actscope.report.sections import diagnosis, flow, gaps, overview, when, who

SECTIONS: Sequence[Callable[[Material], Section]] = (
    overview.section,
    who.section,
    when.section,
    gaps.section,
    flow.section,
    diagnosis.section,
)


def build(
    material: Material, *, title: str = "", facts: Sequence[tuple[str, str]] = ()
) -> Document:
    """The report. ``facts``: what else it was made from (a place in a ledger, a file's name)."""
    say = material.say
    return Document(
        language=material.language,
        title=title or say("How well was it done together?", "协同得如何？"),
        lead=say(
            "Measures are for learning. They speak of units, not of persons, and each stands on "
            "the acts that were written down.",
            "指标用于学习改进；只涉及单位，不涉及个人；每项指标均以已记录的行为为依据。",
        ),
        facts=[
            ("actscope", __version__),
            (say("seed", "随机种子"), str(material.seed)),
            *facts,
        ],
        # Nothing can be told of nothing: what the figures rest on says so.
        sections=[make(material) for make in SECTIONS[: None if material.acts.num_rows else 1]],
    )
