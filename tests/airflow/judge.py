"""What one real Airflow makes of folders of DAG files.

usage: PYTHON judge.py DAGS_FOLDER..., where PYTHON is what environment.sh printed

Prints one JSON document. The keys of a DAG, its tasks and its groups are those of `dagwright graph --json`, so that the
two can be compared for equality, but for `schedule`: what starts a DAG, whoever said so. Exit code: 0 nothing found, 1 an error or a warning found, 2 could not run.
"""

import os
import sys
import tempfile

AIRFLOW_HOME = tempfile.TemporaryDirectory(prefix="airflow-judge-")
os.environ.update(
    {
        "AIRFLOW_HOME": AIRFLOW_HOME.name,
        "AIRFLOW__CORE__DAGS_FOLDER": AIRFLOW_HOME.name,
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }
)

# Airflow 3 logs to standard output, where only the verdict belongs.
verdict_stream = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import ast
import json
import warnings
from datetime import timedelta
from pathlib import Path

IMPORT_MACHINERY = "<frozen importlib"


class WarningRecorder:
    """Finds the warnings that a DAG file is to blame for.

    The file is to blame for what is raised by the code it calls and by the modules it imports by name, but not for what
    those modules import in turn. A module warns only when it is first imported, so what it said then is remembered for
    every later file that imports it.

    Airflow records the warnings of a file itself and raises them again without the stack that led to them. Hence the
    stack is looked at here, where a warning is born.
    """

    def __init__(self):
        self.path = None
        self.found = []
        self.said_on_import = {}
        self.warn = warnings.warn
        warnings.warn = self

    def __call__(self, message, category=None, stacklevel=1, *arguments, **keywords):
        if self.path is not None:
            kind = type(message) if isinstance(message, Warning) else category or UserWarning
            self.trace(sys._getframe(1), kind.__name__, str(message))
        return self.warn(message, category, stacklevel + 1, *arguments, **keywords)

    def trace(self, frame, category, message):
        imports = 0
        imported = None
        inner_is_import = False
        while frame is not None and frame.f_code.co_filename != self.path:
            is_import = frame.f_code.co_filename.startswith(IMPORT_MACHINERY)
            if is_import and not inner_is_import:
                imports += 1
            if not is_import:
                imported = frame.f_globals.get("__name__")
            inner_is_import = is_import
            frame = frame.f_back
        if frame is None or imports > 1:
            return
        if imports == 1:
            self.said_on_import.setdefault(imported, []).append((category, message))
        self.add(category, message, frame.f_lineno)

    def add(self, category, message, line):
        warning = {"category": category, "message": message, "line": line}
        if warning not in self.found:
            self.found.append(warning)

    def watch(self, path):
        self.path = str(path)
        self.found = []
        for module, line in imported_modules(path):
            for category, message in self.said_on_import.get(module, []):
                self.add(category, message, line)

    def finish(self, raised):
        """Adds what Python itself raised about the file, such as an invalid escape, which never passes through warn()."""
        for warning in raised:
            message = str(warning.message)
            if warning.filename == self.path and message not in (known["message"] for known in self.found):
                self.add(warning.category.__name__, message, warning.lineno)
        self.path = None
        return sorted(self.found, key=lambda warning: (warning["line"], warning["message"]))


def imported_modules(path):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(path.read_bytes())
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


recorder = WarningRecorder()

import airflow

try:
    from airflow.dag_processing.dagbag import DagBag
except ImportError:
    from airflow.models.dagbag import DagBag
try:
    from airflow.serialization.serialized_objects import DagSerialization
except ImportError:
    from airflow.serialization.serialized_objects import SerializedDAG as DagSerialization


def judge(folders):
    return {"airflow": airflow.__version__, "files": [file for folder in folders for file in judge_folder(folder)]}


def judge_folder(folder):
    """Each folder is one installation's: the same DAG may be in several folders, but not twice in one."""
    bag = DagBag(dag_folder=str(folder), collect_dags=False)
    return [{"folder": str(folder), **judge_file(bag, path, folder)} for path in sorted(folder.rglob("*.py"))]


