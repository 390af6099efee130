//! What the first bytes of a file show.

/// Office files before 2007, installers and saved Outlook mails.
pub(super) const OLE: &str = "application/x-ole-storage";
/// Office files since 2007.
pub(super) const OOXML: &str = "application/vnd.openxmlformats";

/// A type that was recognised.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    /// Its media type.
    pub media_type: &'static str,
    /// Whether such a file runs something when it is opened.
    pub runs: bool,
}

/// Heads of files, their types, and whether they run.
const HEADS: [(&[u8], &str, bool); 50] = [
    (b"\x7fELF", "application/x-executable", true),
    (b"\xca\xfe\xba\xbe", "application/java-vm", true),
    (b"\xfe\xed\xfa\xce", "application/x-mach-binary", true),
    (b"\xfe\xed\xfa\xcf", "application/x-mach-binary", true),
    (b"\xce\xfa\xed\xfe", "application/x-mach-binary", true),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary", true),
    (b"dex\n", "application/x-dex", true),
    (b"#!/", "text/x-shellscript", true),
    (b"#! /", "text/x-shellscript", true),
    (b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut", true),
    (b"[InternetShortcut]", "application/x-mswinurl", true),
    (b"ITSF\x03\0\0\0", "application/vnd.ms-htmlhelp", true),
    (b"?_\x03\0", "application/winhlp", true),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "application/onenote", true),
    (b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed", true),
    (b"MSWIM\0\0\0", "application/x-ms-wim", true),
    (b"vhdxfile", "application/x-vhdx", true),
    (b"conectix", "application/x-vhd", true),
    (b"!<arch>\ndebian", "application/vnd.debian.binary-package", true),
    (b"\xed\xab\xee\xdb", "application/x-rpm", true),
    (b"REGEDIT4", "application/x-ms-registry", true),
    (b"Windows Registry Editor", "application/x-ms-registry", true),
    (b"\xff\xfeW\0i\0n\0d\0o\0w\0s\0 \0R\0e\0g\0i\0s\0t\0r\0y", "application/x-ms-registry", true),
    (b"\0\x01\0\0Standard Jet DB", "application/vnd.ms-access", true),
    (b"\0\x01\0\0Standard ACE DB", "application/vnd.ms-access", true),
    (b"!BDN", "application/vnd.ms-outlook-pst", true),
    (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "application/x-eicar", true),
    (b"%PDF-", "application/pdf", false),
    (b"\x89PNG\r\n\x1a\n", "image/png", false),
    (b"\xff\xd8\xff", "image/jpeg", false),
    (b"GIF87a", "image/gif", false),
    (b"GIF89a", "image/gif", false),
    (b"II*\0", "image/tiff", false),
    (b"MM\0*", "image/tiff", false),
    (b"Rar!\x1a\x07", "application/vnd.rar", false),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", false),
    (b"\x1f\x8b", "application/gzip", false),
    (b"BZh", "application/x-bzip2", false),
    (b"\xfd7zXZ\0", "application/x-xz", false),
    (b"\x28\xb5\x2f\xfd", "application/zstd", false),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE, false),
    (b"{\\rt", "application/rtf", false),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef", false),
    (b"BEGIN:VCARD", "text/vcard", false),
    (b"BEGIN:VCALENDAR", "text/calendar", false),
    (b"-----BEGIN PGP SIGNATURE", "application/pgp-signature", false),
    (b"OggS", "audio/ogg", false),
    (b"ID3", "audio/mpeg", false),
    (b"#!AMR", "audio/amr", false),
    (b"wOFF", "font/woff", false),
];

/// Bytes at a distance from the beginning.
const INSIDE: [(usize, &[u8], &str, bool); 9] = [
    (7, b"**ACE**", "application/x-ace-compressed", true),
    (257, b"ustar", "application/x-tar", false),
    (0x8001, b"CD001", "application/x-iso9660-image", true),
    (0x8801, b"CD001", "application/x-iso9660-image", true),
    (8, b"WEBP", "image/webp", false),
    (4, b"ftypheic", "image/heic", false),
    (4, b"ftyp", "video/mp4", false),
    (2, b"-lh", "application/x-lzh-compressed", false),
    (2, b"-lz", "application/x-lzh-compressed", false),
];

/// Bytes of a program's head; two letters alone prove nothing.
const PROGRAM_BYTES: usize = 64;

