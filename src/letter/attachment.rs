//! Attachments: described, judged, never kept or unpacked.

use super::Attachment;
use sha1::{Digest as _, Sha1};

/// What is known of the attachment with that declared name and type.
pub(super) fn describe(name: Option<&str>, declared: &str, bytes: &[u8]) -> Attachment {
    let name = name.map(safe_name).filter(|name| !name.is_empty());
    let sniffed = sniff(bytes);
    let dangerous =
        name.as_deref().is_some_and(dangerous_name) || sniffed.is_some_and(|(_, runs)| runs) || declared_runs(declared) || archive_holds_program(bytes);
    let media_type = match sniffed {
        Some((found, _)) if !declared.starts_with("message/") => found.to_owned(),
        _ => declared.chars().filter(char::is_ascii_graphic).take(100).collect(),
    };
    let sha1 = Sha1::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Attachment { name, media_type, bytes: bytes.len(), sha1, dangerous }
}

/// Characters of a name that are kept.
const NAME_CHARS: usize = 200;

/// A name without folders, controls and direction marks.
fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().filter(|c| !c.is_control() && !super::fold::is_silent(*c)).take(NAME_CHARS).collect();
    let clean = clean.trim().to_owned();
    if clean.chars().all(|c| c == '.') { String::new() } else { clean }
}

/// Extensions of files that can run something when they are opened.
const RUNNING: &[&str] = &[
    "exe",
    "scr",
    "com",
    "pif",
    "bat",
    "cmd",
    "msi",
    "msp",
    "mst",
    "cpl",
    "dll",
    "sys",
    "drv",
    "ocx",
    "vb",
    "vbs",
    "vbe",
    "js",
    "jse",
    "ws",
    "wsf",
    "wsh",
    "wsc",
    "sct",
    "hta",
    "ps1",
    "psm1",
    "ps1xml",
    "ps2",
    "psc1",
    "msh",
    "msh1",
    "msh2",
    "lnk",
    "inf",
    "reg",
    "scf",
    "url",
    "jar",
    "jnlp",
    "class",
    "apk",
    "app",
    "dmg",
    "pkg",
    "deb",
    "rpm",
    "sh",
    "bash",
    "csh",
    "ksh",
    "run",
    "elf",
    "py",
    "pyc",
    "pyw",
    "pl",
    "rb",
    "gadget",
    "application",
    "appref-ms",
    "ade",
    "adp",
    "mde",
    "mdb",
    "accde",
    "accdr",
    "chm",
    "hlp",
    "htc",
    "ins",
    "isp",
    "its",
    "job",
    "mad",
    "maf",
    "mag",
    "mam",
    "maq",
    "mar",
    "mas",
    "mat",
    "mau",
    "mav",
    "maw",
    "mda",
    "mdt",
    "mdw",
    "mdz",
    "msc",
    "ops",
    "osd",
    "plg",
    "prf",
    "prg",
    "pst",
    "shb",
    "shs",
    "vsmacros",
    "vsw",
    "vxd",
    "xll",
    "xlam",
    "xlsm",
    "xltm",
    "docm",
    "dotm",
    "pptm",
    "potm",
    "ppam",
    "ppsm",
    "sldm",
    "iso",
    "img",
    "vhd",
    "vhdx",
    "ace",
    "cab",
    "library-ms",
    "search-ms",
    "settingcontent-ms",
    "diagcab",
    "website",
    "theme",
    "desktop",
    "swf",
    "one",
    "onepkg",
    "wim",
];

/// Whether the name, as a person's system reads it, ends in something that runs.
fn dangerous_name(name: &str) -> bool {
    let plain = name.trim_end_matches(['.', ' ', '\u{a0}', ')', ']', '"', '\'']).to_lowercase();
    plain.rsplit_once('.').is_some_and(|(_, extension)| RUNNING.contains(&extension.trim()))
}

fn declared_runs(declared: &str) -> bool {
    matches!(
        declared,
        "application/x-msdownload"
            | "application/x-msdos-program"
            | "application/x-executable"
            | "application/x-sh"
            | "application/java-archive"
            | "application/hta"
    )
}

