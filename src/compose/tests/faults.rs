//! One mistake in the templates at a time, and the sentence that the operator reads.

use super::*;

/// The faults that are found when `path` holds `text` instead of what it held; with `None` the file is not there.
fn faults(path: &str, text: Option<&str>) -> Vec<String> {
    let mut files = files();
    files.retain(|(known, _)| known != path);
    files.extend(text.map(|text| (path.to_owned(), text.to_owned())));
    Stationery::load(&files, &words()).map(|_| Vec::new()).unwrap_or_else(|faults| faults.iter().map(Fault::to_string).collect())
}

fn fault_in_letter(body: &str) -> String {
    let found = faults("fr/received.md.hbs", Some(&format!("Subject: [{{{{reference}}}}] a\n{body}\n")));
    found.into_iter().next().unwrap_or_default()
}

#[test]
fn the_templates_of_the_repository_are_sound() {
    let stationery = stationery();
    assert_eq!(stationery.letters().len(), 139);
    for letter in stationery.letters() {
        let digests: std::collections::BTreeSet<_> = Language::ALL.into_iter().map(|language| stationery.digest(&letter, language)).collect();
        assert!(digests.len() == 3 && !digests.contains(&None), "{letter}");
    }
}

#[test]
fn an_unknown_word_is_found_wherever_it_stands() {
    let wanted = "templates/fr/received.md.hbs:3: There is no \"you.nane\"; FACTS.md lists what a letter may speak of. Did you mean \"you.name\"?";
    assert_eq!(fault_in_letter("a\n{{you.nane}}"), wanted);
    assert_eq!(fault_in_letter("a\n{{#if you.nane}}b{{/if}}"), wanted);
    assert!(fault_in_letter("{{#if you.name}}{{else}}{{#if x}}{{/if}}{{/if}}").contains(":2: There is no \"x\""));
    assert!(fault_in_letter("{{#each understood}}{{labels}}{{/each}}").contains("Did you mean \"label\"?"));
    assert_eq!(fault_in_letter("{{#each understood}}{{label}} {{../you.name}}{{/each}}{{#each account}}{{this}}{{/each}}"), "");
    assert!(fault_in_letter("{{#each you.name}}{{/each}}").contains("takes a list"));
    assert!(fault_in_letter("{{you}}").contains("has parts"));
    assert!(fault_in_letter("{{you.merchant}}").contains("yes or no"));
}

#[test]
fn only_the_small_language_is_allowed() {
    for body in [
        "{{lookup you \"name\"}}",
        "{{#with you}}{{/with}}",
        "{{#if you.name includeZero=true}}{{/if}}",
        "{{log you.name}}",
        "{{#> _hello}}{{/_hello}}",
        "{{#each account as |x|}}{{/each}}",
    ] {
        assert!(!fault_in_letter(body).is_empty(), "{body}");
    }
    assert!(fault_in_letter("{{{you.name}}}").contains("always escaped"));
    assert!(fault_in_letter("{{&you.name}}").contains("always escaped"));
    assert!(fault_in_letter("{{> _hello you}}").contains("takes no arguments"));
    assert!(fault_in_letter("{{> _helo}}").ends_with("There is no piece \"_helo\" in this language. Did you mean \"_hello\"?"));
    assert!(fault_in_letter("{{> summary}}").contains("There is no piece \"summary\""));
    assert!(fault_in_letter("a\n{{#if you.name}}").ends_with(":3: A {{#if}} begins here and is never closed; write {{/if}} where it ends."));
    assert!(fault_in_letter("{{#if you.name").contains(": A {{#if}} begins here"));
    assert!(fault_in_letter("{{you.name").contains(": This is no template; write {{value}}"));
}

#[test]
fn structures_that_mail_does_not_need_are_refused_with_their_line() {
    assert!(fault_in_letter("a\n\n<b>x</b>").contains(":4: A letter cannot hold HTML"));
    assert!(fault_in_letter("a\n\n![i](https://e)").contains(":4: A letter cannot hold an image"));
    assert!(fault_in_letter("[a](http://e)").contains(":2: A letter cannot hold a link"));
    assert!(fault_in_letter("a\n\n    b").contains(":4: A letter cannot hold a code block"));
    assert_eq!(fault_in_letter("[a](https://e.example) [{{reply.end.line}}]({{reply.end.link}})"), "");
}

