//! The bombs, made when they are needed: each has From: a@example.org where it has a head at all.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub struct Bomb {
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

type Maker = fn() -> Vec<u8>;

/// Bytes of a mail that is just not too large.
const FULL: usize = 25 << 20;

const FROM: &str = "From: a@example.org\r\n";

/// A mail that is none.
pub fn ordinary() -> Vec<u8> {
    mail("Subject: x\r\n", "Bonjour\r\n")
}

/// Every bomb; made one after the other, so that only one is in memory.
pub fn bombs() -> impl Iterator<Item = Bomb> {
    let makers: [(&'static str, Maker); 58] = [
        ("multiparts in multiparts", || nested_multiparts(100_000)),
        ("multiparts in multiparts, few", || nested_multiparts(190)),
        ("mails in mails", || format!("{FROM}{}\r\nx\r\n", "Content-Type: message/rfc822\r\n\r\nFrom: a@b.c\r\n".repeat(30_000)).into()),
        ("mails in mails, many", || format!("{FROM}{}\r\nx\r\n", "Content-Type: message/rfc822\r\n\r\nFrom: a@b.c\r\n".repeat(500_000)).into()),
        ("mails in mails, disguised", || format!("{FROM}{}\r\nx\r\n", "Content-Type: message / (c) rfc822\r\n\r\n".repeat(500_000)).into()),
        ("mails in mails, under the limit", || format!("{FROM}{}\r\nx\r\n", "Content-Type: message/rfc822\r\n\r\nFrom: a@b.c\r\n".repeat(790)).into()),
        ("mails in a digest", || {
            let digest = "Content-Type: multipart/digest; boundary=b\r\n\r\n--b\r\n\r\n";
            format!("{FROM}{}", digest.repeat(200_000)).into()
        }),
        ("mails in mails in base64", || encoded_chain(11_000)),
        ("mails in mails in base64, many", || encoded_chain(500_000)),
        ("base64 in base64", base64_in_base64),
        ("three million empty parts", || mail("Content-Type: multipart/mixed; boundary=b\r\n", &"--b\r\n\r\n".repeat(3_000_000))),
        ("parts whose line goes on", || mail("Content-Type: multipart/mixed; boundary=b\r\n", &"--bx\r\n\r\n".repeat(2_500_000))),
        ("parts on one line", || mail("Content-Type: multipart/mixed; boundary=b\r\n", &"--b".repeat(8_000_000))),
        ("a million fields", || format!("{FROM}{}\r\nx\r\n", "X: y\r\n".repeat(1_000_000)).into()),
        ("a million fields before From", || format!("{}{FROM}\r\nx\r\n", "X: y\r\n".repeat(1_000_000)).into()),
        ("a million fields of a part", || in_part(&"X: y\r\n".repeat(1_000_000))),
        ("fields of parts", || mail("Content-Type: multipart/mixed; boundary=b\r\n", &format!("--b\r\n{}\r\nx\r\n", "X: y\r\n".repeat(20_000)).repeat(150))),
        ("a line of 50 MB", || mail("", &"a".repeat(50_000_000))),
        ("a line of 25 MB", || mail("", &"a".repeat(FULL - 100))),
        ("a subject of 24 MB", || format!("{FROM}Subject: {}\r\n\r\nx\r\n", "a".repeat(24_000_000)).into()),
        ("folds", || format!("{FROM}Subject: a\r\n{}\r\nx\r\n", " b\r\n".repeat(5_000_000)).into()),
        ("continuations of a name", || mail(&format!("Content-Type: a/b{}\r\n", continuations(500_000)), "x\r\n")),
        ("continuations in a part", || in_part(&format!("Content-Disposition: attachment{}\r\n", continuations(500_000)))),
        ("continuations in base64", || {
            let inner = format!("Content-Type: a/b{}\r\n\r\nx\r\n", continuations(500_000));
            mail("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n", &base64_lines(inner.as_bytes()))
        }),
        ("continuations within the limits of a head", || mail(&format!("Content-Type: a/b{}\r\n", continuations(5_000)), "x\r\n")),
        ("a hundred thousand addresses", || mail(&format!("To: {}x@y.org\r\n", "x@y.org,".repeat(100_000)), "x\r\n")),
        ("addresses in From", || format!("From: {}a@example.org\r\n\r\nx\r\n", "x@y.org,".repeat(5_000)).replace("x@y.org", "a@example.org").into()),
        ("addresses in groups", || mail(&format!("To: {}\r\n", "g:".repeat(100_000)), "x\r\n")),
        ("comments in From", || format!("From: {}a@example.org\r\n\r\nx\r\n", "(".repeat(60_000)).into()),
        ("references", || mail(&format!("References: {}\r\n", "<a@b.org> ".repeat(1_000_000)), "x\r\n")),
        ("references within the limits", || mail(&format!("References: {}\r\n", "<a@b.org> ".repeat(20_000)), "x\r\n")),
        ("encoded words", || mail(&format!("Subject: {}\r\n", "=?utf-8?q?a?= ".repeat(1_000_000)), "x\r\n")),
        ("encoded words within the limits", || mail(&format!("Subject: {}\r\n", "=?utf-8?q?".repeat(20_000)), "x\r\n")),
        ("Received", || mail(&"Received: from a (b [1.2.3.4]) by c; Mon, 1 Jan 2026 00:00:00 +0000\r\n".repeat(300_000), "x\r\n")),
        ("a boundary that never comes", || missing_boundaries(190)),
        ("boundaries that never come", || missing_boundaries(40_000)),
        ("a boundary that nearly comes", || mail(&format!("Content-Type: multipart/mixed; boundary=\"{}x\"\r\n", "-".repeat(60_000)), &"-".repeat(20_000_000))),
        ("a short boundary that nearly comes", || {
            mail(&format!("Content-Type: multipart/mixed; boundary=\"{}x\"\r\n", "-".repeat(300)), &"-".repeat(20_000_000))
        }),
        ("HTML in HTML", || html(&"<div>".repeat(4_000_000))),
        ("HTML tables", || html(&"<table><tr><td>".repeat(1_500_000))),
        ("HTML quotations", || html(&"<blockquote>x".repeat(1_500_000))),
        ("HTML entities", || html(&"&amp;&#x41;&CounterClockwiseContourIntegral;".repeat(500_000))),
        ("HTML ampersands", || html(&"&".repeat(20_000_000))),
        ("HTML comments", || html(&"<!--".repeat(5_000_000))),
        ("HTML brackets", || html(&"<".repeat(20_000_000))),
        ("HTML attributes", || html(&format!("<p {}>x", "a=\"b\" ".repeat(3_000_000)))),
        ("HTML attributes that never end", || html(&"<p title=\"".repeat(2_000_000))),
        ("HTML scripts that never end", || html(&"<script>".repeat(2_500_000))),
        ("HTML in a hundred parts", || {
            mail(
                "Content-Type: multipart/mixed; boundary=b\r\n",
                &format!("--b\r\nContent-Type: text/html\r\n\r\n{}\r\n", "<p>a &amp; b</p>".repeat(15_000)).repeat(100),
            )
        }),
        ("blanks", || mail("", &" ".repeat(FULL - 100))),
        ("empty lines", || mail("", &"\n".repeat(FULL - 100))),
        ("quotation marks", || mail("", &">".repeat(FULL - 100))),
        ("attributions", || mail("", &"On Mon, Mar 2, 2026 at 9:00 AM Desk <desk@example.org> wrote:\n".repeat(300_000))),
        ("dashes", || mail("", &"--\n".repeat(5_000_000))),
        ("digits", || mail("", &"4111 1111 1111 1112 ".repeat(1_000_000))),
        ("an archive of many files", || attachment("a.zip", &"PK\x03\x04aaaaaaaaaaaaaaaaaaaaaa\x05\0\0\0a.txt".repeat(500_000))),
        ("a page of brackets", || attachment("a.html", &"<".repeat(18_000_000))),
        ("escapes of a charset", || mail("Content-Type: text/plain; charset=iso-2022-jp\r\n", &"\x1b$B\x1b(B".repeat(3_000_000))),
    ];
    makers.into_iter().map(|(name, make)| Bomb { name, bytes: make() })
}

fn mail(headers: &str, body: &str) -> Vec<u8> {
    format!("{FROM}{headers}\r\n{body}").into_bytes()
}

fn html(body: &str) -> Vec<u8> {
    mail("Content-Type: text/html; charset=utf-8\r\n", body)
}

fn in_part(headers: &str) -> Vec<u8> {
    mail("Content-Type: multipart/mixed; boundary=b\r\n", &format!("--b\r\n{headers}\r\nx\r\n--b--\r\n"))
}

fn attachment(name: &str, content: &str) -> Vec<u8> {
    let head = format!("Content-Disposition: attachment; filename={name}\r\nContent-Transfer-Encoding: base64\r\n");
    mail(&format!("Content-Type: application/octet-stream\r\n{head}"), &base64_lines(content.as_bytes()))
}

fn continuations(count: usize) -> String {
    (0..count).map(|number| format!(";\r\n name*{number}=a")).collect()
}

fn nested_multiparts(levels: usize) -> Vec<u8> {
    let levels: String = (0..levels).map(|number| format!("Content-Type: multipart/mixed; boundary=b{number}\r\n\r\n--b{number}\r\n")).collect();
    format!("{FROM}{levels}\r\nx\r\n").into_bytes()
}

/// Multiparts one after the other, each of which looks to the end of the mail for its boundary.
fn missing_boundaries(count: usize) -> Vec<u8> {
    let parts: String = (0..count).map(|number| format!("--b\r\nContent-Type: multipart/mixed; boundary=m{number}\r\n\r\nx\r\n")).collect();
    let rest = "x\r\n".repeat((FULL - 1_000 - parts.len()) / 3);
    mail("Content-Type: multipart/mixed; boundary=b\r\n", &(parts + &rest))
}

/// A base64 part whose content is a chain: memory grows with the square of its size.
fn encoded_chain(levels: usize) -> Vec<u8> {
    let inner = "Content-Type: message/rfc822\r\n\r\n".repeat(levels) + "Subject: x\r\n\r\nx\r\n";
    mail("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n", &base64_lines(inner.as_bytes()))
}

fn base64_in_base64() -> Vec<u8> {
    let mut inner = "x\r\n".repeat(1_000).into_bytes();
    while inner.len() < 15 << 20 {
        inner = [&b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"[..], base64_lines(&inner).as_bytes()].concat();
    }
    [FROM.as_bytes(), &inner].concat()
}

fn base64_lines(bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let mut lines = String::with_capacity(text.len() + text.len() / 38);
    for line in text.as_bytes().chunks(76) {
        lines.push_str(std::str::from_utf8(line).unwrap());
        lines.push_str("\r\n");
    }
    lines
}
