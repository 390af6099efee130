//! THREATS T3–T8, T11, T12 and T29, row by row: what is forged, and why it proves nothing. `leila` asks as if the sender gate had let From pass.

use super::*;

/// A verdict on `mail`, as from Leila, where these keys are published; her domain wants forgeries to be refused.
async fn under(keys: &[(&str, &str)], mail: &str) -> Verdict {
    let mut records: BTreeMap<String, Vec<String>> = keys.iter().map(|(domain, key)| (format!("s._domainkey.{domain}"), vec![(*key).to_owned()])).collect();
    records.insert(format!("_dmarc.{}", WISH.0), vec![WISH.1.to_owned()]);
    leila(&Authenticator::new(Names::Zone(ZoneFile::parse(&serde_json::to_string(&records).unwrap()).unwrap())).unwrap(), mail).await
}

fn flaw(verdict: &Verdict) -> Option<Flaw> {
    match &verdict.ground {
        Ground::Nothing { flaw, .. } => Some(*flaw),
        _ => None,
    }
}

#[tokio::test]
async fn t3_a_key_of_the_attacker_speaks_for_no_name_that_only_looks_like_the_one_in_from() {
    for signer in [
        "evil.example",
        "mail.example.org.evil.example",
        "evil-mail.example.org",
        "xmail.example.org",
        "mail.example.org(.evil.example",
        "mail.example.org\0.evil.example",
        "mail.example.org,evil.example",
        "mail.example.org@evil.example",
        "evil.example#mail.example.org",
        "mail.example.org%00.evil.example",
        "mаil.example.org",
        "example.net",
    ] {
        let mail = signed(MAIL, signer, &ALL);
        let verdict = under(&[(signer, &key().1)], &mail).await;
        assert!(!verdict.author.is_authenticated(), "{signer:?}: {}", verdict.sentence());
    }
    // The same with From spelt in capitals, and a signer who writes its name in capitals.
    let loud = signed(&MAIL.replace("leila@mail.example.org", "leila@MAIL.Example.ORG"), "MAIL.EXAMPLE.org", &ALL);
    assert_eq!(under(&[("mail.example.org", &key().1)], &loud).await.author, Author::Proven);
}

#[tokio::test]
async fn t3_a_selector_that_holds_another_name_asks_for_a_key_of_the_domain_that_signed() {
    let evil = key().1;
    for selector in ["s._domainkey.evil.example\0", "evil.example/x", "s._domainkey.evil.example.", "..", "s;d=evil.example"] {
        let signer = DkimSigner::from_key(key().0).domain("mail.example.org").selector(selector).headers(ALL);
        let mail = signer.sign(MAIL.as_bytes()).unwrap().to_header() + MAIL;
        let verdict = under(&[("evil.example", &evil)], &mail).await;
        assert!(!verdict.author.is_authenticated(), "{selector:?}: {}", verdict.sentence());
    }
}

#[tokio::test]
async fn t3_what_the_envelope_or_another_field_names_is_not_the_author() {
    let mail = signed(
        &MAIL.replace(
            "To: desk",
            "Sender: eve@evil.example\r\nReply-To: eve@evil.example\r\nResent-From: eve@evil.example\r\nReturn-Path: <eve@evil.example>\r\nTo: desk",
        ),
        "evil.example",
        &ALL,
    );
    let verdict = under(&[("evil.example", &key().1)], &mail).await;
    assert_eq!((verdict.author, flaw(&verdict)), (Author::Refuted, Some(Flaw::OtherDomain)));
    assert_eq!(
        verdict.sentence(),
        "The author is refuted: no signature is one of the domain in From (signed by evil.example), and its domain asks for such mails to be refused."
    );
}

#[tokio::test]
async fn t4_two_from_fields_in_either_order_prove_nobody() {
    let (mine, yours) = ("From: Leila <leila@mail.example.org>\r\n", "From: eve@evil.example\r\n");
    let rest = MAIL.strip_prefix(mine).unwrap();
    for (top, mail) in [(mine, format!("{yours}{rest}")), (yours, format!("{mine}{rest}"))] {
        for signer in ["mail.example.org", "evil.example"] {
            let after = format!("{top}{}", signed(&mail, signer, &ALL));
            let both = signed(&format!("{top}{mail}"), signer, &ALL);
            for mail in [after, both] {
                let verdict = under(&[(signer, &key().1)], &mail).await;
                assert!(!verdict.author.is_authenticated() && flaw(&verdict) == Some(Flaw::DoubtfulHead), "{signer}: {}", verdict.sentence());
            }
        }
    }
}

