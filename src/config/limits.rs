//! `[limits]` of `service.toml`: what one mail may cost (THREATS §11).

use super::brakes::Brakes;
use crate::domain::Fault;
use crate::letter::Limits;
use crate::workflow::page::{Page, Table};

/// Only the bounds of one mail in `text`, the content of `service.toml`: all that reading a mail needs of it.
///
/// # Errors
/// Every fault of the section, and of the file where it is no page at all.
pub fn limits_of(file: &str, text: &str) -> Result<Limits, Vec<Fault>> {
    let page = Page::new(file, text);
    let limits = page.table().map(|mut table| limits(&page, &mut table, &mut Brakes::default()));
    let faults = page.into_faults();
    limits.filter(|_| faults.is_empty()).ok_or(faults)
}

/// Memory of a reader beside what the mail itself takes: its stack, its lexicons and what the allocator sets aside.
const READER_BYTES: u64 = 128 << 20;
/// How often the bytes of a mail are there at the same time while it is read: as it came, decoded, and between two sizes of a buffer.
const COPIES: u64 = 4;

/// Bounds of one mail; the ranges end at the hard ceilings. How much one sender may write stood here before there was a section of its own.
pub(super) fn limits<'a>(page: &Page<'a>, table: &mut Table<'a>, brakes: &mut Brakes) -> Limits {
    let mut limits = Limits::default();
    let Some(mut table) = table.table("limits") else { return limits };
    let at = table.at();
    let places: [(&'static str, &mut usize, u64, u64); 15] = [
        ("message_bytes", &mut limits.message_bytes, 64 << 10, 100 << 20),
        ("nesting", &mut limits.nesting, 1, 64),
        ("parts", &mut limits.parts, 1, 2_000),
        ("header_bytes", &mut limits.header_bytes, 16 << 10, 4 << 20),
        ("header_fields", &mut limits.header_fields, 50, 10_000),
        ("field_bytes", &mut limits.field_bytes, 1 << 10, 1 << 20),
        ("parameters", &mut limits.parameters, 10, 1_000),
        ("addresses", &mut limits.addresses, 1, 1_000),
        ("references", &mut limits.references, 1, 100),
        ("text_bytes", &mut limits.text_bytes, 16 << 10, 16 << 20),
        ("html_bytes", &mut limits.html_bytes, 16 << 10, 16 << 20),
        ("searched_bytes", &mut limits.searched_bytes, 4 << 10, 1 << 20),
        ("subject_chars", &mut limits.subject_chars, 50, 998),
        ("exhibits", &mut limits.exhibits, 1, 50),
        ("exhibit_bytes", &mut limits.exhibit_bytes, 64 << 10, 20 << 20),
    ];
    for (key, place, least, most) in places {
        if let Some(number) = table.number(key, least..=most) {
            *place = usize::try_from(number).unwrap_or(*place);
        }
    }
    let costs: [(&'static str, &mut u64, u64, u64); 3] = [
        ("cpu_seconds", &mut limits.cpu_seconds, 1, 20),
        ("wall_seconds", &mut limits.wall_seconds, 1, 30),
        ("memory_bytes", &mut limits.memory_bytes, 192 << 20, 1 << 30),
    ];
    for (key, place, least, most) in costs {
        *place = table.number(key, least..=most).unwrap_or(*place);
    }
    brakes.mails(&mut table);
    let needed = (limits.message_bytes as u64).saturating_mul(COPIES).saturating_add(READER_BYTES);
    if limits.memory_bytes < needed {
        page.fault(at, format!("To read mails of {} bytes takes memory_bytes = {needed}; raise it, or lower \"message_bytes\".", limits.message_bytes));
    }
    table.named("[limits]").end();
    limits
}
