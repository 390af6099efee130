//! What may not be too long, and what may not stand there at all.

use super::source::Source;

const FILE: usize = 400;
const FUNCTION: usize = 70;
/// Nineteen of twenty functions are at most so long.
const MOST_FUNCTIONS: usize = 45;
const LINE: usize = 200;

/// Where `unwrap()` or `expect()` stands outside tests: file, how often, and why it cannot fail.
const CANNOT_FAIL: [(&str, usize, &str); 1] =
    [("letter/pattern.rs", 1, "patterns are written in the source, never in a mail or a file, and reading any mail compiles them")];

/// Where commands speak: there alone a full or closed output is dealt with, and what strangers wrote is made harmless.
const OUTPUT: &str = "cli/output.rs";

/// Every file, function and line that is too long.
pub fn lengths(sources: &[Source]) -> Vec<String> {
    let (mut breaches, mut all) = (Vec::new(), Vec::new());
    for source in sources {
        let lines = source.text.lines().count();
        if lines > FILE {
            breaches.push(format!("src/{}: {lines} lines; {FILE} are the most", source.path));
        }
        for (number, line) in source.text.lines().enumerate().filter(|(_, line)| line.chars().count() > LINE) {
            breaches.push(format!("src/{}:{}: a line of {} characters; {LINE} are the most", source.path, number + 1, line.chars().count()));
        }
        for (name, line, length) in functions(source) {
            all.push(length);
            if length > FUNCTION {
                breaches.push(format!("src/{}:{line}: {name} has {length} lines; {FUNCTION} are the most", source.path));
            }
        }
    }
    all.sort_unstable();
    if let Some(most) = all.get(all.len() * 19 / 20).filter(|most| **most > MOST_FUNCTIONS) {
        breaches.push(format!("one function in twenty has {most} lines or more; {MOST_FUNCTIONS} are enough"));
    }
    breaches
}

/// Name, first line and number of lines of each function with a body.
fn functions(source: &Source) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    for (at, token) in source.tokens.iter().enumerate().filter(|(at, token)| token.text == "fn" && source.tokens.get(at + 1).is_some_and(|name| name.is_word()))
    {
        let mut body = at;
        while !matches!(source.text_at(body), "{" | ";" | "") {
            body = if matches!(source.text_at(body), "(" | "[") { source.after(body) } else { body + 1 };
        }
        if source.text_at(body) == "{" {
            let last = source.tokens[source.after(body) - 1].line;
            found.push((source.text_at(at + 1).to_owned(), token.line, last + 1 - token.line));
        }
    }
    found
}

/// Everything unsafe, unfinished or silenced, and every unwrap without a reason.
pub fn words(sources: &[Source]) -> Vec<String> {
    let mut breaches = Vec::new();
    for source in sources {
        let follows = |at: usize, expected: &[&str]| expected.iter().enumerate().all(|(offset, text)| source.text_at(at + offset) == *text);
        let speaks = matches!(source.room().as_str(), "cli" | "main");
        let mut unwraps = 0;
        for (at, token) in source.tokens.iter().enumerate() {
            let breach = match token.text.as_str() {
                "unsafe" => "unsafe code",
                "todo" | "unimplemented" | "dbg" if follows(at + 1, &["!"]) => "something unfinished",
                "allow" if at > 1 && source.text_at(at - 1) == "[" && matches!(source.text_at(at - 2), "#" | "!") => "a silenced lint",
                "println" | "print" | "eprintln" | "eprint" if speaks && !token.test && follows(at + 1, &["!"]) => {
                    "a line that panics where the output is full"
                }
                "stdout" if speaks && source.path != OUTPUT => "standard output, which belongs to cli/output.rs",
                "." if !token.test && (follows(at + 1, &["unwrap", "("]) || follows(at + 1, &["expect", "("])) => {
                    unwraps += 1;
                    continue;
                }
                _ => continue,
            };
            breaches.push(format!("src/{}:{}: {breach}", source.path, token.line));
        }
        let allowed = CANNOT_FAIL.iter().find(|(path, _, _)| *path == source.path).map_or(0, |(_, times, _)| *times);
        if unwraps != allowed {
            breaches.push(format!("src/{}: {unwraps} unwrap or expect outside tests, {allowed} with a reason in tests/house/bounds.rs", source.path));
        }
        for (number, _) in
            source.text.lines().enumerate().filter(|(_, line)| line.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "TODO" | "FIXME" | "XXX")))
        {
            breaches.push(format!("src/{}:{}: an unfinished mark", source.path, number + 1));
        }
    }
    breaches
}

#[test]
fn what_is_too_long_is_found() {
    let planted = |text: &str| lengths(&[Source::read("a.rs", text)]).len();
    let function = |lines: usize| format!("fn f(x: [u8; 2]) -> u8 {{\n{}}}\n", "x();\n".repeat(lines - 2));
    assert_eq!(planted(&function(45)), 0);
    assert_eq!(planted(&function(46)), 1, "one in twenty");
    assert_eq!(planted(&(function(70) + &function(2).repeat(30))), 0);
    assert_eq!(planted(&(function(71) + &function(2).repeat(30))), 1);
    assert_eq!(planted(&("#[cfg(test)]\nmod tests {\n".to_owned() + &function(71) + &function(2).repeat(30) + "}")), 1);
    assert_eq!((planted(&"\n".repeat(400)), planted(&"\n".repeat(401))), (0, 1));
    assert_eq!((planted(&"é".repeat(200)), planted(&"é".repeat(201))), (0, 1));
}

#[test]
fn what_may_not_stand_there_is_found() {
    let planted = |text: &str| words(&[Source::read("a.rs", text)]).len();
    assert_eq!(planted("// not unsafe\n#![forbid(unsafe_code)] let a = \"todo!()\"; x.unwrap_or(1);"), 0);
    assert_eq!(planted("#[cfg(test)] mod tests { fn f() { x.unwrap(); y.expect(\"z\"); } }"), 0);
    for bad in
        ["unsafe { x() }", "todo!()", "dbg!(x)", "x.unwrap()", "x().expect(\"y\")", "#[allow(dead_code)] fn f() {}", "#![allow(unused)]", "// TODO: later"]
    {
        assert_eq!(planted(bad), 1, "{bad}");
    }
    let planted_in = |path: &str, text: &str| words(&[Source::read(path, text)]).len();
    for bad in ["println!(\"{x}\")", "print!(\"x\")", "eprintln!(\"x\")", "eprint!(\"x\")", "std::io::stdout().write_all(b)"] {
        assert_eq!((planted_in("cli/x.rs", bad), planted_in("main.rs", bad), planted_in("story/x.rs", bad)), (1, 1, 0), "{bad}");
    }
    assert_eq!(planted_in(OUTPUT, "io::stdout().write_all(b)"), 0);
}
