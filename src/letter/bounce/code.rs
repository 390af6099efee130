//! Reply codes (RFC 5321 §4.2) and enhanced status codes (RFC 3463) in what servers say.

use crate::letter::fold::fold;
use crate::letter::pattern::pattern;
use regex::Regex;
use std::sync::LazyLock;

/// The status in `text` that says most: what a server said with its reply code, rather than that a queue gave up.
pub(super) fn best(text: &str) -> Option<String> {
    let said: Vec<&str> = CODED.captures_iter(text).take(MOST).filter_map(|found| found.get(1)).map(|code| code.as_str()).collect();
    let bare = || ENHANCED.captures_iter(text).take(MOST).filter_map(|found| found.get(1)).map(|code| code.as_str());
    let telling = said.iter().copied().chain(bare()).find(|code| !is_vague(code));
    telling.or_else(|| said.first().copied()).or_else(|| bare().next()).map(str::to_owned)
}

/// Codes that are looked at in one text.
const MOST: usize = 40;

/// Whether a status only says that something went wrong (X.0.0), or that the queue gave up (X.4.7): the cause is what the other server said.
pub(super) fn is_vague(status: &str) -> bool {
    status.ends_with(".0.0") || status.ends_with(".4.7")
}

/// Whether a server's words stand in `text`: a reply code with its enhanced status code.
pub(super) fn is_coded(text: &str) -> bool {
    CODED.is_match(text)
}

/// The first reply code of a refusal in `text`, where servers put it: at the head of a line, after a mark or after a word like "said".
pub(super) fn reply_code(text: &str) -> Option<String> {
    REPLY.captures(text).and_then(|found| found.get(1)).map(|code| code.as_str().to_owned())
}

/// Whether what is said of a recipient is for good: by its codes, and by its words where there are none.
pub(super) fn is_permanent(status: Option<&str>, text: &str) -> bool {
    let telling = status.filter(|status| !status.ends_with(".0.0"));
    let class = telling.map(str::to_owned).or_else(|| reply_code(text)).or_else(|| status.map(str::to_owned));
    match class {
        Some(class) => class.starts_with('5'),
        None => !is_temporary(text),
    }
}

/// Whether words say that it might work another time. A full mailbox or a queue that gave up are no such words: the letter came back for good.
fn is_temporary(text: &str) -> bool {
    let folded = fold(text);
    TEMPORARY.iter().any(|word| folded.contains(word))
}

const TEMPORARY: [&str; 13] = [
    "will retry",
    "will keep trying",
    "will be retried",
    "still being retried",
    "temporar",
    "transient",
    "try again later",
    "try later",
    "failing for a long time",
    "long failure period",
    "plus tard",
    "vorubergehend",
    "موقت",
];

static ENHANCED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^0-9A-Za-z./_])([245]\.[0-7]\.[0-9]{1,3})(?:[^0-9.]|\.?$|\.[^0-9])"));
static CODED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:^|[^0-9.A-Za-z-])[45][0-5][0-9][ \t-]+[#(]?([45]\.[0-7]\.[0-9]{1,3})(?:[^0-9.]|\.?$|\.[^0-9])"));
static REPLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r#"(?im)(?:^[ \t>]*|[:;("'<>#\[,=]|error|code|reply|response|reason|said|with|returned|status|smtp)[ \t]*"#,
        r#"[:#"'(<]*[ \t]*([45][0-5][0-9])(?:[ \t-]|$|[#:,;.)"'\]])"#
    ))
});
