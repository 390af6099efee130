//! The templates of every letter, read and checked once.

use super::ComposeError;
use super::charter;
use super::check::{Kind, Page, SUBJECT_OF, Sheet, check_sheet, schema};
use super::facts::Facts;
use super::guard::Memory;
use super::page::{Block, opened, read, sealed};
use super::replies::PRINTED;
use super::{paper, screen};
use crate::domain::{Charter, CodeWords, Digest, Fault, Language};
use handlebars::{Context, Handlebars, RenderError};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

/// How the file of a template ends.
const SUFFIX: &str = ".md.hbs";
/// The footer of the mediation track, under every letter.
const FOOTER: &str = "_footer.mediation";
/// The footer of a merchant's customer service, in its place.
const SERVICE_FOOTER: &str = "_footer.service";

/// The templates of every letter in every language.
#[derive(Debug)]
pub struct Stationery {
    registries: BTreeMap<Language, Handlebars<'static>>,
    digests: BTreeMap<(Language, String), Digest>,
    letters: BTreeSet<String>,
    words: CodeWords,
    charter: Charter,
    memories: BTreeMap<(Language, String), OnceLock<Arc<Memory>>>,
}

impl Stationery {
    /// Reads `files`, pairs of a path below `templates/` and its text, and checks them: syntax, every variable, every partial,
    /// the subject line, and that each letter exists in each language. `words` are the printed code words.
    ///
    /// # Errors
    /// Every fault that was found, each with its file and line.
    pub fn load(files: &[(String, String)], words: &CodeWords) -> Result<Stationery, Vec<Fault>> {
        let mut faults = Vec::new();
        let (sheets, schema) = (sort(files, &mut faults), schema());
        for (language, sheets) in &sheets {
            for sheet in sheets.values() {
                faults.extend(check_sheet(sheet, sheets, &schema, *language));
            }
        }
        let letters: BTreeSet<String> =
            sheets.values().flat_map(|sheets| sheets.values()).filter(|sheet| sheet.kind == Kind::Letter).map(|sheet| sheet.name.clone()).collect();
        faults.extend(missing(&sheets, &letters));
        faults.extend(wordless(words));
        let charter = charter::find(files).map_err(|found| faults.extend(found.iter().cloned())).ok();
        let Some(charter) = charter else { return Err(sorted(faults)) };
        let mut stationery =
            Stationery { registries: BTreeMap::new(), digests: BTreeMap::new(), letters, words: words.clone(), charter, memories: BTreeMap::new() };
        if faults.is_empty() {
            for (language, sheets) in sheets {
                stationery.register(language, sheets, &schema, &mut faults);
            }
        }
        if faults.is_empty() {
            return Ok(stationery);
        }
        Err(sorted(faults))
    }

    /// The charter in force.
    pub fn charter(&self) -> &Charter {
        &self.charter
    }

    /// The name of every letter.
    pub fn letters(&self) -> BTreeSet<String> {
        self.letters.clone()
    }

    /// Whether there is a letter of that name.
    pub fn has(&self, letter: &str) -> bool {
        self.letters.contains(letter)
    }

    /// The digest of all that the letter's words come from: its own file, its footer and the pieces that letters share.
    pub fn digest(&self, letter: &str, language: Language) -> Option<Digest> {
        self.digests.get(&(language, letter.to_owned())).copied()
    }

    /// What a guard remembers of the words of a letter, as they stand in its text and in its page: worked out when it is first written.
    pub(super) fn memory(&self, letter: &str, language: Language) -> Option<Arc<Memory>> {
        let memory = self.memories.get(&(language, letter.to_owned()))?;
        let memory = memory.get_or_init(|| {
            let (mut memory, context) = (Memory::default(), Context::wraps(schema()).unwrap_or_else(|_| Context::null()));
            for footer in [FOOTER, SERVICE_FOOTER] {
                if let Ok((subject, blocks, _)) = self.write_from(letter, language, &context, footer) {
                    memory.learn(&paper::text(&blocks, &[], language));
                    memory.learn(&screen::html(&subject, &blocks, &[], language));
                }
            }
            Arc::new(memory)
        });
        Some(Arc::clone(memory))
    }

    /// The printed code words.
    pub(super) fn words(&self) -> &CodeWords {
        &self.words
    }

    /// Subject, blocks (the footer after the last rule) and digest of a letter.
    pub(super) fn write(&self, letter: &str, language: Language, facts: &Facts) -> Result<(String, Vec<Block>, Digest), ComposeError> {
        let context = Context::wraps(facts).map_err(|error| lacking(letter, language, &error))?;
        self.write_from(letter, language, &context, if facts.client.is_some() { SERVICE_FOOTER } else { FOOTER })
    }

    fn write_from(&self, letter: &str, language: Language, context: &Context, footer: &str) -> Result<(String, Vec<Block>, Digest), ComposeError> {
        let unknown = || ComposeError::UnknownLetter { letter: letter.to_owned(), language };
        let registry = self.registries.get(&language).ok_or_else(unknown)?;
        let digest = self.digest(letter, language).ok_or_else(unknown)?;
        let render = |name: &str| registry.render_with_context(name, context).map_err(|error| lacking(letter, language, &error));
        let subject = opened(&render(&format!("{letter}{SUBJECT_OF}"))?);
        let mut blocks = read(&render(letter)?);
        blocks.push(Block::Rule);
        blocks.extend(read(&render(footer)?));
        Ok((subject, blocks, digest))
    }

