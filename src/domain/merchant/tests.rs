use super::*;
use crate::domain::merchant::find::{Found, Stated, find};

fn name(text: &str) -> TradeName {
    TradeName::parse(text).unwrap()
}

fn merchant(identifier: &str, shown: &str, aliases: &[&str], domains: &[&str]) -> Merchant {
    Merchant {
        identifier: Identifier::parse(identifier).unwrap(),
        origin: Origin::Listed,
        name: name(shown),
        legal_name: None,
        aliases: aliases.iter().map(|alias| name(alias)).collect(),
        domains: domains.iter().map(|domain| Domain::parse(domain).unwrap()).collect(),
        contacts: Vec::new(),
        language: None,
        service: None,
        open_to_mediation: None,
    }
}

/// Five shops that do not exist.
fn registry() -> Vec<Merchant> {
    let mut atlas = merchant(
        "atlas",
        "Atlas Déco",
        &["أطلس ديكو", "instagram.com/atlas.deco", "facebook.com/AtlasDecoMaroc", "wa.me/212612345678"],
        &["atlas-deco.example", "atlasdeco.co.ma"],
    );
    atlas.legal_name = Some(name("STE Atlas Décoration SARL AU"));
    vec![
        atlas,
        merchant("chams", "شمس للإلكترونيات", &["Chams Electro", "@chams_electro"], &["chams.example"]),
        merchant("zellij", "Zellij & Co", &["زليج"], &["zellij.youcan.shop"]),
        merchant("marsa", "Marsa Phone", &["tiktok.com/@marsa.phone"], &["marsaphone.ma"]),
        merchant("chams-meubles", "Chams Meubles", &[], &[]),
    ]
}

/// `one ID`, `several ID …` or `none`.
fn said(stated: &Stated, registry: &[Merchant]) -> String {
    match find(stated, registry) {
        Found::One(merchant, _) => format!("one {}", merchant.identifier),
        Found::Several(merchants) => {
            let names: Vec<&str> = merchants.iter().map(|(merchant, _)| merchant.identifier.as_str()).collect();
            format!("several {}", names.join(" "))
        }
        Found::None => "none".to_owned(),
    }
}

