"""Parses one DAG file again and again, as a DAG processor does, and tells what came of it.

usage: PYTHON parse.py DAG_FILE, where PYTHON is what environment.sh printed

Each line of standard input is a JSON object with the `environment` variables of one parse. Each line of standard output is
the outcome: the DAGs as Airflow serialises them, without where they come from; what their containers would be; and what
the call of each of their Python tasks returns or raises. Where the object says `brief`, a DAG is told by the calls alone.
"""

import contextlib
import json
import os
import sys
import time
from pathlib import Path

outcomes = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:
    from airflow.models.dagbag import DagBag
try:
    from airflow.serialization.serialized_objects import DagSerialization
except ImportError:
    from airflow.serialization.serialized_objects import SerializedDAG as DagSerialization

SOURCE = ("fileloc", "relative_fileloc", "_processor_dags_folder")


def parse(path, variables, brief):
    bag = DagBag(dag_folder=str(path.parent), collect_dags=False)
    with environment(variables):
        began = time.monotonic()
        dags = bag.process_file(str(path), only_if_updated=False)
        seconds = time.monotonic() - began
        return {
            "seconds": seconds,
            "import_errors": [text for text in bag.import_errors.values()],
            "dags": {dag.dag_id: describe(dag, brief) for dag in dags},
        }


@contextlib.contextmanager
def environment(variables):
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def describe(dag, brief):
    calls = [call(task) for task in dag.tasks if hasattr(task, "python_callable")]
    if brief:
        return {"calls": calls}
    serialised = json.loads(json.dumps(DagSerialization.to_dict(dag), sort_keys=True))
    for member in SOURCE:
        serialised["dag"].pop(member, None)
    return {
        "serialised": serialised,
        "doc": dag.doc_md,
        "pods": {task.task_id: pod(task) for task in dag.tasks if hasattr(task, "build_pod_request_obj")},
        "calls": calls,
    }


def pod(task):
    """The container, but for the random end of its name."""
    document = task.build_pod_request_obj().to_dict()
    document["metadata"]["name"] = document["metadata"]["name"].rsplit("-", 1)[0]
    return document


def call(task):
    outcome = {"task_id": task.task_id, "returns": None, "raises": None}
    try:
        outcome["returns"] = task.python_callable()
    except Exception as error:
        outcome["raises"] = f"{type(error).__name__}: {error}"
    return outcome


def main():
    path = Path(sys.argv[1]).resolve()
    for line in sys.stdin:
        request = json.loads(line)
        outcome = parse(path, request.get("environment", {}), request.get("brief", False))
        json.dump(outcome, outcomes)
        outcomes.write("\n")
        outcomes.flush()


if __name__ == "__main__":
    main()
