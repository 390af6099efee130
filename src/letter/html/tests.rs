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
        "<div style=\"border-left: 1px solid #ccc; padding-left: 1ex\">Ghadda 2.3.2026 09:00 Desk:<br>vieux</div>",
        "<div style='border-top:1px solid #ccc'>X: Desk &lt;d@e.org&gt;<br>Y: 2.3.2026 09:00<br>Z: ja</div>vieux",
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
fn what_stands_below_the_element_of_a_signature_stands_above_it() {
    for signature in [
        "<div class=\"gmail_signature\">Leila</div>",
        "<span class=\"gmail_signature_prefix\">-- </span><br><div class=\"gmail_signature\">Leila</div>",
        "<div id=\"Signature\"><div class=\"gmail_signature\">Leila</div></div>",
        "<div class=\"moz-signature\">-- <br>Leila</div>",
        "<div name=\"messageSignatureSection\">Leila</div>",
        "<div class=\"protonmail_signature_block\"><div>Leila</div></div>",
        "<div id=\"ms-outlook-mobile-signature\">Leila</div>",
    ] {
        let page = |below: &str| own(&format!("<div>un</div>{signature}<div><br></div>{below}"));
        assert_eq!(page("<div>deux</div><p>trois</p>"), "un|deux|trois|--|Leila", "{signature}");
        assert_eq!(page("<div>deux</div><blockquote>vieux</blockquote><div>trois</div>"), "un|deux|--|Leila|trois", "{signature}");
        assert_eq!(page("<blockquote>vieux</blockquote>"), "un|--|Leila", "{signature}");
        let copied = "-------- Message d'origine --------<br>De : Desk &lt;d@e.org&gt;<br>vieux";
        assert!(page(&format!("deux<br>{copied}")).starts_with("un|deux|--|Leila|----"), "{signature}");
        assert_eq!(page(&format!("<div>deux</div>{signature}trois")), "un|deux|--|Leila|trois|--|Leila", "{signature}");
    }
}

#[test]
fn a_bar_with_a_code_beside_it_is_a_quotation_on_any_element() {
    for (element, close) in [
        ("td", "</td></tr></table>"),
        ("p", "</p>"),
        ("span", "</span>"),
        ("section", "</section>"),
        ("table", "</table>"),
        ("div", "</div>"),
        ("li", "</li></ul>"),
    ] {
        let before = match element {
            "td" => "<table><tr>",
            "li" => "<ul>",
            _ => "",
        };
        for style in ["border-left:2px solid #ccc", "border-right:2px solid", "border-style:none none none solid", "border-inline-start:1px solid;padding:1ex"]
        {
            for code in ["ACCEPTER K7P", "ACCEPTER KPT", "أقبل K7P"] {
                let page = format!("<div>neuf</div>{before}<{element} style=\"{style}\">vieux<br>{code}{close}");
                assert_eq!(own(&page), "neuf", "{page}");
            }
        }
    }
    assert_eq!(own("<p>neuf</p><div data-o-mail-quote=\"1\">vieux</div><p data-o-mail-quote=1>vieux</p>"), "neuf");
    let signature = "<table><tr><td style=\"border-left:2px solid red\">Leila Bennani<br>05.22.00.11.22 | leila@x.example</td></tr></table>";
    assert_eq!(own(&format!("neuf{signature}")), "neuf|Leila Bennani|05.22.00.11.22 | leila@x.example");
    let cells = "<table><tr><td style='border:solid windowtext 1.0pt'>K7P</td><td style='border:solid windowtext 1.0pt;border-left:none'>45</td></tr></table>";
    assert_eq!(own(cells), "K7P 45");
}

#[test]
fn what_is_crossed_out_is_not_said() {
    for struck in [
        "<s>ACCEPTER K7P</s>",
        "<del>ACCEPTER K7P</del>",
        "<strike>ACCEPTER K7P</strike>",
        "<span style=\"color:red; text-decoration: line-through\">ACCEPTER K7P</span>",
        "<div style=\"text-decoration-line:underline line-through\">ACCEPTER <b>K7P</b></div>",
        "<style>.x{text-decoration:line-through}</style><p class=x>ACCEPTER K7P</p>",
    ] {
        assert_eq!(to_text(&format!("<p>Non. {struck}</p>")), "Non.", "{struck}");
    }
    assert_eq!(to_text("<span>a</span> <section>b</section> <u style=\"text-decoration:underline\">c</u>"), "a\nb\nc");
}

#[test]
fn indentation_and_rules_of_the_writer_are_no_quotations() {
    assert_eq!(own("<blockquote style=\"margin:0 0 0 40px;border:none;padding:0px\">le fait</blockquote>fin"), "le fait|fin");
    assert_eq!(own("<blockquote style=\"margin:0px 0px 0px 40px;border:medium;padding:0px\">le fait</blockquote>fin"), "le fait|fin");
    assert_eq!(own("<blockquote style=\"margin:0 0 0 40px;border:medium;border-left:1px solid\">vieux</blockquote>fin"), "fin");
    assert_eq!(own("<div style=\"border-top:1px solid red\">Total : 300 DH</div>fin"), "Total : 300 DH|fin");
}

