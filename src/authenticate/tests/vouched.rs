//! What a provider or a forwarder says (THREATS T9, T10): believed of those who are named, where they stand, for what they say, and never for more.

use super::*;
use mail_auth::arc::ArcSealer;
use mail_auth::{ArcOutput, AuthenticationResults, DmarcOutput, DmarcResult};

/// What the provider of the mailbox writes on a mail that it took: the results of its border, and two Received.
const IN: &str = "Received: from mx.provider.example by imap.provider.example with LMTP id 1; Mon, 23 Nov 2026 09:00:02 +0000\r\n";
const BORDER: &str = "Received: from out.mail.example.org (out.mail.example.org [192.0.2.1])\r\n\tby mx.provider.example (MTA) with ESMTPS id 2\r\n\t\
    for <desk@elitige.example>; Mon, 23 Nov 2026 09:00:01 +0000\r\n";
const PASS: &str =
    "Authentication-Results: mx.provider.example; spf=pass smtp.mailfrom=mail.example.org;\r\n\tdmarc=pass (p=reject) header.from=mail.example.org\r\n";
const FAIL: &str = "Authentication-Results: mx.provider.example; dmarc=fail (p=reject) header.from=mail.example.org\r\n";

fn provider() -> Trust {
    let received_by = vec!["imap.provider.example".to_owned(), "*.provider.example".to_owned()];
    Trust { provider: Some(Provider { server: "mx.provider.example".to_owned(), received_by }), sealers: Vec::new() }
}

/// As the provider of a mailbox sees it that writes its results above its Received.
fn above() -> Trust {
    Trust { provider: provider().provider.map(|provider| Provider { received_by: Vec::new(), ..provider }), sealers: Vec::new() }
}

async fn believed(mail: &str, trust: &Trust) -> Verdict {
    trusting(&zone(&[], &[WISH]), mail, "leila@mail.example.org", trust).await
}

#[tokio::test]
async fn t9_results_of_the_pinned_provider_vouch_for_an_author_whom_only_spf_proves() {
    let mail = format!("{IN}{BORDER}{PASS}{MAIL}");
    let verdict = believed(&mail, &provider()).await;
    let ground = Ground::Results { server: "mx.provider.example".to_owned(), method: Method::Dmarc, domain: "mail.example.org".to_owned() };
    assert_eq!((verdict.dkim, verdict.dmarc, verdict.author, &verdict.ground), (Outcome::None, Outcome::Fail, Author::Vouched, &ground));
    assert!(verdict.sentence().contains("mx.provider.example says that DMARC passed for mail.example.org"), "{}", verdict.sentence());
    assert_eq!(believed(&format!("{PASS}{IN}{BORDER}{MAIL}"), &above()).await.author, Author::Vouched);
    assert_eq!(believed(&mail, &Trust::default()).await.author, Author::Refuted, "nobody is believed unless named");
    assert_eq!(believed(&format!("{IN}{BORDER}{FAIL}{MAIL}"), &provider()).await.author, Author::Refuted);
}

#[tokio::test]
async fn t9_a_forged_result_below_the_first_received_proves_nothing() {
    for (what, mail) in [
        ("below a Received of somebody else", format!("{IN}{BORDER}Received: from a by relay.evil.example; Mon\r\n{PASS}{MAIL}")),
        ("below a Received that claims to be the provider's", format!("{IN}{BORDER}Received: from a by mx.provider.example; Mon\r\n{PASS}{MAIL}")),
        ("below a Received whose HELO is the provider's", format!("Received: from by (by imap.provider.example) by relay.evil.example; Mon\r\n{PASS}{MAIL}")),
        ("below a Received that says nothing", format!("{IN}{BORDER}Received: \r\n{PASS}{MAIL}")),
        ("below a Received that only lenient programs see", format!("{IN}{BORDER}Received : from a by b\r\n{PASS}{MAIL}")),
    ] {
        assert_eq!(believed(&mail, &provider()).await.author, Author::Refuted, "{what}");
    }
    assert_eq!(believed(&format!("{IN}{BORDER}{PASS}{MAIL}"), &above()).await.author, Author::Refuted, "below any Received, where it stands above all");
}

