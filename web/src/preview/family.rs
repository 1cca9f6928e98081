//! Families of operators, by which tasks are coloured.

/// The family of an operator, as icon and CSS class name it.
pub fn family(operator: &str) -> &'static str {
    let has = |words: &[&str]| words.iter().any(|word| operator.contains(word));
    if operator.ends_with("Sensor") || operator.ends_with("SensorAsync") {
        "sensor"
    } else if has(&["Branch", "ShortCircuit"]) {
        "branch"
    } else if operator.contains("To") && transfers(operator) {
        "transfer"
    } else if has(&["Empty", "Dummy", "LatestOnly"]) {
        "empty"
    } else if has(&["TriggerDagRun"]) {
        "trigger"
    } else if has(&["Kubernetes", "Docker", "Spark", "Ecs", "Batch", "CloudRun", "Container"]) {
        "container"
    } else if has(&[
        "SQL",
        "Sql",
        "Postgres",
        "MySql",
        "BigQuery",
        "Snowflake",
        "Redshift",
        "Trino",
        "Oracle",
        "Athena",
        "Dbt",
    ]) {
        "database"
    } else if has(&["Bash", "SSH", "Command"]) {
        "shell"
    } else if has(&["Email", "Slack", "Teams", "Smtp", "Pagerduty", "Telegram", "Discord"]) {
        "message"
    } else if has(&["Http", "Livy", "Webhook"]) {
        "web"
    } else if has(&["Python", "task"]) {
        "python"
    } else {
        "other"
    }
}

/// Whether `To` stands between two systems, as in `S3ToRedshiftOperator`.
fn transfers(operator: &str) -> bool {
    operator.match_indices("To").any(|(at, _)| {
        let before = operator[..at].chars().next_back();
        let after = operator[at + 2..].chars().next();
        before
            .is_some_and(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter.is_ascii_uppercase())
            && after.is_some_and(|letter| letter.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::family;

    #[test]
    fn known_operators_have_their_family() {
        for (operator, expected) in [
            ("KubernetesPodOperator", "container"),
            ("PythonOperator", "python"),
            ("BranchPythonOperator", "branch"),
            ("ExternalTaskSensor", "sensor"),
            ("S3ToRedshiftOperator", "transfer"),
            ("SQLExecuteQueryOperator", "database"),
            ("BashOperator", "shell"),
            ("EmptyOperator", "empty"),
            ("TriggerDagRunOperator", "trigger"),
            ("SimpleHttpOperator", "web"),
            ("HttpOperator", "web"),
            ("EmailOperator", "message"),
            ("TokenOperator", "other"),
        ] {
            assert_eq!(family(operator), expected, "{operator}");
        }
    }
}