#[test]
fn frames_and_forms_of_the_writer_are_no_quotations() {
    for (page, shown) in [
        ("<div style=\"border-left:4px solid #0a0;padding:10px\">Mon colis est cassé.</div>fin", "Mon colis est cassé.|fin"),
        ("<p>Voici :</p><div style=\"border-left:4px solid #0a0;padding:10px\">cassé, 450 DH</div>", "Voici :|cassé, 450 DH"),
        (
            "<div style='border-top:1px solid #ccc'>Nom : Leila<br>E-mail : l@x.example<br>Commande : 45-8871</div><p>cassé</p>",
            "Nom : Leila|E-mail : l@x.example|Commande : 45-8871|cassé",
        ),
        ("<blockquote style=\"margin-top:0;margin-bottom:0\">cassé</blockquote>fin", "cassé|fin"),
    ] {
        assert_eq!(own(page), shown, "{page}");
    }
    assert_eq!(own("neuf<br>Kun 2.3.2026 Desk sanoi:<div style=\"border-left:1px solid;margin:0\">vieux</div>"), "neuf|Kun 2.3.2026 Desk sanoi:");
    assert_eq!(own("<blockquote type=cite style=\"margin-top:0;margin-bottom:0\">vieux</blockquote>neuf"), "neuf");
}

#[test]
fn what_nobody_sees_is_not_read() {
    for unseen in [
        "<b style=\"display:none\">caché</b>",
        "<h1 style='font-size:0'>caché</h1>",
        "<div style=\"font-size:0\"><b style=\"font-size:2em\">caché</b></div>",
        "<span hidden>caché</span>",
        "<a style=\"position:absolute;left:-9999px\">caché</a>",
        "<p hidden>caché",
        "<style>.x{display:none}</style><div class=\"y x\">caché</div>",
        "<head><title>t</title><style>.x{display:none}</style></head><body><div class=x>caché</div>",
    ] {
        assert_eq!(to_text(&format!("{unseen}<p>vu</p>")), "vu", "{unseen}");
    }
    for seen in [
        "<table><tr><td style=\"font-size:0\"><div style=\"font-size:13px\">vu</div></td></tr></table>",
        "<td style=\"font-size:0px\"><font size=2>vu</font></td>",
        "<span style=\"color:white\">vu</span>",
        "<input hidden><p>vu</p>",
        "<style>@media print{.x{display:none}}</style><div class=x>vu</div>",
        "<img style=\"display:none\"><meta hidden>vu",
    ] {
        assert_eq!(to_text(seen), "vu", "{seen}");
    }
}

#[test]
fn markup_that_was_never_finished_hides_nothing() {
    for page in [
        "<html><head><meta charset=utf-8><div>vu</div>",
        "<head><title>x</title><style>p{}</style><p>vu</p>",
        "<head><title>x<body>vu",
        "<!--x--!>vu",
        "<!-->vu",
        "<!--->vu",
        "<!-- x --><!--y--!>vu",
        "<!--x--!><!--y--!>vu",
        "<!-- a --!b -->vu",
    ] {
        assert_eq!(to_text(page), "vu", "{page}");
    }
    assert_eq!(to_text("<head><xml><o:x>14</o:x></xml></head><body>vu</body>"), "vu");
    assert_eq!(own("<p>un<p id=\"reply-intro\">x:<blockquote type=cite>vieux</blockquote><p>deux</p>"), "un|deux");
    assert_eq!(own("<p>un<p class=\"gmail_signature\">Leila<p>deux"), "un|deux|--|Leila");
}

#[test]
fn a_bar_that_is_never_closed_is_judged_where_the_page_or_what_holds_it_ends() {
    for page in [
        "<p>Je réfléchis.</p><table><tr><td style=\"border-left:2px solid #ccc\">Répondez :<br>REFUSER K7P</table>",
        "<p>Je réfléchis.</p><div><p style=\"border-left:2px solid #ccc\">Répondez :<br>REFUSER K7P</div>",
    ] {
        assert_eq!(own(page), "Je réfléchis.", "{page}");
    }
}

#[test]
fn a_bar_beside_a_condition_quotes_nothing() {
    for page in [
        "<p>ACCEPTER K7P</p><p style=\"border-left:4px solid #0a0\">mais seulement si remboursé sous 48h</p>",
        "<div>ACCEPTER K7P</div><table><tr><td style=\"border-left:1px solid #ccc\">mais pour 399 DH</td></tr></table>",
        "<div>Dossier 48213, l@x.example</div><div>ACCEPTER K7P</div><ul><li style=\"border-left:3px solid #0a0\">mais seulement si le retour est gratuit</li></ul>",
    ] {
        assert!(own(page).contains("mais "), "{page}: {}", own(page));
    }
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
    for piece in [
        "<!--x--!>",
        "<p style=font-size:0>",
        "<div class=gmail_quote>",
        "<blockquote>",
        "</div>",
        "<a href=\"",
        "<br>",
        "<div style='border-top:solid'>a:1</div>",
        "<!-- ",
        "&",
        "<p hidden>",
        "<div class=gmail_signature>a</div>b<br><br>",
        "<table style='border-left:1px solid'>K7P</table>",
        "<s>",
    ] {
        let _ = to_text(&piece.repeat((1 << 20) / piece.len()));
    }
    let _ = to_text(&format!("<p>{}</p>{}", "1 ".repeat(1 << 19), "<p style=border-left:solid>".repeat(35_000)));
    assert!(time.elapsed().as_secs() < 20, "{:?}", time.elapsed());
}
