//! From objects to bytes (ISO 32000-1 §7.3, §7.5), always the same ones for the same objects.

use super::object::{Dictionary, Object};
use crate::letter::exhibit::WithheldBecause::{self, TooLarge};

/// Writes `object`.
pub(super) fn write(output: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => output.extend_from_slice(b"null"),
        Object::Boolean(true) => output.extend_from_slice(b"true"),
        Object::Boolean(false) => output.extend_from_slice(b"false"),
        Object::Number(digits) => output.extend_from_slice(digits),
        Object::Name(name) => write_name(output, name),
        Object::Text(text) => write_text(output, text),
        Object::Array(items) => {
            output.push(b'[');
            for item in items {
                write(output, item);
                output.push(b' ');
            }
            output.push(b']');
        }
        Object::Dictionary(entries) => write_dictionary(output, entries),
        Object::Reference((number, generation)) => output.extend_from_slice(format!("{number} {generation} R").as_bytes()),
    }
}

fn write_dictionary(output: &mut Vec<u8>, entries: &Dictionary) {
    output.extend_from_slice(b"<<");
    for (key, value) in entries {
        write_name(output, key);
        output.push(b' ');
        write(output, value);
    }
    output.extend_from_slice(b">>");
}

fn write_name(output: &mut Vec<u8>, name: &[u8]) {
    output.push(b'/');
    for byte in name {
        match byte {
            b'#' | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%' => output.extend_from_slice(format!("#{byte:02x}").as_bytes()),
            b'!'..=b'~' => output.push(*byte),
            _ => output.extend_from_slice(format!("#{byte:02x}").as_bytes()),
        }
    }
}

fn write_text(output: &mut Vec<u8>, text: &[u8]) {
    output.push(b'(');
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => output.extend_from_slice(&[b'\\', *byte]),
            b'\r' => output.extend_from_slice(b"\\r"),
            _ => output.push(*byte),
        }
    }
    output.push(b')');
}

/// A file of `objects`, numbered from 1, of which the first one is the root.
pub(super) fn file(objects: &[Vec<u8>], most: usize) -> Result<Vec<u8>, WithheldBecause> {
    // Bytes that no text has, so that every program takes the file for what it is.
    let mut output = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1usize..).zip(objects) {
        places.push(output.len());
        output.extend_from_slice(format!("{number} 0 obj\n").as_bytes());
        output.extend_from_slice(object);
        output.extend_from_slice(b"\nendobj\n");
        if output.len() > most {
            return Err(TooLarge);
        }
    }
    let table = output.len();
    output.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len().saturating_add(1)).as_bytes());
    for place in places {
        output.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let size = objects.len().saturating_add(1);
    output.extend_from_slice(format!("trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{table}\n%%EOF\n").as_bytes());
    if output.len() > most { Err(TooLarge) } else { Ok(output) }
}

/// An indirect object with the bytes of its stream.
pub(super) fn indirect(entries: Dictionary, stream: Option<&[u8]>) -> Vec<u8> {
    let (mut entries, mut output) = (entries, Vec::new());
    if let Some(stream) = stream {
        entries.insert(b"Length".to_vec(), Object::number(stream.len()));
    }
    write_dictionary(&mut output, &entries);
    if let Some(stream) = stream {
        output.extend_from_slice(b"\nstream\n");
        output.extend_from_slice(stream);
        output.extend_from_slice(b"\nendstream");
    }
    output
}
