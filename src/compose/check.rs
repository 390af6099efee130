//! What a template may say: checked when it is loaded, because handlebars takes an unknown word in `{{#if …}}` silently for "no".

use super::page::forbidden;
use super::schema::everything;
use crate::domain::fault::nearest;
use crate::domain::{Fault, Language};
use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use handlebars::{Path, Template, TemplateError, TemplateErrorReason};
use pulldown_cmark::{Options, Parser};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How the first line of a letter begins.
const SUBJECT: &str = "Subject: ";
/// Separates the name of a letter from its subject's in the registry; cannot occur in a file name that is read.
pub(super) const SUBJECT_OF: &str = "#subject";
/// What a subject may print instead, in a letter to the registrar that is about no dispute.
const COUNTS: [&str; 2] = ["pen.count", "waiting.number"];
/// Letters about no dispute, or about several of one reader at once: their subjects name none and count nothing.
const CASELESS: [&str; 4] = ["morning", "reminders", "trouble", "well-again"];
/// What every subject about a dispute begins with.
const REFERENCE: &str = "[{{reference}}] ";

/// What a letter may print that goes to an address of which nobody knows whose it is.
const HARMLESS: [&str; 5] = ["service", "reply.mine.line", "reply.mine.link", "reply.not_mine.line", "reply.not_mine.link"];

/// One file of `templates/`.
#[derive(Debug)]
pub(super) struct Sheet {
    /// As the person knows it.
    pub(super) file: String,
    /// File name without its ending.
    pub(super) name: String,
    /// What it is.
    pub(super) kind: Kind,
    /// The subject's template; only letters have one.
    pub(super) subject: Option<Page>,
    /// The rest; the subject's line is left empty so that lines keep their numbers.
    pub(super) body: Page,
}

/// A template, read once.
#[derive(Debug)]
pub(super) struct Page {
    /// As it was written.
    pub(super) text: String,
    /// As handlebars understands it.
    pub(super) template: Result<Template, TemplateError>,
}

impl Page {
    /// Reads `text`; faults in it are told under `name`.
    fn read(name: &str, text: String) -> Self {
        let template = Template::compile_with_name(&text, name.to_owned());
        Self { text, template }
    }
}

/// What a file of `templates/` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A letter.
    Letter,
    /// A piece that letters share, or a footer: its name begins with `_`. It is made of whole paragraphs.
    Piece,
}

impl Sheet {
    /// Takes a file apart. A letter without a subject line is a fault.
    pub(super) fn cut(file: &str, name: &str, text: &str) -> (Self, Option<Fault>) {
        let text = text.replace("\r\n", "\n");
        let sheet = |kind, subject: Option<&str>, body| Self {
            file: file.to_owned(),
            name: name.to_owned(),
            kind,
            subject: subject.map(|subject| Page::read(&format!("{name}{SUBJECT_OF}"), subject.to_owned())),
            body: Page::read(name, body),
        };
        if name.starts_with('_') {
            return (sheet(Kind::Piece, None, format!("{}\n\n", text.trim_end())), None);
        }
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let fault = |sentence: &str| Some(Fault::new(file, 1, sentence));
        match first.strip_prefix(SUBJECT).map(str::trim) {
            Some(subject) if !subject.is_empty() => (sheet(Kind::Letter, Some(subject), format!("\n{rest}")), None),
            _ => (sheet(Kind::Letter, None, format!("\n{rest}")), fault("The first line of a letter is its subject: write \"Subject: [{{reference}}] …\".")),
        }
    }
}

/// The first block of `text` that is begun and never closed, and its line.
fn unclosed(text: &str) -> Option<(String, usize)> {
    let mut open: Vec<(String, usize)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        for piece in line.split("{{").skip(1) {
            let piece = piece.trim_start_matches('~');
            let word = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
            if let Some(rest) = piece.strip_prefix('#').filter(|rest| !rest.starts_with('>')) {
                open.push((word(rest), number.saturating_add(1)));
            } else if let Some(rest) = piece.strip_prefix('/')
                && let Some(place) = open.iter().rposition(|(name, _)| *name == word(rest))
            {
                open.remove(place);
            }
        }
    }
    open.into_iter().find(|(name, _)| !name.is_empty())
}

