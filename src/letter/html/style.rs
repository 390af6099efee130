//! What a style says of whether anybody sees what it is set for.

/// What a style does to the text in its element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// Nothing is said of it.
    Same,
    /// Nobody sees it, whatever stands in it.
    Hidden,
    /// Its letters have no size; those of an element in it may have one again.
    Tiny,
    /// Its letters have a size of their own.
    Sized,
}

/// What `style` does; it is in lower case.
pub(super) fn sight(style: &str) -> Sight {
    let rules: Vec<(String, String)> = style.split(';').take(RULES).filter_map(rule).collect();
    let value = |wanted: &str| rules.iter().rev().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    if is_hidden(&rules, value) {
        return Sight::Hidden;
    }
    match value("font-size") {
        "" => Sight::Same,
        size => match number(size) {
            Some((size, _)) if size <= 0.0 => Sight::Tiny,
            Some((size, "px" | "pt")) if size <= 1.0 => Sight::Tiny,
            // What is measured by the letters around it has none where they have none.
            Some((_, "em" | "%" | "ex")) => Sight::Same,
            _ if matches!(size, "inherit" | "larger" | "smaller") => Sight::Same,
            _ => Sight::Sized,
        },
    }
}

/// Rules of one style that are looked at.
const RULES: usize = 60;
/// From so many pixels on nothing is seen to the left of the page or above it.
const AWAY: f32 = -900.0;

/// Name and value of a rule, without blanks and without what makes it important.
fn rule(rule: &str) -> Option<(String, String)> {
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (name, value) = rule.split_once(':')?;
    let value = plain(value);
    Some((plain(name), value.strip_suffix("!important").unwrap_or(&value).to_owned()))
}

fn is_hidden<'a>(rules: &[(String, String)], value: impl Fn(&str) -> &'a str) -> bool {
    let none = |name: &str| number(value(name)).is_some_and(|(size, _)| size <= 0.0);
    let away =
        |name: &str| number(value(name)).is_some_and(|(place, unit)| place <= AWAY || place <= -50.0 && matches!(unit, "em" | "rem" | "vw" | "vh" | "%"));
    let cut = ["overflow", "overflow-y", "overflow-x"].iter().any(|name| value(name) == "hidden");
    let ground = [value("background-color"), value("background")].into_iter().find(|value| !value.is_empty()).map(colour);
    let ink = colour(value("color"));
    value("display") == "none"
        || matches!(value("visibility"), "hidden" | "collapse")
        || value("mso-hide") == "all"
        || ["text-decoration", "text-decoration-line"].iter().any(|name| value(name).contains("line-through"))
        || number(value("opacity")).is_some_and(|(opacity, _)| opacity <= 0.05)
        || cut && ["height", "max-height"].iter().any(|name| none(name))
        || matches!(value("position"), "absolute" | "fixed") && ["left", "right", "top", "bottom"].iter().any(|name| away(name))
        || ["text-indent", "margin-left", "margin-top"].iter().any(|name| away(name))
        || is_clipped(value("clip"), value("clip-path"))
        || rules.iter().any(|(name, value)| name == "transform" && ["scale(0)", "scale(0,", "scalex(0)", "scaley(0)"].iter().any(|none| value.contains(none)))
        || ink == "transparent"
        || ink.len() == 6 && ink.bytes().all(|byte| byte.is_ascii_hexdigit()) && ground.is_some_and(|ground| ground == ink)
}

/// Whether nothing is left of what is cut out.
fn is_clipped(clip: &str, path: &str) -> bool {
    let corners = clip.strip_prefix("rect(").map(|corners| corners.trim_end_matches(')').split(','));
    let same = corners
        .is_some_and(|corners| corners.map(|corner| number(corner).map(|(size, _)| size)).all(|size| size.is_some_and(|size| (0.0..=1.0).contains(&size))));
    same || ["inset(50%", "inset(100%", "circle(0"].iter().any(|none| path.starts_with(none))
}

/// A colour in one spelling: three numbers, or that there is none.
fn colour(value: &str) -> String {
    let digits = value.strip_prefix('#').unwrap_or_default();
    let double = |digits: &str| digits.chars().flat_map(|digit| [digit, digit]).collect::<String>();
    let whole = match digits.len() {
        3 | 4 => double(digits),
        _ => digits.to_owned(),
    };
    if let Some((ink, opacity)) = whole.split_at_checked(6).filter(|_| whole.is_ascii()) {
        return if opacity == "00" { "transparent".to_owned() } else { ink.to_owned() };
    }
    if let Some(parts) = value.strip_prefix("rgba(").or_else(|| value.strip_prefix("rgb(")) {
        let parts: Vec<f32> = parts.trim_end_matches(')').split([',', '/']).take(4).map_while(|part| number(part).map(|(part, _)| part)).collect();
        if parts.get(3).is_some_and(|opacity| *opacity <= 0.05) {
            return "transparent".to_owned();
        }
        return parts.iter().take(3).map(|part| format!("{:02x}", part.clamp(0.0, 255.0).round() as u8)).collect();
    }
    match value {
        "white" => "ffffff".to_owned(),
        "black" => "000000".to_owned(),
        _ => value.to_owned(),
    }
}

