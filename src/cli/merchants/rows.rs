//! The rows of an imported file → merchants, or every fault in them.

use super::table::{MOST_FAULTS, Row, TableFault, rows};
use crate::domain::fault::nearest;
use crate::domain::merchant::{Confirmation, ConfirmedBy, Domain, Identifier, Mandate, MerchantContact, Origin, ServiceTrack, TradeName};
use crate::domain::{Address, Day, Language, Merchant};
use std::collections::{BTreeMap, HashMap};

/// The columns that a file may have, in any order; the first two must be there.
pub(super) const COLUMNS: [&str; 14] = [
    "identifier",
    "name",
    "legal_name",
    "aliases",
    "domains",
    "contact",
    "contact_name",
    "contact_role",
    "confirmed_by",
    "confirmed_on",
    "language",
    "service_address",
    "mandate",
    "open_to_mediation",
];
/// What a further row of the same merchant may say: its identifier and another contact.
const OF_A_CONTACT: [&str; 6] = ["identifier", "contact", "contact_name", "contact_role", "confirmed_by", "confirmed_on"];

/// The merchants of a file in their order. `today`: no confirmation is younger.
pub(super) fn merchants(text: &str, today: Day) -> Result<Vec<Merchant>, Vec<TableFault>> {
    let rows = rows(text).map_err(|fault| vec![fault])?;
    let mut rows = rows.into_iter();
    let head = rows.next().unwrap_or(Row { line: 1, fields: Vec::new() });
    let columns = columns(&head)?;
    let mut merchants: Vec<(usize, Merchant)> = Vec::new();
    let mut known: HashMap<Identifier, usize> = HashMap::new();
    let mut faults = Vec::new();
    for row in rows {
        let mut reading = Reading { columns: &columns, row: &row, today, faults: Vec::new() };
        if let Some((identifier, place)) = reading.identifier().and_then(|identifier| known.get(&identifier).map(|place| (identifier, *place))) {
            reading.only_a_contact(&identifier);
            if let (Some((_, merchant)), Some(contact)) = (merchants.get_mut(place), reading.contact()) {
                merchant.contacts.push(contact);
            }
        } else if let Some(merchant) = reading.merchant() {
            known.insert(merchant.identifier.clone(), merchants.len());
            merchants.push((row.line, merchant));
        }
        faults.append(&mut reading.faults);
        if faults.len() >= MOST_FAULTS {
            return Err(faults);
        }
    }
    let mut checked = Vec::new();
    for (line, merchant) in merchants {
        match merchant.checked() {
            Ok(merchant) => checked.push(merchant),
            Err(wrong) => faults.push(TableFault { line, column: 1, name: "identifier", sentence: wrong.to_string() }),
        }
    }
    faults.sort_by_key(|fault| (fault.line, fault.column));
    if faults.is_empty() { Ok(checked) } else { Err(faults) }
}

/// In which place each column stands.
fn columns(head: &Row) -> Result<BTreeMap<&'static str, usize>, Vec<TableFault>> {
    let mut places = BTreeMap::new();
    let mut faults = Vec::new();
    let mut fault = |column: usize, sentence: String| faults.push(TableFault { line: head.line, column, name: "", sentence });
    if head.fields.len() == 1 && head.fields.iter().any(|field| field.contains([';', '\t'])) {
        fault(1, "the columns are not separated by commas; save the file with commas between them".to_owned());
        return Err(faults);
    }
    for (place, field) in head.fields.iter().enumerate() {
        let word = field.trim().to_lowercase();
        match COLUMNS.iter().find(|name| **name == word) {
            Some(name) if places.insert(*name, place).is_some() => fault(place.saturating_add(1), format!("the column `{name}` stands there twice; keep one")),
            Some(_) => {}
            None => {
                let meant = nearest(&word, COLUMNS).map(|name| format!(" (did you mean `{name}`?)")).unwrap_or_default();
                fault(place.saturating_add(1), format!("there is no such column{meant}; the columns are {}", COLUMNS.join(", ")));
            }
        }
    }
    for needed in ["identifier", "name"] {
        if !places.contains_key(needed) {
            fault(1, format!("the first line must name the columns, and `{needed}` is not among them; add it"));
        }
    }
    if faults.is_empty() { Ok(places) } else { Err(faults) }
}

/// One row, and what is wrong in it.
struct Reading<'a> {
    columns: &'a BTreeMap<&'static str, usize>,
    row: &'a Row,
    today: Day,
    faults: Vec<TableFault>,
}