#[tokio::test]
async fn t5_a_from_that_only_a_lenient_program_sees_proves_nobody() {
    let signature = |mail: &str| signed(mail, "evil.example", &ALL);
    let others = MAIL.replace("Leila <leila@mail.example.org>", "eve@evil.example");
    let mine = signed(MAIL, "mail.example.org", &ALL);
    for odd in ["From : ", "Fr om: ", ":From: ", " From: ", "\tFrom: ", "From\t: ", "From\0: ", "from\r\n : ", "From:\r\n "] {
        for mail in [
            format!("{odd}leila@mail.example.org\r\n{}", signature(&others)),
            format!("{}{odd}leila@mail.example.org\r\n{others}", signature(&others).split_once("From").unwrap().0),
        ] {
            let verdict = under(&[("evil.example", &key().1)], &mail).await;
            assert!(!verdict.author.is_authenticated(), "{odd:?}: {}", verdict.sentence());
        }
        if odd.trim_end() != odd.trim() && odd.trim_start() == odd {
            let verdict = under(&[("mail.example.org", &key().1)], &format!("{odd}eve@evil.example\r\n{mine}")).await;
            assert!(!verdict.author.is_authenticated() || !odd.to_lowercase().starts_with("from"), "{odd:?}: {}", verdict.sentence());
        }
    }
}

#[tokio::test]
async fn t6_several_mailboxes_or_an_address_that_can_be_read_in_two_ways_prove_nobody() {
    for from in [
        "leila@mail.example.org, eve@evil.example",
        "eve@evil.example, leila@mail.example.org",
        "<leila@mail.example.org>, <eve@evil.example>",
        "<leila@mail.example.org,eve@evil.example>",
        "leila@mail.example.org eve@evil.example",
        "Group: leila@mail.example.org, eve@evil.example;",
        "<@evil.example,@mail.example.org:leila@mail.example.org>, eve@evil.example",
        "\"leila@mail.example.org\"@evil.example",
        "leila@mail.example.org\0@evil.example",
        "<leila@mail.example.org>eve@evil.example",
        "=?utf-8?q?leila=40mail.example.org?= <eve@evil.example>",
        "leila@mail.example.org (<eve@evil.example>",
    ] {
        let mail = signed(&MAIL.replace("Leila <leila@mail.example.org>", from), "evil.example", &ALL);
        let verdict = under(&[("evil.example", &key().1)], &mail).await;
        assert!(!verdict.author.is_authenticated(), "{from:?}: {}", verdict.sentence());
    }
}

#[tokio::test]
async fn t7_an_address_in_a_display_name_is_nobody_s() {
    let mail = signed(&MAIL.replace("Leila <leila@mail.example.org>", "\"leila@mail.example.org\" <eve@evil.example>"), "evil.example", &ALL);
    assert!(!under(&[("evil.example", &key().1)], &mail).await.author.is_authenticated());
    let here = zone(&["evil.example"], &[]);
    let verdict = verdict(&here, &mail, "eve@evil.example").await;
    assert!(matches!(verdict.ground, Ground::Signature { domain, .. } if domain == "evil.example"), "it is Eve's mail");
}

#[tokio::test]
async fn t8_a_domain_that_looks_alike_is_another_domain() {
    for (shown, signer) in
        [("mаil.example.org", "xn--mil-5cd.example.org"), ("mail.examp1e.org", "mail.examp1e.org"), ("mail.example.org.", "mail.example.org.")]
    {
        let mail = signed(&MAIL.replace("leila@mail.example.org", &format!("leila@{shown}")), signer, &ALL);
        let verdict = under(&[(signer, &key().1)], &mail).await;
        assert!(!verdict.author.is_authenticated(), "{shown}: {}", verdict.sentence());
    }
}

