//! Pages as mail programs write them.

use super::to_text;

#[test]
fn lines_quotes_and_entities_come_out_as_seen() {
    let html = "<html><head><title>x</title><style>p{}</style></head><body><p>Bonjour,<br>j&#39;attends 1&nbsp;500 DH &amp; rien</p>\
                <div>a <b>b</b></div><blockquote><p>ancien</p></blockquote><script>evil()</script>fin</body></html>";
    assert_eq!(to_text(html), "Bonjour,\nj'attends 1 500 DH & rien\n\na b\n\n> ancien\n\nfin");
}

#[test]
fn broken_markup_is_read_to_its_end() {
    for html in ["<", "a < b", "<p", "<!-- x", "&", "&#xD800;", "&#99999999;", "&;", "</blockquote>x", "<p>é&é", "<div id=\"divRplyFwdMsg", "<div style='a>b"]
    {
        let _ = to_text(html);
    }
    assert_eq!(to_text("a < b & c"), "a < b & c");
    assert_eq!(to_text("a&#10;b&#13;c"), "a b c");
    assert_eq!(to_text("<pre>a\nb</pre>c"), "a\nb\nc");
}

/// What is left of the page when the marked lines are taken away.
fn own(html: &str) -> String {
    to_text(html).lines().filter(|line| !line.starts_with('>') && !line.trim().is_empty()).collect::<Vec<_>>().join("|")
}

#[test]
fn what_each_program_marks_as_quoted_is_marked() {
    for quoted in [
        "<div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">Tbilisi, 2.3.2026: Desk<br></div><blockquote class=\"gmail_quote\">vieux</blockquote></div>",
        "<div class=\"gmail_extra\"><div class=\"gmail_quote\">Ghadda Desk qal:<br><blockquote>vieux</blockquote></div></div>",
        "<div class=\"gmail_quote\"><div class=\"gmail_attr\">---------- Forwarded message ----------<br>x</div>vieux<blockquote>v</blockquote>vieux</div>",
        "<hr tabindex=\"-1\"><div id=\"divRplyFwdMsg\"><b>X:</b> Desk</div><div>vieux</div>",
        "<div id=\"appendonsend\"></div><hr>Desk<br>vieux",
        "<div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>Od koga:</b> Desk &lt;d@e.org&gt;<br><b>Kdy:</b> 2.3.2026<br>\
         <b>Komu to:</b> ja</p></div><p>vieux</p>",
        "<div class=\"yahoo_quoted\" id=\"yahoo_quoted_1\"><div>x</div><blockquote>y</blockquote><div>vieux</div></div>",
        "<div class=\"moz-cite-prefix\">x:<br></div><blockquote type=\"cite\" cite=\"mid:1\">vieux</blockquote>",
        "<div class=\"protonmail_quote\">x:<br><blockquote class=\"protonmail_quote\" type=\"cite\">vieux</blockquote></div>",
        "<hr id=\"zwchr\" data-marker=\"__DIVIDER__\"><div data-marker=\"__HEADERS__\">x</div><div data-marker=\"__QUOTED_TEXT__\">vieux</div>",
        "<div class=OutlookMessageHeader lang=fr>x</div>vieux",
        "<div id=\"mail-editor-reference-message-container\"><div>x</div>vieux</div>",
        "<div class=\"ms-outlook-mobile-reference-message skipProofing\">vieux</div>",
        "<div name=\"quote\" style=\"margin:10px; border-left:2px solid #C3D9E5;\">vieux</div>",
        "<div style=\"border-left: 1px solid #ccc; padding-left: 1ex\">vieux</div>",
        "<p id=\"reply-intro\">x:</p><blockquote>vieux</blockquote>",
        "<div name=\"messageReplySection\">x:<br><blockquote type=\"cite\" class=\"spark_quote\">vieux</blockquote></div>",
        "<div style=\"display:none\">vieux</div>",
    ] {
        assert_eq!(own(&format!("<div>neuf</div>{quoted}")), "neuf", "{quoted}");
    }
}

#[test]
fn answers_between_quotations_stay_the_writers() {
    let gmail = "<div class=\"gmail_quote\"><div class=\"gmail_attr\">x:</div><blockquote class=\"gmail_quote\">un<div>a</div></blockquote><div>oui</div>\
                 <blockquote class=\"gmail_quote\">deux</blockquote><div>non</div></div>";
    assert_eq!(own(gmail), "oui|non");
    assert_eq!(own("<blockquote type=cite>un</blockquote>oui<blockquote type=cite><blockquote>z</blockquote>deux</blockquote>non"), "oui|non");
    let within = "<blockquote type=cite>un<div id=\"divRplyFwdMsg\">x</div>y</blockquote>oui";
    assert_eq!(own(within), "oui");
}

#[test]
fn indentation_and_rules_of_the_writer_are_no_quotations() {
    assert_eq!(own("<blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">le fait</blockquote>fin"), "le fait|fin");
    assert_eq!(own("<div style=\"border-top:1px solid red\">Total : 300 DH</div>fin"), "Total : 300 DH|fin");
}

#[test]
fn a_signature_has_dashes_before_it() {
    assert_eq!(to_text("<div>Oui</div><div class=\"gmail_signature\"><div>Leila</div><div>06</div></div>"), "Oui\n--\nLeila\n06");
    assert_eq!(to_text("Oui<pre class=\"moz-signature\">-- \nLeila</pre>"), "Oui\n--\nLeila");
    assert_eq!(to_text("Oui<div id=\"Signature\"><br></div>"), "Oui");
}

#[test]
fn hostile_pages_cost_little() {
    let time = std::time::Instant::now();
    for piece in
        ["<div class=gmail_quote>", "<blockquote>", "</div>", "<a href=\"", "<br>", "<div style='border-top:solid'>a:1</div>", "<!-- ", "&", "<p hidden>"]
    {
        let _ = to_text(&piece.repeat((1 << 20) / piece.len()));
    }
    assert!(time.elapsed().as_secs() < 20, "{:?}", time.elapsed());
}
