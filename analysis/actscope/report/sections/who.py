"""Who works with whom, in the whole and phase by phase."""

from actscope.network.roles import ROLES as ROLES_DEFINED
from actscope.network.roles import Role, RoleStates, role_states
from actscope.network.ties import Network, ties
from actscope.report.document import Exhibit, Section, Table
from actscope.report.material import Material
from actscope.report.pictures import MOST_UNITS, ring
from actscope.report.rendering import figure
from actscope.report.vocabulary import ROLES, phase, sector

TOP = 12
STRIPS = 15


def section(material: Material) -> Section:
    """The ring of ties, the heaviest ties, and the figures of each phase."""
    say = material.say
    units = [] if material.actors is None else material.actors["unit"].to_pylist()
    found = ties(material.acts, units=units)
    whole = found.whole
    exhibits = [_ring(material, whole)]
    if not whole.suppressed:
        heaviest = whole.ties.slice(0, TOP).to_pylist()
        exhibits.append(
            Exhibit(
                title=say("The heaviest ties", "最强的协作关系"),
                table=Table(
                    head=(
                        say("from", "发起方"),
                        say("to", "对方"),
                        say("weight", "强度"),
                        say("acts", "行为数"),
                    ),
                    rows=[
                        (
                            material.name(tie["source"]),
                            material.name(tie["target"]),
                            tie["weight"],
                            tie["acts"],
                        )
                        for tie in heaviest
                    ],
                ),
                definition=found.definition,
                n=whole.n,
                missing=whole.missing,
            )
        )
    exhibits.append(
        Exhibit(
            title=say("Phase by phase", "各阶段网络"),
            table=Table(
                head=(
                    say("phase", "阶段"),
                    say("acts", "行为数"),
                    say("ties", "联系数"),
                    say("units without ties", "无联系单位"),
                    say("density", "密度"),
                    say("reciprocity", "互惠度"),
                ),
                rows=[_row(material, network) for network in (whole, *found.phases)],
            ),
            definition=found.definition,
            n=found.n,
            missing=found.missing,
        )
    )
    exhibits.append(_roles(material, units))
    return Section(id="who", title=say("Who works with whom", "谁与谁协作"), exhibits=exhibits)


def _roles(material: Material, units: list[str]) -> Exhibit:
    """The strip of roles: leads and brokers first, then those who changed most."""
    say = material.say
    found = role_states(material.acts, units=units)
    order = sorted(range(len(found.units)), key=lambda place: _rank(found, place))[:STRIPS]
    return Exhibit(
        title=say("Roles from phase to phase", "各阶段角色"),
        lead=say(
            f"Mean stability {figure(found.mean_stability)}; leads and brokers first.",
            f"平均稳定性 {figure(found.mean_stability)}；牵头与居间单位在前。",
        ),
        table=Table(
            head=(
                say("unit", "单位"),
                *(phase(name, material.language) for name in found.phases),
                say("stability", "稳定性"),
            ),
            rows=[
                (
                    material.name(found.units[place]),
                    *(say(*ROLES[role.value]) for role in found.states[place]),
                    found.stability[place],
                )
                for place in order
            ],
        ),
        definition=ROLES_DEFINED,
        n=found.n,
        missing=found.missing,
    )


def _rank(found: RoleStates, place: int) -> tuple[int, int, str]:
    held = found.states[place]
    first = sum(role in (Role.LEAD, Role.BROKER) for role in held)
    return (-first, -sum(found.acts[place]), found.units[place])


def _ring(material: Material, whole: Network) -> Exhibit:
    say = material.say
    title = say("The network", "协作网络")
    if whole.suppressed:
        told = say("Fewer than three units: not shown.", "不足三个单位，不予显示。")
        return Exhibit(title=title, lead=told, n=whole.n, missing=whole.missing)
    tied = [node.unit for node in whole.nodes if node.partners]
    pairs = [(tie["source"], tie["target"], tie["weight"]) for tie in whole.ties.to_pylist()]
    shown = [
        (material.name(unit), sector(material.groups.get(unit, ""), material.language))
        for unit in tied
    ]
    drawn = [(material.name(a), material.name(b), weight) for a, b, weight in pairs]
    return Exhibit(
        title=title,
        lead=say(
            f"{len(tied)} of {whole.units} units have ties; the {min(len(tied), MOST_UNITS)} "
            "heaviest are drawn, side by side by sector.",
            f"{whole.units} 个单位中有 {len(tied)} 个存在联系；图中为强度最高的 "
            f"{min(len(tied), MOST_UNITS)} 个，按部门类别排列。",
        ),
        picture=ring(shown, drawn) if shown else "",
        n=whole.n,
        missing=whole.missing,
    )


def _row(material: Material, network: Network) -> tuple[object, ...]:
    hidden = network.suppressed is not None
    return (
        phase(network.phase, material.language),
        network.n,
        None if hidden else network.ties.num_rows,
        network.isolates,
        network.density,
        network.reciprocity,
    )