    /// Takes over the templates of one language, all of which were read, and writes each letter once.
    fn register(&mut self, language: Language, sheets: BTreeMap<String, Sheet>, schema: &Value, faults: &mut Vec<Fault>) {
        let mut registry = Handlebars::new();
        registry.set_strict_mode(true);
        registry.register_escape_fn(sealed);
        let pieces = sheets.values().filter(|sheet| sheet.kind != Kind::Letter);
        let shared: Vec<&[u8]> = pieces.flat_map(|sheet| [sheet.name.as_bytes(), sheet.body.text.as_bytes()]).collect();
        let shared = Digest::of_parts(&shared);
        let mut letters = Vec::new();
        for (name, sheet) in sheets {
            let Sheet { file, kind, subject, body, .. } = sheet;
            if kind == Kind::Letter {
                let subject = subject.as_ref().map_or("", |subject| &subject.text);
                let digest = Digest::of_parts(&[subject.as_bytes(), body.text.as_bytes(), shared.as_bytes()]);
                self.digests.insert((language, name.clone()), digest);
                letters.push((name.clone(), file));
            }
            add(&mut registry, &format!("{name}{SUBJECT_OF}"), subject);
            add(&mut registry, &name, Some(body));
        }
        self.registries.insert(language, registry);
        let context = Context::wraps(schema).unwrap_or_else(|_| Context::null());
        for (name, file) in letters {
            if let Err(ComposeError::Template { line, .. }) = self.write_from(&name, language, &context, SERVICE_FOOTER) {
                faults.push(Fault::new(&file, line, "This letter cannot be written even when every fact is known; compare it with FACTS.md."));
            }
            self.memories.insert((language, name), OnceLock::new());
        }
    }
}

fn add(registry: &mut Handlebars<'_>, name: &str, page: Option<Page>) {
    if let Some(Ok(template)) = page.map(|page| page.template) {
        registry.register_template(name, template);
    }
}

fn sorted(mut faults: Vec<Fault>) -> Vec<Fault> {
    faults.sort();
    faults.dedup();
    faults
}

/// What was printed and is absent, by the file in which it stands.
fn lacking(letter: &str, language: Language, error: &RenderError) -> ComposeError {
    let file = error.template_name.as_deref().filter(|name| name.starts_with('_')).unwrap_or(letter);
    ComposeError::Template { letter: file.to_owned(), language, line: error.line_no.unwrap_or(0) }
}

/// The files by language and name. Files beside the language folders (FACTS.md) are for people and are passed over.
fn sort(files: &[(String, String)], faults: &mut Vec<Fault>) -> BTreeMap<Language, BTreeMap<String, Sheet>> {
    let mut sheets: BTreeMap<Language, BTreeMap<String, Sheet>> = Language::ALL.into_iter().map(|language| (language, BTreeMap::new())).collect();
    for (path, text) in files {
        let Some((folder, name)) = path.split_once('/') else { continue };
        if Language::ALL.iter().any(|language| Charter::path(*language) == *path) {
            continue;
        }
        let file = format!("templates/{path}");
        let Some(language) = Language::parse(folder) else {
            faults.push(Fault::new(&file, 0, format!("There is no language {folder}; letters are written in fr, ar and en.")));
            continue;
        };
        let Some(name) = name.strip_suffix(SUFFIX).filter(|name| !name.is_empty() && !name.contains(['/', '#'])) else {
            faults.push(Fault::new(&file, 0, format!("This file is no letter; a letter is called <name>{SUFFIX}.")));
            continue;
        };
        let (sheet, fault) = Sheet::cut(&file, name, text);
        faults.extend(fault);
        sheets.entry(language).or_default().insert(name.to_owned(), sheet);
    }
    sheets
}

/// Letters and footers that a language lacks.
fn missing(sheets: &BTreeMap<Language, BTreeMap<String, Sheet>>, letters: &BTreeSet<String>) -> Vec<Fault> {
    let wanted = || letters.iter().map(String::as_str).chain([FOOTER, SERVICE_FOOTER]);
    let lacking = |language: Language| wanted().filter(move |name| !sheets.get(&language).is_some_and(|sheets| sheets.contains_key(*name)));
    // A folder that is gone is one fault, not a hundred.
    let (there, gone): (Vec<Language>, Vec<Language>) =
        Language::ALL.into_iter().partition(|language| sheets.get(language).is_some_and(|sheets| !sheets.is_empty()));
    let gone = gone.into_iter().map(|language| {
        let sentence = format!("There is no letter in this language; copy the folder templates/{language} from the example that comes with the program.");
        Fault::new(&format!("templates/{language}"), 0, sentence)
    });
    there
        .into_iter()
        .flat_map(|language| lacking(language).map(move |name| (language, name)))
        .map(|(language, name)| {
            Fault::new(&format!("templates/{language}/{name}{SUFFIX}"), 0, "This letter is missing; every letter is written in fr, ar and en.")
        })
        .chain(gone)
        .collect()
}

/// Intents without a printed word.
fn wordless(words: &CodeWords) -> Vec<Fault> {
    PRINTED
        .into_iter()
        .filter(|intent| Language::ALL.into_iter().any(|language| words.printed(*intent, language).is_none_or(|word| word.trim().is_empty())))
        .map(|intent| Fault::new("templates", 0, format!("The code words lack the printed word for \"{intent}\"; give it in fr, ar and en.")))
        .collect()
}
