//! `elitige merchants`, as a registrar types it, on the real program.

use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

#[path = "harness/folder.rs"]
mod folder;

const TABLE: &str = "\u{feff}identifier,name,legal_name,aliases,domains,contact,contact_name,contact_role,confirmed_by,confirmed_on,language,service_address,mandate,open_to_mediation\r\n\
atlas,Atlas Déco,Atlas Décoration SARL,\"أطلس ديكو; instagram.com/atlas.deco\",boutique-atlas.example,service@boutique-atlas.example,Karim,service client,Nadia,2026-10-01,ar,sav@elitige.example,REFUND_FULL=50000 MAD; EXCHANGE=120000 MAD,oui\r\n\
atlas,,,,,direction@boutique-atlas.example,,,,,,,,\r\n\
zellij,\"Zellij, \"\"le vrai\"\"\",,,,bonjour@zellij.example,,,,,,,,\r\n";

/// A service of its own with an empty database.
fn service(folder: &Path) -> PathBuf {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = folder.join("config");
    for (from, to) in [("config", &root), ("templates", &folder.join("templates")), ("tests/config/valid/stories", &root)] {
        folder::copy(&house.join(from), to);
    }
    fs::create_dir(root.join("secrets")).unwrap();
    fs::write(root.join("secrets/imap"), "never used\n").unwrap();
    fs::set_permissions(root.join("secrets/imap"), fs::Permissions::from_mode(0o600)).unwrap();
    let text = fs::read_to_string(root.join("service.toml")).unwrap();
    let database = format!("sqlite:{}", folder.join("registry.db").display());
    fs::write(root.join("service.toml"), text.replace("sqlite:elitige.db", &database)).unwrap();
    let (fine, _, wrong) = run(&root, &["init"]);
    assert!(fine, "{wrong}");
    root
}

fn run(config: &Path, arguments: &[&str]) -> (bool, String, String) {
    let Output { status, stdout, stderr } =
        Command::new(env!("CARGO_BIN_EXE_elitige")).args(arguments).arg("--config").arg(config).env("RUST_BACKTRACE", "0").output().unwrap();
    (status.success(), String::from_utf8_lossy(&stdout).into_owned(), String::from_utf8_lossy(&stderr).into_owned())
}

fn import(config: &Path, table: &str) -> (bool, String) {
    let file = config.join("../merchants.csv");
    fs::write(&file, table).unwrap();
    let (fine, said, wrong) = run(config, &["merchants", "import", file.to_str().unwrap()]);
    (fine, said + &wrong)
}

#[test]
fn a_table_is_imported_once_and_merchants_are_shown_and_confirmed() {
    let folder = tempfile::tempdir().unwrap();
    let config = service(folder.path());
    assert_eq!(import(&config, TABLE), (true, "Merchants of the file: 2; new 2, changed 0, unchanged 0.\n".to_owned()));
    let again = "Nothing changed: the registry says the same of all merchants of the file (2) already.\n";
    assert_eq!(import(&config, TABLE), (true, again.to_owned()));

    let (_, listed, _) = run(&config, &["merchants", "list"]);
    assert_eq!(listed, "atlas  Atlas Déco  listed  addresses 2, confirmed 1  ar\nzellij  Zellij, \"le vrai\"  listed  addresses 1, confirmed 0\n");
    let (_, listed, _) = run(&config, &["merchants", "list", "--json"]);
    let atlas: Value = serde_json::from_str(listed.lines().next().unwrap()).unwrap();
    assert_eq!((&atlas["identifier"], &atlas["open_to_mediation"]), (&"atlas".into(), &true.into()));
    assert_eq!((&atlas["mandate"][1]["centimes"], &atlas["contacts"][0]["confirmed_by"]), (&120_000.into(), &"Nadia".into()));
    assert_eq!(atlas["contacts"][1]["confirmed_on"], Value::Null);

    for name in ["atlas", "ATLAS DECO", "أطلس ديكو", "@atlas.deco", "www.boutique-atlas.example"] {
        let (fine, shown, wrong) = run(&config, &["merchants", "show", name]);
        assert!(fine && shown.contains("direction@boutique-atlas.example, confirmed by nobody"), "{name}: {wrong}");
        assert!(shown.contains("service@boutique-atlas.example (Karim, service client), confirmed 2026-10-01 Nadia"), "{shown}");
        assert!(shown.contains("REFUND_FULL up to 500.00 MAD") && shown.contains("customer service at sav@elitige.example"), "{shown}");
    }
    let (fine, said, wrong) = run(&config, &["merchants", "confirm", "zellij", "bonjour@zellij.example"]);
    assert!(fine && said.starts_with("zellij: the address is confirmed as of "), "{wrong}");
    let (fine, said, _) = run(&config, &["merchants", "confirm", "zellij", "Bonjour@zellij.example"]);
    assert!(fine && said.starts_with("Nothing changed"), "{said}");
    assert!(run(&config, &["merchants", "confirm", "zellij", "autre@zellij.example"]).0);
    // What was confirmed here stays, whatever the file says of it.
    assert_eq!(import(&config, TABLE), (true, again.to_owned()));
    assert_eq!(import(&config, &TABLE.replace("Nadia,2026-10-01", ",")).1, "Merchants of the file: 2; new 0, changed 1, unchanged 1.\n");
    let (_, listed, _) = run(&config, &["merchants", "list"]);
    assert!(listed.contains("atlas  Atlas Déco  listed  addresses 2, confirmed 0") && listed.contains("addresses 2, confirmed 2"), "{listed}");

    for (arguments, sentence) in [
        (vec!["merchants", "show", "Boutique Atlas"], "the registry has no merchant \"Boutique Atlas\"; `elitige merchants list` shows all of them"),
        (vec!["merchants", "show", "Boutique Atlas Déco"], "it may be atlas: write the identifier"),
        (vec!["merchants", "confirm", "atlas", "nowhere"], "name@domain.example"),
        (vec!["merchants", "import", "/nowhere.csv"], "/nowhere.csv cannot be opened"),
    ] {
        let (fine, _, wrong) = run(&config, &arguments);
        assert!(!fine && wrong.contains(sentence), "{arguments:?}: {wrong}");
    }
    assert!(run(&config, &["check", "--store"]).0);
}