/// Signed with RSA keys of 512 and 1024 bits: key, signature.
const SHORT: [(&str, &str); 2] = [
    (
        "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMogHkC3tvoB5/78hNhgQsOjp4GmTED73Gr+nvR9vr5zKQk2QxnDZ3VBjmEkquS7CiHFUZpbQHTz6hWXGw+RLGUCAwEAAQ==",
        "FgvR+pknGAqzpqNGqRZDHh4nA+9EuI6GjisE3EQ7daY3KlHgN0DIu5ZM7gRQozxsFjOiJWVC4iGWt5Xg35cKmw==",
    ),
    (
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCYPHvFjo3NOHrlpYBQyR/Y8Y6GMkDczEP1ZGYNdbBDULiA2CALjpalQ2O360Y5INghRE2HmUS3FcRV/U+yBxTZSNLdAu0A0xemu35hUNXY\
         /3zSrGHNQ76UE+5kWdj8GUg2TjMKQhsj2bRGJpVrqtw2y0GO+k/RTZsTi17jrd/xQIDAQAB",
        "Gf9oitlqZIGB4ezKQkFgWvzEVmTLIQuUOWNPQEwuJl73oJrHY/EyVPsAtWS74RpC4mhxCLZfhuPobc4R5VW8MGmvXiRuIpZ46+XlAEMmCF8+ow/uSgDpeoHngiwi8RCLRo16K6xIrLT31MT9yFWp\
         x/80KpUaaRkGuqtKSmNrHew=",
    ),
];

#[tokio::test]
async fn t11_a_key_too_short_is_refused_and_a_short_one_is_noted() {
    let mut verdicts = Vec::new();
    for (public, signature) in SHORT {
        let mail = format!(
            "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=mail.example.org; s=s; h=From:To:Subject:Date:Message-ID:Content-Type; \
             bh=adSxHu8J26CE5/t+BxhRLmWUQD47M7FKNA1mLEbHU7o=; b={signature}\r\n{MAIL}"
        );
        verdicts.push(under(&[("mail.example.org", &format!("v=DKIM1; k=rsa; p={public}"))], &mail).await);
    }
    let [refused, noted] = verdicts.try_into().unwrap();
    assert_eq!((refused.dkim, refused.author, flaw(&refused)), (Outcome::PermError, Author::Refuted, Some(Flaw::KeyWeak)));
    let short = Ground::Signature { domain: "mail.example.org".to_owned(), key: Key { algorithm: Algorithm::Rsa, bits: 1_024 } };
    assert_eq!((noted.author, &noted.ground), (Author::Proven, &short));
    assert_eq!(noted.sentence(), "The author is proven: mail.example.org signed everything that matters with an RSA key of 1024 bits, which is short by now.");
}

#[tokio::test]
async fn t11_each_flaw_of_a_signature_is_named_and_proves_nothing() {
    let good = key().1;
    let mail = signed(MAIL, "mail.example.org", &ALL);
    let signer = || DkimSigner::from_key(key().0).domain("mail.example.org").selector("s").headers(ALL);
    let open_end = signer().body_length(true).sign(MAIL.as_bytes()).unwrap().to_header() + MAIL;
    let expired = signer().expiration(60).sign(MAIL.as_bytes()).unwrap().to_header() + MAIL;
    let of = |identity: &str| signer().agent_user_identifier(identity).sign(MAIL.as_bytes()).unwrap().to_header() + MAIL;
    let without = |name: &str| signed(MAIL, "mail.example.org", &ALL.into_iter().filter(|field| *field != name).collect::<Vec<_>>());
    let strict = format!("{good}; t=s");
    for (what, record, mail, expected) in [
        ("l=", good.as_str(), open_end.clone(), Flaw::Length),
        ("L=", &good, open_end.replace("; l=", "; L="), Flaw::Length),
        ("unsigned Subject", &good, without("Subject"), Flaw::Uncovered),
        ("unsigned Date", &good, without("Date"), Flaw::Uncovered),
        ("a second Subject", &good, format!("Subject: Accord\r\n{mail}"), Flaw::Uncovered),
        (
            "a second Content-Transfer-Encoding",
            &good,
            format!("Content-Transfer-Encoding: 7bit\r\nContent-Transfer-Encoding: base64\r\n{mail}"),
            Flaw::Uncovered,
        ),
        ("x= in the past", &good, expired, Flaw::Expired),
        ("SHA-1", &good, mail.replace("a=ed25519-sha256", "a=rsa-sha1"), Flaw::Algorithm),
        ("two d=", &good, mail.replace("; d=", "; d=evil.example; d="), Flaw::Malformed),
        ("a test key", &format!("{good}; t=y"), mail.clone(), Flaw::KeyTest),
        ("a test key among flags", &format!("{good}; t=s:y"), mail.clone(), Flaw::KeyTest),
        ("a key withdrawn", "v=DKIM1; k=ed25519; p=", mail.clone(), Flaw::KeyRevoked),
        ("a key for something else", &format!("{good}; s=web"), mail.clone(), Flaw::KeyUnfit),
        ("a key for SHA-1 only", &format!("{good}; h=sha1"), mail.clone(), Flaw::KeyUnfit),
        ("a key of a kind that is not known", "v=DKIM1; k=dsa; p=AAAA", mail.clone(), Flaw::KeyUnfit),
        ("i= elsewhere", &good, of("leila@evil.example"), Flaw::OtherIdentity),
        ("i= whose end only looks alike", &good, of("leila@evilmail.example.org"), Flaw::OtherIdentity),
        ("i= below d= although strict", &strict, of("leila@sub.mail.example.org"), Flaw::OtherIdentity),
        ("i= of another user although strict", &strict, of("omar@mail.example.org"), Flaw::OtherUser),
        ("another text", &good, mail.replace("mon colis", "ton colis"), Flaw::Changed),
        ("another subject", &good, mail.replace("Subject: Colis", "Subject: Accord"), Flaw::Changed),
    ] {
        let verdict = under(&[("mail.example.org", record)], &mail).await;
        assert_eq!((verdict.author.is_authenticated(), flaw(&verdict)), (false, Some(expected)), "{what}: {}", verdict.sentence());
    }
    let missing = under(&[], &mail).await;
    assert_eq!((missing.author, flaw(&missing)), (Author::Refuted, Some(Flaw::KeyMissing)));
    for (record, mail) in [(&strict, of("leila@mail.example.org")), (&strict, of("@mail.example.org")), (&good, of("omar@mail.example.org"))] {
        assert_eq!(under(&[("mail.example.org", record)], &mail).await.author, Author::Proven);
    }
}