/// Everything that a letter may speak of, to look names up in.
pub(super) fn schema() -> Value {
    serde_json::to_value(everything()).unwrap_or_default()
}

/// Every fault of one file. `sheets` are all files of its language.
pub(super) fn check_sheet(sheet: &Sheet, sheets: &BTreeMap<String, Sheet>, schema: &Value, language: Language) -> Vec<Fault> {
    let mut checker = Checker { sheet, sheets, scopes: vec![schema], line: 0, faults: Vec::new() };
    if let Some(subject) = &sheet.subject {
        checker.subject(subject);
    }
    match &sheet.body.template {
        Ok(template) => checker.template(template),
        Err(error) => checker.broken(error, &sheet.body.text),
    }
    checker.markdown();
    checker.circle(language);
    checker.faults
}

struct Checker<'a> {
    sheet: &'a Sheet,
    sheets: &'a BTreeMap<String, Sheet>,
    /// The values among which names are looked up, innermost last.
    scopes: Vec<&'a Value>,
    line: usize,
    faults: Vec<Fault>,
}

impl<'a> Checker<'a> {
    /// Whether the letter may speak of no person and no case.
    fn is_anonymous(&self) -> bool {
        self.sheet.kind == Kind::Letter && self.sheet.name == super::ADDRESS_CHECK
    }

    fn fault(&mut self, sentence: impl Into<String>) {
        self.faults.push(Fault::new(&self.sheet.file, self.line, sentence));
    }

    fn broken(&mut self, error: &TemplateError, text: &str) {
        self.line = error.pos().map_or(0, |(line, _)| line);
        if let Some((name, line)) = unclosed(text) {
            self.line = line;
            self.fault(format!("A {{{{#{name}}}}} begins here and is never closed; write {{{{/{name}}}}} where it ends."));
            return;
        }
        if matches!(error.reason(), TemplateErrorReason::InvalidSyntax(_)) {
            self.fault("This is no template; write {{value}}, or {{#if value}} … {{/if}}.");
            return;
        }
        self.fault(format!("This is no template: {}.", error.reason().to_string().split('\n').next().unwrap_or_default()));
    }

    /// Lock screens are public: a subject speaks of nothing but the reference, or how many mails wait.
    fn subject(&mut self, subject: &Page) {
        self.line = 1;
        let template = match &subject.template {
            Ok(template) => template,
            Err(error) => {
                self.broken(error, &subject.text);
                self.line = 1;
                return;
            }
        };
        let subject = &subject.text;
        let mut names = BTreeSet::new();
        printed(template, &mut names);
        let about_held = names.iter().any(|name| COUNTS.contains(&name.as_str()));
        let is_anonymous = self.is_anonymous();
        if is_anonymous && subject.contains("{{") {
            self.fault("This letter goes to an address that has not proved whose it is: its subject prints nothing.");
        }
        if !about_held && !is_anonymous && !CASELESS.contains(&self.sheet.name.as_str()) && !subject.starts_with(REFERENCE) {
            self.fault("A subject begins with \"[{{reference}}] \".");
        }
        if let Some(name) = names.iter().find(|name| *name != "reference" && !COUNTS.contains(&name.as_str())) {
            self.fault(format!("A subject must not print \"{name}\": it is read on locked screens; print only the reference and neutral words."));
        }
        self.template(template);
        self.line = 1;
    }

    fn template(&mut self, template: &Template) {
        for (place, element) in template.elements.iter().enumerate() {
            if let Some(mapping) = template.mapping.get(place) {
                self.line = mapping.0;
            }
            self.element(element);
        }
    }

