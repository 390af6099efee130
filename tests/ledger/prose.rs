//! The words that generated mails are made of, and the wheel that picks them.

/// Of twenty mails so many are in each language.
pub const LANGUAGES: [Tongue; 20] = {
    let mut languages = [Tongue::French; 20];
    let mut at = 8;
    while at < 20 {
        languages[at] = if at < 15 { Tongue::English } else { Tongue::Arabic };
        at += 1;
    }
    languages
};

/// A language of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tongue {
    French,
    English,
    Arabic,
}

impl Tongue {
    /// ISO 639-1.
    pub fn code(self) -> &'static str {
        match self {
            Tongue::French => "fr",
            Tongue::English => "en",
            Tongue::Arabic => "ar",
        }
    }
}

/// Numbers that look like chance and are the same for the same seed (SplitMix64).
pub struct Wheel(u64);

impl Wheel {
    /// The wheel for `what` number `index`.
    pub fn new(seed: u64, what: &str, index: usize) -> Self {
        let mut wheel = Self(seed ^ 0x9e37_79b9_7f4a_7c15);
        for byte in what.bytes().chain(index.to_le_bytes()) {
            wheel.0 = wheel.next() ^ u64::from(byte);
        }
        wheel
    }

    /// Any number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit.max(1)).unwrap()).unwrap()
    }

    /// A number from 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Any byte.
    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[3]
    }
}

/// What people write in one language.
pub struct Prose {
    names: [&'static str; 4],
    subjects: [&'static str; 3],
    complaint: &'static str,
    reply: &'static str,
    words: &'static str,
}

impl Prose {
    /// The prose of a language.
    pub fn of(tongue: Tongue) -> &'static Self {
        match tongue {
            Tongue::French => &FRENCH,
            Tongue::English => &ENGLISH,
            Tongue::Arabic => &ARABIC,
        }
    }

    pub fn name(&self, wheel: &mut Wheel) -> &'static str {
        self.names[wheel.below(self.names.len())]
    }

    pub fn subject(&self, wheel: &mut Wheel) -> &'static str {
        self.subjects[wheel.below(self.subjects.len())]
    }

    /// How a complaint begins.
    pub fn complaint(&self, canary: &str) -> String {
        self.complaint.replace("CANARY", canary)
    }

    /// How a reply begins.
    pub fn reply(&self, canary: &str) -> String {
        self.reply.replace("CANARY", canary)
    }

    /// Words in no order, in lines and paragraphs, at least `length` bytes.
    pub fn text(&self, wheel: &mut Wheel, length: usize) -> String {
        let words: Vec<&str> = self.words.split_whitespace().collect();
        let (mut text, mut width, mut lines) = (String::with_capacity(length + 100), 0, 0);
        while text.len() < length {
            let word = words[wheel.below(words.len())];
            text += word;
            width += word.len() + 1;
            if width > 70 {
                lines += 1;
                text += if lines % 7 == 0 { "\n\n" } else { "\n" };
                width = 0;
            } else {
                text.push(' ');
            }
        }
        text + "\n"
    }
}

static FRENCH: Prose = Prose {
    names: ["Amélie Berrada", "Karim Haddad", "Zoé Lefèvre", "Nour El Fassi"],
    subjects: ["Réclamation : facture contestée après la livraison", "Litige, colis jamais reçu", "Demande de médiation avec une boutique en ligne"],
    complaint: "Bonjour,\n\nj'ai acheté une lampe de bureau sur une boutique en ligne et je n'ai jamais reçu mon colis. Je demande le remboursement. Mon mot : CANARY.",
    reply: "Bonjour,\n\nje complète mon dossier avec quelques précisions sur ma commande. Mon mot : CANARY.",
    words: "la lampe que nous avons choisie ensemble devait éclairer le bureau de ma fille pendant les soirées d'hiver ; le transporteur a laissé un avis vide \
            dans la boîte du voisin, et personne ne sait où se trouve le paquet. Chaque semaine une autre voix promet que tout sera réglé bientôt, puis rien ne \
            vient. J'ai gardé les photographies, le bon, les échanges et la liste des appels, rangés par date dans une chemise bleue près de la fenêtre",
};

static ENGLISH: Prose = Prose {
    names: ["Grace Brown", "John Smith", "Layla Mansour", "Omar Bennis"],
    subjects: ["Complaint about an order that never came", "Parcel never delivered", "Request for mediation with an online shop"],
    complaint: "Hello,\n\nI bought a desk lamp from an online shop and my parcel never arrived. I ask for a refund. My word: CANARY.",
    reply: "Hello,\n\nhere are some more details about my order for the file. My word: CANARY.",
    words: "the lamp we chose together was meant to light the small desk of my daughter during long winter evenings ; the carrier left an empty note in the \
            box of a neighbour and nobody knows where the packet went. Each week another voice says that all will be fine soon, then nothing happens. The \
            pictures, the slip, the messages and the list of calls are kept by date in a blue folder near the window",
};

static ARABIC: Prose = Prose {
    names: ["سارة الخطيب", "يوسف العلمي", "ليلى بناني", "عمر التازي"],
    subjects: ["شكوى بشأن طلبية لم تصل", "طرد لم يصل", "طلب وساطة مع متجر إلكتروني"],
    complaint: "السلام عليكم،\n\nاشتريت مصباح مكتب من متجر إلكتروني ولم يصلني الطرد أبدا. أطلب استرداد المبلغ. كلمتي: CANARY.",
    reply: "السلام عليكم،\n\nأضيف بعض التفاصيل عن طلبيتي إلى الملف. كلمتي: CANARY.",
    words: "المصباح الذي اخترناه معا كان سيضيء مكتب ابنتي الصغير في أمسيات الشتاء الطويلة وقد ترك الناقل ورقة فارغة في صندوق الجار ولا أحد يعرف أين ذهبت \
            العلبة وكل أسبوع يقول صوت آخر إن كل شيء سيكون بخير قريبا ثم لا يحدث شيء والصور والإيصال والرسائل وقائمة المكالمات مرتبة حسب التاريخ في ملف أزرق \
            قرب النافذة",
};