/// The type that the bytes show.
pub(super) fn sniff(bytes: &[u8]) -> Option<Known> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let trimmed = text.get(..text.len().min(1_024)).unwrap_or_default().trim_ascii_start();
    if bytes.starts_with(b"MZ") && bytes.len() >= PROGRAM_BYTES {
        return Some(Known { media_type: "application/x-msdownload", runs: true });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK00PK\x03\x04") {
        return Some(Known { media_type: zip_kind(bytes), runs: false });
    }
    let found = HEADS.iter().find(|(head, _, _)| bytes.starts_with(head) || (head.len() > 5 && trimmed.starts_with(head)));
    let found = found.map(|(_, media_type, runs)| Known { media_type, runs: *runs });
    let found = found.or_else(|| {
        let inside = INSIDE.iter().find(|(at, part, _, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(part)));
        inside.map(|(_, _, media_type, runs)| Known { media_type, runs: *runs })
    });
    found.or_else(|| spoken(trimmed))
}

/// A file in words: a page, or commands.
fn spoken(trimmed: &[u8]) -> Option<Known> {
    let head = trimmed.get(..trimmed.len().min(64)).unwrap_or_default().to_ascii_lowercase();
    let known = |media_type, runs| Some(Known { media_type, runs });
    if head.starts_with(b"@echo off") || head.starts_with(b"powershell ") || head.starts_with(b"on error resume next") {
        return known("text/x-script", true);
    }
    if head.starts_with(b"<!doctype html") || head.starts_with(b"<html") {
        return known("text/html", false);
    }
    if head.starts_with(b"<svg") {
        return known("image/svg+xml", false);
    }
    // A signature of a PDF may come a little later.
    trimmed.windows(5).any(|window| window == b"%PDF-").then_some(Known { media_type: "application/pdf", runs: false })
}

/// What a ZIP archive is used as.
fn zip_kind(bytes: &[u8]) -> &'static str {
    let head = bytes.get(..bytes.len().min(4_096)).unwrap_or_default();
    let holds = |part: &[u8]| head.windows(part.len()).any(|window| window == part);
    if holds(b"[Content_Types].xml") || holds(b"_rels/.rels") {
        OOXML
    } else if holds(b"mimetypeapplication/vnd.oasis") {
        "application/vnd.oasis.opendocument"
    } else {
        "application/zip"
    }
}

impl Known {
    /// Whether an honest sender could have declared the type, or given the name, that this file has.
    pub fn fits(self, declared: &str, name: Option<&str>) -> bool {
        let family = |media_type: &str| {
            let (kind, detail) = media_type.split_once('/').unwrap_or((media_type, ""));
            match kind {
                "image" | "audio" | "video" | "text" | "message" => kind.to_owned(),
                _ => detail.trim_start_matches("x-").to_owned(),
            }
        };
        let unsaid = matches!(declared, "" | "application/octet-stream" | "application/unknown" | "application/download" | "application/force-download");
        let by_type = unsaid || family(declared) == family(self.media_type) || self.also().iter().any(|also| declared.contains(also));
        let ending = name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_lowercase());
        let by_name = match (ending.as_deref(), self.media_type) {
            (Some("pdf"), found) => found == "application/pdf",
            (Some("jpg" | "jpeg" | "png" | "gif" | "heic" | "webp" | "tif" | "tiff"), found) => found.starts_with("image/"),
            (Some("doc" | "xls" | "ppt"), found) => found == OLE || found == OOXML || found == "application/rtf" || found == "text/html",
            (Some("docx" | "xlsx" | "pptx"), found) => found == OOXML || found == OLE,
            (Some("txt" | "csv"), found) => found.starts_with("text/"),
            _ => true,
        };
        by_type && by_name
    }

    /// Whether the declared type says more than the bytes: an archive that is an office file, a box of sound or pictures.
    pub fn is_general(self) -> bool {
        !self.also().is_empty()
    }

    /// Parts of other types under which the same file goes.
    fn also(self) -> &'static [&'static str] {
        match self.media_type {
            "application/zip" => &["zip", "octet", "java-archive", "vnd.", "epub"],
            OOXML => &["openxml", "vnd.ms-", "msword", "zip", "macroenabled"],
            "application/vnd.oasis.opendocument" => &["oasis", "zip"],
            OLE => &["msword", "vnd.ms-", "excel", "powerpoint", "outlook", "msi"],
            "application/vnd.rar" => &["rar"],
            "application/gzip" => &["gzip", "tgz", "tar", "svg"],
            "application/rtf" => &["rtf", "msword"],
            "application/ms-tnef" => &["tnef"],
            "application/pgp-signature" => &["pgp"],
            "text/html" | "image/svg+xml" => &["html", "xml", "svg"],
            "video/mp4" => &["audio", "quicktime", "3gpp", "mp4", "heif", "avif"],
            "image/heic" => &["heif"],
            "application/x-bzip2" => &["bzip"],
            _ => &[],
        }
    }
}
