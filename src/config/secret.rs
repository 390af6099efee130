//! Secrets: each in a file of its own or in a systemd credential, never in the configuration itself.

use super::folder::Folder;
use crate::workflow::page::{Table, Word};
use secrecy::SecretString;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Where secrets are looked for.
#[derive(Clone, Copy)]
pub(super) struct Safe<'a> {
    pub folder: &'a Folder,
    /// `$CREDENTIALS_DIRECTORY`.
    pub credentials: Option<&'a Path>,
}

/// A secret in a file of its own. It is read whenever it is wanted, so that one that is replaced counts from then on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SecretFile {
    path: PathBuf,
    /// What it is, in a word or two.
    what: &'static str,
}

impl SecretFile {
    /// What stands in it.
    ///
    /// # Errors
    /// A sentence that names the file and what to do.
    pub fn read(&self) -> Result<SecretString, String> {
        line(&self.path, self.what)
    }
}

/// No secret is longer.
const LONGEST_SECRET: u64 = 4096;

/// Rights that others must not have: anything to anybody, writing to the group. Systemd gives its credentials by an access
/// list, which shows as a right of the group to read.
pub(super) const FORBIDDEN_RIGHTS: u32 = 0o037;

impl Safe<'_> {
    /// The password that `table` names by `password_file` or `password_credential`; `Ok(None)` if it names none.
    pub fn password(&self, table: &mut Table) -> Result<Option<SecretString>, ()> {
        if table.text("password").is_some() {
            let sentence = "A password never stands in this file; write it into a file that only the service can read, and name that with password_file.";
            table.page().fault(table.at(), sentence);
            return Err(());
        }
        let Some((word, path)) = self.place(table, "password_file", "password_credential")? else { return Ok(None) };
        match line(&path, "password") {
            Ok(secret) => Ok(Some(secret)),
            Err(sentence) => {
                table.page().fault(Some(word.at), sentence);
                Err(())
            }
        }
    }

    /// The place of the secret `what` that `table` names by one of the last two keys, if it names one; it can be read now.
    pub fn secret(
        &self,
        table: &mut Table,
        what: &'static str,
        bare: &'static str,
        file: &'static str,
        credential: &'static str,
    ) -> Result<Option<SecretFile>, ()> {
        if table.has(bare) && table.text(bare).is_some() {
            let sentence = format!("A {what} never stands in this file; write it into a file that only the service can read, and name that with {file}.");
            table.page().fault(table.at(), sentence);
            return Err(());
        }
        let Some((word, path)) = self.place(table, file, credential)? else { return Ok(None) };
        let secret = SecretFile { path, what };
        match secret.read() {
            Ok(_) => Ok(Some(secret)),
            Err(sentence) => {
                table.page().fault(Some(word.at), sentence);
                Err(())
            }
        }
    }

    /// The file with certificates that `table` names by `ca_file`.
    pub fn certificates(&self, table: &mut Table) -> Option<PathBuf> {
        let word = table.text("ca_file")?;
        let path = self.folder.resolve(&word.text);
        let shown = path.display();
        let sentence = match std::fs::read(&path) {
            Err(_) if !path.is_file() => format!("There is no file with certificates at {shown}; correct ca_file, or remove it."),
            Err(error) => format!("The certificates at {shown} cannot be read: {error}; run: chmod a+r {shown}."),
            Ok(bytes) if !String::from_utf8_lossy(&bytes).contains("-----BEGIN CERTIFICATE-----") => {
                format!("The file at {shown} holds no certificate in PEM; give that of the authority in ca_file, or remove it.")
            }
            Ok(_) => return Some(path),
        };
        table.page().fault(Some(word.at), sentence);
        Some(path)
    }

    /// The path that `table` names by one of the two keys: a file from the folder on, or a systemd credential.
    pub fn place(&self, table: &mut Table, file: &'static str, credential: &'static str) -> Result<Option<(Word, PathBuf)>, ()> {
        let page = table.page();
        match (table.text(file), table.text(credential)) {
            (None, None) => Ok(None),
            (Some(word), None) => {
                let path = self.folder.resolve(&word.text);
                Ok(Some((word, path)))
            }
            (None, Some(word)) => {
                if word.text.is_empty() || word.text.starts_with('.') || word.text.contains('/') {
                    page.fault(
                        Some(word.at),
                        format!("\"{}\" is no name of a credential; write the name given with LoadCredential=, without a path.", word.text),
                    );
                    return Err(());
                }
                let Some(folder) = self.credentials else {
                    let sentence = format!(
                        "The credential \"{}\" is not there: systemd did not start this program with LoadCredential={0}:…; use {file} elsewhere.",
                        word.text
                    );
                    page.fault(Some(word.at), sentence);
                    return Err(());
                };
                let path = folder.join(&word.text);
                Ok(Some((word, path)))
            }
            (Some(_), Some(word)) => {
                page.fault(Some(word.at), format!("A secret has one place; keep {file} or {credential}, not both."));
                Err(())
            }
        }
    }
}

/// Reads a secret of one line, of which the end is cut.
fn line(path: &Path, what: &str) -> Result<SecretString, String> {
    let shown = path.display();
    let text = text(path, what)?;
    let line = text.trim_end_matches(['\r', '\n']);
    if line.contains(['\r', '\n', '\0']) {
        return Err(format!("The secret at {shown} has more than one line; write the {what} into it, and nothing more."));
    }
    Ok(SecretString::from(line.to_owned()))
}

/// Reads a secret whole.
pub(super) fn text(path: &Path, what: &str) -> Result<Zeroizing<String>, String> {
    let shown = path.display();
    let about = std::fs::metadata(path).map_err(|error| unreadable(path, what, &error))?;
    if !about.is_file() || about.len() > LONGEST_SECRET {
        return Err(format!("At {shown} there is no secret but something else; write the {what} into it, and nothing more."));
    }
    if about.mode() & FORBIDDEN_RIGHTS != 0 {
        return Err(format!("The secret at {shown} can be read by other users; run: chmod 600 {shown}."));
    }
    let text = std::fs::read_to_string(path).map(Zeroizing::new).map_err(|error| unreadable(path, what, &error))?;
    if text.trim().is_empty() {
        return Err(format!("The secret at {shown} is empty; write the {what} into it."));
    }
    Ok(text)
}

/// Why a secret cannot be read, and what helps.
fn unreadable(path: &Path, what: &str, error: &std::io::Error) -> String {
    let shown = path.display();
    match error.kind() {
        ErrorKind::NotFound => format!("There is no secret at {shown}; write the {what} into it: sudo -u elitige sh -c 'umask 077; cat > {shown}'."),
        ErrorKind::PermissionDenied => format!("The secret at {shown} cannot be read by the user that runs elitige; run: chown elitige {shown}."),
        ErrorKind::InvalidData => format!("The secret at {shown} is not UTF-8; save it as UTF-8."),
        _ => format!("The secret at {shown} cannot be read: {error}."),
    }
}
