//! Bars beside an element, however its style draws them: mail programs set one beside what they quote, on the side where its lines begin.

/// Whether `style`, in lower case, draws a bar on one side of its element and nothing around the rest of it: a frame is no bar.
pub(super) fn stands_beside(style: &str) -> bool {
    let mut sides = Sides::default();
    for (name, value) in style.split(';').take(RULES).filter_map(|rule| rule.split_once(':')) {
        if let Some(of) = name.trim().strip_prefix("border") {
            let values: Vec<&str> = value.split(|c: char| c.is_whitespace() || c == '!').filter(|value| !value.is_empty() && *value != "important").collect();
            sides.draw(of, &values);
        }
    }
    let drawn = |side: usize| sides.styled.get(side) == Some(&true) && sides.wide.get(side) == Some(&true);
    !drawn(TOP) && !drawn(BOTTOM) && drawn(LEFT) != drawn(RIGHT)
}

/// Rules of one style that are looked at.
const RULES: usize = 60;
/// The sides in the order in which a rule names them.
const TOP: usize = 0;
const RIGHT: usize = 1;
const BOTTOM: usize = 2;
const LEFT: usize = 3;

/// What is drawn on which side. Where a text begins is its left side, whatever its script: on which side a bar stands makes no difference.
struct Sides {
    styled: [bool; 4],
    wide: [bool; 4],
}

impl Default for Sides {
    fn default() -> Self {
        Sides { styled: [false; 4], wide: [true; 4] }
    }
}

impl Sides {
    /// Takes what a rule of a border says; `of` is what stands behind that word in its name.
    fn draw(&mut self, of: &str, values: &[&str]) {
        let (sides, rest): (&[usize], &str) = [
            ("-inline-start", [LEFT].as_slice()),
            ("-inline-end", [RIGHT].as_slice()),
            ("-block-start", [TOP].as_slice()),
            ("-block-end", [BOTTOM].as_slice()),
            ("-left", [LEFT].as_slice()),
            ("-right", [RIGHT].as_slice()),
            ("-top", [TOP].as_slice()),
            ("-bottom", [BOTTOM].as_slice()),
            ("", [TOP, RIGHT, BOTTOM, LEFT].as_slice()),
        ]
        .into_iter()
        .find_map(|(mark, sides)| of.strip_prefix(mark).map(|rest| (sides, rest)))
        .unwrap_or_default();
        match (rest, sides.len()) {
            ("", _) => {
                self.set(sides, |sides| &mut sides.styled, values.iter().any(|value| LINES.contains(value)));
                self.set(sides, |sides| &mut sides.wide, !values.iter().any(|value| is_thin(value)));
            }
            ("-style", 1) => self.set(sides, |sides| &mut sides.styled, values.iter().any(|value| LINES.contains(value))),
            ("-width", 1) => self.set(sides, |sides| &mut sides.wide, !values.iter().any(|value| is_thin(value))),
            ("-style", _) => self.each(|sides| &mut sides.styled, values, |style| LINES.contains(&style)),
            ("-width", _) => self.each(|sides| &mut sides.wide, values, |width| !is_thin(width)),
            _ => {}
        }
    }

    fn set(&mut self, sides: &[usize], of: impl Fn(&mut Sides) -> &mut [bool; 4], drawn: bool) {
        for side in sides {
            if let Some(place) = of(self).get_mut(*side) {
                *place = drawn;
            }
        }
    }

    /// Of one to four values each side has its own: the second is that of the other three, the third that of the bottom.
    fn each(&mut self, of: impl Fn(&mut Sides) -> &mut [bool; 4], values: &[&str], drawn: impl Fn(&str) -> bool) {
        let Some(first) = values.first() else { return };
        let right = values.get(RIGHT).unwrap_or(first);
        for (side, value) in [(TOP, first), (RIGHT, right), (BOTTOM, values.get(BOTTOM).unwrap_or(first)), (LEFT, values.get(LEFT).unwrap_or(right))] {
            self.set(&[side], &of, drawn(value));
        }
    }
}

/// What draws a line.
const LINES: [&str; 8] = ["solid", "double", "dashed", "dotted", "groove", "ridge", "inset", "outset"];

/// Whether a value says that a line is as wide as nothing.
fn is_thin(value: &str) -> bool {
    let digits = value.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '%');
    digits.starts_with(['0', '.']) && digits.bytes().all(|byte| matches!(byte, b'0' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::stands_beside as drawn;

    #[test]
    fn a_bar_is_known_however_it_is_drawn() {
        for style in [
            "border-left:2px solid #ccc;padding-left:8px",
            "border-right: 2px solid #ccc",
            "border-inline-start:2px solid #ccc",
            "border-left-width:2px;border-left-style:solid;border-left-color:#ccc",
            "border-color: currentcolor currentcolor currentcolor rgb(204,204,204); border-style: none none none solid; border-width: medium medium medium 1px",
            "border-style:none solid none none",
            "border-style: solid; border-width: 0 0 0 2px",
            "border-style: solid; border-width: 0px 0px 0px 2px",
            "border:none;border-left:solid blue 1.5pt",
            "border:0;border-left:1px dashed red!important",
            "border-left: 0.5pt solid",
        ] {
            assert!(drawn(style), "{style}");
        }
    }

    #[test]
    fn frames_and_lines_are_no_bars() {
        for style in [
            "border:1px solid #ccc",
            "border-top:none;border-left:none;border-bottom:solid windowtext 1.0pt;border-right:solid windowtext 1.0pt",
            "border-left:1px solid;border-right:1px solid",
            "border-left:0 solid red",
            "border-left:none",
            "border-style:none",
            "border-style:solid",
            "border-left-width:2px",
            "border-radius:4px;border-collapse:collapse",
            "border-left-style:solid;border-left-width:0",
            "border",
            "border-width:;border-style:",
            "",
        ] {
            assert!(!drawn(style), "{style}");
        }
    }
}
