//! Files and armour within a text: uuencode, yEnc, BinHex, OpenPGP and its sisters. None of it is anybody's words.

/// A text without what stands encoded in it.
pub(super) struct Bared {
    /// What is left.
    pub text: String,
    /// What was taken away that nobody read.
    pub faults: Vec<&'static str>,
}

/// Said of a mail, or a piece of one, that only its recipient's key opens.
pub(super) const ENCRYPTED: &str = "encrypted";
/// Said of a mail in whose text a file stands encoded, which was neither read nor kept as an attachment.
pub(super) const FILE: &str = "file-in-text";

/// Takes out of `text` whatever stands encoded in it. What was signed within armour stays, without it (RFC 9580 §7).
pub(super) fn bared(text: &str) -> Option<Bared> {
    if !["-----BEGIN ", "begin ", "=ybegin ", "(This file must be converted"].iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut bared = Bared { text: String::with_capacity(text.len()), faults: Vec::new() };
    let (mut within, mut signed) = (Within::Text, Signed::No);
    let mut lines = text.split('\n').peekable();
    while let Some(line) = lines.next() {
        if within.takes(line) {
            within = within.after(line);
            continue;
        }
        within = Within::begun(line, lines.peek().copied().unwrap_or_default());
        if let Some(fault) = within.fault() {
            bared.note(fault);
        }
        if within != Within::Text {
            signed = if signed == Signed::Words && within == Within::Armour(Armour::Harmless) { Signed::No } else { signed };
            continue;
        }
        match signed {
            Signed::Head if !line.trim().is_empty() && line.contains(": ") => continue,
            Signed::Head => {
                signed = Signed::Words;
                // The blank line belongs to the armour.
                if line.trim().is_empty() {
                    continue;
                }
            }
            _ => {}
        }
        if signs(line) {
            signed = Signed::Head;
            continue;
        }
        let escaped = if signed == Signed::Words { line.strip_prefix("- ") } else { None };
        bared.text.push_str(escaped.unwrap_or(line));
        bared.text.push('\n');
    }
    bared.text.pop();
    Some(bared)
}

impl Bared {
    fn note(&mut self, fault: &'static str) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

/// Where in a text that was signed within armour a line stands.
#[derive(Clone, Copy, PartialEq)]
enum Signed {
    No,
    Head,
    Words,
}

/// What stands encoded.
#[derive(Clone, Copy, PartialEq)]
enum Within {
    Text,
    Uuencode,
    Yenc,
    /// Before its colon, and behind it.
    Binhex(bool),
    Armour(Armour),
    /// Armour of which the last line was the first that it does not take.
    Ended,
}

/// Whether armour hides words, or holds a key or a signature.
#[derive(Clone, Copy, PartialEq)]
enum Armour {
    Secret,
    Harmless,
}

impl Within {
    /// What begins with a line above `next`.
    fn begun(line: &str, next: &str) -> Within {
        let line = line.trim();
        if let Some((mode, name)) = line.strip_prefix("begin ").and_then(|rest| rest.split_once(' ')) {
            let is_mode = (3..=4).contains(&mode.len()) && mode.bytes().all(|byte| (b'0'..=b'7').contains(&byte));
            let begins = is_mode && !name.trim().is_empty() && !next.trim().is_empty() && is_uuencoded(next.trim_end());
            return if begins { Within::Uuencode } else { Within::Text };
        }
        if line.starts_with("=ybegin ") && line.contains("name=") {
            return Within::Yenc;
        }
        if line.starts_with("(This file must be converted with BinHex") {
            return Within::Binhex(false);
        }
        match armoured(line) {
            Some(what) if what != "PGP SIGNED MESSAGE" => {
                let secret = what.contains("MESSAGE") || matches!(what, "PKCS7" | "CMS") || what.contains("ENCRYPTED");
                Within::Armour(if secret { Armour::Secret } else { Armour::Harmless })
            }
            _ => Within::Text,
        }
    }

    /// Whether a line belongs to what began.
    fn takes(self, line: &str) -> bool {
        let line = line.trim_end();
        match self {
            Within::Text | Within::Ended => false,
            Within::Uuencode => line == "end" || is_uuencoded(line),
            // What stands encoded so has any bytes, and an end of its own.
            Within::Yenc => true,
            Within::Binhex(begun) => line.is_empty() && !begun || line.starts_with(':') || begun && !line.is_empty() && !line.contains(' '),
            Within::Armour(_) => {
                let line = line.trim();
                let header = line.split_once(": ").is_some_and(|(name, _)| HEADERS.contains(&name));
                line.is_empty() || line.starts_with("-----END ") || header || line.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
            }
        }
    }

    /// What goes on behind a line that was taken.
    fn after(self, line: &str) -> Within {
        let line = line.trim();
        match self {
            Within::Uuencode if line == "end" => Within::Ended,
            Within::Yenc if line.starts_with("=yend ") => Within::Ended,
            Within::Binhex(begun) if line.ends_with(':') && (begun || line.len() > 1) => Within::Ended,
            Within::Binhex(begun) => Within::Binhex(begun || line.starts_with(':')),
            Within::Armour(_) if line.starts_with("-----END ") => Within::Ended,
            same => same,
        }
    }

    fn fault(self) -> Option<&'static str> {
        match self {
            Within::Uuencode | Within::Yenc | Within::Binhex(_) => Some(FILE),
            Within::Armour(Armour::Secret) => Some(ENCRYPTED),
            _ => None,
        }
    }
}

/// Fields that stand in armour (RFC 9580 §6.2.2).
const HEADERS: [&str; 5] = ["Version", "Comment", "Hash", "Charset", "MessageID"];

/// What a line says that begins armour: "-----BEGIN PGP MESSAGE-----".
fn armoured(line: &str) -> Option<&str> {
    let what = line.trim().strip_prefix("-----BEGIN ")?.strip_suffix("-----")?;
    let plain = what.len() <= 60 && what.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || matches!(byte, b' ' | b',' | b'/'));
    plain.then_some(what)
}

