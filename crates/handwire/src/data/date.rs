//! The text of a Date, as `toISOString` gives it.

use core::fmt::Write;
use heap::string::String;

const DAY: i64 = 86_400_000;
/// The farthest that a Date reaches, in milliseconds.
const FARTHEST: f64 = 8.64e15;

/// `2026-11-20T18:24:17.000Z`; `None` for an invalid date.
pub(super) fn text(time: f64) -> Option<String> {
    if time.is_nan() || time.abs() > FARTHEST {
        return None;
    }
    let time = time as i64;
    let (days, time) = (time.div_euclid(DAY), time.rem_euclid(DAY));
    // Years that start in March have the leap day last; an era is 400 of them.
    let days = days + 719_468;
    let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = era * 400 + year + i64::from(month <= 2);

    let mut text = String::new();
    let (hour, minute, second, milli) = (time / 3_600_000, time / 60_000 % 60, time / 1000 % 60, time % 1000);
    let written = match year {
        0..=9999 => write!(text, "{year:04}"),
        _ => write!(text, "{year:+07}"),
    };
    written.and_then(|()| write!(text, "-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z")).ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn dates_are_written_as_the_language_writes_them() {
        let table = [
            (0.0, "1970-01-01T00:00:00.000Z"),
            (-1.0, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000.0, "2000-02-29T00:00:00.000Z"),
            (1_795_199_057_123.0, "2026-11-20T18:24:17.123Z"),
            (-62_198_755_200_000.0, "-000001-01-01T00:00:00.000Z"),
            (253_402_300_800_000.0, "+010000-01-01T00:00:00.000Z"),
            (8.64e15, "+275760-09-13T00:00:00.000Z"),
            (-8.64e15, "-271821-04-20T00:00:00.000Z"),
        ];
        for (time, expected) in table {
            assert_eq!(text(time).as_deref(), Some(expected));
        }
        assert_eq!(text(f64::NAN), None);
        assert_eq!(text(8.64e15 + 1.0), None);
    }
}
