//! What the reader knows and may spend, from a configuration folder or from the program itself.

use crate::config::limits_of;
use crate::domain::Fault;
use crate::letter::{CATEGORIES, Knowledge, Limits};
use crate::workflow::{Known, Rules};
use std::collections::BTreeSet;
use std::path::Path;

/// The lexicons that the program was built with.
const BUILT_IN: [(&str, &str); 7] = [
    ("categories.toml", include_str!("../../../config/categories.toml")),
    ("phrases/codes.toml", include_str!("../../../config/phrases/codes.toml")),
    ("phrases/fr.toml", include_str!("../../../config/phrases/fr.toml")),
    ("phrases/en.toml", include_str!("../../../config/phrases/en.toml")),
    ("phrases/ar.toml", include_str!("../../../config/phrases/ar.toml")),
    ("phrases/ary.toml", include_str!("../../../config/phrases/ary.toml")),
    ("phrases/ary-Latn.toml", include_str!("../../../config/phrases/ary-Latn.toml")),
];

/// Where the folder is when nobody says so.
const USUAL: &str = "config";

/// Where the rules stand.
const RULES: &str = "rules.toml";

/// Where the limits of a mail stand.
const SERVICE: &str = "service.toml";

/// The knowledge and the limits in `folder`; without one in `./config` if that has lexicons, else what is built in. Faults are sentences.
pub fn load(folder: Option<&Path>) -> Result<(Knowledge, Limits), Vec<String>> {
    let usual = Path::new(USUAL);
    let folder = folder.or_else(|| usual.join("phrases").is_dir().then_some(usual));
    let files = match folder {
        Some(folder) => read(folder).map_err(|sentence| vec![sentence])?,
        None => BUILT_IN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
    };
    let told = |faults: Vec<Fault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
    // A folder of lexicons alone is enough.
    let service = folder.and_then(|folder| std::fs::read_to_string(folder.join(SERVICE)).ok());
    let limits = service.map_or(Ok(Limits::default()), |text| limits_of(SERVICE, &text)).map_err(told)?;
    Ok((Knowledge::parse(&files).map_err(told)?, limits))
}

/// The rules in `folder`, or in `./config`; none where it has no rules.toml. What only the whole configuration knows, its letters and mediators, is not judged here.
pub fn rules(folder: Option<&Path>) -> Result<Rules, Vec<String>> {
    let Ok(text) = std::fs::read_to_string(folder.unwrap_or(Path::new(USUAL)).join(RULES)) else { return Ok(Rules::default()) };
    let known = Known { categories: &CATEGORIES, letters: &BTreeSet::new(), mediators: None };
    Rules::parse(RULES, &text, &known).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

fn read(folder: &Path) -> Result<Vec<(String, String)>, String> {
    let files = BUILT_IN.iter().map(|(name, _)| {
        let path = folder.join(name);
        let text =
            std::fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}; name a complete folder with --config", path.display()))?;
        Ok(((*name).to_owned(), text))
    });
    files.collect()
}