#[tokio::test]
async fn t9_twelve_forgeries_in_the_field_itself_prove_nothing() {
    let field = |value: &str| format!("{IN}{BORDER}Authentication-Results: {value}\r\n{MAIL}");
    let passes = "dmarc=pass header.from=mail.example.org";
    for (what, mail) in [
        ("another server", field(&format!("mx.evil.example; {passes}"))),
        ("a server that begins alike", field(&format!("mx.provider.example.evil.example; {passes}"))),
        ("a server named in a comment", field(&format!("(mx.provider.example) mx.evil.example; {passes}"))),
        ("an unknown version", field(&format!("mx.provider.example 2; {passes}"))),
        ("a pass in a comment", field("mx.provider.example; dmarc=fail (dmarc=pass header.from=mail.example.org) header.from=mail.example.org")),
        ("a comment that swallows the failure", field(&format!("mx.provider.example; {passes} (; dmarc=fail"))),
        ("a pass folded in after a failure", field(&format!("mx.provider.example; dmarc=fail header.from=mail.example.org;\r\n\t{passes}"))),
        ("a pass for another domain", field("mx.provider.example; dmarc=pass header.from=evil.example")),
        ("a pass for nobody", field("mx.provider.example; dmarc=pass")),
        ("a pass written into the envelope sender", field(&format!("mx.provider.example; spf=pass smtp.mailfrom=\"x; {passes}\"@evil.example"))),
        ("a second field of the same server", format!("{IN}{BORDER}{PASS}{FAIL}{MAIL}")),
        ("below the field of another server", format!("{IN}{BORDER}Authentication-Results: mx.evil.example; none\r\n{PASS}{MAIL}")),
        ("a name that only lenient programs see", format!("{IN}{BORDER}Authentication-Results : mx.provider.example; {passes}\r\n{MAIL}")),
        ("a head with a line that is no field", format!("{IN}{BORDER}{PASS}no field\r\n{MAIL}")),
    ] {
        assert!(!believed(&mail, &provider()).await.author.is_authenticated(), "{what}");
    }
    for (what, mail) in [
        ("capitals", field("MX.Provider.EXAMPLE; DMARC=Pass header.FROM=Mail.Example.ORG")),
        ("folds and comments", field("(c (d)) mx.provider.example (e)\r\n\t1 ; (f)\r\n dmarc (g)=(h) pass (i)\r\n\theader.from (j) = mail.example.org")),
        ("an older field of another server below", format!("{IN}{BORDER}{PASS}Authentication-Results: mx.other.example; dmarc=fail\r\n{MAIL}")),
    ] {
        assert_eq!(believed(&mail, &provider()).await.author, Author::Vouched, "{what}");
    }
}

#[tokio::test]
async fn t9_a_signature_counts_only_for_a_domain_that_speaks_for_the_one_in_from() {
    let says = |properties: &str| format!("{IN}{BORDER}Authentication-Results: mx.provider.example; dkim=pass {properties}\r\n{MAIL}");
    for (properties, author) in [
        ("header.d=mail.example.org", Author::Vouched),
        ("header.i=@mail.example.org header.b=Ab/+", Author::Vouched),
        ("header.d=example.org", Author::Refuted),
        ("header.d=evil.example", Author::Refuted),
        ("header.d=mail.example.org header.i=@evil.example", Author::Refuted),
        ("header.s=s", Author::Refuted),
    ] {
        assert_eq!(believed(&says(properties), &provider()).await.author, author, "{properties}");
    }
}