fn signs(line: &str) -> bool {
    armoured(line) == Some("PGP SIGNED MESSAGE")
}

/// Whether a line is one of uuencode: its first character says how long it is, that of most lines is an M. Blanks at its end may be lost.
fn is_uuencoded(line: &str) -> bool {
    let Some((first, rest)) = line.as_bytes().split_first() else { return false };
    let usual = line.bytes().all(|byte| (b' '..=b'`').contains(&byte));
    let bytes = usize::from(first.wrapping_sub(b' ') & 0x3f);
    let wanted = bytes.div_ceil(3).saturating_mul(4);
    let most = || *first == b'M' && rest.iter().any(|byte| !byte.is_ascii_alphanumeric() && *byte != b' ');
    usual && rest.len() <= wanted.saturating_add(2) && (rest.len().saturating_mul(2) >= wanted || most())
}

#[cfg(test)]
mod tests {
    use super::{ENCRYPTED, FILE, bared};

    fn left(text: &str) -> (String, Vec<&'static str>) {
        bared(text).map_or((text.to_owned(), Vec::new()), |bared| (bared.text, bared.faults))
    }

    #[test]
    fn files_and_armour_are_taken_out() {
        let uu = "begin 644 a.pdf\nM)5!$1BTQ+C0*,2 P(&]B:CP\\+U1Y<&4O0V%T86QO9SX^96YD;V)J\"G1R86EL\n%:&5L;&\\\n`\nend";
        let message = "-----BEGIN PGP MESSAGE-----\nVersion: 1\n\nhQEMA0o4kYQh0m1LAQf/Zc3Vwq\n=Zz9y\n-----END PGP MESSAGE-----";
        let key = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmQENBF\n-----END PGP PUBLIC KEY BLOCK-----";
        for (text, shown, faults) in [
            (uu.to_owned(), "", vec![FILE]),
            (format!("Voici.\n\n{uu}\nMerci."), "Voici.\n\nMerci.", vec![FILE]),
            (format!("{uu}\n{uu}"), "", vec![FILE]),
            ("begin 644 a.pdf\nM)5!$1BTQ\nREFUSER K7P".to_owned(), "REFUSER K7P", vec![FILE]),
            ("Voici.\n=ybegin line=128 size=9 name=a.pdf\n\u{fffd} x\n\n=yend size=9\noui".to_owned(), "Voici.\noui", vec![FILE]),
            ("a\n(This file must be converted with BinHex 4.0)\n\n:$f*TEQKPH#jdH!\"6593K\n!!!!!:\nb".to_owned(), "a\nb", vec![FILE]),
            (message.to_owned(), "", vec![ENCRYPTED]),
            (format!("Voici :\n{message}\nLeila"), "Voici :\nLeila", vec![ENCRYPTED]),
            (format!("Oui.\n{key}"), "Oui.", vec![]),
            ("-----BEGIN PGP MESSAGE-----\n\nhQEMA0o4\nje refuse tout".to_owned(), "je refuse tout", vec![ENCRYPTED]),
        ] {
            assert_eq!(left(&text), (shown.to_owned(), faults), "{text}");
        }
    }

    #[test]
    fn what_was_signed_in_armour_stays() {
        let signature = "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEB\n=Zz9y\n-----END PGP SIGNATURE-----";
        let text = format!("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nOui.\n- - un\n- -----\n{signature}\n- deux");
        assert_eq!(left(&text), ("Oui.\n- un\n-----\n- deux".to_owned(), vec![]));
    }

    #[test]
    fn words_that_look_like_it_stay() {
        for text in [
            "begin with the order\nend",
            "begin 2026 well\nend",
            "begin 600 dirhams\nMERCI BEAUCOUP",
            "begin 600 dirhams\nREFUSER K7P",
            "-----BEGIN-----\nx",
            "-----BEGIN of my story-----\nx",
            "> -----BEGIN PGP MESSAGE-----\n> hQEMA",
            "=ybegin",
            "On dit : -----BEGIN PGP MESSAGE-----",
        ] {
            assert_eq!(left(text), (text.to_owned(), vec![]), "{text}");
        }
    }
}
