//! What an element means to the mail program that wrote it: which of them hold a quotation, a signature, or nothing that is seen.

use super::bar;
use super::style::{Sight, sight};
use super::tag::Tag;

/// What an element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing in particular.
    Plain,
    /// What it holds is not shown.
    Hidden,
    /// Its letters are too small to be seen, those of an element in it may be larger.
    Tiny,
    /// Its letters have a size of their own.
    Sized,
    /// What it holds was written by another, or introduces it.
    Quote,
    /// It holds an introduction, then quotations, and between them the answers of the writer.
    Envelope,
    /// All that follows was written by another.
    Rest,
    /// If it holds the header fields of a mail, it and all that follows was written by another.
    Headed,
    /// The same, drawn as mail programs alone draw it.
    Titled,
    /// A bar stands beside it: it is a quotation if it is introduced as one.
    Barred,
    /// It holds the signature.
    Signature,
}

impl Role {
    /// Whether it says no more than whether the element is seen.
    pub fn is_sight(self) -> bool {
        matches!(self, Role::Hidden | Role::Tiny | Role::Sized)
    }
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

/// What the element that `tag` opens is for; elements of the classes `hidden` are not shown.
pub(super) fn role(tag: &Tag<'_>, hidden: &[String]) -> Role {
    // Who crosses his words out does not say them.
    if STRUCK.contains(&tag.name.as_str()) {
        return Role::Hidden;
    }
    if !(tag.name == "blockquote" || MARKED.contains(&tag.name.as_str()) || tag.may_hide() || !hidden.is_empty()) {
        return Role::Plain;
    }
    let attributes = tag.attributes();
    let mut seen = Role::Plain;
    for (name, value) in &attributes {
        match name.as_str() {
            "hidden" => return Role::Hidden,
            "class" if !hidden.is_empty() && value.split_whitespace().any(|class| hidden.iter().any(|hidden| hidden == class)) => return Role::Hidden,
            "style" => match sight(value) {
                Sight::Hidden => return Role::Hidden,
                Sight::Tiny => seen = Role::Tiny,
                Sight::Sized => seen = Role::Sized,
                Sight::Same => {}
            },
            "size" if tag.name == "font" => seen = Role::Sized,
            _ => {}
        }
    }
    let marked = mark(&tag.name, &attributes);
    if marked == Role::Plain { seen } else { marked }
}

/// Elements by which programs mark what a part is, or draw a bar beside it.
const MARKED: [&str; 22] = [
    "div", "hr", "p", "table", "td", "tr", "span", "section", "article", "details", "pre", "font", "body", "header", "main", "aside", "center", "ul", "ol",
    "li", "th", "tbody",
];
/// Elements whose words somebody crossed out.
const STRUCK: [&str; 3] = ["s", "del", "strike"];

/// How the program that wrote it marked an element.
fn mark(element: &str, attributes: &[(String, String)]) -> Role {
    if element == "blockquote" {
        return if is_indentation(attributes) { Role::Plain } else { Role::Quote };
    }
    if !MARKED.contains(&element) {
        return Role::Plain;
    }
    let roles = attributes.iter().map(|(name, value)| match name.as_str() {
        "class" => value.split_whitespace().map(|class| of_class(class, element)).find(|role| *role != Role::Plain).unwrap_or(Role::Plain),
        "id" => of_identifier(value, element),
        "name" => of_name(value),
        "style" => of_style(value, element),
        "data-marker" => of_marker(value),
        "data-o-mail-quote" if value != "0" => Role::Quote,
        "data-smartmail" if value == "gmail_signature" => Role::Signature,
        "data-signatureblock" => Role::Signature,
        _ => Role::Plain,
    });
    roles.into_iter().find(|role| *role != Role::Plain).unwrap_or(Role::Plain)
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

fn of_style(written: &str, element: &str) -> Role {
    let style: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    if element == "div" && (style.contains("border-top:") && style.contains("solid") || style.contains("border-top-style:solid")) {
        // Outlook draws nothing but this line, in points.
        let titled = style.contains("border:none") && style.contains("pt");
        return if titled { Role::Titled } else { Role::Headed };
    }
    let bar = style.split(';').any(|rule| rule.starts_with("border-left:") && (rule.contains("solid") || rule.contains("double")) && !rule.contains("none"));
    let inset = style.contains("padding") || style.contains("margin");
    if element == "div" && bar && inset || bar::stands_beside(written) { Role::Barred } else { Role::Plain }
}

/// Whether the writer only indented: the blockquotes of editors have neither a bar nor a mark of a quotation.
fn is_indentation(attributes: &[(String, String)]) -> bool {
    let value = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted).map_or("", |(_, value)| value.as_str());
    if !value("type").is_empty() || !value("cite").is_empty() || value("class").contains("quote") && !value("class").contains("indent") {
        return false;
    }
    let style: String = value("style").chars().filter(|c| !c.is_whitespace()).collect();
    let flat = style.split(';').filter(|rule| !rule.is_empty()).all(|rule| ["margin-top:0", "margin-bottom:0"].contains(&rule.trim_end_matches("px")));
    value("class").contains("indent") || is_moved_in(&style) || flat && !style.is_empty()
}

/// Whether a style moves its element in by as much as Gmail's button does, and draws nothing.
fn is_moved_in(style: &str) -> bool {
    let value = |wanted: &str| style.split(';').filter_map(|rule| rule.split_once(':')).find(|(name, _)| *name == wanted).map_or("", |(_, value)| value);
    let bare = value("border").starts_with("none") || value("border") == "medium" && value("border-left").is_empty();
    matches!(value("margin"), "00040px" | "0px0px0px40px") && bare
}