impl Reading<'_> {
    fn merchant(&mut self) -> Option<Merchant> {
        if self.row.fields.len() != self.columns.len() {
            let (has, needs) = (self.row.fields.len(), self.columns.len());
            self.fault("", has.min(needs), format!("this line has {has} fields, and the first line names {needs} columns; add or remove commas"));
        }
        let identifier = self.identifier();
        let name = self.one("name", |text| TradeName::parse(text).map_err(|wrong| wrong.to_string()));
        if self.text("name").is_empty() {
            self.fault_in("name", "a merchant needs a name; write the one that its customers know".to_owned());
        }
        let legal_name = self.one("legal_name", |text| TradeName::parse(text).map_err(|wrong| wrong.to_string()));
        let aliases = self.many("aliases", |text| TradeName::parse(text).map_err(|wrong| wrong.to_string()));
        let domains = self.many("domains", |text| Domain::parse(text).map_err(|wrong| wrong.to_string()));
        let language = self
            .one("language", |text| Language::parse(&text.to_lowercase()).ok_or_else(|| "this is no language of the letters; write fr, ar or en".to_owned()));
        let open_to_mediation = self.one("open_to_mediation", yes_or_no);
        let contacts = self.contact().into_iter().collect();
        let service = self.service();
        self.faults.is_empty().then_some(())?;
        Some(Merchant {
            identifier: identifier?,
            origin: Origin::Listed,
            name: name?,
            legal_name,
            aliases,
            domains,
            contacts,
            language,
            service,
            open_to_mediation,
        })
    }

    fn identifier(&mut self) -> Option<Identifier> {
        let text = self.text("identifier").to_owned();
        match Identifier::parse(&text) {
            Ok(identifier) => Some(identifier),
            Err(wrong) => {
                self.fault_in("identifier", wrong.to_string());
                None
            }
        }
    }

    /// The contact of the row; it is confirmed where the row says by whom and when.
    fn contact(&mut self) -> Option<MerchantContact> {
        let address = self.one("contact", |text| Address::parse(text).map_err(|wrong| wrong.to_string()));
        let name = self.one("contact_name", |text| TradeName::parse(text).map_err(|wrong| wrong.to_string()));
        let role = self.one("contact_role", |text| TradeName::parse(text).map_err(|wrong| wrong.to_string()));
        let by = self.one("confirmed_by", |text| TradeName::parse(text).map_err(|wrong| wrong.to_string()));
        let today = self.today;
        let on = self.one("confirmed_on", |text| {
            let day = Day::parse(text).map_err(|wrong| wrong.to_string())?;
            if day > today { Err("this day is still to come; write the day on which the address was confirmed".to_owned()) } else { Ok(day) }
        });
        let says = |column: &str| !self.text(column).is_empty();
        let (said_by, said_on, said_contact) = (says("confirmed_by"), says("confirmed_on"), says("contact"));
        let alone = ["contact_name", "contact_role", "confirmed_by", "confirmed_on"].into_iter().find(|column| says(column) && !said_contact);
        if let Some(column) = alone {
            self.fault_in(column, "it speaks of an address, and the column `contact` has none; write the address there".to_owned());
        }
        match (said_by, said_on) {
            (true, false) => self.fault_in("confirmed_on", "it is said who confirmed the address, and not when; write the day as YYYY-MM-DD".to_owned()),
            (false, true) => self.fault_in("confirmed_by", "it is said when the address was confirmed, and not by whom; write the name".to_owned()),
            (true, true) | (false, false) => {}
        }
        let confirmed = by.zip(on).map(|(by, on)| Confirmation { on, by: ConfirmedBy::Person(by) });
        address.map(|address| MerchantContact { address, name, role, confirmed })
    }

    fn service(&mut self) -> Option<ServiceTrack> {
        let address = self.one("service_address", |text| Address::parse(text).map_err(|wrong| wrong.to_string()));
        let mandate = self.many("mandate", |text| Mandate::parse(text).map_err(|wrong| wrong.to_string()));
        if self.text("service_address").is_empty() && !self.text("mandate").is_empty() {
            self.fault_in("mandate", "limits are only for a customer service that is done here; write its address into `service_address`".to_owned());
        }
        address.map(|address| ServiceTrack { address, mandate })
    }

    /// A further row of a merchant brings a further contact, and nothing else.
    fn only_a_contact(&mut self, identifier: &Identifier) {
        for column in COLUMNS.into_iter().filter(|column| !OF_A_CONTACT.contains(column)) {
            if !self.text(column).is_empty() {
                self.fault_in(column, format!("`{identifier}` stands on a line before; a further line only adds an address: leave this field empty"));
            }
        }
        if self.text("contact").is_empty() {
            self.fault_in("contact", format!("`{identifier}` stands on a line before; write a further address here, or remove the line"));
        }
    }

    fn text(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|place| self.row.fields.get(*place)).map_or("", |field| field.trim())
    }

    /// What stands in a column; nothing where it is empty or wrong.
    fn one<T>(&mut self, column: &'static str, read: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text(column);
        let result = (!text.is_empty()).then(|| read(text))?;
        result.map_err(|sentence| self.fault_in(column, sentence)).ok()
    }

    /// What stands in a column, with semicolons between.
    fn many<T>(&mut self, column: &'static str, read: impl Fn(&str) -> Result<T, String>) -> Vec<T> {
        let parts: Vec<String> = self.text(column).split(';').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect();
        let mut all = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            match read(part) {
                Ok(one) => all.push(one),
                Err(sentence) if parts.len() == 1 => self.fault_in(column, sentence),
                Err(sentence) => self.fault_in(column, format!("part {} of {}: {sentence}", at.saturating_add(1), parts.len())),
            }
        }
        all
    }

    fn fault_in(&mut self, column: &'static str, sentence: String) {
        let place = self.columns.get(column).map_or(0, |place| place.saturating_add(1));
        self.fault(column, place, sentence);
    }

    fn fault(&mut self, name: &'static str, column: usize, sentence: String) {
        let fault = TableFault { line: self.row.line, column, name, sentence };
        // A field that is looked at twice has one fault.
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "yes" | "oui" | "نعم" => Ok(true),
        "no" | "non" | "لا" => Ok(false),
        _ => Err("write yes or no, or leave it empty where it is not known".to_owned()),
    }
}
