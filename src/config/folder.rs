//! The files of the configuration folder, as texts.

use crate::domain::{Charter, Fault, Language, LanguageForm};
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The configuration folder.
pub(super) struct Folder {
    path: PathBuf,
}

/// The texts of the folder; what could not be read is absent, and a fault.
#[derive(Default)]
pub(super) struct Texts {
    pub service: Option<String>,
    pub calendar: Option<String>,
    /// May be missing: then nothing is noticed.
    pub rules: Option<String>,
    /// Name within the folder, and text.
    pub workflows: Vec<(String, String)>,
    /// Name within the folder, and text.
    pub lexicons: Vec<(String, String)>,
}

/// No file of a configuration is longer.
const LONGEST_FILE: u64 = 1 << 20;

/// The forms of language in which people write to us; each has a lexicon.
const FORMS: [LanguageForm; 5] = [LanguageForm::French, LanguageForm::English, LanguageForm::Arabic, LanguageForm::Darija, LanguageForm::DarijaLatin];

/// How the file of a template ends.
const TEMPLATE: &str = ".md.hbs";

impl Folder {
    /// The folder at `path`, if there is one.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        match path.is_dir() {
            true => Ok(Self { path: path.to_owned() }),
            false => Err(Fault::new("service.toml", 0, format!("There is no configuration folder at {}; name it with --config.", path.display()))),
        }
    }

    /// Where a path of the configuration leads: what is not absolute is meant from the folder on.
    pub fn resolve(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// Every text. A `.toml` file that nothing reads is a fault: somebody believes that it counts.
    pub fn texts(&self, faults: &mut Vec<Fault>) -> Texts {
        let mut texts = Texts { service: self.needed("service.toml", faults), calendar: self.needed("calendar.toml", faults), ..Texts::default() };
        texts.rules = if self.path.join("rules.toml").exists() { self.needed("rules.toml", faults) } else { None };
        texts.lexicons.extend(self.needed("categories.toml", faults).map(|text| ("categories.toml".to_owned(), text)));
        let lexicons = FORMS.iter().map(|form| format!("phrases/{}.toml", form.tag())).chain(["phrases/codes.toml".to_owned()]);
        let lexicons: Vec<String> = lexicons.collect();
        for name in &lexicons {
            texts.lexicons.extend(self.needed(name, faults).map(|text| (name.clone(), text)));
        }
        for name in self.list("", ".toml").into_iter().chain(self.list("phrases", ".toml")) {
            if !["service.toml", "calendar.toml", "categories.toml", "rules.toml"].contains(&name.as_str()) && !lexicons.contains(&name) {
                faults.push(Fault::new(&name, 0, "Nothing reads this file; remove it, or give it the name of one that is read."));
            }
        }
        for name in self.list("workflows", ".toml") {
            texts.workflows.extend(self.needed(&name, faults).map(|text| (name.clone(), text)));
        }
        if texts.workflows.is_empty() {
            faults.push(Fault::new("workflows", 0, "There is no workflow that can be read; add workflows/mediation.toml."));
        }
        texts
    }

    /// Templates at `path` (meant from the folder on): path below it, and text.
    pub fn templates(&self, path: &Path, faults: &mut Vec<Fault>) -> Vec<(String, String)> {
        let root = Folder { path: self.path.join(path) };
        if !root.path.is_dir() {
            faults.push(Fault::new(
                "templates",
                0,
                format!("There is no templates folder at {}; name it with templates = \"…\" in service.toml.", root.path.display()),
            ));
            return Vec::new();
        }
        let mut languages: Vec<String> = root.entries("").into_iter().filter(|name| root.path.join(name).is_dir()).collect();
        languages.sort();
        // Without any, or with one that cannot be read, nothing is said of what would be missing.
        if languages.iter().all(|language| root.list(language, TEMPLATE).is_empty()) {
            let sentence = format!("There are no letters in {}; copy the folder templates from the example that comes with the program.", root.path.display());
            faults.push(Fault::new("templates", 0, sentence));
            return Vec::new();
        }
        let mut unread = Vec::new();
        let letters = languages.iter().flat_map(|language| root.list(language, TEMPLATE));
        let texts = letters
            .chain(Language::ALL.map(Charter::path).into_iter().filter(|name| root.path.join(name).is_file()))
            .filter_map(|name| root.needed(&name, &mut unread).map(|text| (name, text)))
            .collect();
        let whole = unread.is_empty();
        faults.extend(unread.into_iter().map(|fault| Fault { file: format!("templates/{}", fault.file), ..fault }));
        if whole { texts } else { Vec::new() }
    }

    fn needed(&self, name: &str, faults: &mut Vec<Fault>) -> Option<String> {
        let path = self.path.join(name);
        let text = match std::fs::metadata(&path) {
            Ok(about) if about.len() > LONGEST_FILE => Err(format!("This file is longer than {LONGEST_FILE} bytes; no file of a configuration is.")),
            Ok(_) => std::fs::read_to_string(&path).map_err(|error| unreadable(&error)),
            Err(error) if error.kind() == ErrorKind::NotFound => Err("This file is missing; copy it from the example that comes with the program.".to_owned()),
            Err(error) => Err(unreadable(&error)),
        };
        text.map_err(|sentence| faults.push(Fault::new(name, 0, sentence))).ok()
    }

    /// Names within the folder of the files below `folder` that end so, in order. Hidden files are nobody's.
    fn list(&self, folder: &str, ending: &str) -> Vec<String> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut names: Vec<String> =
            self.entries(folder).into_iter().filter(|name| name.ends_with(ending) && !name.starts_with('.')).map(|name| format!("{prefix}{name}")).collect();
        names.sort();
        names
    }

    fn entries(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.path.join(folder)).into_iter().flatten();
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
    }
}

/// Why a file of the configuration cannot be read, and what helps.
fn unreadable(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::InvalidData => "This file is not UTF-8; save it as UTF-8.".to_owned(),
        ErrorKind::PermissionDenied => "This file cannot be read by the user that runs elitige; run chmod a+r on it, and a+rx on its folders.".to_owned(),
        _ => format!("This file cannot be read: {error}."),
    }
}

/// The name of a file without folder and ending: `workflows/mediation.toml` is `mediation`.
pub(super) fn stem(file: &str) -> String {
    let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
    name.split_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// The letters that templates of those names would make, for when the templates themselves are at fault.
pub(super) fn letters(templates: &[(String, String)]) -> BTreeSet<String> {
    templates.iter().map(|(file, _)| stem(file)).filter(|name| !name.starts_with('_')).collect()
}