#[test]
fn a_subject_is_there_and_tells_nothing() {
    let sentence = |subject: &str| faults("en/received.md.hbs", Some(&format!("{subject}\nx\n"))).into_iter().next().unwrap_or_default();
    assert!(sentence("Hello").starts_with("templates/en/received.md.hbs:1: The first line of a letter is its subject"));
    assert!(sentence("Subject: x").contains("begins with \"[{{reference}}] \""));
    assert!(sentence("Subject: [{{reference}}] {{other}}").contains("must not print \"other\""));
    assert!(sentence("Subject: [{{reference}}] {{#if remedy}}{{remedy}}{{/if}}").contains("must not print \"remedy\""));
    assert!(sentence("Subject: [{{reference}}] {{> _hello}}").contains("must not print"));
    assert_eq!(sentence("Subject: [{{reference}}] {{#if you.consumer}}a{{else}}b{{/if}}"), "");
}

#[test]
fn pieces_that_hold_each_other_are_refused() {
    let found = faults("ar/_hello.md.hbs", Some("{{> _turn}}\n"));
    assert_eq!(found, Vec::<String>::new());
    let mut files = files();
    files.retain(|(path, _)| path != "ar/_hello.md.hbs" && path != "ar/_turn.md.hbs");
    files.push(("ar/_hello.md.hbs".to_owned(), "{{> _turn}}\n".to_owned()));
    files.push(("ar/_turn.md.hbs".to_owned(), "{{#if you.name}}{{> _hello}}{{/if}}\n".to_owned()));
    let found = Stationery::load(&files, &words()).unwrap_err();
    assert_eq!(found.len(), 2);
    assert!(found[0].sentence.contains("holds itself"));
}

#[test]
fn a_letter_or_a_footer_that_is_missing_in_one_language_is_named() {
    let wanted = "templates/ar/received.md.hbs: This letter is missing; every letter is written in fr, ar and en.";
    assert_eq!(faults("ar/received.md.hbs", None), [wanted]);
    assert!(faults("en/_footer.mediation.md.hbs", None)[0].starts_with("templates/en/_footer.mediation.md.hbs: This letter is missing"));
    assert!(faults("de/received.md.hbs", Some("x"))[0].contains("There is no language de"));
    assert!(faults("fr/received.txt", Some("x"))[0].contains("This file is no letter"));
    assert_eq!(faults("FACTS.md", Some("x")), Vec::<String>::new());
}

#[test]
fn a_code_word_that_is_missing_is_named() {
    let mut words = words();
    words.0.remove(&Intent::Grant);
    let found = Stationery::load(&files(), &words).unwrap_err();
    assert_eq!(found.len(), 1);
    assert!(found[0].sentence.contains("\"grant\""));
}

#[test]
fn every_fact_is_documented_and_nothing_else() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/FACTS.md")).unwrap();
    let documented: std::collections::BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let schema = serde_json::to_value(crate::compose::schema::everything()).unwrap();
    let known = check::names_in(&schema);
    let known: std::collections::BTreeSet<&str> = known.iter().map(String::as_str).collect();
    assert_eq!(documented, known);
}

#[test]
fn a_letter_prints_the_same_facts_in_every_language() {
    let printed = |path: &str, text: &str| {
        let body = text.split_once('\n').filter(|_| !path.contains("/_")).map_or(text, |(_, body)| body);
        let mut names = std::collections::BTreeSet::new();
        check::printed(&handlebars::Template::compile(body).unwrap(), &mut names);
        names
    };
    let files: std::collections::BTreeMap<String, String> = files().into_iter().filter(|(path, _)| path.ends_with(".hbs")).collect();
    for (path, text) in &files {
        let name = path.split_once('/').unwrap().1;
        assert_eq!(printed(path, text), printed(path, &files[&format!("fr/{name}")]), "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn a_broken_template_is_a_fault_and_never_a_panic(body in "(\\{\\{|\\}\\}|#if |/if|else|#each |/each|you\\.name|account|> |_hello|[-~!&^=|()\\[\\]*`<\\n a\u{e000}\u{e001}]){0,16}") {
        let body = format!("Subject: [{{{{reference}}}}] a\n{body}");
        let (sheet, _) = check::Sheet::cut("f", "f", &body);
        let sheets = std::collections::BTreeMap::from([("f".to_owned(), sheet)]);
        let _ = check::check_sheet(&sheets["f"], &sheets, &check::schema(), Language::Fr);
    }
}
