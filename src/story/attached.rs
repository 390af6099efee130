//! Files that people of a story attach to their mails, with everything in them that programs write there about people.

use std::fmt::Write as _;

/// The file `name` as it lies on the disk of `owner`: a photograph, a PDF, a text, or something that is neither, by its ending. Its declared type and its bytes.
pub fn attachment(name: &str, owner: &str) -> (&'static str, Vec<u8>) {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jpg") => ("image/jpeg", jpeg(owner)),
        Some("pdf") => ("application/pdf", pdf(owner)),
        Some("txt") => ("text/plain; charset=utf-8", format!("Écrivez-moi à {owner} ou au 06 12 34 56 78.\nLe colis n’est pas arrivé.\n").into_bytes()),
        _ => ("application/octet-stream", [b"PK\x03\x04", owner.as_bytes()].concat()),
    }
}

/// The smallest photograph there is, with Exif and a comment that name its owner.
fn jpeg(owner: &str) -> Vec<u8> {
    let mut picture = vec![0xff, 0xd8];
    for (marker, before) in [(0xe1, "Exif\0\0"), (0xfe, "")] {
        let content = format!("{before}{owner}");
        picture.extend([0xff, marker]);
        picture.extend(u16::try_from(content.len().saturating_add(2)).unwrap_or(u16::MAX).to_be_bytes());
        picture.extend(content.bytes());
    }
    picture.extend([0xff, 0xdb, 0, 67, 0]);
    picture.extend([1; 64]);
    picture.extend([0xff, 0xc0, 0, 11, 8, 0, 1, 0, 1, 1, 1, 0x11, 0]);
    picture.extend([0xff, 0xc4, 0, 20, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    picture.extend([0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0x3f, 0xff, 0xd9]);
    picture
}

/// A PDF of one empty page with an author and a title.
fn pdf(owner: &str) -> Vec<u8> {
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for object in [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>".to_owned(),
        format!("<< /Author ({owner}) /Title ({owner}) >>"),
    ] {
        places.push(text.len());
        let _ = write!(text, "{} 0 obj\n{object}\nendobj\n", places.len());
    }
    let start = text.len();
    let _ = write!(text, "xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(text, "{place:010} 00000 n ");
    }
    let _ = write!(text, "trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R >>\nstartxref\n{start}\n%%EOF\n");
    text.into_bytes()
}