def judge_file(bag, path, folder):
    recorder.watch(path)
    serialisation_errors = {}
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        try:
            dags = bag.process_file(str(path), only_if_updated=False)
        except SystemExit as error:
            # Airflow 2 lets it end the process.
            dags = []
            bag.import_errors[str(path)] = f"SystemExit: {error}"
        for dag in dags:
            try:
                text = json.dumps(DagSerialization.to_dict(dag))
                DagSerialization.from_dict(json.loads(text))
            except Exception as error:
                serialisation_errors[dag.dag_id] = f"{type(error).__name__}: {error}"
    return {
        "path": path.relative_to(folder).as_posix(),
        "import_errors": [text for file, text in bag.import_errors.items() if file == str(path)],
        "serialisation_errors": serialisation_errors,
        "warnings": recorder.finish(raised),
        "dags": [describe_dag(dag) for dag in dags],
    }


def describe_dag(dag):
    # Airflow 2 keeps the argument in `schedule_interval`, Airflow 3 in `schedule`.
    schedule = getattr(dag, "schedule_interval", None) or getattr(dag, "schedule", None)
    groups = {task_id: group for group in dag.task_group_dict.values() for task_id in group.children}
    return {
        "dag_id": dag.dag_id,
        "schedule": waits_for(dag) or (str(schedule) if isinstance(schedule, str | timedelta) else None),
        "catchup": dag.catchup,
        "tags": sorted(set(dag.tags)),
        "tasks": [describe_task(task, groups.get(task.task_id)) for task in dag.tasks],
        "groups": [
            {"group_id": group.group_id, "parent": group.task_group.group_id if group.task_group else None}
            for group in dag.task_group_dict.values()
            if group.group_id is not None
        ],
        "partial": False,
    } | ({"description": dag.description} if dag.description else {})


def waits_for(dag):
    """The assets (Airflow 2: datasets) that start a DAG, with `&` or `|` between; nothing where something else does."""
    timetable = dag.timetable
    condition = getattr(timetable, "asset_condition", None) or getattr(timetable, "dataset_condition", None)
    if condition:
        return joined(condition)
    # Before 2.9 a DAG keeps a list, and waits for all of it.
    triggers = getattr(dag, "dataset_triggers", None)
    return " & ".join(dataset.uri for dataset in triggers) if isinstance(triggers, list) else None


def joined(condition):
    """The notation of assets; of what is neither an asset nor a list of them, such as an alias, the name of its class."""
    objects = getattr(condition, "objects", None)
    if objects is None:
        return getattr(condition, "uri", type(condition).__name__)
    joint = " | " if type(condition).__name__.endswith("Any") else " & "
    inner = [joined(item) if hasattr(item, "uri") else f"({joined(item)})" for item in objects]
    return joint.join(inner)


def describe_task(task, group):
    # The task of an `@asset` has no name for its decorator.
    names = {"_AssetMainOperator": "@asset"}
    decorator = names.get(task.task_type, task.operator_name)
    return {
        "task_id": task.task_id,
        "operator": task.task_type,
        "decorator": decorator if decorator.startswith("@") else None,
        "downstream": sorted(task.downstream_task_ids),
        "trigger_rule": getattr(task.trigger_rule, "value", task.trigger_rule),
        "retries": int(task.retries or 0),
        "group": group.group_id if group else None,
    }


def main():
    folders = [Path(argument).resolve() for argument in sys.argv[1:]]
    if not folders or not all(folder.is_dir() for folder in folders):
        print(__doc__, file=sys.stderr)
        return 2
    verdict = judge(folders)
    json.dump(verdict, verdict_stream, indent=2)
    verdict_stream.write("\n")
    verdict_stream.flush()
    kinds = ("import_errors", "serialisation_errors", "warnings")
    return int(any(file[kind] for file in verdict["files"] for kind in kinds))


if __name__ == "__main__":
    sys.exit(main())
