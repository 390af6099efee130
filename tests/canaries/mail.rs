//! Mails with a canary in every private place.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use elitige::story::attachment;
use std::fmt::Write as _;

/// Somebody with private places.
pub struct Person {
    /// The letter that marks this person's canaries.
    pub mark: &'static str,
    /// The address: its local part is a canary.
    pub address: String,
}

impl Person {
    /// The canary of `place`: only this person's, and never a word of any language.
    pub fn canary(&self, place: &str) -> String {
        format!("zq{}{place}xjk", self.mark)
    }

    /// The telephone number, of which nobody is told, its owner neither.
    pub fn phone(&self) -> String {
        let own = 1 + "cmdoe".find(self.mark).unwrap();
        format!("06 61 23 45 8{own}")
    }
}

/// What a mail says, and to whom.
pub struct Draft<'a> {
    pub from: &'a Person,
    pub to: &'a str,
    pub cc: &'a str,
    pub subject: &'a str,
    /// The new text.
    pub words: &'a str,
    /// The letter that is answered: its Message-ID and its text.
    pub answers: Option<(&'a str, &'a str)>,
    pub date: &'a str,
    pub unique: u64,
    /// Whether it has pictures, documents and mails beside its text.
    pub laden: bool,
}

/// The places in which a mail of [`write`] has a canary, besides what is said in it.
pub const PLACES: [&str; 13] =
    ["address", "display", "phone", "header", "subject", "quoted", "signature", "filename", "exif", "pdfinfo", "comment", "nested", "messageid"];

/// The whole mail.
pub fn write(draft: &Draft<'_>) -> Vec<u8> {
    let canary = |place: &str| draft.from.canary(place);
    let mut mail = format!(
        "Received: from {0} ([192.0.2.7]) by mx.example; {1}\r\nX-Originating-IP: {0}\r\nX-Mailer: {0}\r\nUser-Agent: {0}\r\n\
         From: \"{2}\" <{3}>\r\nTo: {4}\r\nSubject: {5} {6}\r\nDate: {1}\r\nMessage-ID: <{7}{8}@{0}.example>\r\n",
        canary("header"),
        draft.date,
        canary("display"),
        draft.from.address,
        draft.to,
        draft.subject,
        canary("subject"),
        canary("messageid"),
        draft.unique,
    );
    if !draft.cc.is_empty() {
        let _ = write!(mail, "Cc: {}\r\n", draft.cc);
    }
    let mut text = format!("{}\r\nMon numéro : {}.\r\n\r\n-- \r\n{}\r\n", draft.words, draft.from.phone(), canary("signature"));
    if let Some((id, quoted)) = draft.answers {
        let _ = write!(mail, "In-Reply-To: {id}\r\nReferences: {id}\r\n");
        let quoted: String = quoted.lines().map(|line| format!("> {line}\r\n")).collect();
        let _ = write!(text, "\r\nLe lun. 23 nov. 2026 à 09:00, Quelqu'un <{0}@quelque.example> a écrit :\r\n> {0}\r\n{quoted}", canary("quoted"));
    }
    let html = format!("<html><!-- {} --><body><p>{}</p></body></html>", canary("comment"), text.replace("\r\n", "<br>"));
    let _ = write!(mail, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"outer\"\r\n\r\n--outer\r\n");
    let _ = write!(mail, "Content-Type: multipart/alternative; boundary=\"inner\"\r\n\r\n");
    part(&mut mail, "inner", "text/plain; charset=utf-8", "", text.as_bytes());
    part(&mut mail, "inner", "text/html; charset=utf-8", "", html.as_bytes());
    mail.push_str("--inner--\r\n");
    if draft.laden {
        let name = format!("Content-Disposition: attachment; filename=\"{}.jpg\"\r\n", canary("filename"));
        part(&mut mail, "outer", "image/jpeg", &name, &jpeg(&canary("exif")));
        part(&mut mail, "outer", "application/pdf", &name.replace(".jpg", ".pdf"), &attachment("invoice.pdf", &canary("pdfinfo")).1);
        let text = format!("Écrivez-moi : {}, {}.\r\nLe colis est arrivé vide.\r\n", draft.from.address, draft.from.phone());
        part(&mut mail, "outer", "text/plain; charset=utf-8", &name.replace(".jpg", ".txt"), text.as_bytes());
        let nested = format!("From: {0}@b.example\r\nSubject: {0}\r\n\r\n{0}\r\n", canary("nested"));
        let _ = write!(mail, "--outer\r\nContent-Type: message/rfc822\r\n\r\n{nested}");
    }
    mail.push_str("--outer--\r\n");
    mail.into_bytes()
}

fn part(mail: &mut String, boundary: &str, kind: &str, fields: &str, content: &[u8]) {
    let _ = write!(mail, "--{boundary}\r\nContent-Type: {kind}\r\n{fields}Content-Transfer-Encoding: base64\r\n\r\n");
    for line in STANDARD.encode(content).as_bytes().chunks(76) {
        mail.push_str(std::str::from_utf8(line).unwrap());
        mail.push_str("\r\n");
    }
}

/// The smallest photograph there is, with a note in its metadata and one behind its end.
fn jpeg(note: &str) -> Vec<u8> {
    [attachment("photo.jpg", note).1, note.as_bytes().to_vec()].concat()
}
