"""``PYTHON peer_pm4py.py MEASURE FILE``: the same measure by pm4py, run by an interpreter that has
it. pm4py is under the AGPL: it is measured beside the product and is no part of it.

Prints the JSON of ``contestants``.
"""

import json
import resource
import sys
import time

import pandas as pd
import pm4py


def main(measure: str, file: str) -> int:
    """The command."""
    began, worked = time.perf_counter(), time.process_time()
    frame = pd.read_parquet(file, columns=["about_id", "at", "by_unit", "kind"])
    frame = pm4py.format_dataframe(
        frame, case_id="about_id", activity_key="kind", timestamp_key="at"
    )
    frame["org:resource"] = frame["by_unit"]
    if measure == "hand_overs":
        found = len(pm4py.discover_handover_of_work_network(frame).connections)
    else:
        found = len(pm4py.discover_performance_dfg(frame, perf_aggregation_key="median")[0])
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    result = {"seconds": seconds, "cpu": cpu, "runs": 1, "peak": peak}
    print(json.dumps({**result, "found": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