/// The number that `value` begins with, and its unit.
fn number(value: &str) -> Option<(f32, &str)> {
    let end = value.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-' | '+')).unwrap_or(value.len());
    let (number, unit) = value.split_at_checked(end)?;
    number.parse().ok().map(|number| (number, unit))
}

/// Bytes of style sheets that are looked at, and how many hidden classes of them are kept.
pub(super) const SHEET: usize = 32 << 10;
pub(super) const HIDDEN: usize = 24;

/// The classes whose elements a style sheet shows to nobody. What it says for some screens only is left out.
pub(super) fn hidden_classes(sheet: &str) -> Vec<String> {
    let plain: String =
        sheet.split("/*").enumerate().map(|(place, piece)| if place == 0 { piece } else { piece.split_once("*/").map_or("", |(_, after)| after) }).collect();
    let (mut found, mut rest) = (Vec::new(), plain.as_str());
    while let Some((selector, after)) = rest.split_once('{') {
        if selector.contains('@') {
            rest = after_block(after);
            continue;
        }
        let (rules, after) = after.split_once('}').unwrap_or((after, ""));
        rest = after;
        if sight(&rules.to_ascii_lowercase()) == Sight::Hidden {
            let selector = selector.to_ascii_lowercase();
            let classes = selector
                .split(',')
                .filter_map(|one| one.trim().split_once('.').filter(|(element, _)| element.bytes().all(|byte| byte.is_ascii_alphanumeric())));
            let simple = classes.map(|(_, class)| class).filter(|class| class.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')));
            found.extend(simple.filter(|class| !class.is_empty()).map(str::to_owned).take(HIDDEN.saturating_sub(found.len())));
        }
    }
    found
}

/// What follows a block that has begun, with the blocks in it.
fn after_block(block: &str) -> &str {
    let mut depth = 1usize;
    for (at, byte) in block.bytes().enumerate() {
        match byte {
            b'{' => depth = depth.saturating_add(1),
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return block.get(at.saturating_add(1)..).unwrap_or_default();
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::{Sight, hidden_classes, sight};

    #[test]
    fn what_nobody_sees_is_told_from_what_is_small_or_set_apart() {
        for style in [
            "display:none",
            "display : none !important",
            "visibility:hidden",
            "mso-hide:all",
            "opacity:0",
            "opacity: .01",
            "max-height:0px;overflow:hidden",
            "height:0;overflow-y:hidden",
            "position:absolute;left:-9999px",
            "text-indent:-999em",
            "clip:rect(0,0,0,0);position:absolute",
            "clip-path:inset(50%)",
            "color:transparent",
            "color:rgba(0,0,0,0)",
            "color:#ffffff;background-color:#fff",
            "color:white;background:rgb(255, 255, 255)",
            "transform:scale(0)",
        ] {
            assert_eq!(sight(style), Sight::Hidden, "{style}");
        }
        for style in ["font-size:0", "line-height:0;font-size:0px;max-height:0", "font-size:1px"] {
            assert_eq!(sight(style), Sight::Tiny, "{style}");
        }
        for style in ["font-size:12px", "font:x;font-size:medium", "font-size:0.8rem"] {
            assert_eq!(sight(style), Sight::Sized, "{style}");
        }
        for style in [
            "",
            "color:white",
            "color:white;background:#1a73e8",
            "opacity:.6",
            "height:0",
            "color:inherit;background-color:inherit",
            "max-width:0;overflow:hidden",
            "margin:0 0 0 40px",
            "text-indent:-18.0pt",
            "margin-left:-5.4pt",
            "left:-9999px",
            "overflow:hidden;max-height:none",
            "font-size:1.2em",
            "transform:scale(0.5)",
            "clip:auto",
            "color:#é",
            ":;;:",
        ] {
            assert_eq!(sight(style), Sight::Same, "{style}");
        }
    }

    #[test]
    fn hidden_classes_of_every_screen_are_found() {
        assert_eq!(hidden_classes(".x{display:none}"), ["x"]);
        assert_eq!(hidden_classes("p{a:b} /* .y{ */ .x, div.Pre-Header { DISPLAY: none } .z{color:red}"), ["x", "pre-header"]);
        for sheet in [
            "@media (max-width:600px){.x{display:none} .y{opacity:0}}",
            ".x .y{display:none}",
            ".x:hover{display:none}",
            "p{display:none}",
            ".{display:none}",
            "{{{",
            "@",
        ] {
            assert!(hidden_classes(sheet).is_empty(), "{sheet}");
        }
        assert_eq!(hidden_classes("@media x{.a{b:c}} .y{display:none"), ["y"]);
    }
}
