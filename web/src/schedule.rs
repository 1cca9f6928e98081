//! Common schedules as choices, and the cron expressions that they are.

use serde_json::Value;

/// A time of the day, `hour` 0 to 23, `minute` 0 to 59.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// Hour, from 0.
    pub hour: u8,
    /// Minute, from 0.
    pub minute: u8,
}

/// How a person says when something runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Every day.
    Daily(Time),
    /// Monday to Friday.
    Weekdays(Time),
    /// Every week, on a day from 0 (Sunday) to 6.
    Weekly(u8, Time),
    /// Every month, on a day from 1 to 31.
    Monthly(u8, Time),
    /// Anything else, as a cron expression or preset.
    Cron(String),
}

impl Plan {
    /// Reads a cron expression.
    pub fn read(text: &str) -> Self {
        Self::common(text).unwrap_or_else(|| Self::Cron(text.to_owned()))
    }

    fn common(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, "*", weekday] = parts[..] else {
            return None;
        };
        let time = Time {
            hour: number(hour, 0, 23)?,
            minute: number(minute, 0, 59)?,
        };
        match (day, weekday) {
            ("*", "*") => Some(Self::Daily(time)),
            ("*", "1-5") => Some(Self::Weekdays(time)),
            ("*", weekday) => Some(Self::Weekly(number(weekday, 0, 6)?, time)),
            (day, "*") => Some(Self::Monthly(number(day, 1, 31)?, time)),
            _ => None,
        }
    }

    /// The expression for the config.
    pub fn write(&self) -> Value {
        let at = |Time { hour, minute }: &Time| format!("{minute} {hour}");
        Value::String(match self {
            Self::Daily(time) => format!("{} * * *", at(time)),
            Self::Weekdays(time) => format!("{} * * 1-5", at(time)),
            Self::Weekly(day, time) => format!("{} * * {day}", at(time)),
            Self::Monthly(day, time) => format!("{} {day} * *", at(time)),
            Self::Cron(text) => text.clone(),
        })
    }

    /// The time of the day that it names.
    pub fn time(&self) -> Option<Time> {
        match self {
            Self::Daily(time) | Self::Weekdays(time) | Self::Weekly(_, time) | Self::Monthly(_, time) => Some(*time),
            Self::Cron(_) => None,
        }
    }
}

impl Time {
    /// Reads what a time control holds, such as `02:30`.
    pub fn read(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        Some(Self {
            hour: number(hour, 0, 23)?,
            minute: number(minute.get(..2)?, 0, 59)?,
        })
    }

    /// What a time control holds.
    pub fn write(self) -> String {
        format!("{:02}:{:02}", self.hour, self.minute)
    }
}

fn number(text: &str, lowest: u8, highest: u8) -> Option<u8> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|number| (lowest..=highest).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_schedules_are_read_and_written_alike() {
        for text in [
            "0 2 * * *",
            "30 6 * * 1-5",
            "0 0 * * 0",
            "15 23 31 * *",
            "*/5 * * * *",
            "@daily",
            "0 2 1 * 1",
        ] {
            assert_eq!(Plan::read(text).write(), text, "{text}");
        }
    }

    #[test]
    fn each_common_schedule_has_its_name() {
        let two = Time { hour: 2, minute: 0 };
        assert_eq!(Plan::read("0 2 * * *"), Plan::Daily(two));
        assert_eq!(Plan::read("0 2 * * 1-5"), Plan::Weekdays(two));
        assert_eq!(Plan::read("0 2 * * 3"), Plan::Weekly(3, two));
        assert_eq!(Plan::read("0 2 15 * *"), Plan::Monthly(15, two));
        for text in [
            "0 24 * * *",
            "0 2 32 * *",
            "+1 2 * * *",
            "0 2 * * 7",
            "",
            "0 2 15 * 1-5",
        ] {
            assert!(matches!(Plan::read(text), Plan::Cron(_)), "{text}");
        }
    }

    #[test]
    fn times_are_read_as_controls_write_them() {
        assert_eq!(Time::read("02:05"), Some(Time { hour: 2, minute: 5 }));
        assert_eq!(Time::read("02:05:30"), Some(Time { hour: 2, minute: 5 }));
        assert_eq!(Time::read("24:00"), None);
        assert_eq!(Time::read(""), None);
        assert_eq!(Time { hour: 7, minute: 3 }.write(), "07:03");
    }
}