#[test]
fn every_fault_of_a_table_is_told_with_its_place_and_nothing_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let config = service(folder.path());
    let head = "identifier,name,aliases,domains,contact,confirmed_by,confirmed_on,language,mandate,open_to_mediation\n";
    let rows = "good,Bon Magasin,,,,,,,,\n\
a b,Atlas,,,,,,,,\n\
b,,,,,,,,,\n\
c,Cèdre,bon; la boutique,,,,,,,\n\
d,Dune,,instagram.com,,,,,,\n\
e,Erg,,,nowhere,,,,,\n\
f,Figuier,,,f@f.example,Nadia,,,,\n\
g,Grenade,,,g@g.example,,2026-10-01,,,\n\
h,Henné,,,h@h.example,Nadia,2999-01-01,,,\n\
i,Iris,,,,,,de,,\n\
j,Jasmin,,,,,,,REFUND_FULL=5 MAD,\n\
k,Kasbah,,,,,,,,peut-être\n\
l,Lin,,\n\
good,Autre,,,x@x.example,,,,,\n\
good,,,,X@x.example,,,,,\n\
m,Menthe,,,,Nadia,2026-10-01,,,\n";
    let (fine, said) = import(&config, &format!("{head}{rows}"));
    assert!(!fine);
    for place in [
        ":3: column 1 (identifier): an identifier has 1 to 64 letters",
        ":4: column 2 (name): a merchant needs a name",
        ":5: column 1 (identifier): the name or alias `la boutique` says only that it is a shop",
        ":6: column 4 (domains): this domain is shared by many people",
        ":7: column 5 (contact): this is not a plain e-mail address",
        ":8: column 7 (confirmed_on): it is said who confirmed the address, and not when",
        ":9: column 6 (confirmed_by): it is said when the address was confirmed, and not by whom",
        ":10: column 7 (confirmed_on): this day is still to come",
        ":11: column 8 (language): this is no language of the letters; write fr, ar or en",
        ":12: column 9 (mandate): limits are only for a customer service that is done here",
        ":13: column 10 (open_to_mediation): write yes or no",
        ":14: column 4: this line has 4 fields, and the first line names 10 columns",
        ":15: column 2 (name): `good` stands on a line before",
        ":2: column 1 (identifier): the same address stands there twice",
        ":17: column 6 (confirmed_by): it speaks of an address, and the column `contact` has none",
        "Nothing was imported",
    ] {
        assert!(said.contains(place), "{place} is not in:\n{said}");
    }
    assert_eq!(said.matches("an identifier has 1 to 64 letters").count(), 1, "{said}");
    for (table, sentence) in [
        ("identifier,name,contact,confirmed_by\na,Atlas,a@a.example,Nadia\n", ":2: there is no column `confirmed_on`: it is said who confirmed the address"),
        ("", ":1: column 1: the first line must name the columns, and `identifier` is not among them"),
        ("identifier;name\na;b\n", ":1: column 1: the columns are not separated by commas"),
        ("identifier,name,alias\n", ":1: column 3: there is no such column (did you mean `aliases`?)"),
        ("identifier,name,name\n", ":1: column 3: the column `name` stands there twice"),
        ("identifier,name\na,\"b\n", ":2: column 2: a quotation mark is opened here and never closed"),
    ] {
        let (fine, said) = import(&config, table);
        assert!(!fine && said.contains(sentence), "{said}");
    }
    assert_eq!(run(&config, &["merchants", "list"]).1, "none\n", "nothing was imported");
}
