//! Attachments: described, judged, never kept or unpacked.

mod archive;
mod extension;
mod name;
mod office;
mod page;
pub(super) mod parameter;
mod sniff;
#[cfg(test)]
mod tests;

use super::{Attachment, Shape};
use crate::domain::hex;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use sniff::Known;

/// What is known of the attachment with that name and declared type.
pub(super) fn describe(written: Option<&str>, declared: &str, bytes: &[u8]) -> Attachment {
    let name = written.map(name::safe).filter(|name| !name.is_empty());
    let known = sniff::sniff(bytes);
    let danger = danger(written, declared, known, bytes);
    let declared: String = declared.chars().filter(char::is_ascii_graphic).take(DECLARED_CHARS).collect();
    let mismatch = known.is_some_and(|known| !known.fits(&declared, name.as_deref()));
    let says_more = |known: Known| known.is_general() && !mismatch && declared != "application/octet-stream";
    let media_type = match known {
        Some(known) if !says_more(known) && !declared.starts_with("message/") => known.media_type.to_owned(),
        _ => declared,
    };
    let shape = shape(&media_type, name.as_deref());
    let sha1 = hex(digest(&SHA1_FOR_LEGACY_USE_ONLY, bytes).as_ref());
    Attachment { name, media_type, bytes: bytes.len(), sha1, shape, mismatch, dangerous: danger.is_some(), danger: danger.map(str::to_owned) }
}

/// The media type that the bytes themselves show.
pub(super) fn shown(bytes: &[u8]) -> Option<&'static str> {
    sniff::sniff(bytes).map(|known| known.media_type)
}

/// Characters of a declared type that are kept.
const DECLARED_CHARS: usize = 100;

/// Why the attachment could do harm when a person opens it; the plainest reason first.
fn danger(written: Option<&str>, declared: &str, known: Option<Known>, bytes: &[u8]) -> Option<&'static str> {
    if known.is_some_and(|known| known.runs) {
        return Some("program");
    }
    let by_name = written.and_then(extension::danger);
    let by_content = || match known.map(|known| known.media_type) {
        Some("application/zip" | sniff::OOXML | "application/vnd.oasis.opendocument") => archive::zip(bytes),
        Some("application/vnd.rar") => archive::rar(bytes),
        Some("application/x-7z-compressed") => archive::seven_zip(bytes),
        Some("application/x-tar") => archive::tar(bytes),
        Some("application/gzip") => archive::gzip(bytes),
        Some("application/ms-tnef") => archive::tnef(bytes),
        Some("application/x-lzh-compressed") => archive::lzh(bytes),
        Some(sniff::OLE) => office::compound(bytes),
        Some("application/rtf") => office::rich_text(bytes),
        Some("application/pdf") => office::pdf(bytes),
        Some("text/html" | "image/svg+xml") => page::script(bytes),
        _ if page::is_page(declared, written) => page::script(bytes),
        _ => None,
    };
    by_name.or_else(by_content).or_else(|| extension::runs_by_type(declared).then_some("program"))
}

/// What kind of thing it is for a person.
fn shape(media_type: &str, name: Option<&str>) -> Shape {
    let ending = name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    match (media_type, ending.as_str()) {
        ("application/ms-tnef" | "application/vnd.ms-tnef", _) => Shape::Tnef,
        (_, "dat") if name.is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat")) => Shape::Tnef,
        ("text/vcard" | "text/x-vcard" | "text/directory", _) | (_, "vcf") => Shape::Card,
        ("text/calendar" | "application/ics", _) | (_, "ics") => Shape::Calendar,
        ("message/rfc822" | "message/global" | "application/vnd.ms-outlook", _) | (_, "eml" | "msg") => Shape::Mail,
        ("application/pgp-signature" | "application/pkcs7-signature" | "application/x-pkcs7-signature" | "application/pgp-keys", _) => Shape::Signature,
        (media_type, _) if media_type.starts_with("image/") => Shape::Picture,
        (media_type, _) if media_type.starts_with("audio/") || media_type.starts_with("video/") => Shape::Recording,
        (
            "application/zip"
            | "application/vnd.rar"
            | "application/x-7z-compressed"
            | "application/x-tar"
            | "application/gzip"
            | "application/x-bzip2"
            | "application/x-xz"
            | "application/zstd"
            | "application/x-lzh-compressed"
            | "application/vnd.ms-cab-compressed"
            | "application/x-iso9660-image",
            _,
        ) => Shape::Archive,
        ("application/pdf" | "application/rtf" | sniff::OLE | sniff::OOXML | "application/msword" | "application/vnd.oasis.opendocument", _) => Shape::Document,
        (media_type, _) if media_type.starts_with("text/") || media_type.starts_with("application/vnd.ms-") => Shape::Document,
        (media_type, _) if media_type.starts_with("application/vnd.openxmlformats") || media_type.starts_with("application/vnd.oasis") => Shape::Document,
        _ => Shape::Other,
    }
}

/// The name of an attachment is a mail's, or a folder's within an archive: what the person's system would do with it.
fn dangerous_name(name: &str) -> bool {
    extension::danger(name).is_some()
}
