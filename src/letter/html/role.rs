//! What an element means to the mail program that wrote it: which of them hold a quotation, a signature, or nothing that is seen.

use super::tag::Tag;

/// What an element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing in particular.
    Plain,
    /// What it holds is not shown.
    Hidden,
    /// What it holds was written by another, or introduces it.
    Quote,
    /// It holds an introduction, then quotations, and between them the answers of the writer.
    Envelope,
    /// All that follows was written by another.
    Rest,
    /// If it holds the header fields of a mail, it and all that follows was written by another.
    Headed,
    /// It holds the signature.
    Signature,
}

/// Classes of elements that hold a quotation or its introduction.
const QUOTES: [&str; 16] = [
    "gmail_attr",
    "gmail_quote_attribution",
    "moz-cite-prefix",
    "moz-email-headers-table",
    "moz-forward-container",
    "yahoo_quoted",
    "airmail_on",
    "airmail_ext_on",
    "bloop_original_html",
    "front-blockquote",
    "missive_quote",
    "zmail_extra_hr",
    "mail-quote-collapse",
    "wmi-quote",
    "spark_quote",
    "ms-outlook-mobile-reference-message",
];
/// Identifiers of such elements.
const QUOTE_IDS: [&str; 7] =
    ["mail-editor-reference-message-container", "reply-intro", "replybody1", "isreplycontent", "_originalcontent", "qt", "olk_src_body_section"];
/// Classes of elements in which answers stand between quotations.
const ENVELOPES: [&str; 5] = ["gmail_quote", "gmail_quote_container", "protonmail_quote", "tutanota_quote", "zmail_extra"];
/// Identifiers after which all is quoted.
const RESTS: [&str; 7] = ["divrplyfwdmsg", "x_divrplyfwdmsg", "appendonsend", "stopspelling", "zwchr", "_phcwrapper", "outlookmessageheader"];
/// Classes and identifiers of signatures.
const SIGNATURES: [&str; 12] = [
    "gmail_signature",
    "moz-signature",
    "protonmail_signature_block",
    "bloop_sign",
    "mailbox_signature",
    "signature",
    "applemailsignature",
    "ymail_android_signature",
    "ymail_ios_signature",
    "composer_signature",
    "ms-outlook-mobile-signature",
    "__signature__",
];

/// What the element that `tag` opens is for.
pub(super) fn role(tag: &Tag<'_>) -> Role {
    if tag.name == "blockquote" {
        return if is_indentation(tag) { Role::Plain } else { Role::Quote };
    }
    if !matches!(
        tag.name.as_str(),
        "div" | "hr" | "p" | "table" | "td" | "tr" | "span" | "section" | "article" | "details" | "pre" | "font" | "body" | "header"
    ) {
        return Role::Plain;
    }
    let mut found = Role::Plain;
    for (name, value) in tag.attributes() {
        let role = match name.as_str() {
            "class" => value.split_whitespace().map(|class| of_class(class, &tag.name)).find(|role| *role != Role::Plain).unwrap_or(Role::Plain),
            "id" => of_identifier(&value, &tag.name),
            "name" => of_name(&value),
            "style" => of_style(&value, &tag.name),
            "data-marker" => of_marker(&value),
            "data-smartmail" if value == "gmail_signature" => Role::Signature,
            "data-signatureblock" => Role::Signature,
            "hidden" => Role::Hidden,
            _ => Role::Plain,
        };
        if found == Role::Plain || role == Role::Hidden {
            found = role;
        }
    }
    found
}

fn of_class(class: &str, element: &str) -> Role {
    if ENVELOPES.contains(&class) {
        // The span with this class only ever held the introduction.
        return if element == "span" { Role::Quote } else { Role::Envelope };
    }
    if QUOTES.contains(&class) {
        return Role::Quote;
    }
    match class {
        "outlookmessageheader" => Role::Rest,
        _ if SIGNATURES.contains(&class) && class != "signature" => Role::Signature,
        _ => Role::Plain,
    }
}

fn of_identifier(id: &str, element: &str) -> Role {
    if RESTS.contains(&id) {
        return Role::Rest;
    }
    if QUOTE_IDS.contains(&id) || id.starts_with("yahoo_quoted") {
        return Role::Quote;
    }
    if SIGNATURES.contains(&id) && element != "body" { Role::Signature } else { Role::Plain }
}

/// Names by which GMX, Web.de and Spark mark parts.
fn of_name(name: &str) -> Role {
    match name {
        "quote" => Role::Quote,
        "messagereplysection" => Role::Envelope,
        "messagesignaturesection" => Role::Signature,
        _ => Role::Plain,
    }
}

/// Marks of Zimbra.
fn of_marker(marker: &str) -> Role {
    match marker {
        "__divider__" | "__headers__" => Role::Rest,
        "__quoted_text__" => Role::Quote,
        "__sig_pre__" | "__sig_post__" => Role::Signature,
        _ => Role::Plain,
    }
}

fn of_style(style: &str, element: &str) -> Role {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let hidden = style.contains("display:none") || style.contains("visibility:hidden") || style.contains("max-height:0") && style.contains("overflow:hidden");
    if hidden {
        return Role::Hidden;
    }
    if element != "div" {
        return Role::Plain;
    }
    if style.contains("border-top:") && style.contains("solid") || style.contains("border-top-style:solid") {
        return Role::Headed;
    }
    let bar = style.split(';').any(|rule| rule.starts_with("border-left:") && (rule.contains("solid") || rule.contains("double")) && !rule.contains("none"));
    let inset = style.contains("padding") || style.contains("margin");
    if bar && inset { Role::Quote } else { Role::Plain }
}

/// Whether the writer only indented: the blockquotes of editors have neither a bar nor a mark of a quotation.
fn is_indentation(tag: &Tag<'_>) -> bool {
    let attributes = tag.attributes();
    let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    if !value("type").is_empty() || !value("cite").is_empty() || value("class").contains("quote") && !value("class").contains("indent") {
        return false;
    }
    let style: String = value("style").chars().filter(|c| !c.is_whitespace()).collect();
    value("class").contains("indent") || style.contains("margin:00040px") && style.contains("border:none")
}
