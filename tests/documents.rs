//! What the documents say is so: commands parse, files and tests exist, tables are those of the code.

use clap::Parser;
use elitige::cli::arguments::Arguments;
use elitige::domain::{Dice, Fault, Reference, RejectReason};
use elitige::settle::Rulebook;
use elitige::store::{Keys, Store, states};
use elitige::workflow::Workflow;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 5] = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/promises.md"];

fn house() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(file: &str) -> String {
    fs::read_to_string(house().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// Blocks between fences, each with the word after its first fence.
fn fenced(document: &str) -> Vec<(String, String)> {
    document.split("```").skip(1).step_by(2).filter_map(|block| block.split_once('\n')).map(|(kind, body)| (kind.to_owned(), body.to_owned())).collect()
}

/// What stands between single backticks outside the blocks.
fn quoted(document: &str) -> Vec<String> {
    let prose: String = document.split("```").step_by(2).collect();
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Every `elitige …` in a block of a document, as it is typed, without remarks.
fn typed(document: &str) -> Vec<String> {
    let lines = fenced(document).into_iter().filter(|(kind, _)| kind == "sh").flat_map(|(_, body)| body.lines().map(str::to_owned).collect::<Vec<_>>());
    let typed = lines.map(|line| line.split(" #").next().unwrap_or_default().trim().to_owned());
    typed.filter(|line| line.starts_with("elitige ")).collect()
}

/// Every `elitige …` in the prose of a document. What is cut short there with "…" is no command.
fn mentioned(document: &str) -> Vec<String> {
    quoted(document).into_iter().filter(|words| words.starts_with("elitige ") && !words.contains('…')).collect()
}

/// Whether only the name of a command is said, as in `elitige case admit`.
fn is_name(words: &str) -> bool {
    let mut command = <Arguments as clap::CommandFactory>::command();
    words.split(' ').skip(1).all(|word| command.find_subcommand(word).cloned().map(|inner| command = inner).is_some())
}

/// The words of a command line; none here is quoted.
fn parses(command: &str) -> Result<(), String> {
    let words = command.split_whitespace().chain(["--config", "/etc/elitige/config"]);
    Arguments::try_parse_from(words).map(|_| ()).map_err(|error| format!("{command}: {error}"))
}

#[test]
fn every_command_in_the_documents_is_one() {
    assert!(typed(&text("README.md")).len() > 12, "the commands of README.md were not found");
    for document in DOCUMENTS {
        let content = text(document);
        let prose = mentioned(&content).into_iter().filter(|words| !is_name(words));
        let wrong: Vec<String> = typed(&content).into_iter().chain(prose).filter_map(|command| parses(&command).err()).collect();
        assert!(wrong.is_empty(), "{document}:\n{}", wrong.join("\n"));
    }
    assert!(parses("elitige case admt EL-7K3Q-9XWC").is_err() && parses("elitige run --loud").is_err());
    assert!(is_name("elitige case admit") && !is_name("elitige case admt"));
}

#[test]
fn every_command_there_is_stands_in_the_readme() {
    let readme = text("README.md");
    for command in <Arguments as clap::CommandFactory>::command().get_subcommands().filter(|command| !command.is_hide_set()) {
        let inner: Vec<String> = command.get_subcommands().map(|inner| format!("elitige {} {}", command.get_name(), inner.get_name())).collect();
        let whole = if inner.is_empty() { vec![format!("elitige {}", command.get_name())] } else { inner };
        // What checks the workflows is part of `elitige check`.
        for known in whole.iter().filter(|known| *known != "elitige workflow check") {
            assert!(readme.contains(known.as_str()), "README.md does not speak of `{known}`");
        }
    }
}

#[test]
fn every_reference_in_the_readme_and_every_reason_is_one_that_is_taken() {
    let readme = text("README.md");
    let shown = readme.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').filter(|word| word.starts_with("EL-") && word.len() == 12);
    let wrong: Vec<&str> = shown.clone().filter(|word| Reference::parse(word).is_err()).collect();
    assert!(shown.count() > 10 && wrong.is_empty(), "no references: {wrong:?}");
    let untold: Vec<&str> = RejectReason::ALL.iter().map(|reason| reason.name()).filter(|name| !readme.contains(&format!("`{name}`"))).collect();
    assert!(untold.is_empty(), "README.md does not name {untold:?}");
}

/// Whether `word` is a path of the repository: it has a folder or an ending that our files have, and nothing that stands for something else.
fn is_path(word: &str) -> bool {
    let ending = [".md", ".toml", ".rs", ".service", ".story", ".hbs", ".sql"].iter().any(|ending| word.ends_with(ending));
    let place = word.contains('/') && !word.starts_with('.');
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "/._-".contains(c)) && !word.contains("/name.");
    plain && !word.starts_with('/') && (ending || place)
}

/// Where a named path may be meant from.
fn exists(path: &str) -> bool {
    ["", "src", "config", "templates"].iter().any(|folder| house().join(folder).join(path).exists())
}

#[test]
fn every_file_in_the_documents_exists() {
    for document in DOCUMENTS {
        let content = text(document);
        let linked = content.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|link| !link.starts_with('#')).map(str::to_owned);
        let named: Vec<String> = quoted(&content).into_iter().filter(|word| is_path(word)).chain(linked).collect();
        assert!(document == "CHANGELOG.md" || !named.is_empty(), "no file was found in {document}");
        let missing: Vec<&String> = named.iter().filter(|path| !exists(path)).collect();
        assert!(missing.is_empty(), "{document} names what is not there: {missing:?}");
    }
    assert!(is_path("settle/mail.rs") && is_path("smtp/") && is_path("tests/house.rs") && !exists("settle/post.rs"));
    assert!(!is_path("/etc/elitige/config") && !is_path("mediation") && !is_path("UPDATE=1 cargo test"));
}

/// Every file of `src` and `tests` that ends with `.rs`, joined.
fn code(folder: &Path) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&code(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
    all
}

#[test]
fn every_promise_names_tests_that_exist() {
    let page = text("ARCHITECTURE.md");
    let section = page.split("\n## ").find(|section| section.starts_with("8. ")).expect("section 8 of ARCHITECTURE.md");
    let promises: Vec<&str> = section.lines().filter(|line| line.starts_with("| ") && line.as_bytes().get(2).is_some_and(u8::is_ascii_digit)).collect();
    assert_eq!(promises.len(), 12);
    named_tests_exist(&promises, 3);
}

#[test]
fn every_threat_of_the_gate_names_tests_that_exist() {
    let page = text("ARCHITECTURE.md");
    let threats: Vec<&str> = page.lines().filter(|line| line.strip_prefix("| T").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))).collect();
    let numbers: Vec<usize> = threats.iter().filter_map(|line| line.strip_prefix("| T")?.split(' ').next()?.parse().ok()).collect();
    assert_eq!(numbers, (1..=30).chain(35..=39).chain([60]).collect::<Vec<_>>());
    named_tests_exist(&threats, 2);
}

