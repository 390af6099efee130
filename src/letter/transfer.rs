//! What stands in a part before anybody changed its charset, decoded as leniently as a person would: attachments are told by their bytes.

use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// The decoded bytes of a part that is no mail; `raw` are the bytes of the mail that it stands in.
pub(super) fn bytes<'x>(raw: &'x [u8], part: &'x MessagePart<'_>) -> Cow<'x, [u8]> {
    let is_text = matches!(part.body, PartType::Text(_) | PartType::Html(_));
    if !is_text && !part.is_encoding_problem {
        return Cow::Borrowed(part.contents());
    }
    let Some(body) = raw.get(part.offset_body as usize..part.offset_end as usize) else { return Cow::Borrowed(part.contents()) };
    match declared(part).as_str() {
        "base64" => Cow::Owned(super::encoded::base64(body)),
        "quoted-printable" => quoted_printable_decode(body).map_or(Cow::Borrowed(body), Cow::Owned),
        _ => Cow::Borrowed(body),
    }
}

/// The text of a part whose base64 the parser gave up on.
pub(super) fn mended_text(raw: &[u8], part: &MessagePart<'_>) -> Option<String> {
    (part.is_encoding_problem && declared(part) == "base64").then(|| {
        let charset = part.content_type().and_then(|declared| declared.attribute("charset")).unwrap_or_default();
        super::encoded::charset_text(charset, &bytes(raw, part))
    })
}

fn declared(part: &MessagePart<'_>) -> String {
    part.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase()
}
