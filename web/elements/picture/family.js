// Families of operators, by which tasks are coloured, and the icon of each.

/** @type {[string, RegExp][]} */
const FAMILIES = [
  ['sensor', /Sensor(Async|Operator)?$/],
  ['branch', /Branch|ShortCircuit/],
  // `To` between two systems, as in `S3ToRedshiftOperator`.
  ['transfer', /[A-Za-z0-9]To[A-Z]/],
  ['empty', /Empty|Dummy|LatestOnly/],
  ['trigger', /TriggerDagRun/],
  ['container', /Kubernetes|Docker|Spark|Ecs|Batch|CloudRun|Container/],
  ['database', /S[Qq][Ll]|Postgres|BigQuery|Snowflake|Redshift|Trino|Oracle|Athena|Dbt/],
  ['shell', /Bash|SSH|Command/],
  ['message', /Email|Slack|Teams|Smtp|Pagerduty|Telegram|Discord/],
  ['web', /Http|Livy|Webhook/],
  ['python', /Python/],
];

/**
 * The family of an operator, as its icon and the style sheet name it.
 * @param {string} operator
 */
export const family = (operator) => FAMILIES.find(([, pattern]) => pattern.test(operator))?.[0] ?? 'other';

/**
 * What made a task, as its author wrote it: the decorator, or the class of the operator.
 * @param {{operator: string | null, decorator?: string}} task
 */
export const shown = ({ operator, decorator }) => decorator ?? operator ?? '?';

/** The lines of each icon, as an SVG path in a square of 24. */
export const LINES = {
  container: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  python: 'M8 8l-4 4 4 4M16 8l4 4-4 4M13.5 6l-3 12',
  shell: 'M5 7l5 5-5 5M12 17h7',
  database:
    'M5 6c0-1.7 3.1-3 7-3s7 1.3 7 3-3.1 3-7 3-7-1.3-7-3zM5 6v12c0 1.7 3.1 3 7 3s7-1.3 7-3V6M5 12c0 1.7 3.1 3 7 3s7-1.3 7-3',
  sensor: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z',
  transfer: 'M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4',
  message: 'M3.5 6h17v12h-17zM3.5 7l8.5 6.5L20.5 7',
  branch: 'M6 4v16M6 14c0-4 12-2 12-8M18 3.5v5',
  web: 'M12 3a9 9 0 100 18 9 9 0 000-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  empty: 'M12 6a6 6 0 100 12 6 6 0 000-12z',
  trigger: 'M8 5l11 7-11 7z',
  other: 'M5 5h14v14H5z',
};
