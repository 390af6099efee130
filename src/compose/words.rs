//! The words of closed lists in the three languages: side by side, so that none can be forgotten.

use crate::domain::{Fact, Language};

/// The French, Arabic and English form of one word or sentence.
pub(super) type Trilingual = [&'static str; 3];

/// The form of `words` in `language`.
pub(super) fn pick(words: Trilingual, language: Language) -> &'static str {
    let [fr, ar, en] = words;
    match language {
        Language::Fr => fr,
        Language::Ar => ar,
        Language::En => en,
    }
}

/// How a field of a complaint is called in a list.
pub(super) fn label(fact: Fact) -> Trilingual {
    match fact {
        Fact::ConsumerName => ["Nom de l’acheteur", "اسم المشتري", "Buyer’s name"],
        Fact::City => ["Ville", "المدينة", "City"],
        Fact::Phone => ["Téléphone", "الهاتف", "Telephone"],
        Fact::Merchant => ["Vendeur", "البائع", "Seller"],
        Fact::MerchantContact => ["Contact du vendeur", "عنوان البائع", "Seller’s contact"],
        Fact::OrderNo => ["N° de commande", "رقم الطلبية", "Order number"],
        Fact::InvoiceNo => ["N° de facture", "رقم الفاتورة", "Invoice number"],
        Fact::TrackingNo => ["N° de suivi du colis", "رقم تتبع الطرد", "Tracking number"],
        Fact::OrderDate => ["Date de la commande", "تاريخ الطلبية", "Order date"],
        Fact::Product => ["Produit ou service", "المنتوج أو الخدمة", "Product or service"],
        Fact::Amount => ["Montant", "المبلغ", "Amount"],
        Fact::Currency => ["Monnaie", "العملة", "Currency"],
        Fact::PaymentMethod => ["Paiement", "طريقة الأداء", "Payment"],
        Fact::Remedy => ["Demande", "الطلب", "Request"],
        Fact::PriorContactDate => ["Réclamation au vendeur", "تاريخ الشكاية لدى البائع", "Complaint to the seller"],
    }
}

/// The question that is asked when a field is missing, with an example of an answer (DOMAIN §3.2, §3.3).
pub(super) fn question(fact: Fact) -> Trilingual {
    match fact {
        Fact::ConsumerName => ["Vos nom et prénom ?", "ما اسمكم الكامل؟", "Your full name?"],
        Fact::City => ["Votre ville ?", "ما مدينتكم؟", "Your city?"],
        Fact::Phone => ["Un numéro où vous joindre, si vous le souhaitez ?", "رقم هاتف للاتصال بكم، إن شئتم؟", "A number to reach you, if you wish?"],
        Fact::Merchant => [
            "Le nom du vendeur, ou l’adresse de son site ou de sa page ?",
            "ما اسم البائع، أو رابط موقعه أو صفحته؟",
            "The seller’s name, or the address of the website or page?",
        ],
        Fact::MerchantContact => ["L’adresse e-mail du vendeur ?", "ما البريد الإلكتروني للبائع؟", "The seller’s e-mail address?"],
        Fact::OrderNo => [
            "Le numéro de commande ou de facture ? (« Je ne l’ai pas » est une réponse.)",
            "ما رقم الطلبية أو الفاتورة؟ (الجواب «ليس عندي» مقبول.)",
            "The order or invoice number? (“I do not have it” is an answer.)",
        ],
        Fact::InvoiceNo => ["Le numéro de facture ?", "ما رقم الفاتورة؟", "The invoice number?"],
        Fact::TrackingNo => ["Le numéro de suivi du colis ?", "ما رقم تتبع الطرد؟", "The tracking number of the parcel?"],
        Fact::OrderDate => ["La date de la commande ?", "ما تاريخ الطلبية؟", "The date of the order?"],
        Fact::Product => ["Quel produit ou service ?", "ما المنتوج أو الخدمة؟", "Which product or service?"],
        Fact::Amount => {
            ["Le montant, en dirhams ? (exemple : 450\u{a0}DH)", "ما المبلغ بالدرهم؟ (مثال: 450\u{a0}درهما)", "The amount, in dirhams? (example: 450\u{a0}MAD)"]
        }
        Fact::Currency => ["Dans quelle monnaie ?", "بأي عملة؟", "In which currency?"],
        Fact::PaymentMethod => [
            "Comment avez-vous payé : à la livraison, par carte, par virement ?",
            "كيف تم الأداء: عند الاستلام، بالبطاقة، أم بالتحويل؟",
            "How did you pay: on delivery, by card, by transfer?",
        ],
        Fact::Remedy => [
            "Que demandez-vous exactement : remboursement, échange, livraison, réparation… ?",
            "ماذا تطلبون بالضبط: استرجاع المبلغ، الاستبدال، التسليم، الإصلاح…؟",
            "What exactly do you ask for: refund, exchange, delivery, repair…?",
        ],
        Fact::PriorContactDate => [
            "Quand et comment avez-vous réclamé au vendeur, et qu’a-t-il répondu ?",
            "متى وكيف تواصلتم مع البائع، وبماذا أجاب؟",
            "When and how did you complain to the seller, and what was the answer?",
        ],
    }
}