    fn element(&mut self, element: &TemplateElement) {
        match element {
            TemplateElement::RawString(_) | TemplateElement::Comment(_) => {}
            TemplateElement::Expression(expression) => self.expression(expression),
            TemplateElement::HelperBlock(block) => self.block(block),
            TemplateElement::PartialExpression(partial) => {
                let name = partial.name.as_name().unwrap_or_default().to_owned();
                if !partial.params.is_empty() || !partial.hash.is_empty() {
                    self.fault(format!("The piece \"{name}\" takes no arguments; write {{{{> {name}}}}}."));
                }
                self.partial(&name);
            }
            TemplateElement::HtmlExpression(_) => self.fault("Values are always escaped; write {{…}} with two braces and without &."),
            _ => self.fault("A letter may use {{value}}, {{#if}}, {{#unless}}, {{#each}} and {{> piece}}, nothing else."),
        }
    }

    fn expression(&mut self, expression: &HelperTemplate) {
        if !expression.params.is_empty() || !expression.hash.is_empty() {
            self.fault("A letter may use {{value}}, {{#if}}, {{#unless}}, {{#each}} and {{> piece}}, nothing else.");
            return;
        }
        let name = expression.name.as_name().unwrap_or_default();
        if self.is_anonymous() && !HARMLESS.contains(&name) {
            self.fault(format!("This letter goes to an address that has not proved whose it is; it may not print \"{name}\"."));
        }
        match self.resolve(&expression.name) {
            Some(Value::Object(_) | Value::Array(_)) => {
                self.fault(format!("\"{}\" has parts; print one of them.", expression.name.as_name().unwrap_or_default()))
            }
            Some(Value::Bool(_)) => self.fault(format!("\"{}\" is a yes or no; ask for it with {{{{#if}}}}.", expression.name.as_name().unwrap_or_default())),
            _ => {}
        }
    }

    fn block(&mut self, block: &HelperTemplate) {
        let name = block.name.as_name().unwrap_or_default();
        let (line, [parameter]) = (self.line, block.params.as_slice()) else {
            self.fault(format!("{{{{#{name}}}}} takes one value."));
            return;
        };
        if !block.hash.is_empty() || block.block_param.is_some() || !matches!(name, "if" | "unless" | "each") {
            self.fault("A letter may use {{value}}, {{#if}}, {{#unless}}, {{#each}} and {{> piece}}, nothing else.");
            return;
        }
        let value = self.resolve(parameter);
        let scope = match (name, value) {
            ("each", Some(Value::Array(items))) => items.first(),
            ("each", Some(_)) => {
                self.fault("{{#each}} takes a list.");
                None
            }
            _ => None,
        };
        self.scopes.extend(scope);
        if let Some(inside) = &block.template {
            self.template(inside);
        }
        if scope.is_some() {
            self.scopes.pop();
        }
        if let Some(otherwise) = &block.inverse {
            self.template(otherwise);
        }
        self.line = line;
    }