/// The type that the first bytes show, and whether such a file can run.
fn sniff(bytes: &[u8]) -> Option<(&'static str, bool)> {
    let known: [(&[u8], &'static str, bool); 12] = [
        (b"MZ", "application/x-msdownload", true),
        (b"\x7fELF", "application/x-executable", true),
        (b"\xca\xfe\xba\xbe", "application/java-vm", true),
        (b"#!/", "text/x-shellscript", true),
        (b"%PDF-", "application/pdf", false),
        (b"\x89PNG\r\n\x1a\n", "image/png", false),
        (b"\xff\xd8\xff", "image/jpeg", false),
        (b"GIF8", "image/gif", false),
        (b"Rar!\x1a\x07", "application/vnd.rar", false),
        (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed", false),
        (b"\x1f\x8b", "application/gzip", false),
        (b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut", true),
    ];
    let found = known.iter().find(|(head, _, _)| bytes.starts_with(head)).map(|(_, media_type, runs)| (*media_type, *runs));
    found.filter(|(media_type, _)| *media_type != "application/x-msdownload" || bytes.len() >= 64)
}

/// File names in an archive that are looked at.
const LISTED: usize = 200;

/// Whether the listing of a ZIP or RAR archive names a program. Nothing is unpacked.
fn archive_holds_program(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"PK") {
        return zip_names(bytes).any(|name| dangerous_name(&name));
    }
    bytes.starts_with(b"Rar!\x1a\x07\0") && rar_names(bytes).any(|name| dangerous_name(&name))
}

/// Names in the local headers of a ZIP archive (APPNOTE 4.3.7).
fn zip_names(bytes: &[u8]) -> impl Iterator<Item = String> + '_ {
    let starts = bytes.windows(4).enumerate().filter(|(_, head)| head == b"PK\x03\x04" || head == b"PK\x01\x02").take(LISTED);
    starts.filter_map(move |(at, head)| {
        let (length, name) = if head == b"PK\x03\x04" { (26, 30) } else { (28, 46) };
        name_at(bytes, at.checked_add(length)?, at.checked_add(name)?)
    })
}

/// Names in the file headers of a RAR 4 archive: a chain of blocks of type 0x74.
fn rar_names(bytes: &[u8]) -> impl Iterator<Item = String> + '_ {
    let mut at = 7usize;
    std::iter::from_fn(move || {
        let head = bytes.get(at..at.checked_add(7)?)?;
        let [_, _, kind, flags_low, flags_high, size_low, size_high] = head else { return None };
        let size = usize::from(u16::from_le_bytes([*size_low, *size_high]));
        let packed = match u16::from_le_bytes([*flags_low, *flags_high]) & 0x8000 {
            0 if *kind != 0x74 => 0,
            _ => u32::from_le_bytes(bytes.get(at.checked_add(7)?..at.checked_add(11)?)?.try_into().ok()?) as usize,
        };
        let name = if *kind == 0x74 { name_at(bytes, at.checked_add(26)?, at.checked_add(32)?) } else { None };
        at = at.checked_add(size.max(7))?.checked_add(packed)?;
        Some(name.unwrap_or_default())
    })
    .take(LISTED)
}

/// The name at `start`, whose length stands at `length` in two bytes, least first.
fn name_at(bytes: &[u8], length: usize, start: usize) -> Option<String> {
    let size = bytes.get(length..length.checked_add(2)?)?;
    let size = usize::from(u16::from_le_bytes(size.try_into().ok()?));
    let name = bytes.get(start..start.checked_add(size)?)?;
    Some(String::from_utf8_lossy(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_folders_and_disguises() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("C:\\x\\facture\u{202e}fdp.exe\0"), "facturefdp.exe");
        assert_eq!(safe_name(".."), "");
    }

    #[test]
    fn what_runs_is_dangerous_whatever_it_is_called() {
        for name in ["a.exe", "a.pdf.JS", "a.scr. ", "(1).msi", "a (2.3).msi", "a.[1].msi"] {
            assert!(describe(Some(name), "application/octet-stream", b"x").dangerous, "{name}");
        }
        let mut program = b"MZ".to_vec();
        program.resize(100, 0);
        assert!(describe(Some("a.pdf"), "application/pdf", &program).dangerous);
        assert!(!describe(Some("facture.pdf"), "application/octet-stream", b"%PDF-1.4").dangerous);
        assert_eq!(describe(Some("facture.jpg"), "image/jpeg", b"%PDF-1.4").media_type, "application/pdf");
        assert!(!describe(None, "image/png", b"").dangerous);
    }

    #[test]
    fn a_program_in_an_archive_is_found_by_its_name() {
        let mut zip = b"PK\x03\x04".to_vec();
        zip.extend([0; 22]);
        zip.extend([5, 0, 0, 0]);
        zip.extend(b"a.exe");
        assert!(describe(Some("a.zip"), "application/zip", &zip).dangerous);
        zip.truncate(31);
        assert!(!describe(Some("a.zip"), "application/zip", &zip).dangerous);
    }
}