#[tokio::test]
async fn t9_the_word_of_a_provider_is_not_heard_against_the_bytes() {
    let all = zone(&["mail.example.org"], &[WISH]);
    let from = "leila@mail.example.org";
    let without_subject: Vec<&str> = ALL.into_iter().filter(|field| *field != "Subject").collect();
    for (what, mail, author) in [
        ("a signature that holds", signed(MAIL, "mail.example.org", &ALL), Author::Proven),
        ("a signature that holds and leaves the subject open", signed(MAIL, "mail.example.org", &without_subject), Author::Unknown),
        ("a signature over another text", signed(MAIL, "mail.example.org", &ALL).replace("mon colis", "ton colis"), Author::Refuted),
        ("two subjects", format!("Subject: Accord\r\n{MAIL}"), Author::Refuted),
        ("uneven lines", MAIL.replace("manque.\r\n", "manque.\n.\r\n"), Author::Refuted),
        ("two authors", MAIL.replace("Leila <", "eve@evil.example, Leila <"), Author::Refuted),
    ] {
        let verdict = trusting(&all, &format!("{IN}{BORDER}{PASS}{mail}"), from, &provider()).await;
        assert_eq!(verdict.author, author, "{what}: {}", verdict.sentence());
    }
    // A key that was rolled over since says nothing: the provider saw it.
    let rolled = format!("{IN}{BORDER}{PASS}{}", signed(MAIL, "mail.example.org", &ALL));
    assert_eq!(believed(&rolled, &provider()).await.author, Author::Vouched);
    let open = format!("{IN}{BORDER}{PASS}{}", signed(MAIL, "mail.example.org", &without_subject));
    assert_eq!(believed(&open, &provider()).await.author, Author::Refuted);
}

/// `mail` as `sealer` forwards it after it found this of `domain`.
fn sealed(mail: &str, sealer: &str, domain: &str, found: DmarcResult, fields: &[&str]) -> String {
    let message = AuthenticatedMessage::parse(mail.as_bytes()).unwrap();
    let dmarc = DmarcOutput::new(domain.to_owned()).with_dkim_result(found);
    let results = AuthenticationResults::new("mx.lists.example").with_dmarc_result(&dmarc);
    let set = ArcSealer::from_key(key().0).domain(sealer).selector("s").headers(fields.iter().copied()).seal(&message, &results, &ArcOutput::default());
    set.unwrap().to_header() + mail
}

#[tokio::test]
async fn t10_a_seal_vouches_only_if_its_sealer_is_named_its_chain_holds_and_it_says_that_dmarc_passed() {
    let here = zone(&["mail.example.org", "lists.example", "evil.example"], &[WISH]);
    let trust = Trust { provider: None, sealers: vec!["lists.example".to_owned()] };
    let changed = signed(MAIL, "mail.example.org", &ALL).replace("manque.\r\n", "manque.\r\n-- \r\nliste@lists.example\r\n");
    let by = |sealer: &str| sealed(&changed, sealer, "mail.example.org", DmarcResult::Pass, &ALL);
    let good = by("lists.example");
    let failed = sealed(&changed, "lists.example", "mail.example.org", DmarcResult::None, &ALL);
    let without_subject: Vec<&str> = ALL.into_iter().filter(|field| *field != "Subject").collect();
    let open = signed(MAIL, "mail.example.org", &without_subject);
    for (what, mail, author) in [
        ("a forwarder that is named", good.clone(), Author::Vouched),
        ("one that is not", by("evil.example"), Author::Refuted),
        ("changed after it was sealed", good.replace("mon colis", "ton colis"), Author::Refuted),
        ("another subject", good.replace("Subject: Colis", "Subject: Accord"), Author::Refuted),
        ("a second subject", format!("Subject: Accord\r\n{good}"), Author::Refuted),
        ("results written over", failed.replace("dmarc=none", "dmarc=pass"), Author::Refuted),
        ("a forwarder that saw DMARC fail", failed.clone(), Author::Refuted),
        ("a pass for another domain", sealed(&changed, "lists.example", "evil.example", DmarcResult::Pass, &ALL), Author::Refuted),
        ("a seal that leaves the subject open", sealed(&changed, "lists.example", "mail.example.org", DmarcResult::Pass, &without_subject), Author::Refuted),
        ("on top of a signature that leaves it open", sealed(&open, "lists.example", "mail.example.org", DmarcResult::Pass, &ALL), Author::Unknown),
        ("cv=pass on a chain that has no beginning", good.replace("cv=none", "cv=pass"), Author::Refuted),
    ] {
        let verdict = trusting(&here, &mail, "leila@mail.example.org", &trust).await;
        assert_eq!(verdict.author, author, "{what}: {}", verdict.sentence());
    }
    assert_eq!(trusting(&here, &good, "leila@mail.example.org", &Trust::default()).await.author, Author::Refuted, "nobody is believed unless named");
    assert_eq!(trusting(&here, &good, "leila@mail.example.org", &trust).await.ground, Ground::Seal { sealer: "lists.example".to_owned() });
}
