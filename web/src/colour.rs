//! One accent colour, made readable on light and on dark ground.

/// Red, green and blue, each from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The shades of an accent that one ground asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// For buttons and marks; stands out from the ground.
    pub fill: Colour,
    /// For text on the fill.
    pub on_fill: Colour,
}

const WHITE: Colour = Colour([255, 255, 255]);
const BLACK: Colour = Colour([0, 0, 0]);
/// The grounds of the two themes, as in `style/tokens.css`.
const LIGHT_GROUND: Colour = Colour([245, 246, 248]);
const DARK_GROUND: Colour = Colour([31, 35, 42]);
/// The contrast that WCAG 2.2 asks of text.
const READABLE: f64 = 4.5;

impl Colour {
    /// Reads `#rgb` or `#rrggbb`.
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let value = |range: std::ops::Range<usize>| u8::from_str_radix(digits.get(range)?, 16).ok();
        match digits.len() {
            3 => Some(Self([value(0..1)? * 17, value(1..2)? * 17, value(2..3)? * 17])),
            6 => Some(Self([value(0..2)?, value(2..4)?, value(4..6)?])),
            _ => None,
        }
    }

    /// Writes `#rrggbb`.
    pub fn write(self) -> String {
        let Self([red, green, blue]) = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The accent on light ground.
    pub fn on_light(self) -> Accent {
        self.accent(LIGHT_GROUND, BLACK)
    }

    /// The accent on dark ground.
    pub fn on_dark(self) -> Accent {
        self.accent(DARK_GROUND, WHITE)
    }

    fn accent(self, ground: Self, towards: Self) -> Accent {
        let fill = (0..=20)
            .map(|step| self.mixed(towards, f64::from(step) / 20.0))
            .find(|shade| shade.contrast(ground) >= READABLE)
            .unwrap_or(towards);
        let on_fill = if fill.contrast(WHITE) >= READABLE { WHITE } else { BLACK };
        Accent { fill, on_fill }
    }

    fn mixed(self, other: Self, share: f64) -> Self {
        let Self([red, green, blue]) = self;
        let Self([other_red, other_green, other_blue]) = other;
        let mix = |own: u8, other: u8| {
            let mixed = f64::from(own) + (f64::from(other) - f64::from(own)) * share;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between two bytes lies a byte"
            )]
            let byte = mixed.round() as u8;
            byte
        };
        Self([mix(red, other_red), mix(green, other_green), mix(blue, other_blue)])
    }

    /// The contrast ratio of WCAG 2.2, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (own, other) = (self.luminance(), other.luminance());
        (own.max(other) + 0.05) / (own.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let channel = |byte: u8| {
            let share = f64::from(byte) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let Self([red, green, blue]) = self;
        0.2126 * channel(red) + 0.7152 * channel(green) + 0.0722 * channel(blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_css_reads() {
        assert_eq!(Colour::read("#fff"), Some(WHITE));
        assert_eq!(Colour::read("#3d55CC").map(Colour::write), Some("#3d55cc".to_owned()));
        for text in ["", "#", "red", "#12", "#12345g", "#é12", "#1234567"] {
            assert_eq!(Colour::read(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_the_one_of_the_standard() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 0.001);
        assert!((Colour([119, 119, 119]).contrast(WHITE) - 4.48).abs() < 0.01);
    }

    #[test]
    fn every_accent_becomes_readable_on_both_grounds() {
        for text in [
            "#ffff00", "#000000", "#ffffff", "#3d55cc", "#00ff88", "#777777", "#ff0000",
        ] {
            let colour = Colour::read(text).unwrap();
            for (accent, ground) in [(colour.on_light(), LIGHT_GROUND), (colour.on_dark(), DARK_GROUND)] {
                assert!(accent.fill.contrast(ground) >= READABLE, "{text}");
                assert!(accent.on_fill.contrast(accent.fill) >= READABLE, "{text}");
            }
        }
    }
}