/// Where the question of [`whether`] has what was written.
pub(super) const WRITTEN: &str = "{written}";
/// Where it has what that would be.
pub(super) const VALUE: &str = "{value}";

/// The question that is asked instead where the value was written in other units, or counted back from a day (DOMAIN §3.4).
pub(super) fn whether(fact: Fact) -> Option<Trilingual> {
    match fact {
        Fact::Amount => Some([
            "Vous avez écrit « {written} » : est-ce bien {value} ? (Répondez « oui », ou écrivez le montant.)",
            "كتبتم «{written}»، فهل المقصود {value}؟ (أجيبوا بـ«نعم»، أو اكتبوا المبلغ.)",
            "You wrote “{written}”: is that {value}? (Answer “yes”, or write the amount.)",
        ]),
        Fact::OrderDate => Some([
            "Vous avez écrit « {written} » : la commande date-t-elle bien du {value} ? (Répondez « oui », ou écrivez la date.)",
            "كتبتم «{written}»، فهل تاريخ الطلبية هو {value}؟ (أجيبوا بـ«نعم»، أو اكتبوا التاريخ.)",
            "You wrote “{written}”: was the order placed on {value}? (Answer “yes”, or write the date.)",
        ]),
        Fact::PriorContactDate => Some([
            "Vous avez écrit « {written} » : avez-vous bien réclamé au vendeur le {value} ? (Répondez « oui », ou écrivez la date.)",
            "كتبتم «{written}»، فهل تواصلتم مع البائع يوم {value}؟ (أجيبوا بـ«نعم»، أو اكتبوا التاريخ.)",
            "You wrote “{written}”: did you complain to the seller on {value}? (Answer “yes”, or write the date.)",
        ]),
        _ => None,
    }
}

/// The words of a category code of DOMAIN §4.1.
pub(super) fn category(code: &str) -> Option<Trilingual> {
    Some(match code {
        "DELIVERY_DELAY" => ["Retard de livraison", "تأخر التسليم", "Late delivery"],
        "NON_DELIVERY" => ["Commande non reçue", "عدم التسليم أو ضياع الطرد", "Order not received"],
        "WRONG_INCOMPLETE" => ["Article erroné ou commande incomplète", "منتوج خاطئ أو طلبية ناقصة", "Wrong or missing item"],
        "NON_CONFORMITY" => ["Produit différent de sa description", "عدم المطابقة للوصف", "Not as described"],
        "DEFECT_DAMAGE" => ["Défaut, panne ou produit endommagé", "عيب أو عطب أو تلف", "Defect or damage"],
        "COUNTERFEIT" => ["Authenticité du produit", "أصالة المنتوج", "Authenticity of the product"],
        "RETURN_WITHDRAWAL" => ["Retour, échange ou rétractation", "الإرجاع والاستبدال وحق التراجع", "Return, exchange or withdrawal"],
        "REFUND" => ["Remboursement attendu", "استرجاع المبلغ", "Refund expected"],
        "CANCELLATION" => ["Annulation de commande", "إلغاء الطلبية", "Cancellation"],
        "WARRANTY" => ["Garantie ou service après-vente", "الضمان وخدمة ما بعد البيع", "Warranty or after-sales service"],
        "BILLING_PAYMENT" => ["Facturation, prix ou paiement", "الفوترة والثمن والأداء", "Billing, price or payment"],
        "FRAUD_SCAM" => ["Doute sur l’identité ou le sérieux du vendeur", "شك في هوية البائع أو جديته", "Doubt about who the seller is"],
        "CUSTOMER_SERVICE" => ["Absence de réponse du vendeur", "عدم جواب البائع", "No answer from the seller"],
        "PERSONAL_DATA" => ["Données personnelles", "المعطيات الشخصية", "Personal data"],
        "OTHER" => ["Autre", "موضوع آخر", "Other"],
        _ => return None,
    })
}

