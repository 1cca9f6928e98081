"""Shows that the judge sees what is right and what is wrong with a DAG file.

usage: PYTHON judge_test.py, where PYTHON is what environment.sh printed
"""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

JUDGE = Path(__file__).with_name("judge.py")

DAG_FILE = """\
{first_line}
import pendulum
from airflow import DAG

with DAG(
    dag_id="{dag_id}",
    schedule={schedule},
    start_date=pendulum.parse("2025-01-01", tz="UTC"),
    catchup=False,
    tags=["b", "a"],
) as dag:
    pass
"""

GROUPS = """\
import pendulum

try:
    from airflow.sdk import DAG, BaseOperator, TaskGroup
except ImportError:
    from airflow import DAG
    from airflow.models import BaseOperator
    from airflow.utils.task_group import TaskGroup


class Operator(BaseOperator):
    pass


with DAG(
    dag_id="groups",
    description="Has groups",
    schedule="@daily",
    start_date=pendulum.parse("2025-01-01", tz="UTC"),
    catchup=False,
    tags=["b", "a"],
    default_args={"retries": 3},
) as dag:
    first = Operator(task_id="first")
    with TaskGroup("outer"):
        with TaskGroup("inner"):
            second = Operator(task_id="second", retries=0, trigger_rule="all_done")
    first >> second
"""

UNREGISTERED_TIMETABLE = """\
import pendulum
from airflow import DAG
from airflow.timetables.interval import CronDataIntervalTimetable


class Unregistered(CronDataIntervalTimetable):
    pass


with DAG(
    dag_id="unregistered",
    schedule=Unregistered("@daily", timezone=pendulum.timezone("UTC")),
    start_date=pendulum.parse("2025-01-01", tz="UTC"),
    catchup=False,
) as dag:
    pass
"""


def dag_file(dag_id, schedule=None, first_line=""):
    return DAG_FILE.format(dag_id=dag_id, schedule=repr(schedule), first_line=first_line)


FILES = {
    "groups.py": GROUPS,
    "by_hand.py": dag_file("by_hand"),
    "first_of_two.py": dag_file("twin"),
    "second_of_two.py": dag_file("twin"),
    "bad_schedule.py": dag_file("bad_schedule", schedule="61 * * * *"),
    "syntax.py": dag_file("syntax", first_line="def"),
    "exits.py": dag_file("exits", first_line="raise SystemExit(3)"),
    "unregistered.py": UNREGISTERED_TIMETABLE,
    "warns.py": dag_file("warns", first_line="import warnings; warnings.warn('mine', FutureWarning)"),
    "escapes.py": dag_file("escapes", first_line=r"'\d'"),
    # A module warns only when it is first imported.
    "imports_old.py": dag_file("imports_old", first_line="import nntplib"),
    "imports_old_again.py": dag_file("imports_old_again", first_line="from nntplib import NNTP"),
}


class JudgeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in FILES.items():
                Path(folder, name).write_text(text)
            judged = subprocess.run([sys.executable, JUDGE, folder], stdout=subprocess.PIPE, text=True, check=False)
        cls.exit_code = judged.returncode
        cls.files = {file["path"]: file for file in json.loads(judged.stdout)["files"]}

    def test_every_file_is_judged(self):
        self.assertEqual(sorted(self.files), sorted(FILES))
        self.assertEqual(self.exit_code, 1)

    def test_what_a_dag_holds(self):
        task = {"operator": "Operator", "decorator": None, "trigger_rule": "all_success", "retries": 3, "group": None}
        dag = {
            "dag_id": "groups",
            "description": "Has groups",
            "schedule": "@daily",
            "catchup": False,
            "tags": ["a", "b"],
            "tasks": [
                task | {"task_id": "first", "downstream": ["outer.inner.second"]},
                task
                | {
                    "task_id": "outer.inner.second",
                    "downstream": [],
                    "trigger_rule": "all_done",
                    "retries": 0,
                    "group": "outer.inner",
                },
            ],
            "groups": [{"group_id": "outer", "parent": None}, {"group_id": "outer.inner", "parent": "outer"}],
            "partial": False,
        }
        self.assert_found("groups.py")
        self.assertEqual(self.files["groups.py"]["dags"], [dag])

    def test_no_schedule(self):
        self.assert_found("by_hand.py")
        self.assertIsNone(self.files["by_hand.py"]["dags"][0]["schedule"])

    def test_import_errors(self):
        for name, text in {
            "syntax.py": "SyntaxError",
            "exits.py": "SystemExit",
            "bad_schedule.py": "61 * * * *",
            "second_of_two.py": "twin",
        }.items():
            with self.subTest(name):
                self.assert_found(name, import_errors=1)
                self.assertIn(text, self.files[name]["import_errors"][0])
        self.assert_found("first_of_two.py")

    def test_serialisation_errors(self):
        self.assert_found("unregistered.py", serialisation_errors=1)
        self.assertIn("not registered", self.files["unregistered.py"]["serialisation_errors"]["unregistered"])

    def test_warnings(self):
        for name, text in {
            "warns.py": "mine",
            "escapes.py": "invalid escape",
            "imports_old.py": "nntplib",
            "imports_old_again.py": "nntplib",
        }.items():
            with self.subTest(name):
                self.assert_found(name, warnings=1)
                warning = self.files[name]["warnings"][0]
                self.assertIn(text, warning["message"])
                self.assertEqual(warning["line"], 1)

    def assert_found(self, name, **expected):
        found = {kind: len(self.files[name][kind]) for kind in ("import_errors", "serialisation_errors", "warnings")}
        self.assertEqual(found, dict.fromkeys(found, 0) | expected)


if __name__ == "__main__":
    unittest.main()
