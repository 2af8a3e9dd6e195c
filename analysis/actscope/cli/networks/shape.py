"""The form of what the sub-command ``network`` says."""

from typing import Any

SHAPE_OF_ONE: Any = {
    "by": "the value of --by, or null",
    "n": "actors, those without ties too",
    "m": "ties; an undirected one counts once",
    "directed": "whether ties have a direction",
    "isolates": "actors without ties",
    "self_ties": "rows from an actor to itself, set aside",
    "zero_ties": "rows of weight 0, which are no ties",
    "repeated": "rows of a pair that came before, added to it",
    "missing": {
        "by": "rows without a value in the column --by",
        "unlisted": "actors in the ties that the table of nodes does not list",
    },
    "suppressed": "few_units when too few actors have ties and nothing is shown, else null",
    "density": "ties ÷ possible ties",
    "reciprocity": "share of directed ties that are returned; null when undirected",
    "transitivity": "closed paths of two ties ÷ all",
    "clustering": "mean local clustering, over actors with two neighbours or more",
    "assortativity": "correlation of the degrees at both ends of a tie",
    "components": "connected parts, whatever the direction of ties",
    "strong_components": "parts in which each reaches each along ties",
    "largest_component": "actors in the largest part",
    "centralization": {
        "degree": "0 … 1; in + out when directed",
        "in_degree": "null when undirected",
        "out_degree": "null when undirected",
        "betweenness": "0 … 1",
        "closeness": "null where somebody cannot be reached or betweenness was sampled",
    },
    "actors": [
        {
            "id": "the actor",
            "in_degree": "ties that come in",
            "out_degree": "ties that go out",
            "betweenness": "pairs that it stands between, not normalised",
            "eigenvector": "0 … 1; null where not defined",
            "pagerank": "share; all add up to 1",
            "constraint": "Burt's; null without ties",
            "core": "whether it belongs to the core",
            "community": "number of its community, 1 the largest",
        }
    ],
    "more": [
        {
            "id": "the actor",
            "in_strength": "weight that comes in",
            "out_strength": "weight that goes out",
            "closeness": "null where somebody cannot be reached",
            "clustering": "share of its pairs of neighbours that are tied",
            "coreness": "0 … 1",
            "betweenness_error": "standard error when sampled, else null",
        }
    ],
    "betweenness": {
        "pivots": "how many actors paths were followed from; null: all (exact)",
        "error": "95 % half width of the actor with the widest; null when exact",
        "relative_error": "the same ÷ number of pairs",
        "bound": "no actor is farther off, with 95 % confidence; null when exact",
    },
    "core_periphery": {
        "size": "actors in the core",
        "correlation": "of ties with the ideal pattern",
        "fit": "correlation of ties with the products of coreness",
    },
    "communities": {
        "number": "how many",
        "modularity": "of the division",
        "runs": "seeds tried",
        "stability": "mean adjusted Rand index between the seeds",
    },
    "failures": [
        {
            "id": "an actor without whom a part falls apart",
            "parts": "into how many",
            "largest": "actors left in the largest part of the network",
            "pairs_cut": "pairs of others that can no longer reach each other",
            "share": "the same ÷ pairs of others that could",
        }
    ],
    "groups": {
        "<column>": {
            "ei": "E–I index, −1 … 1",
            "z": "against labels handed out anew",
            "p": "two-sided",
            "mixing": {"labels": ["label"], "ties": [["ties from row to column"]]},
        }
    },
    "group_tests": {
        "<column>": {
            "n": "actors with a label",
            "missing": "actors without",
            "ties_missing": "ties of these, left out",
            "mean": "of E–I over the permutations",
            "sd": "likewise",
            "permutations": "how many",
            "exact": "whether these are all there are",
        }
    },
    "brokerage": {
        "<column>": {
            "roles": ["name of the role"],
            "count": ["how often, in the order of roles"],
            "expected": ["by chance at this density"],
            "z": ["distance in standard deviations"],
            "actors": [{"id": "the actor", "count": ["how often, in the order of roles"]}],
        }
    },
    "change": {
        "before": "the value of --by that it is compared with",
        "ties": {
            "r": "QAP correlation",
            "p_greater": "one-sided",
            "p_two_sided": "two-sided",
            "permutations": "how many",
            "exact": "whether these are all",
        },
        "centralities": [
            {
                "measure": "which",
                "n": "actors that have it in both",
                "missing": "actors that have not",
                "rho": "Spearman's",
                "p": "two-sided",
                "p_holm": "corrected for the number of measures",
            }
        ],
    },
    "plan": {
        "planned": "ties planned",
        "actual": "ties",
        "both": "ties that are both",
        "jaccard": "both ÷ either",
        "kept": "both ÷ planned",
        "blocking": [["planned and not come about: source, target"]],
        "emergent": [["come about and not planned: source, target"]],
        "unplanned_actors": ["in no plan"],
    },
    "definition": {"<measure>": {"en": "formula", "zh": "公式", "source": "where it is from"}},
}
"""The JSON of one network."""
