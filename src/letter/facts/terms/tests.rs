//! Proposals as people write them.

use crate::domain::Day;
use crate::letter::{Debtor, Knowledge, Letter, Limits, TermLine};
use std::sync::LazyLock;

static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(crate::letter::tests::knowledge);

/// The mail of Monday, 23 November 2026, with that text.
fn mail(text: &str) -> Letter {
    let bytes = format!(
        "From: a@b.example\nDate: Mon, 23 Nov 2026 10:00:00 +0100\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
    );
    crate::letter::read(bytes.as_bytes(), &KNOWLEDGE, &Limits::default())
}

fn lines(text: &str) -> Vec<TermLine> {
    mail(text).terms.unwrap_or_else(|| panic!("no proposal in {text}"))
}

/// What is read in one line: who, the amount and the day, each `-` where it stays open.
fn read(line: &TermLine) -> String {
    let who = match line.debtor {
        Some(Debtor::Seller) => "seller",
        Some(Debtor::Buyer) => "buyer",
        Some(Debtor::Writer) => "writer",
        None => "-",
    };
    let amount = line.amount.as_ref().map_or("-".to_owned(), ToString::to_string);
    format!("{who} {amount} {}", line.due.map_or("-".to_owned(), |due: Day| due.to_string()))
}

#[test]
fn who_how_much_and_until_when_are_read_where_they_are_sure() {
    let mut wrong = Vec::new();
    for (line, expected) in [
        ("Le vendeur rembourse 1 350 DH par virement, avant le 20 décembre 2026.", "seller 1350.00 MAD 2026-12-19"),
        ("L'acheteuse renvoie la lampe dans son emballage avant le 8 décembre", "buyer - 2026-12-07"),
        ("Nous remboursons 1.200,50 dhs sous 10 jours", "writer 1200.50 MAD 2026-12-03"),
        ("Remboursement de 300 DH dans un délai de 15 jours", "- 300.00 MAD 2026-12-08"),
        ("La boutique envoie un nouvel appareil au plus tard le 05/12/2026", "seller - 2026-12-05"),
        ("Je garde l'article et le vendeur me rembourse 200 DH", "writer 200.00 MAD -"),
        ("le client retire son avis d'ici 48 heures", "buyer - 2026-11-25"),
        ("Le vendeur remplace le téléphone, avec une garantie de 6 mois", "seller - -"),
        ("Le vendeur rembourse l'achat fait il y a 10 jours", "seller - -"),
        ("Le vendeur verse 100 DH puis 200 DH", "seller - -"),
        ("Le marchand livre entre le 10/12/2026 et le 15/12/2026", "seller - -"),
        ("Le vendeur rembourse 500 DH au plus tard le 1er novembre 2026", "seller 500.00 MAD 2026-11-01"),
        ("Le vendeur rembourse 500 DH avant la fin du 10 décembre 2026", "seller 500.00 MAD 2026-12-10"),
        ("Le vendeur rembourse 500 DH avant le mardi 15 décembre 2026", "seller 500.00 MAD 2026-12-14"),
        ("The seller refunds 500 MAD before 15 December 2026", "seller 500.00 MAD 2026-12-14"),
        ("البائع يرد 500 درهم قبل نهاية يوم 18 دجنبر 2026", "seller 500.00 MAD 2026-12-18"),
        ("Je voudrais que ce soit réglé.", "- - -"),
        ("Je demande que le vendeur rembourse 450 dh sous une semaine", "seller 450.00 MAD -"),
        ("J'accepte un avoir de 400 DH", "writer 400.00 MAD -"),
        ("The seller refunds 1,350 MAD by 20 December 2026", "seller 1350.00 MAD 2026-12-20"),
        ("The customer sends the shoes back within 7 days", "buyer - 2026-11-30"),
        ("We will deliver the order within 2 weeks", "writer - 2026-12-07"),
        ("I want a full refund", "- - -"),
        ("I keep the shoes and the shop pays 100 dh", "writer 100.00 MAD -"),
        ("The shop repairs it in 48 hours", "seller - 2026-11-25"),
        ("البائع: رد مبلغ 450 درهما قبل 18 دجنبر 2026", "seller 450.00 MAD 2026-12-17"),
        ("المشتري يرجع المنتوج في علبته خلال 5 أيام", "buyer - 2026-11-28"),
        ("يرد المتجر مبلغ 1350 درهم في أجل أقصاه 10 أيام", "seller 1350.00 MAD 2026-12-03"),
        ("نحن نرسل منتوجا جديدا خلال ٧ أيام", "writer - 2026-11-30"),
        ("يعوض البائع الزبون خلال عشرة أيام", "seller - -"),
        ("أريد استرجاع المبلغ", "- - -"),
        ("حنا غادي نردو الفلوس 300 درهم ف 3 أيام", "writer 300.00 MAD 2026-11-26"),
        ("البائع يرجع ليا 250 درهم قبل 10 دجنبر", "seller 250.00 MAD 2026-12-09"),
        ("بغيت البائع يرد ليا فلوسي", "seller - -"),
        ("lbay3 yrj3 liya 500 dh f 7 iyam", "seller 500.00 MAD 2026-11-30"),
        ("7na ghadi nsifto lcommande jdida f 48h", "writer - 2026-11-25"),
        ("zboun yrje3 lproduit l lmagasin", "buyer - -"),
        ("ana nkhelles 50 dh dyal livraison", "writer 50.00 MAD -"),
        ("bghit flousi", "- - -"),
    ] {
        let found: Vec<String> = lines(&format!("PROPOSER\n1) {line}")).iter().map(read).collect();
        if found != [expected] {
            wrong.push(format!("{line}: expected {expected}, read {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn lines_are_taken_however_they_are_numbered_and_wrapped() {
    let texts = |text: &str| lines(text).into_iter().map(|line| line.text).collect::<Vec<_>>();
    let two = ["le vendeur rembourse", "l'acheteur renvoie"];
    for text in [
        "PROPOSER\n1) le vendeur rembourse\n2) l'acheteur renvoie",
        "Proposer :\n\n1. le vendeur rembourse\n\n2. l'acheteur renvoie\n\nCordialement,\nService clients",
        "PROPOSE\n(1) le vendeur rembourse\n(2) l'acheteur renvoie",
        "أقترح\n١- le vendeur rembourse\n٢- l'acheteur renvoie",
        "أقترح:\n١) le vendeur rembourse\n٢) l'acheteur renvoie",
        "N9TARE7\n1- le vendeur rembourse\n2- l'acheteur renvoie",
        "Bonjour,\n\nPROPOSER\n1) le vendeur\n   rembourse\n2) l'acheteur\nrenvoie",
        "PROPOSER 1) le vendeur rembourse 2) l'acheteur renvoie",
        "PROPOSER ce qui suit :\n1) le vendeur rembourse\n2) l'acheteur renvoie",
        "PROPOSER\n1) le vendeur rembourse\n> 3) ancien texte\n2) l'acheteur renvoie\n\nLeila",
    ] {
        assert_eq!(texts(text), two, "{text}");
    }
    assert_eq!(texts("PROPOSER le vendeur rembourse 100 DH\n\nLeila Bennani"), ["le vendeur rembourse 100 DH"]);
    assert_eq!(texts("PROPOSER\nle vendeur rembourse 100 DH\n\nMerci beaucoup"), ["le vendeur rembourse 100 DH"]);
    assert_eq!(texts("PROPOSER"), Vec::<String>::new());
}

#[test]
fn what_only_speaks_of_proposing_proposes_nothing() {
    for text in
        ["Que puis-je PROPOSER ?", "Le vendeur doit proposer une solution", "Bonjour,\nmerci de votre message.", "> PROPOSER\n> 1) le vendeur rembourse"]
    {
        assert_eq!(mail(text).terms, None, "{text}");
    }
    assert!(mail("PROPOSER ?").terms.is_none_or(|lines| lines.is_empty()));
}
