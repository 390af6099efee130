//! The dispute that the demo plays, in three languages.

use super::harness::Town;
use super::harness::person::{Person, Received};
use super::screen::Screen;
use super::tracks::{COUNTER, Track};
use elitige::story::code_after;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// Who complains.
const CONSUMER: &str = "leila@courrier.example";
/// Who sold.
pub const MERCHANT: &str = "contact@boutique-atlas.example";
const REGISTRAR: &str = "registrar@elitige.example";

/// The consumer's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    /// French.
    French,
    /// Arabic.
    Arabic,
    /// English.
    English,
}

impl Tongue {
    /// What `--in` says; French where it is not given; `None` where it is something else.
    pub fn from_arguments() -> Option<Self> {
        let arguments: Vec<String> = std::env::args().collect();
        let Some(at) = arguments.iter().position(|argument| argument == "--in") else {
            return Some(Tongue::French);
        };
        match arguments.get(at + 1).map(String::as_str) {
            Some("fr") => Some(Tongue::French),
            Some("ar") => Some(Tongue::Arabic),
            Some("en") => Some(Tongue::English),
            _ => None,
        }
    }
}

/// One act of the play.
pub struct Scene {
    /// Who writes.
    pub who: &'static str,
    /// What is done.
    pub deed: Deed,
    /// The text; `WORD ***` takes the code that the latest letter prints after that word.
    pub text: String,
    /// Who receives a letter then, in any order.
    pub receive: Vec<&'static str>,
}