/// The words of a remedy code of DOMAIN §4.4.
pub(super) fn remedy(code: &str) -> Option<Trilingual> {
    Some(match code {
        "REFUND_FULL" => ["Remboursement total", "استرجاع المبلغ كاملا", "Full refund"],
        "REFUND_PARTIAL" => ["Remboursement partiel", "استرجاع جزء من المبلغ", "Partial refund"],
        "REPLACEMENT" => ["Remplacement du produit", "استبدال المنتوج", "Replacement of the product"],
        "EXCHANGE" => ["Échange du produit", "تبديل المنتوج", "Exchange of the product"],
        "DELIVERY" => ["Livraison de la commande", "تسليم الطلبية", "Delivery of the order"],
        "REPAIR" => ["Réparation", "الإصلاح", "Repair"],
        "RETURN_PICKUP" => ["Reprise du produit sans frais", "استرداد السلعة دون مصاريف", "Pick-up of the product at no cost"],
        "PRICE_REDUCTION" => ["Réduction du prix", "تخفيض الثمن", "Price reduction"],
        "CANCEL" => ["Annulation de la commande", "إلغاء الطلبية", "Cancellation of the order"],
        "COMPENSATION" => ["Dédommagement", "التعويض", "Compensation"],
        "INVOICE_CORRECTION" => ["Facture ou correction de la facture", "الفاتورة أو تصحيحها", "Invoice, or a corrected invoice"],
        "VOUCHER" => ["Avoir ou bon d’achat", "قسيمة شراء", "Voucher"],
        "EXPLANATION_APOLOGY" => ["Explication ou excuses", "توضيح أو اعتذار", "Explanation or apology"],
        "DATA_ERASURE" => ["Suppression des données personnelles", "محو المعطيات الشخصية", "Erasure of personal data"],
        "OTHER" => ["Autre demande, décrite ci-dessous", "طلب آخر موضح أدناه", "Another request, described below"],
        _ => return None,
    })
}

/// The words of a way to pay, by its code in the phrases.
pub(super) fn payment(code: &str) -> Option<Trilingual> {
    Some(match code {
        "cash_on_delivery" => ["À la livraison", "عند الاستلام", "On delivery"],
        "card" => ["Par carte bancaire", "بالبطاقة البنكية", "By bank card"],
        "transfer" => ["Par virement", "بتحويل بنكي", "By bank transfer"],
        "wallet" => {
            ["Par portefeuille électronique ou service de transfert", "بمحفظة إلكترونية أو خدمة تحويل", "By electronic wallet or money transfer service"]
        }
        "cash" => ["En espèces", "نقدا", "In cash"],
        _ => return None,
    })
}

/// The words of a currency that stands without an amount.
pub(super) fn currency(code: &str) -> Option<Trilingual> {
    Some(match code {
        "MAD" => ["Dirham", "الدرهم", "Dirham"],
        "EUR" => ["Euro", "الأورو", "Euro"],
        "USD" => ["Dollar", "الدولار", "Dollar"],
        _ => return None,
    })
}

/// A city as it is written in the language, by its name in the phrases.
pub(super) fn city(name: &str) -> Option<Trilingual> {
    CITIES.into_iter().find(|[fr, _, _]| *fr == name)
}

const CITIES: [Trilingual; 19] = [
    ["Casablanca", "الدار البيضاء", "Casablanca"],
    ["Rabat", "الرباط", "Rabat"],
    ["Salé", "سلا", "Salé"],
    ["Marrakech", "مراكش", "Marrakesh"],
    ["Fès", "فاس", "Fez"],
    ["Tanger", "طنجة", "Tangier"],
    ["Agadir", "أكادير", "Agadir"],
    ["Meknès", "مكناس", "Meknes"],
    ["Oujda", "وجدة", "Oujda"],
    ["Kénitra", "القنيطرة", "Kenitra"],
    ["Tétouan", "تطوان", "Tetouan"],
    ["El Jadida", "الجديدة", "El Jadida"],
    ["Béni Mellal", "بني ملال", "Beni Mellal"],
    ["Nador", "الناظور", "Nador"],
    ["Laâyoune", "العيون", "Laayoune"],
    ["Mohammedia", "المحمدية", "Mohammedia"],
    ["Safi", "آسفي", "Safi"],
    ["Témara", "تمارة", "Temara"],
    ["Khouribga", "خريبكة", "Khouribga"],
];

/// Words of a list as they stand inside a sentence: `Full refund` becomes `full refund`.
pub(super) fn in_sentence(words: &str) -> String {
    let mut letters = words.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => words.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arabic_words_are_arabic_and_the_others_are_not() {
        let arabic = |text: &str| text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c));
        for [fr, ar, en] in Fact::ALL.iter().flat_map(|fact| [label(*fact), question(*fact)]) {
            assert!(!arabic(fr) && arabic(ar) && !arabic(en), "{fr} | {ar} | {en}");
        }
        let paid = ["cash_on_delivery", "card", "transfer", "wallet", "cash"].map(|code| payment(code).unwrap());
        let coins = ["MAD", "EUR", "USD"].map(|code| currency(code).unwrap());
        assert!(paid.iter().chain(&coins).all(|[fr, ar, en]| !arabic(fr) && arabic(ar) && !arabic(en)));
        assert_eq!([in_sentence("Full refund"), in_sentence("Échange"), in_sentence("SAV")], ["full refund", "échange", "SAV"]);
        assert!(category("OTHER").is_some() && category("x").is_none());
        assert_eq!(pick(remedy("REPAIR").unwrap(), Language::En), "Repair");
    }
}