/// How people write those shops, and what is found.
const SPELLINGS: &[(&str, &str)] = &[
    // Latin.
    ("Atlas Déco", "one atlas"),
    ("ATLAS DECO", "one atlas"),
    ("atlas-deco", "one atlas"),
    ("AtlasDéco", "one atlas"),
    ("Аtlas Dесо", "one atlas"),
    ("Ａｔｌａｓ Ｄéｃｏ", "one atlas"),
    ("Atlas\u{200b} Déco", "one atlas"),
    ("Atlas Déco SARL", "one atlas"),
    ("Sté Atlas Déco S.A.R.L.", "one atlas"),
    ("Société Atlas Décoration", "one atlas"),
    ("« Atlas Déco »", "one atlas"),
    ("Zellij & Co", "one zellij"),
    ("zellij and co", "none"),
    ("Marsa Phone", "one marsa"),
    ("marsaphone", "one marsa"),
    // Arabic.
    ("أطلس ديكو", "one atlas"),
    ("اطلس ديكو", "one atlas"),
    ("أَطْلَس ديكو", "one atlas"),
    ("أطلـــس ديكو", "one atlas"),
    ("شركة أطلس ديكو", "one atlas"),
    ("شمس للالكترونيات", "one chams"),
    ("شمس للإلكترونيات ش.م.م", "one chams"),
    ("زلّيج", "one zellij"),
    ("زليـج", "one zellij"),
    // Domains.
    ("atlas-deco.example", "one atlas"),
    ("https://www.atlas-deco.example/produits?id=3", "one atlas"),
    ("boutique.atlas-deco.example", "one atlas"),
    ("HTTP://ATLAS-DECO.EXAMPLE", "one atlas"),
    ("shop.atlasdeco.co.ma", "one atlas"),
    ("autre.co.ma", "none"),
    ("contact@atlas-deco.example", "one atlas"),
    ("zellij.youcan.shop", "one zellij"),
    ("youcan.shop", "none"),
    ("autre.youcan.shop", "none"),
    ("Marsa (www.marsaphone.ma)", "one marsa"),
    // Handles.
    ("@atlas.deco", "one atlas"),
    ("instagram.com/Atlas.Deco", "one atlas"),
    ("https://www.instagram.com/atlas.deco/?hl=fr", "one atlas"),
    ("https://m.facebook.com/atlasdecomaroc", "one atlas"),
    ("wa.me/212612345678", "one atlas"),
    ("https://api.whatsapp.com/send?phone=212612345678&text=salam", "one atlas"),
    ("06 12 34 56 78", "one atlas"),
    ("٠٦١٢٣٤٥٦٧٨", "one atlas"),
    ("instagram.com/chams_electro", "one chams"),
    ("@marsa.phone", "one marsa"),
    ("tiktok.com/@marsa.phone", "one marsa"),
    // What resembles a name only suggests.
    ("Boutique Atlas Déco", "several atlas"),
    ("متجر أطلس ديكو", "several atlas"),
    ("Atlas Deko", "several atlas"),
    ("atlasdeco.example", "several atlas"),
    ("instagram.com/marsa.phone", "several marsa"),
    ("مرسى فون", "several marsa"),
    ("الزليج", "several zellij"),
    ("شمس إلكترو", "several chams"),
    ("Chams Electrro", "several chams"),
    // Nothing.
    ("Chams", "none"),
    ("la boutique", "none"),
    ("متجر", "none"),
    ("instagram", "none"),
    ("https://www.instagram.com/p/Cx12", "none"),
    ("leila@gmail.com", "none"),
    ("", "none"),
    ("!!!", "none"),
];

#[test]
fn a_merchant_is_found_however_it_is_written() {
    let registry = registry();
    for (written, expected) in SPELLINGS {
        assert_eq!(said(&Stated::new(Some(written), []), &registry), *expected, "{written}");
    }
}

#[test]
fn what_the_field_says_counts_before_what_stands_elsewhere() {
    let mut registry = registry();
    let said = |named: Option<&str>, elsewhere: &str, registry: &[Merchant]| said(&Stated::new(named, [elsewhere]), registry);
    assert_eq!(said(Some("Atlas Déco"), "moins cher sur chams.example, https://marsaphone.ma", &registry), "one atlas");
    assert_eq!(said(Some("Inconnu"), "voir https://chams.example/aide.", &registry), "one chams");
    assert_eq!(said(Some("Inconnu"), "chams.example ou marsaphone.ma", &registry), "several chams marsa");
    assert_eq!(said(None, "sur (@chams_electro), svp", &registry), "one chams");
    assert_eq!(said(None, "Atlas Déco", &registry), "none", "names are not looked for in an account");
    registry.push(merchant("atlas-2", "Atlas Deco", &[], &[]));
    assert_eq!(said(Some("Atlas Déco"), "", &registry), "several atlas atlas-2");
    registry.last_mut().unwrap().origin = Origin::Admitted;
    assert_eq!(said(Some("Atlas Déco"), "", &registry), "one atlas", "who is listed counts before who was only admitted");
}

