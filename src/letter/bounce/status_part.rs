//! The machine-readable part of a delivery report (RFC 3464), as real servers write it: blank lines missing, lines unfolded, words in any case.

use super::address::{bare_name, typed};
use super::code::{best, is_vague, reply_code};
use super::{MOST, SEARCHED};
use crate::letter::BouncedRecipient;
use crate::letter::content::clip;
use crate::letter::headers::RawHeaders;

/// What the machine-readable parts say of each recipient; empty where there is none.
pub(in crate::letter) fn recipients_of_report(reports: &[(String, String)]) -> Vec<BouncedRecipient> {
    let mut recipients: Vec<BouncedRecipient> = Vec::new();
    for (_, report) in reports.iter().filter(|(media_type, _)| media_type.ends_with("delivery-status")) {
        read_groups(report, &mut recipients);
    }
    recipients
}

/// The same from fields that stand in the text, because a server put them there or the parts of the mail came apart.
pub(in crate::letter) fn recipients_of_text(text: &str) -> Vec<BouncedRecipient> {
    let mut recipients = Vec::new();
    let text = clip(text, SEARCHED);
    if field_lines(text) >= 2 {
        let began = text.match_indices('\n').map(|(at, _)| at.saturating_add(1)).chain([0]).filter(|at| is_field(text.get(*at..).unwrap_or_default())).min();
        read_groups(began.and_then(|at| text.get(at..)).unwrap_or(text), &mut recipients);
    }
    recipients
}

/// How many of the fields of RFC 3464 §2.3 begin a line of `text`, unquoted; at least one of them names a recipient, or it is none.
pub(super) fn field_lines(text: &str) -> usize {
    let fields = clip(text, SEARCHED).lines().filter(|line| is_field(line));
    let (mut count, mut named) = (0usize, false);
    for line in fields {
        count = count.saturating_add(1);
        named |= begins(line, "final-recipient:") || begins(line, "original-recipient:");
    }
    if named { count } else { 0 }
}

fn is_field(line: &str) -> bool {
    ["final-recipient:", "original-recipient:", "action:", "status:", "diagnostic-code:", "reporting-mta:"].iter().any(|name| begins(line, name))
}

fn begins(line: &str, name: &str) -> bool {
    line.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
}

/// The machine-readable parts of reports that are themselves nested: filters wrap reports, and the report of a lost report holds the first one.
pub(super) fn reports_within(nested: &[String]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for message in nested {
        let headers = RawHeaders::scan(message.as_bytes(), 200);
        let content_type = headers.first("Content-Type").unwrap_or_default();
        let lower = content_type.to_ascii_lowercase();
        if !lower.starts_with("multipart/report") || !lower.contains("delivery-status") {
            continue;
        }
        for part in parts(message.get(headers.bytes..).unwrap_or_default(), &boundary(&content_type)) {
            let fields = RawHeaders::scan(part.as_bytes(), 50);
            let media_type = fields.first("Content-Type").unwrap_or_default().to_ascii_lowercase();
            let media_type = media_type.split(';').next().unwrap_or_default().trim().to_owned();
            if media_type.ends_with("delivery-status") && found.len() < INNER {
                found.push((media_type, part.get(fields.bytes..).unwrap_or_default().to_owned()));
            }
        }
    }
    found
}

/// Nested machine-readable parts that are read.
const INNER: usize = 10;

fn boundary(content_type: &str) -> String {
    let lower = content_type.to_ascii_lowercase();
    let value = lower.find("boundary=").and_then(|at| content_type.get(at.saturating_add("boundary=".len())..)).unwrap_or_default();
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or_default().to_owned(),
        None => value.split([';', ' ']).next().unwrap_or_default().to_owned(),
    }
}

fn parts<'a>(body: &'a str, boundary: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    if boundary.is_empty() {
        return parts;
    }
    let (mut began, mut at) = (None::<usize>, 0usize);
    for line in body.split_inclusive('\n') {
        if line.strip_prefix("--").is_some_and(|rest| rest.starts_with(boundary)) {
            parts.extend(began.and_then(|began| body.get(began..at)));
            began = Some(at.saturating_add(line.len()));
        }
        at = at.saturating_add(line.len());
    }
    parts.extend(began.and_then(|began| body.get(began..)));
    parts
}

fn read_groups(report: &str, recipients: &mut Vec<BouncedRecipient>) {
    let lines = unfold(report);
    let host = lines.iter().find_map(|line| reporting_host(line));
    let mut group = Group::default();
    for line in &lines {
        let ends = line.trim().is_empty() || group.has(line);
        if ends {
            group = group.finish(host.as_deref(), recipients);
        }
        group.take(line);
    }
    group.finish(host.as_deref(), recipients);
}