#[tokio::test]
async fn t11_an_unsigned_encoding_counts_only_where_the_signed_body_leaves_no_choice() {
    let here = zone(&["mail.example.org"], &[WISH]);
    let (head, plain) = MAIL.split_once("\r\n\r\n").unwrap();
    for (encoding, body, author) in [
        ("7bit", plain, Author::Proven),
        ("8bit", plain, Author::Proven),
        ("quoted-printable", "J'ai pay=C3=A9 =\r\n500 DH.\r\n", Author::Proven),
        ("quoted-printable", "a=b\r\n", Author::Unknown),
        ("base64", "Qm9uam91cg==\r\n", Author::Proven),
        ("base64", plain, Author::Unknown),
        ("x-uuencode", plain, Author::Unknown),
    ] {
        let mail = format!("Content-Transfer-Encoding: {encoding}\r\n{}", signed(&format!("{head}\r\n\r\n{body}"), "mail.example.org", &ALL));
        assert_eq!(leila(&here, &mail).await.author, author, "{encoding} over {body:?}");
    }
}

#[tokio::test]
async fn t12_mails_in_which_a_dot_stands_between_uneven_line_ends_are_flagged_and_prove_nobody() {
    for smuggled in ["\n.\n", "\n.\r\n", "\r.\r", "\r.\r\n", "\r\n.\n", "\r\n.\r", "\r\n\0.\r\r\n"] {
        let odd = MAIL.replace("colis manque.\r\n", &format!("colis manque.{smuggled}MAIL FROM:<eve@evil.example>\r\n"));
        let verdict = under(&[("mail.example.org", &key().1)], &signed(&odd, "mail.example.org", &ALL)).await;
        assert_eq!((verdict.author.is_authenticated(), flaw(&verdict)), (false, Some(Flaw::UnevenLines)), "{smuggled:?}");
        assert!(verdict.sentence().contains("smuggled"), "{}", verdict.sentence());
    }
}

#[tokio::test]
async fn t29_a_replay_keeps_what_was_signed_and_shows_what_was_not() {
    let here = zone(&["mail.example.org"], &[WISH]);
    let fields: Vec<&str> = ALL.into_iter().filter(|field| *field != "To").collect();
    let mail = signed(MAIL, "mail.example.org", &fields);
    // Whom it is brought to is not the author's word: a capability in it is asked for besides, and the store knows the Message-ID.
    let elsewhere = leila(&here, &mail.replace("To: desk@", "To: desk+other@")).await;
    assert_eq!(elsewhere.author, Author::Proven);
    for (old, new) in [
        ("Subject: Colis", "Subject: Accord"),
        ("Message-ID: <1@", "Message-ID: <2@"),
        ("Date: Mon, 23", "Date: Tue, 24"),
        ("text/plain; charset=utf-8", "text/html; charset=utf-8"),
        ("mon colis", "j'accepte"),
    ] {
        assert!(!leila(&here, &mail.replace(old, new)).await.author.is_authenticated(), "{new}");
    }
}