#[test]
fn every_invariant_names_its_property_and_the_test_in_which_its_measure_fails() {
    let page = text("ARCHITECTURE.md");
    let invariants: Vec<&str> =
        page.lines().filter(|line| line.strip_prefix("| I").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))).collect();
    let numbers: Vec<usize> = invariants.iter().filter_map(|line| line.strip_prefix("| I")?.split(' ').next()?.parse().ok()).collect();
    assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
    named_tests_exist(&invariants, 2);
    named_tests_exist(&invariants, 3);
}

/// Every row names tests in that column, and each of them is somewhere.
fn named_tests_exist(rows: &[&str], column: usize) {
    let code = code(&house().join("src")) + &code(&house().join("tests"));
    for row in rows {
        let tests: Vec<String> = quoted(row.split('|').nth(column).unwrap_or_default()).into_iter().filter(|name| !is_path(name)).collect();
        for test in &tests {
            assert!(code.contains(&format!("fn {test}(")), "no test is called {test}");
        }
        assert!(!tests.is_empty() || row.contains("the same two"), "{row}");
    }
}

#[test]
fn the_durable_states_of_the_page_are_those_of_the_store() {
    assert!(text("ARCHITECTURE.md").contains(&states::markdown()), "put this into section 1 of ARCHITECTURE.md:\n{}", states::markdown());
}

#[test]
fn the_floors_of_the_page_are_those_of_the_house() {
    let floors = text("tests/house/floors.rs");
    let wet = floors.lines().find_map(|line| line.strip_prefix("const WET: u8 = ")).expect("the floor of the wet wing").trim_end_matches(';');
    let rows: Vec<(String, u8)> = floors
        .lines()
        .filter_map(|line| line.trim().strip_prefix("(\"")?.strip_suffix("),")?.split_once("\", "))
        .map(|(room, floor)| (room.to_owned(), floor.replace("WET", wet)))
        .filter_map(|(room, floor)| floor.parse().ok().map(|floor| (room, floor)))
        .filter(|(room, _)| room != "lib")
        .collect();
    assert!(rows.len() > 10, "{rows:?}");
    let page = text("ARCHITECTURE.md");
    let section = page.split("\n## ").find(|section| section.starts_with("3. ")).expect("section 3 of ARCHITECTURE.md");
    let told: BTreeSet<(String, u8)> = section
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "))
        .filter_map(|(floor, rest)| Some((floor.parse::<u8>().ok()?, rest.split('|').next()?.to_owned())))
        .flat_map(|(floor, rooms)| quoted(&rooms).into_iter().map(move |room| (room, floor)))
        .collect();
    assert_eq!(told, rows.into_iter().collect::<BTreeSet<_>>());
}

