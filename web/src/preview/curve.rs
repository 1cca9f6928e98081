//! The way of an edge as an SVG path: straight lines with rounded corners.

use std::fmt::Write;

/// How round a corner is, where both of its lines are long enough.
const RADIUS: f64 = 8.0;

/// The path through the corners.
pub fn path(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    let Some((first, rest)) = points.split_first() else {
        return path;
    };
    // Writing to a String cannot fail.
    let _ = write!(path, "M{} {}", short(first.0), short(first.1));
    for (index, corner) in rest.iter().enumerate() {
        let before = points[index];
        match points.get(index + 2) {
            Some(after) => {
                let radius = RADIUS
                    .min(distance(before, *corner) / 2.0)
                    .min(distance(*corner, *after) / 2.0);
                let enter = towards(*corner, before, radius);
                let leave = towards(*corner, *after, radius);
                let _ = write!(
                    path,
                    "L{} {}Q{} {} {} {}",
                    short(enter.0),
                    short(enter.1),
                    short(corner.0),
                    short(corner.1),
                    short(leave.0),
                    short(leave.1)
                );
            }
            None => {
                let _ = write!(path, "L{} {}", short(corner.0), short(corner.1));
            }
        }
    }
    path
}

/// All lines are horizontal or vertical.
fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    (to.0 - from.0).abs() + (to.1 - from.1).abs()
}

/// The point at a distance from one point on the way to another.
fn towards(from: (f64, f64), to: (f64, f64), by: f64) -> (f64, f64) {
    let whole = distance(from, to);
    if whole == 0.0 {
        return from;
    }
    let share = by / whole;
    (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
}

/// A length with one digit behind the point. Written by hand, since the numbers of the standard library weigh more than
/// the whole picture.
pub fn short(length: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "no picture is that large")]
    let tenths = (length * 10.0).round() as i32;
    let sign = if tenths < 0 { "-" } else { "" };
    match (tenths.abs() / 10, tenths.abs() % 10) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, tenth) => format!("{sign}{whole}.{tenth}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_stays_straight() {
        assert_eq!(path(&[(0.0, 0.0), (10.0, 0.0)]), "M0 0L10 0");
        assert_eq!(path(&[]), "");
    }

    #[test]
    fn corners_are_rounded_as_far_as_their_lines_allow() {
        assert_eq!(
            path(&[(0.0, 0.0), (20.0, 0.0), (20.0, 20.0)]),
            "M0 0L12 0Q20 0 20 8L20 20"
        );
        assert_eq!(
            path(&[(0.0, 0.0), (20.0, 0.0), (20.0, 4.0)]),
            "M0 0L18 0Q20 0 20 2L20 4"
        );
    }

    #[test]
    fn lengths_are_short() {
        let shown = [0.0, -0.04, 0.26, -0.5, 12.0, -3.96].map(short);
        assert_eq!(shown, ["0", "0", "0.3", "-0.5", "12", "-4"]);
    }

    #[test]
    fn equal_points_are_no_trouble() {
        assert!(!path(&[(1.0, 1.0), (1.0, 1.0), (1.0, 1.0)]).contains("NaN"));
    }
}
