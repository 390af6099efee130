//! `elitige charter`: what everybody accepts before a mediation begins.

use super::output::say;
use super::{World, parts};
use crate::domain::{Charter, Dice, Digest, Edition, Language};
use crate::store::Store;
use anyhow::{Context, bail};
use std::path::Path;

/// Hexadecimal digits of a whole digest.
const WHOLE: usize = 64;

/// Prints the charter in force, or the one whose digest begins with those digits, with its version and digest.
pub async fn charter(folder: &Path, language: &str, digest: Option<&str>, mut world: World) -> anyhow::Result<bool> {
    let language = Language::parse(language).context("the charter is written in fr, ar and en; write one of them after --language")?;
    let config = parts::config(folder, &world)?;
    let charter = match digest {
        None => config.stationery.charter().clone(),
        Some(digits) => {
            let (_, store) = parts::store(&config, Dice::from_seed(world.dice.roll())).await?;
            named(&store, config.stationery.charter(), digits).await?
        }
    };
    let edition = charter.edition();
    say!("Version {}\nDigest  {}\n\n{}", edition.version, edition.digest, charter.text(language));
    Ok(true)
}

/// The one edition whose digest begins with `digits`: that in force, or one that was before.
async fn named(store: &Store, in_force: &Charter, digits: &str) -> anyhow::Result<Charter> {
    // In letters a space stands between groups of them.
    let begins: String = digits.split_whitespace().collect::<String>().to_lowercase();
    if !(Edition::SHORT..=WHOLE).contains(&begins.len()) || !begins.chars().all(|digit| digit.is_ascii_hexdigit()) {
        bail!("\"{digits}\" is no digest of a charter; write its {WHOLE} hexadecimal digits, or at least the first {}, as letters print them", Edition::SHORT);
    }
    let own = in_force.edition().digest;
    let mut found = store.charters_beginning(&begins).await?;
    found.extend(own.hex().starts_with(&begins).then_some(own));
    let digest = only(&begins, found)?;
    if digest == own {
        return Ok(in_force.clone());
    }
    store.charter(&digest).await?.context("that charter was taken out of the database a moment ago; ask again")
}

fn only(begins: &str, mut found: Vec<Digest>) -> anyhow::Result<Digest> {
    found.sort();
    found.dedup();
    match found.as_slice() {
        [only] => Ok(*only),
        [] => bail!("no charter whose digest begins with {begins} was ever in force here; `elitige case show` names those that were accepted"),
        _ => bail!("several editions of the charter have a digest that begins with {begins}; write more of its digits"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_that_several_editions_begin_with_name_none() {
        let [one, other] = [1, 2].map(|last| Digest::from_bytes(std::array::from_fn(|place| if place == 31 { last } else { 7 })));
        assert_eq!(only("07070707", vec![one, one]).unwrap(), one);
        let refused = only("07070707", vec![one, other]).unwrap_err().to_string();
        assert_eq!(refused, "several editions of the charter have a digest that begins with 07070707; write more of its digits");
    }
}