#[test]
fn the_unit_gives_every_secret_that_the_example_names() {
    let (unit, service) = (text("config/elitige.service"), text("config/service.toml"));
    let named: BTreeSet<String> = service
        .lines()
        .filter(|line| !line.starts_with('#') && line.contains("_credential"))
        .filter_map(|line| line.split('"').nth(1))
        .map(str::to_owned)
        .collect();
    let given: BTreeSet<String> =
        unit.lines().filter_map(|line| line.strip_prefix("LoadCredential=")?.split_once(':')).map(|(name, _)| name.to_owned()).collect();
    assert_eq!(named, given);
    let started = unit.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/local/bin/")).expect("ExecStart");
    assert!(Arguments::try_parse_from(started.split_whitespace()).is_ok(), "{started}");
}

/// Letters that a workflow may name.
fn letters() -> BTreeSet<String> {
    let files = fs::read_dir(house().join("templates/fr")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    files.filter_map(|name| name.strip_suffix(".md.hbs").map(str::to_owned)).collect()
}

#[tokio::test]
async fn the_change_of_rules_in_the_readme_is_sound_and_running_disputes_keep_theirs() {
    let is_rule = |(kind, shown): &(String, String)| kind == "toml" && shown.trim_start().starts_with("[state.");
    let (_, shown) = fenced(&text("README.md")).into_iter().find(is_rule).expect("a rule in README.md");
    let (state, line) = shown.trim().split_once('\n').expect("a state and one line");
    let old = text("config/workflows/mediation.toml");
    let (before, after) = old.split_once(&format!("\n{state}\n")).expect("the state of README.md");
    let (head, rest) = after.split_once("deadline = \"10 working days\"").expect("the line that README.md changes");
    assert!(!head.contains('['), "the deadline belongs to {state}");
    let new = format!("{before}\n{state}\n{head}{line}{rest}");

    let parse = |text: &str| Workflow::parse("workflows/mediation.toml", text, &letters()).unwrap_or_else(|faults: Vec<Fault>| panic!("{faults:?}"));
    let (past, present) = (parse(&old), parse(&new));
    assert_ne!(past.digest(), present.digest());
    let folder = tempfile::tempdir().unwrap();
    let keys = Keys::create(&folder.path().join("key"), &mut Dice::from_seed([1; 32])).unwrap();
    let database = format!("sqlite:{}", folder.path().join("elitige.db").display());
    let store = Store::create(&database, &keys, Dice::from_seed([2; 32])).await.unwrap();
    store.keep_rules(&past.digest(), past.name(), &old).await.unwrap();
    let rulebook = Rulebook::new(vec![present.clone()], letters());
    assert_eq!(rulebook.current("mediation").map(|rules| rules.digest()), Some(present.digest()));
    assert_eq!(rulebook.by_digest(past.digest(), &store).await.map(|rules| rules.digest()).unwrap(), past.digest());
}

/// Words as a reader sees them, in small runs.
fn runs(text: &str) -> BTreeSet<String> {
    let shown: String = text.chars().filter(|c| !matches!(c, '*' | '\u{2068}' | '\u{2069}')).collect();
    shown.split_whitespace().collect::<Vec<_>>().windows(4).map(|run| run.join(" ")).collect()
}

#[test]
fn the_conversation_in_the_readme_is_in_the_words_of_the_letters() {
    let readme = text("README.md");
    let conversation = readme.split("## ").find(|part| part.starts_with("A conversation")).expect("the conversation");
    let letters = ["fr", "ar"].map(|language| fs::read_dir(house().join("templates").join(language)).unwrap());
    let said: BTreeSet<String> = letters.into_iter().flatten().flat_map(|entry| runs(&fs::read_to_string(entry.unwrap().path()).unwrap())).collect();
    let received = conversation.split("\n\n").filter(|block| block.contains(" receives"));
    // Shorter ones are facts of this case.
    let is_sentence = |line: &&str| line.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() >= 9;
    let lines = received.flat_map(|block| block.lines().skip(1)).filter(is_sentence);
    let missing: Vec<&str> = lines.clone().filter(|line| runs(line).is_disjoint(&said)).collect();
    assert!(lines.count() >= 6, "the letters of the conversation were not found");
    assert!(missing.is_empty(), "no letter says this: {missing:#?}");
}
