//! The shapes of a day and of a week that times are held against.
//!
//! The weights are ours: round figures of the shape that is reported wherever people write online (a
//! trough before dawn, a plateau from late morning, a height in the evening; for instance Yasseri,
//! Sumi and Kertész, "Circadian patterns of Wikipedia editorial activity", PLOS ONE 7(1), 2012), and
//! of a day at the office. They are made flatter in steps, so that only the shape matters.

use serde::Serialize;

/// How many half hours a day has.
pub(crate) const DAY: usize = 48;

/// How many half hours a week has.
pub(crate) const WEEK: usize = 7 * DAY;

/// What a day looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Day {
    /// Whoever is awake writes: quiet from one to six, busiest in the evening.
    Waking,
    /// Whoever is at work writes: from nine to six, and hardly at all besides.
    Office,
}

/// Which days are off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Week {
    /// Every day is like the others.
    NoneOff,
    /// Saturday and Sunday.
    SaturdaySunday,
    /// Friday and Saturday.
    FridaySaturday,
    /// Thursday and Friday.
    ThursdayFriday,
    /// Sunday alone.
    Sunday,
}

/// All shapes of a week, the plainest first.
pub(crate) const WEEKS: [Week; 5] =
    [Week::NoneOff, Week::SaturdaySunday, Week::FridaySaturday, Week::ThursdayFriday, Week::Sunday];

impl Week {
    /// Which days are off, from Monday as 0.
    fn off(self) -> &'static [usize] {
        match self {
            Self::NoneOff => &[],
            Self::SaturdaySunday => &[5, 6],
            Self::FridaySaturday => &[4, 5],
            Self::ThursdayFriday => &[3, 4],
            Self::Sunday => &[6],
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoneOff => "no day off",
            Self::SaturdaySunday => "Saturday and Sunday off",
            Self::FridaySaturday => "Friday and Saturday off",
            Self::ThursdayFriday => "Thursday and Friday off",
            Self::Sunday => "Sunday off",
        }
    }
}

impl Day {
    /// How busy each hour of the day is.
    fn hours(self) -> [f64; 24] {
        match self {
            Self::Waking => [
                0.45, 0.28, 0.17, 0.11, 0.09, 0.12, 0.25, 0.50, 0.75, 0.90, 0.97, 1.00, 1.05, 1.05,
                1.00, 1.00, 1.00, 1.02, 1.05, 1.10, 1.15, 1.15, 1.00, 0.72,
            ],
            Self::Office => [
                0.02, 0.02, 0.02, 0.02, 0.02, 0.02, 0.03, 0.12, 0.60, 1.00, 1.05, 1.05, 0.85, 0.90,
                1.05, 1.05, 1.00, 0.85, 0.40, 0.15, 0.08, 0.05, 0.03, 0.02,
            ],
        }
    }

    /// By how many half hours such a day is often lived earlier or later: an hour for sleep, three
    /// for work, which has shifts. So office hours never fit one zone narrowly.
    pub(crate) fn leeway(self) -> i32 {
        match self {
            Self::Waking => 2,
            Self::Office => 6,
        }
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Waking => "a waking day",
            Self::Office => "office hours",
        }
    }
}

/// How much of a day is noise that knows no hour.
const NOISE: [f64; 3] = [0.02, 0.25, 0.6];

/// How busy a day off is, measured by other days.
const DIPS: [f64; 3] = [0.7, 0.4, 0.1];

/// One shape of a day, in half hours of local time; on average 1.
pub(crate) struct DayShape {
    pub day: Day,
    pub weight: [f64; DAY],
}

/// One shape of a week, in days of local time, Monday first; a working day is 1.
pub(crate) struct WeekShape {
    pub week: Week,
    pub weight: [f64; 7],
}

/// All shapes of a day.
pub(crate) fn days() -> Vec<DayShape> {
    let shape = |day: Day, noise: f64| {
        let hours = day.hours();
        let mut weight = [0.0; DAY];
        for (half, weight) in weight.iter_mut().enumerate() {
            // Each half hour lies a quarter of an hour off the middle of its own hour.
            let hour = half / 2;
            let other = if half % 2 == 0 { (hour + 23) % 24 } else { (hour + 1) % 24 };
            *weight = 0.75 * hours[hour] + 0.25 * hours[other];
        }
        let mean = weight.iter().sum::<f64>() / DAY as f64;
        DayShape { day, weight: weight.map(|weight| (1.0 - noise) * weight / mean + noise) }
    };
    let days = [Day::Waking, Day::Office];
    days.into_iter().flat_map(|day| NOISE.map(|noise| shape(day, noise))).collect()
}

/// All shapes of a week.
pub(crate) fn weeks() -> Vec<WeekShape> {
    let shape = |week: Week, dip: f64| {
        let mut weight = [1.0; 7];
        for day in week.off() {
            weight[*day] = dip;
        }
        WeekShape { week, weight }
    };
    let shapes = |week: Week| -> Vec<WeekShape> {
        if week == Week::NoneOff {
            return vec![shape(week, 1.0)];
        }
        DIPS.into_iter().map(|dip| shape(week, dip)).collect()
    };
    WEEKS.into_iter().flat_map(shapes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_on_average_one_and_nights_are_quiet() {
        for shape in days() {
            let mean = shape.weight.iter().sum::<f64>() / DAY as f64;
            assert!((mean - 1.0).abs() < 1e-12, "{:?}", shape.day);
            assert!(shape.weight[8] < shape.weight[22], "{:?}", shape.day);
            assert!(shape.weight.iter().all(|weight| *weight > 0.0));
        }
    }

    #[test]
    fn every_week_has_its_days_off() {
        for shape in weeks() {
            let off = (0..7).filter(|day| shape.weight[*day] < 1.0).collect::<Vec<_>>();
            assert_eq!(off, shape.week.off(), "{:?}", shape.week);
        }
    }
}