#[test]
fn the_contact_that_a_person_confirmed_last_is_offered() {
    let day = |text: &str| Day::parse(text).unwrap();
    let address = |text: &str| Address::parse(text).unwrap();
    let confirmed = |on: &str, by: ConfirmedBy| Confirmation { on: day(on), by };
    let mut atlas = registry().remove(0);
    atlas.contacts.push(MerchantContact { address: address("a@atlas.example"), name: None, role: None, confirmed: None });
    let listing = |merchant: &Merchant| Listing::of(&Found::One(merchant, Trace::Name("x".to_owned()))).unwrap();
    assert_eq!(listing(&atlas).contact(), None, "nobody confirmed it");
    assert!(atlas.confirm(&address("b@atlas.example"), confirmed("2026-01-01", ConfirmedBy::Command)));
    assert!(atlas.confirm(&address("A@atlas.example"), confirmed("2026-02-01", ConfirmedBy::Person(name("Nadia")))));
    assert!(!atlas.confirm(&address("a@atlas.example"), confirmed("2026-03-01", ConfirmedBy::Command)), "it was confirmed before");
    assert_eq!(listing(&atlas).contact(), Some(&address("a@atlas.example")));
    // The file that is imported again says nothing of what was confirmed here.
    let again = registry().remove(0).over(&atlas);
    assert_eq!(again.contacts.iter().map(|contact| contact.address.as_str()).collect::<Vec<_>>(), ["b@atlas.example"]);
}

#[test]
fn what_cannot_be_kept_is_refused_in_a_sentence() {
    let contact = |text: &str| MerchantContact { address: Address::parse(text).unwrap(), name: None, role: None, confirmed: None };
    let refused = |change: fn(&mut Merchant)| {
        let mut atlas = registry().remove(0);
        change(&mut atlas);
        atlas.checked().unwrap_err().to_string()
    };
    assert!(registry().into_iter().all(|merchant| merchant.checked().is_ok()));
    assert!(refused(|atlas| atlas.aliases.push(name("la boutique"))).contains("`la boutique` says only"));
    assert!(refused(|atlas| atlas.aliases = vec![name("a1b2"); 51]).contains("at most 50"));
    let mandate = |text: &str| Mandate::parse(text).map_err(|wrong| wrong.to_string());
    let mut atlas = registry().remove(0);
    atlas.contacts = vec![contact("a@b.example"), contact("A@b.example")];
    assert_eq!(atlas.clone().checked(), Err(NotAMerchant::ContactTwice));
    atlas.contacts.clear();
    let twice = vec![mandate("refund_full=50000 MAD").unwrap(), mandate("REFUND_FULL = 1 EUR").unwrap()];
    atlas.service = Some(ServiceTrack { address: Address::parse("s@b.example").unwrap(), mandate: twice });
    assert_eq!(atlas.checked(), Err(NotAMerchant::RemedyTwice("REFUND_FULL".to_owned())));
    let kept = mandate("EXCHANGE=123456 MAD").unwrap();
    assert_eq!((kept.remedy(), kept.limit().to_string()), ("EXCHANGE", "1234.56 MAD".to_owned()));
    for wrong in ["REFUND_FULL=500", "REFUND_FULL=500,00 MAD", "REFUND_FULL=-5 MAD", "REFUND_FULL 5 MAD", "REFUND_FULL=5 dh"] {
        assert!(mandate(wrong).unwrap_err().contains("REFUND_FULL=50000 MAD"), "{wrong}");
    }
    assert!(mandate("GIFT=5 MAD").unwrap_err().contains("VOUCHER"));
    for wrong in ["", "a b", "é", &"a".repeat(65)] {
        assert!(Identifier::parse(wrong).is_err(), "{wrong}");
    }
    for wrong in ["", "—", "a\u{7}b", &"a".repeat(121)] {
        assert!(TradeName::parse(wrong).is_err(), "{wrong}");
    }
    for (wrong, why) in [("atlas", "without a path"), ("a.example/x", "without a path"), ("instagram.com", "shared"), ("gmail.com", "shared"), ("co.ma", "")] {
        assert!(Domain::parse(wrong).map_or_else(|wrong| wrong.to_string(), |_| String::new()).contains(why), "{wrong}");
    }
    assert_eq!(Domain::parse("https://www.Shop.Atlas.co.ma/").unwrap().as_str(), "atlas.co.ma");
}