    /// The value that a name stands for in the schema; a fault if there is none.
    fn resolve(&mut self, parameter: &Parameter) -> Option<&'a Value> {
        let name = match parameter {
            Parameter::Name(name) | Parameter::Path(Path::Relative((_, name))) => name.as_str(),
            _ => {
                self.fault("Only plain names stand in a letter, as in {{you.name}}.");
                return None;
            }
        };
        let (mut depth, mut rest) = (self.scopes.len().saturating_sub(1), name);
        while let Some(outer) = rest.strip_prefix("../") {
            (depth, rest) = (depth.saturating_sub(1), outer);
        }
        let found =
            self.scopes.get(depth).copied().and_then(|scope| rest.split('.').filter(|step| *step != "this").try_fold(scope, |value, step| value.get(step)));
        if found.is_none() {
            let known = self.scopes.get(depth).map(|scope| names_in(scope)).unwrap_or_default();
            let hint = nearest(rest, known.iter().map(String::as_str)).map(|near| format!(" Did you mean \"{near}\"?")).unwrap_or_default();
            self.fault(format!("There is no \"{name}\"; FACTS.md lists what a letter may speak of.{hint}"));
        }
        found
    }

    fn partial(&mut self, name: &str) {
        let known = self.sheets.values().filter(|sheet| sheet.kind == Kind::Piece).map(|sheet| sheet.name.as_str());
        if !self.sheets.get(name).is_some_and(|sheet| sheet.kind == Kind::Piece) {
            let hint = nearest(name, known).map(|near| format!(" Did you mean \"{near}\"?")).unwrap_or_default();
            self.fault(format!("There is no piece \"{name}\" in this language.{hint}"));
        }
    }

    /// Two pieces that hold each other would never end (CRATES §3.5).
    fn circle(&mut self, language: Language) {
        self.line = 0;
        let mut reached = BTreeSet::new();
        let mut ahead = pieces_of(self.sheet);
        while let Some(name) = ahead.pop() {
            if name == self.sheet.name {
                self.fault(format!("This piece of {language} holds itself, directly or through another one; take it out."));
                return;
            }
            if let Some(sheet) = self.sheets.get(&name)
                && reached.insert(name)
            {
                ahead.extend(pieces_of(sheet));
            }
        }
    }

    /// Structures that a letter may not have, found in the file itself: each tag counts as a word of its own length.
    fn markdown(&mut self) {
        let words = masked(&self.sheet.body.text);
        for (event, place) in Parser::new_ext(&words, Options::empty()).into_offset_iter() {
            if let Some(what) = forbidden(&event).filter(|_| !is_reply(&self.sheet.body.text, place.clone())) {
                let sentence = format!("A letter cannot hold {what}; use paragraphs, lists, quotes, bold words and links.");
                self.faults.push(Fault::at(&self.sheet.file, &self.sheet.body.text, place.start, sentence));
            }
        }
    }
}

/// Whether a link leads to what a value holds: those are made by the program.
fn is_reply(body: &str, place: std::ops::Range<usize>) -> bool {
    body.get(place).is_some_and(|link| link.contains("]({{") && link.ends_with("}})"))
}

/// `body` with every tag replaced by as many letters.
fn masked(body: &str) -> String {
    let mut words = String::with_capacity(body.len());
    let mut rest = body;
    while let Some((before, after)) = rest.split_once("{{") {
        let (tag, after) = after.split_once("}}").unwrap_or((after, ""));
        words.push_str(before);
        words.push_str("xx");
        words.extend(tag.bytes().map(|byte| if byte == b'\n' { '\n' } else { 'x' }));
        words.push_str("xx");
        rest = after;
    }
    words.push_str(rest);
    words
}

/// Names that `template` prints, without those it only asks for.
pub(super) fn printed(template: &Template, names: &mut BTreeSet<String>) {
    for element in &template.elements {
        match element {
            TemplateElement::Expression(expression) => names.extend(expression.name.as_name().map(str::to_owned)),
            TemplateElement::HelperBlock(block) => {
                for inside in block.template.iter().chain(&block.inverse) {
                    printed(inside, names);
                }
            }
            TemplateElement::PartialExpression(partial) => names.extend(partial.name.as_name().map(|name| format!("> {name}"))),
            _ => {}
        }
    }
}

fn pieces_of(sheet: &Sheet) -> Vec<String> {
    let mut names = BTreeSet::new();
    if let Ok(template) = &sheet.body.template {
        printed(template, &mut names);
    }
    names.iter().filter_map(|name| name.strip_prefix("> ")).map(str::to_owned).collect()
}

/// Every dotted name in `value`.
pub(super) fn names_in(value: &Value) -> Vec<String> {
    let Value::Object(fields) = value else { return Vec::new() };
    let inside = |(name, value): (&String, &Value)| {
        let deeper = names_in(value).into_iter().map(|step| format!("{name}.{step}")).collect::<Vec<_>>();
        if deeper.is_empty() { vec![name.clone()] } else { deeper }
    };
    fields.iter().flat_map(inside).collect()
}
