"""Stands for the operators of a company, which the reader cannot see."""

from airflow.models import BaseOperator

TABLES = ["orders"]


class AuditOperator(BaseOperator):
    pass


def notify(task):
    pass
