//! Which rules fire, and what follows.

use super::*;
use std::collections::BTreeSet;

const TEXT: &str = include_str!("../../../config/rules.toml");

fn parse(text: &str) -> Result<Rules, Vec<crate::domain::Fault>> {
    let letters: BTreeSet<String> = ["acknowledgement", "acknowledgement@urgent"].map(str::to_owned).into();
    Rules::parse("rules.toml", text, &Known { categories: &["COUNTERFEIT", "PERSONAL_DATA", "REFUND"], letters: &letters, mediators: Some(Vec::new()) })
}

fn noticed(text: &str, facts: &[(Fact, &str)], category: Option<&str>, words: &str, open: u32) -> Noticed {
    let mut said = Facts::default();
    facts.iter().for_each(|(fact, value)| said.set(*fact, *value));
    let today = Day::parse("2026-11-23").unwrap();
    let seen = Seen { category, language: Language::Fr, facts: &said, words, today, open_of_consumer: open, open_of_merchant: open };
    parse(text).unwrap_or_else(|faults| panic!("{faults:?}")).notice(&seen)
}

#[test]
fn the_rules_of_the_house_notice_what_cannot_wait() {
    assert!(noticed(TEXT, &[(Fact::Amount, "450.00")], Some("REFUND"), "Rien reçu.", 0).is_nothing());
    assert_eq!(noticed(TEXT, &[], Some("COUNTERFEIT"), "", 0).priority, Priority::High);
    let large = [(Fact::Amount, "20000.00"), (Fact::Currency, "MAD")];
    assert_eq!(noticed(TEXT, &large, None, "", 0).because, ["large-amount: amount-at-least"]);
    assert!(noticed(TEXT, &[(Fact::Amount, "19999.99")], None, "", 0).is_nothing());
    assert!(noticed(TEXT, &[(Fact::Amount, "20000.00"), (Fact::Currency, "EUR")], None, "", 0).is_nothing(), "another currency is not compared");
    let old = noticed(TEXT, &[(Fact::OrderDate, "2025-11-20")], None, "", 0);
    assert_eq!((old.tags.as_slice(), old.questions.len()), (["old-order".to_owned()].as_slice(), 1));
    assert!(noticed(TEXT, &[(Fact::OrderDate, "2025-12-01")], None, "", 0).is_nothing());
}

#[test]
fn words_are_whole_and_folded_and_the_first_rule_that_names_something_counts() {
    let text = "[[rule]]\nname = \"a\"\nwords = [\"Échéance\", \"تسمم\"]\nmerchant = [\"Atlas\"]\n[rule.then]\npriority = \"urgent\"\nhold = \"look\"\n\
                letters = [\"acknowledgement@urgent\"]\n[[rule]]\nname = \"b\"\nopen-of-consumer = 2\n[rule.then]\npriority = \"low\"\ncategory = \"REFUND\"\ntags = [\"x\", \"x\"]\n";
    let merchant = [(Fact::Merchant, "Boutique ATLAS.example")];
    let first = noticed(text, &merchant, None, "une echeance manquée", 0);
    assert_eq!((first.priority, first.hold.as_deref(), first.variant("acknowledgement")), (Priority::Urgent, Some("look"), "acknowledgement@urgent"));
    assert_eq!(first.variant("summary"), "summary");
    assert!(noticed(text, &merchant, None, "des échéances", 1).is_nothing(), "part of a word");
    let both = noticed(text, &merchant, None, "التسمم تسمم", 2);
    assert_eq!((both.priority, both.category.as_deref(), both.tags.len(), both.because.len()), (Priority::Urgent, Some("REFUND"), 1, 2));
}

#[test]
fn every_mistake_is_one_sentence_with_its_line() {
    let told = |text: &str| parse(text).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>();
    let rule = |line: &str| format!("[[rule]]\nname = \"a\"\n{line}\n[rule.then]\npriority = \"high\"\n");
    assert_eq!(told(&rule("category = [\"COUNTERFIET\"]")), ["rules.toml:3: \"COUNTERFIET\" is no category; did you mean \"COUNTERFEIT\"?"]);
    assert_eq!(
        told(&rule("amount-at-least = \"20 000 dirhams\"")),
        ["rules.toml:3: \"20 000 dirhams\" is no amount; write a number and the currency's three letters, for example \"20000 MAD\"."]
    );
    assert!(told(&rule("amount-atleast = \"1 MAD\""))[1].contains("did you mean \"amount-at-least\"?"));
    assert!(told(&rule(""))[0].starts_with("rules.toml:1: The rule \"a\" looks at nothing"));
    assert!(told("[[rule]]\nname = \"a\"\nwords = [\"x\"]\n")[0].starts_with("rules.toml:1: Nothing follows from rule \"a\""));
    assert!(told(&rule("words = []"))[0].starts_with("rules.toml:1: The lists of this rule are empty"));
    let then = |line: &str| format!("[[rule]]\nname = \"a\"\nwords = [\"x\"]\n[rule.then]\n{line}\n");
    assert!(told(&then("letters = [\"acknowledgement@gold\"]"))[0].contains("write acknowledgement@gold.md.hbs in the folder of each language"));
    assert!(told(&then("letters = [\"hello@gold\"]"))[0].contains("\"hello\" is no letter"));
    assert!(told(&then("mediator = \"m@elitige.example\""))[0].contains("No [[mediator]] of service.toml has this address"));
    assert!(told(&then("priority = \"hihg\""))[0].contains("did you mean \"high\"?"));
    assert!(told(&then("question = { fr = \"x\", ar = \"x\" }"))[0].contains("the key \"en\" is missing"));
    assert!(told(&format!("{0}{0}", rule("words = [\"x\"]")))[0].starts_with("rules.toml:7: Two rules are called \"a\""));
}
