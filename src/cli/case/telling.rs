//! What `elitige case disclose` and `disclose-unasked` are told in their flags: each flag that is wrong is named.

use super::super::arguments::Case;
use crate::domain::{Day, Exempted, Ground};
use crate::settle::tells_no_way;
use anyhow::{Context, bail, ensure};

/// The words of the command, or what is wrong with one of its flags. Empty for a command without such flags.
pub fn words(action: &Case, today: Day) -> anyhow::Result<String> {
    match action {
        Case::Disclose { by, to, items, purpose, until, .. } => {
            let flags = [("--by", by), ("--to", to), ("--items", items), ("--purpose", purpose)];
            let mut lines = flags.into_iter().map(|(flag, typed)| told(flag, typed)).collect::<anyhow::Result<Vec<_>>>()?;
            lines.push(last_day(until, today)?.to_string());
            Ok(lines.join("\n"))
        }
        Case::DiscloseUnasked { ground, to, items, reason, untold, .. } => {
            let ground = Ground::parse(ground.trim()).with_context(|| format!("--ground takes {}, and not \"{ground}\"", named(|_| true)))?;
            let to = told("--to", to)?;
            let items = told_of(ground, items)?;
            let reason = told("--reason", reason)?;
            if *untold && !ground.may_be_untold() {
                bail!("--untold goes with --ground {} alone, so leave it out: both sides are told of it", named(Ground::may_be_untold));
            }
            Ok([ground.name(), &to, &items, &reason, if *untold { "untold" } else { "told" }].join("\n"))
        }
        _ => Ok(String::new()),
    }
}

/// What is told on that ground: to enforce an agreement it is the agreement, and nothing else is said.
fn told_of(ground: Ground, items: &str) -> anyhow::Result<String> {
    let is_missing = items.trim().is_empty();
    if ground == Ground::Enforcement {
        ensure!(is_missing, "--items does not go with --ground enforcement, so leave it out: what is told there is the agreement, and nothing else");
        return Ok(String::new());
    }
    ensure!(!is_missing, "--items is missing; with --ground {} write there exactly what was told", ground.name());
    told("--items", items)
}

/// The words of a flag in one line. Both sides read them, so nobody may be reached by them.
fn told(flag: &str, typed: &str) -> anyhow::Result<String> {
    let words = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    let (length, most) = (words.chars().count(), Exempted::LONGEST);
    ensure!(length > 0, "{flag} is empty; both sides read what stands there, so write it in words");
    ensure!(length <= most, "{flag} has {length} characters, and {most} are the most; write it shorter");
    ensure!(tells_no_way(&words), "{flag} holds an address, a telephone number or another way to reach somebody, and both sides read it; leave that out");
    Ok(words)
}

fn last_day(typed: &str, today: Day) -> anyhow::Result<Day> {
    let Ok(day) = Day::parse(typed.trim()) else { bail!("--until takes a day like 2027-01-31, and not \"{typed}\"") };
    ensure!(day >= today, "--until names {day}, which is over; write a day to come, like {}", today.plus(30));
    Ok(day)
}

fn named(fits: fn(Ground) -> bool) -> String {
    let names: Vec<&str> = Ground::ALL.into_iter().filter(|ground| fits(*ground)).map(Ground::name).collect();
    names.join(" or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Day {
        Day::new(2026, 11, 23).unwrap()
    }

    fn asked(change: impl Fn(&mut [String; 5])) -> Result<String, String> {
        let mut words = ["Banque Atlas", "service des litiges", "la commande\n et sa date", "une opposition", "2027-01-29"].map(str::to_owned);
        change(&mut words);
        let [by, to, items, purpose, until] = words;
        super::words(&Case::Disclose { reference: String::new(), by, to, items, purpose, until }, today()).map_err(|error| format!("{error:#}"))
    }

    fn unasked(ground: &str, items: &str, reason: &str, untold: bool) -> Result<String, String> {
        let [reference, to, ground, items, reason] = ["", "Le tribunal", ground, items, reason].map(str::to_owned);
        super::words(&Case::DiscloseUnasked { reference, ground, to, items, reason, untold }, today()).map_err(|error| format!("{error:#}"))
    }

    #[test]
    fn what_may_be_told_is_five_lines() {
        assert_eq!(asked(|_| ()).unwrap(), "Banque Atlas\nservice des litiges\nla commande et sa date\nune opposition\n2027-01-29");
        assert_eq!(asked(|words| words[4] = "2026-11-23".to_owned()).map(|_| ()), Ok(()), "today is not over");
        assert_eq!(unasked("law", "la commande", "art. 5", true).unwrap(), "law\nLe tribunal\nla commande\nart. 5\nuntold");
        assert_eq!(unasked("enforcement", "", "Homologation", false).unwrap(), "enforcement\nLe tribunal\n\nHomologation\ntold");
    }

    #[test]
    fn the_flag_at_fault_is_named_and_no_other() {
        let far = "x".repeat(401);
        for (place, typed, sentence) in [
            (4, "2027-13-45", "--until takes a day like 2027-01-31, and not \"2027-13-45\""),
            (4, "2026-11-22", "--until names 2026-11-22, which is over; write a day to come, like 2026-12-23"),
            (0, " ", "--by is empty"),
            (1, "service@banque.example", "--to holds an address"),
            (2, "appeler le 0612345678", "--items holds an address, a telephone number"),
            (3, far.as_str(), "--purpose has 401 characters, and 400 are the most"),
        ] {
            let refused = asked(|words| words[place] = typed.to_owned()).unwrap_err();
            assert!(refused.starts_with(sentence) && refused.matches("--").count() == 1, "{refused}");
        }
        for (refused, sentence) in [
            (unasked("gossip", "x", "y", false), "--ground takes law or threat or enforcement or authority, and not \"gossip\""),
            (unasked("law", "", "art. 5", false), "--items is missing; with --ground law write there exactly what was told"),
            (unasked("enforcement", "la commande", "y", false), "--items does not go with --ground enforcement, so leave it out"),
            (unasked("authority", "la commande", "y", true), "--untold goes with --ground law or threat alone, so leave it out"),
            (unasked("law", "la commande", "voir leila@courrier.example", false), "--reason holds an address"),
        ] {
            assert!(refused.as_ref().is_err_and(|refused| refused.starts_with(sentence)), "{refused:?}");
        }
    }
}
