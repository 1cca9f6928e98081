//! Dates of the proleptic Gregorian calendar, as far as schedules need them.

const SECONDS_A_DAY: i64 = 86_400;

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: i64,
    /// From 1.
    pub(crate) month: u16,
    /// From 1.
    pub(crate) day: u16,
}

impl Date {
    pub(super) const fn new(year: i64, month: u16, day: u16) -> Self {
        Self { year, month, day }
    }

    /// The day of a moment, in seconds since 1970-01-01T00:00:00Z.
    pub(super) fn of_timestamp(seconds: i64) -> Self {
        // Years are counted from March, so that the leap day is the last of its year, in cycles of 400 years.
        let days = seconds.div_euclid(SECONDS_A_DAY) + 719_468;
        let cycle = days.div_euclid(146_097);
        let day_of_cycle = days.rem_euclid(146_097);
        let year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
        let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = year_of_cycle + cycle * 400 + i64::from(month <= 2);
        Self::new(year, small(month), small(day))
    }

    /// Days since 1970-01-01.
    fn days(self) -> i64 {
        let month = i64::from(self.month);
        let year = self.year - i64::from(month <= 2);
        let cycle = year.div_euclid(400);
        let year_of_cycle = year.rem_euclid(400);
        let month_from_march = if month > 2 { month - 3 } else { month + 9 };
        let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(self.day) - 1;
        cycle * 146_097 + year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year - 719_468
    }

    /// Its first second, in seconds since 1970-01-01T00:00:00Z.
    pub(super) fn start(self) -> i64 {
        self.days() * SECONDS_A_DAY
    }

    /// From 0, Sunday, to 6, Saturday.
    pub(super) fn weekday(self) -> u16 {
        // 1970-01-01 was a Thursday.
        small((self.days() + 4).rem_euclid(7))
    }

    /// The number of days of its month.
    pub(super) const fn month_length(self) -> u16 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }

    pub(super) const fn next(self) -> Self {
        if self.day < self.month_length() {
            Self::new(self.year, self.month, self.day + 1)
        } else {
            self.first_of_next_month()
        }
    }

    pub(super) const fn first_of_next_month(self) -> Self {
        if self.month < 12 {
            Self::new(self.year, self.month + 1, 1)
        } else {
            self.first_of_next_year()
        }
    }

    pub(super) const fn first_of_next_year(self) -> Self {
        Self::new(self.year + 1, 1, 1)
    }

    /// The day from Monday to Friday of its month that is nearest to `day`.
    pub(super) fn nearest_weekday(self, day: u16) -> u16 {
        let length = self.month_length();
        let day = day.clamp(1, length);
        match Self::new(self.year, self.month, day).weekday() {
            6 if day > 1 => day - 1,
            6 => day + 2,
            0 if day < length => day + 1,
            0 => day - 2,
            _ => day,
        }
    }
}

/// The first second of a day that is written as `2027-03-31`, in seconds since 1970-01-01T00:00:00Z.
pub(crate) fn start_of_day(text: &str) -> Option<i64> {
    let mut parts = text.split('-').map(|part| part.parse::<u16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let date = Date::new(i64::from(year), month, day);
    let is_day = (1..=12).contains(&month) && (1..=date.month_length()).contains(&day);
    (is_day && parts.next().is_none()).then(|| date.start())
}

fn small(number: i64) -> u16 {
    u16::try_from(number).unwrap_or_default()
}