/// The host in `Reporting-MTA: dns; host`.
fn reporting_host(line: &str) -> Option<String> {
    let (name, value) = line.split_once(':')?;
    let host = value.split_once(';').map_or(value, |(_, host)| host).trim();
    let good = host.contains('.') && host.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    (name.trim().eq_ignore_ascii_case("reporting-mta") && good).then(|| host.to_lowercase())
}

/// The fields of one recipient.
#[derive(Default)]
struct Group {
    last: Option<String>,
    original: Option<String>,
    actual: Option<String>,
    name: Option<String>,
    action: Option<String>,
    status: Option<String>,
    diagnostic: String,
}

impl Group {
    /// Whether `line` can only be about the next recipient, though no blank line stood before it.
    fn has(&self, line: &str) -> bool {
        let known = self.last.is_some() || self.name.is_some();
        (begins(line, "final-recipient:") && known) || (begins(line, "original-recipient:") && self.original.is_some() && known)
    }

    fn take(&mut self, line: &str) {
        let Some((name, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "final-recipient" => {
                self.last = self.last.take().or_else(|| typed(value));
                self.name = self.name.take().or_else(|| bare_name(value));
            }
            "original-recipient" => self.original = self.original.take().or_else(|| typed(value)),
            "x-actual-recipient" => self.actual = self.actual.take().or_else(|| typed(value)),
            "action" => self.action = self.action.take().or_else(|| Some(word(value))),
            "status" => self.status = self.status.take().or_else(|| best(value)),
            "diagnostic-code" => {
                self.diagnostic.push_str(value);
                self.diagnostic.push('\n');
            }
            _ => {}
        }
    }

    fn finish(self, host: Option<&str>, recipients: &mut Vec<BouncedRecipient>) -> Group {
        let at_host = self.name.as_ref().and_then(|name| host.map(|host| format!("{name}@{host}")));
        let (last, local) = match self.last {
            Some(address) if address.rsplit('@').next().is_some_and(|domain| domain.contains('.')) => (Some(address), None),
            local => (None, local),
        };
        let original = self.original.clone();
        let address = last.or(self.original).or(self.actual).or(local).or(at_host);
        if let Some(address) = address
            && recipients.len() < MOST
            && (self.action.is_some() || self.status.is_some() || !self.diagnostic.is_empty())
        {
            let status = status_of(self.status, &self.diagnostic);
            let action = action_of(self.action.as_deref(), status.as_deref());
            let permanent = action == "failed" && is_for_good(status.as_deref(), &self.diagnostic);
            let written_to = original.filter(|original| !original.eq_ignore_ascii_case(&address));
            recipients.push(BouncedRecipient { address, written_to, action: action.to_owned(), status, permanent });
        }
        Group::default()
    }
}

/// The first word, in lower case.
fn word(value: &str) -> String {
    value.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default().to_ascii_lowercase()
}

/// The status that says why. What the other server said weighs more than a status that says nothing, or that the queue gave up.
fn status_of(status: Option<String>, diagnostic: &str) -> Option<String> {
    let said = best(diagnostic);
    match (status, said) {
        (Some(status), Some(said)) => {
            let overruled = is_vague(&status) && (!is_vague(&said) || status.ends_with(".0.0"));
            let refused = status.starts_with('4') && said.starts_with('5') && !is_vague(&said);
            Some(if overruled || refused { said } else { status })
        }
        (status, said) => status.or(said),
    }
}

fn action_of(action: Option<&str>, status: Option<&str>) -> &'static str {
    let class = status.and_then(|status| status.chars().next());
    match (action, class) {
        (Some("failed"), _) => "failed",
        (Some("delayed" | "delay" | "delaying"), _) => "delayed",
        (Some("delivered" | "deliverable"), _) => "delivered",
        (Some("relayed"), _) => "relayed",
        (Some("expanded"), _) => "expanded",
        (Some("expired" | "failure" | "error" | "undeliverable" | "fail" | "bounced"), _) => "failed",
        (_, Some('2')) => "delivered",
        (_, Some('4')) if status.is_some_and(|status| !status.ends_with(".4.7")) => "delayed",
        _ => "failed",
    }
}

fn is_for_good(status: Option<&str>, diagnostic: &str) -> bool {
    match status {
        Some(status) if !status.ends_with(".0.0") => status.starts_with('5'),
        _ => reply_code(diagnostic).or_else(|| status.map(str::to_owned)).is_none_or(|class| class.starts_with('5')),
    }
}

/// Lines with their folds undone; a line without a name before a colon continues the one before it.
fn unfold(report: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in report.lines() {
        let blank = line.trim().is_empty();
        let named = line.split_once(':').is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-'));
        match lines.last_mut().filter(|last| !blank && !last.trim().is_empty()) {
            Some(last) if line.starts_with([' ', '\t']) || !named => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ => lines.push(line.trim_end().to_owned()),
        }
    }
    lines
}
