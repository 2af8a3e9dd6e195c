"""What goes wrong, why, and what would mend it."""

from actscope.diagnose.diagnosis import Diagnosis, Evidence, TestedProblem, Verdict, diagnose
from actscope.diagnose.log import Log
from actscope.diagnose.rules import Words, read_rules
from actscope.report.document import Exhibit, Section, Table
from actscope.report.material import Material
from actscope.report.rendering import figure
from actscope.report.vocabulary import HEADS, VERDICTS


def section(material: Material) -> Section:
    """The plan of improvement first, then each problem with its evidence."""
    say = material.say
    log = Log(
        material.acts,
        actors=material.actors,
        plan=material.plan,
        cases=material.cases,
        seed=material.seed,
    )
    found = diagnose(log, read_rules())
    return Section(
        id="diagnosis",
        title=say("Problems, causes, countermeasures", "问题、原因与对策"),
        exhibits=[
            Exhibit(
                title=say("What would mend it", "改进建议"),
                lead=_advice_lead(material, found),
                table=_plan(material, found) if any(found.plan.values()) else None,
                n=found.n,
            ),
            *(_problem(material, problem) for problem in found.problems),
        ],
    )


def _advice_lead(material: Material, found: Diagnosis) -> str:
    shown = sum(one.verdict is Verdict.SHOWN for one in found.problems)
    total = len(found.problems)
    told = material.say(
        f"{shown} of {total} problems show; {found.tested} bounds were tested, of which some show "
        "by chance. Advice stands only where the problem shows and the cause holds.",
        f"{total} 个问题中有 {shown} 个成立；共检验 {found.tested} 项界限，其中个别可能出于偶然。"
        "仅在问题与原因均成立时给出对策。",
    )
    if any(found.plan.values()) or not shown:
        return told
    none = material.say(
        "Here no cause that was tested holds for a problem that shows.",
        "已成立的问题中，所检验的原因均未成立。",
    )
    return f"{told} {none}"


def _plan(material: Material, found: Diagnosis) -> Table:
    say = material.say
    return Table(
        head=(say("under", "类别"), say("countermeasure", "对策"), say("against", "针对")),
        rows=[
            (_of(HEADS[head], material), _said(advice.words, material), advice.problem)
            for head, advices in found.plan.items()
            for advice in advices
        ],
    )


def _problem(material: Material, problem: TestedProblem) -> Exhibit:
    say = material.say
    worst = "; ".join(material.name(one.who) for one in problem.evidence.worst)
    lead = f"{_of(VERDICTS[problem.verdict.value], material)} · {_against(problem.evidence)}"
    if worst and problem.verdict is Verdict.SHOWN:
        lead += f" · {say('worst', '最突出')}: {worst}"
    return Exhibit(
        title=_said(problem.words, material),
        lead=lead,
        table=Table(
            head=(
                say("possible cause", "可能原因"),
                say("verdict", "结论"),
                say("evidence", "证据"),
                say("would be refuted by", "何种证据可推翻"),
            ),
            rows=[
                (
                    _said(cause.words, material),
                    _of(VERDICTS[cause.verdict.value], material),
                    _against(cause.evidence),
                    _said(cause.refuted_by, material),
                )
                for cause in problem.causes
            ],
        ),
        definition=problem.evidence.definition,
        n=problem.evidence.n,
        missing=problem.evidence.missing,
    )


def _against(evidence: Evidence) -> str:
    bound = evidence.bound
    limit = f"< {bound.below:g}" if bound.below is not None else f"> {bound.above:g}"
    interval = (
        f" [{figure(evidence.lower)}; {figure(evidence.upper)}]"
        if evidence.lower is not None
        else ""
    )
    return f"{figure(evidence.value)}{interval} ({limit}, n {evidence.n})"


def _said(words: Words, material: Material) -> str:
    return material.say(words.en, words.zh)


def _of(words: tuple[str, str], material: Material) -> str:
    return material.say(*words)