/// What somebody does.
#[derive(Debug, Clone, Copy)]
pub enum Deed {
    /// Writes a new mail with this subject to the service of the play.
    Writes(&'static str),
    /// Answers the latest letter.
    Answers,
    /// Writes a new mail with this subject to the address at which the latest letter says the seller alone is reached.
    AsksSeller(&'static str),
    /// Names the mediator of that address on the command line.
    Names(&'static str),
}

/// Who plays.
pub type Cast = BTreeMap<&'static str, (Person, Option<Received>)>;

/// The whole play.
pub struct Scenes {
    tongue: Tongue,
    track: Track,
}

impl Scenes {
    /// The play in that language.
    pub fn of(tongue: Tongue, track: Track) -> Self {
        Self { tongue, track }
    }

    /// Where the first complaint is written to.
    pub fn desk(&self, town: &Town) -> String {
        if self.track == Track::Service { COUNTER.to_owned() } else { town.desk() }
    }

    /// Names and addresses of those who play.
    pub fn people(&self) -> Vec<(String, String)> {
        let consumer = match self.tongue {
            Tongue::French => "Leila Bennani",
            Tongue::Arabic => "ليلى بناني",
            Tongue::English => "Leila Bennani",
        };
        let further = self.track.further().map(|(_, name, address)| (name, address));
        let people = [(consumer, CONSUMER), ("Boutique Atlas", MERCHANT), ("Registrar", REGISTRAR)].into_iter().chain(further);
        people.map(|(name, address)| (name.to_owned(), address.to_owned())).collect()
    }

    /// How many letters the service writes.
    pub fn letters(&self) -> usize {
        self.all().iter().map(|scene| scene.receive.len()).sum()
    }

    /// Those who play, with their mailboxes.
    pub fn cast(&self, town: &Town) -> Cast {
        let mut cast = Cast::new();
        let parts = ["consumer", "merchant", "registrar"].into_iter().chain(self.track.further().map(|(part, ..)| part));
        for (who, (name, address)) in parts.zip(self.people()) {
            cast.insert(who, (Person::new(&name, &address, &town.dovecot, &town.postfix, &town.signers), None));
        }
        cast
    }

    /// The scenes in order.
    pub fn all(&self) -> Vec<Scene> {
        let (subject, complaint, confirm, done, admit, merchant_language, grant) = match self.tongue {
            Tongue::French => ("Commande jamais reçue", FRENCH, "CONFIRMER ***", "FAIT ***", "ADMETTRE ***", "ar", "أقبل ***"),
            Tongue::Arabic => ("لم أتوصل بالطلبية", ARABIC, "تأكيد ***", "تم ***", "ADMETTRE ***", "fr", "ACCEPTER ***"),
            Tongue::English => ("My order never arrived", ENGLISH, "CONFIRM ***", "DONE ***", "ADMETTRE ***", "fr", "ACCEPTER ***"),
        };
        // A mediator and an agent of the play write French, and so does the seller then.
        let (merchant_language, grant) = if self.track == Track::Granted { (merchant_language, grant) } else { ("fr", "ACCEPTER ***") };
        let answer = |who: &'static str, text: String, receive: Vec<&'static str>| Scene { who, deed: Deed::Answers, text, receive };
        let first = if self.track == Track::Service { vec!["consumer", "agent"] } else { vec!["consumer"] };
        let complains = Scene { who: "consumer", deed: Deed::Writes(subject), text: complaint.to_owned(), receive: first };
        let admitted = [
            answer("consumer", confirm.to_owned(), vec!["consumer", "registrar"]),
            answer("registrar", format!("{admit} {MERCHANT} {merchant_language}"), vec!["consumer", "merchant"]),
        ];
        let granted = answer("merchant", grant.to_owned(), vec!["consumer", "merchant"]);
        let performed = answer("consumer", done.to_owned(), vec!["consumer", "merchant"]);
        let further = self.track.scenes(self.tongue);
        let scenes: Vec<Scene> = match self.track {
            Track::Mediation => admitted.into_iter().chain(further).collect(),
            Track::Granted | Track::Service => further.into_iter().chain(admitted).chain([granted]).collect(),
        };
        [complains].into_iter().chain(scenes).chain([performed]).collect()
    }
}

/// Plays one scene: the mail is shown and sent, then each letter that follows is shown as it arrives.
pub async fn play(screen: &Screen, cast: &mut Cast, scene: &Scene, ground: &Ground<'_>, patience: Duration) -> Result<(), String> {
    let (person, letter) = cast.get(scene.who).ok_or("nobody plays that part")?;
    let sent = Instant::now();
    match (scene.deed, letter) {
        (Deed::Writes(subject), _) => {
            screen.written(&person.name, subject, &scene.text);
            person.write(&ground.desk, subject, &scene.text);
        }
        (Deed::AsksSeller(subject), Some(letter)) => {
            screen.written(&person.name, subject, &scene.text);
            person.write(&seller_address(&letter.text())?, subject, &scene.text);
        }
        (Deed::Names(mediator), Some(letter)) => {
            let reference = letter.subject().split(['[', ']']).nth(1).unwrap_or_default().to_owned();
            screen.say(&format!("\n   $ elitige case assign {reference} {mediator}"));
            let done = ground.town.command(ground.program, &["case", "assign", &reference, mediator]);
            if !done.status.success() {
                return Err(format!("nobody could be named: {}", String::from_utf8_lossy(&done.stderr)));
            }
        }
        (Deed::Answers, Some(letter)) => {
            let text = with_codes(&scene.text, &letter.text())?;
            screen.written(&person.name, &format!("Re: {}", letter.subject()), &text);
            person.reply(letter, &text);
        }
        (_, None) => return Err(format!("{} has no letter to answer", person.name)),
    }
    for who in &scene.receive {
        let (person, latest) = cast.get_mut(who).ok_or("nobody plays that part")?;
        let mail = person.next_mail_if(patience, |_| true).await.ok_or_else(|| format!("{} got no letter within {} s", person.name, patience.as_secs()))?;
        screen.received(&person.name, &mail.subject(), &mail.text(), sent.elapsed());
        *latest = Some(mail);
    }
    Ok(())
}

/// Where a play takes place.
pub struct Ground<'a> {
    /// Where the first complaint is written to.
    pub desk: String,
    /// The servers.
    pub town: &'a Town,
    /// The program.
    pub program: &'a Path,
}

/// The second of the reply addresses that a letter prints: the first one leads to the buyer.
fn seller_address(letter: &str) -> Result<String, String> {
    let marks = |c: char| !c.is_ascii_alphanumeric();
    let mut tagged = letter.split_whitespace().map(|word| word.trim_matches(marks)).filter(|word| word.contains('+') && word.contains('@'));
    tagged.nth(1).map(str::to_owned).ok_or_else(|| "the letter prints no address at which the seller is reached".to_owned())
}

fn with_codes(text: &str, letter: &str) -> Result<String, String> {
    let Some((word, rest)) = text.split_once(" ***") else {
        return Ok(text.to_owned());
    };
    let code = code_after(letter, word).ok_or_else(|| format!("the letter prints no code after {word}"))?;
    Ok(format!("{word} {code}{rest}"))
}

const FRENCH: &str = "Bonjour,

J'ai commandé le 3 novembre 2026 une machine à café sur le site boutique-atlas.example, commande n° AT-48213, \
pour 1 500,00 DH payés par carte. Je n'ai toujours rien reçu malgré mes relances du 12 novembre.

Je demande le remboursement de ma commande.

Leila Bennani";

const ARABIC: &str = "السلام عليكم،

اقتنيت هاتفا من موقع boutique-atlas.example بتاريخ 3 نونبر 2026، رقم الطلب: AT-48213، بمبلغ 2300 درهم، \
ولم أتوصل به إلى غاية اليوم رغم مراسلاتي.

أطلب استرجاع المبلغ.

ليلى بناني";

const ENGLISH: &str = "Hello,

I ordered a coffee machine on 3 November 2026 on boutique-atlas.example (order AT-48213, 1500 MAD, paid by card). \
It never arrived, and the shop does not answer.

I want a full refund.

Leila Bennani";
