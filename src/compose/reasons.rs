//! Why a complaint could not be admitted and what can be done about it, and why a mail waits, in the three languages.

use super::Stop;
use super::words::Trilingual;
use crate::domain::{HeldReason, RejectReason};

/// Why a complaint could not be admitted, as the end of a sentence (DOMAIN §4.5).
pub(super) fn rejected_because(reason: RejectReason) -> Trilingual {
    match reason {
        RejectReason::NoPriorContact => [
            "le vendeur n’a pas encore reçu de réclamation écrite",
            "لم تُوجَّه بعد شكاية كتابية إلى البائع",
            "the seller has not yet received a written complaint",
        ],
        RejectReason::Frivolous => {
            ["la demande ne repose pas sur des éléments suffisants", "الطلب لا يستند إلى عناصر كافية", "there is not enough to support the request"]
        }
        RejectReason::OtherBody => [
            "le litige est ou a été examiné par un autre médiateur ou par un tribunal",
            "النزاع معروض أو سبق عرضه على وسيط آخر أو على محكمة",
            "the dispute is, or has been, before another mediator or a court",
        ],
        RejectReason::Value => {
            ["le montant est hors des limites du service", "المبلغ خارج الحدود التي تعالجها الخدمة", "the amount is outside the limits of the service"]
        }
        RejectReason::TooLate => [
            "plus d’un an s’est écoulé depuis la réclamation au vendeur",
            "مر أكثر من سنة على الشكاية لدى البائع",
            "more than a year has passed since the complaint to the seller",
        ],
        RejectReason::Impairs => [
            "le service n’a pas les moyens de traiter cette demande comme elle le mérite",
            "لا تتوفر الخدمة على الوسائل اللازمة لمعالجة هذا الطلب كما ينبغي",
            "the service does not have the means to deal with this request as it deserves",
        ],
        RejectReason::Scope => [
            "le service s’occupe seulement d’achats en ligne faits par un particulier auprès d’un professionnel",
            "تعالج الخدمة فقط مشتريات الأفراد عبر الإنترنت لدى بائع مهني",
            "the service deals only with online purchases by a private person from a business",
        ],
        RejectReason::NotConsumer => {
            ["l’achat a été fait pour une activité professionnelle", "تم الشراء لغرض مهني", "the purchase was made for a professional activity"]
        }
        RejectReason::MerchantUnknown => ["le vendeur n’a pas pu être identifié", "تعذر تحديد هوية البائع", "the seller could not be identified"],
        RejectReason::Criminal => [
            "les faits relèvent d’abord de la police ou du parquet",
            "الوقائع تدخل أولا في اختصاص الشرطة أو النيابة العامة",
            "the facts are first of all a matter for the police or the prosecutor",
        ],
        RejectReason::Incomplete => ["il manque des éléments nécessaires", "تنقص الملف عناصر ضرورية", "necessary information is missing"],
        RejectReason::Duplicate => {
            ["un dossier existe déjà pour ce même litige", "يوجد من قبل ملف للنزاع نفسه", "there is already a file for this same dispute"]
        }
        RejectReason::Anonymous => ["la demande ne porte pas de nom", "الطلب لا يحمل اسما", "the request bears no name"],
    }
}

/// What the consumer can do about it.
pub(super) fn repaired_by(reason: RejectReason) -> Trilingual {
    match reason {
        RejectReason::NoPriorContact => [
            "Écrivez d’abord au vendeur (e-mail, WhatsApp ou message sur sa page), gardez-en une copie ou une capture et laissez-lui une quinzaine de jours. Sans solution, écrivez-nous de nouveau.",
            "راسلوا البائع أولا (بالبريد الإلكتروني أو واتساب أو عبر صفحته)، واحتفظوا بنسخة أو بصورة للشاشة، وأمهلوه نحو خمسة عشر يوما للجواب. فإن لم يُحل المشكل فاكتبوا إلينا من جديد.",
            "Write to the seller first (by e-mail, WhatsApp or the seller’s page), keep a copy or a screenshot and allow about fifteen days. If the problem is not solved, write to us again.",
        ],
        RejectReason::Frivolous => [
            "Si vous avez d’autres éléments (commande, échanges, photos), envoyez-les en répondant à ce message : une personne les lira.",
            "إذا كانت لديكم عناصر أخرى (الطلبية، المراسلات، الصور) فأرسلوها ردا على هذه الرسالة، وسيقرؤها أحد أفراد فريقنا.",
            "If you have anything else that supports it (the order, messages, photographs), send it in reply to this message: a person will read it.",
        ],
        RejectReason::OtherBody => [
            "Poursuivez devant l’organisme déjà saisi. S’il ne peut pas traiter votre demande, envoyez-nous sa réponse.",
            "تابعوا طلبكم لدى الجهة المعروض عليها. وإن تعذر عليها النظر فيه فأرسلوا إلينا جوابها.",
            "Please continue with the body that is already dealing with it. If it cannot deal with your request, send us its answer.",
        ],
        RejectReason::Value => [
            "Une association de consommateurs ou le tribunal de votre ville peut vous aider.",
            "يمكن لجمعية لحماية المستهلك أو لمحكمة مدينتكم أن تساعدكم.",
            "A consumer association or your local court can help you.",
        ],
        RejectReason::TooLate => [
            "Si vous avez réclamé plus récemment par écrit, envoyez-nous cette réclamation en répondant à ce message.",
            "إذا كانت لديكم شكاية كتابية أحدث فأرسلوها ردا على هذه الرسالة.",
            "If you complained in writing more recently, send us that complaint in reply to this message.",
        ],
        RejectReason::Impairs => [
            "Une association de consommateurs peut examiner votre situation.",
            "يمكن لجمعية لحماية المستهلك أن تنظر في حالتكم.",
            "A consumer association can look at your situation.",
        ],
        RejectReason::Scope => [
            "S’il s’agit bien d’un achat en ligne fait à titre privé, dites-le-nous en répondant à ce message.",
            "إذا كان الأمر يتعلق فعلا بشراء عبر الإنترنت لغرض خاص، فأخبرونا بذلك ردا على هذه الرسالة.",
            "If it is indeed an online purchase that you made privately, tell us in reply to this message.",
        ],
        RejectReason::NotConsumer => [
            "Si l’achat était pour un usage privé, dites-le-nous en répondant à ce message.",
            "إذا كان الشراء لاستعمال خاص، فأخبرونا بذلك ردا على هذه الرسالة.",
            "If the purchase was for private use, tell us in reply to this message.",
        ],
        RejectReason::MerchantUnknown => [
            "Envoyez-nous le nom du vendeur, l’adresse de son site ou de sa page, ou son numéro, tels qu’ils figurent sur la commande ou le colis.",
            "أرسلوا إلينا اسم البائع أو رابط موقعه أو صفحته أو رقم هاتفه كما يظهر في الطلبية أو على الطرد.",
            "Send us the seller’s name, the address of the website or page, or the telephone number, as shown on the order or the parcel.",
        ],
        RejectReason::Criminal => [
            "Déposez plainte auprès de la police ou du procureur du Roi ; prévenez aussi votre banque si vous avez payé par carte.",
            "ضعوا شكاية لدى الشرطة أو وكيل الملك، وأخبروا بنككم أيضا إن كان الأداء بالبطاقة.",
            "File a complaint with the police or the King’s prosecutor; tell your bank too if you paid by card.",
        ],
        RejectReason::Incomplete => [
            "Écrivez-nous de nouveau avec les éléments manquants : nous reprendrons aussitôt.",
            "اكتبوا إلينا من جديد مع العناصر الناقصة، وسنستأنف فورا.",
            "Write to us again with what is missing: we will take it up at once.",
        ],
        RejectReason::Duplicate => [
            "Rien à faire : répondez simplement aux messages du premier dossier.",
            "لا يلزمكم شيء: يكفي أن تجيبوا عن رسائل الملف الأول.",
            "Nothing to do: simply reply to the messages of the first case.",
        ],
        RejectReason::Anonymous => {
            ["Écrivez-nous de nouveau avec vos nom et prénom.", "اكتبوا إلينا من جديد مع ذكر اسمكم الكامل.", "Write to us again with your full name."]
        }
    }
}

/// Why a mail waits for a person.
pub(super) fn held_because(reason: HeldReason) -> Trilingual {
    match reason {
        HeldReason::Unreadable => ["il n’a pas pu être lu", "تعذرت قراءتها", "it could not be read"],
        HeldReason::TooLarge => ["il est plus grand que la limite", "حجمها يتجاوز الحد", "it is larger than the limit"],
        HeldReason::NotAuthenticated => ["rien ne prouve qui l’a écrit", "لا شيء يثبت من كتبها", "nothing proves who wrote it"],
        HeldReason::UnknownSender => [
            "il porte un jeton de réponse, mais vient d’une adresse inconnue dans le dossier",
            "تحمل رمز جواب لكنها من عنوان غير معروف في الملف",
            "it carries a reply token, but comes from an address unknown in the case",
        ],
        HeldReason::WrongSender => {
            ["il porte le jeton de réponse d’une autre personne", "تحمل رمز جواب يخص شخصا آخر", "it carries another person’s reply token"]
        }
        HeldReason::Conflict => ["ses indices désignent des dossiers différents", "قرائنها تشير إلى ملفات مختلفة", "its signals point to different cases"],
        HeldReason::Closed => ["le dossier est clos", "الملف مغلق", "the case is closed"],
        HeldReason::NobodyRules => [
            "aucune règle ne parle de ce qu’il dit à ce stade du dossier",
            "لا توجد قاعدة تتناول مضمونها في هذه المرحلة من الملف",
            "no rule speaks of what it says at this stage of the case",
        ],
        HeldReason::NeedsPerson => {
            ["il dit quelque chose qu’une personne doit lire", "فيها ما يجب أن يطلع عليه شخص", "it says something that a person must read"]
        }
        HeldReason::LetterFailed => ["la réponse n’a pas pu être écrite", "تعذر تحرير الجواب", "the answer could not be written"],
        HeldReason::TooMany => {
            ["son expéditeur a écrit plus de messages que la limite", "تجاوز مرسلها الحد المسموح من الرسائل", "its sender wrote more mails than the limit"]
        }
        HeldReason::Circle => [
            "il est passé par plus de serveurs qu’un message qui arrive normalement : il tourne sans doute en rond",
            "مرت عبر عدد من الخوادم يفوق المعتاد، والأرجح أنها تدور في حلقة",
            "it passed through more servers than a mail that arrives normally: it is probably going round in circles",
        ],
        HeldReason::WouldLeak => [
            "une lettre aurait appris à quelqu’un ce qui a été dit sur un canal qu’il ne lit pas",
            "كانت رسالة ستُطلع أحدا على ما قيل في قناة لا يقرؤها",
            "a letter would have told somebody what was said on a channel that is not theirs",
        ],
        HeldReason::Disowned => [
            "la personne à qui il semblait appartenir répond qu’il n’est pas d’elle",
            "من بدا أنها صادرة عنه أجاب بأنها ليست منه",
            "the person it seemed to come from answers that it is not theirs",
        ],
        HeldReason::NoOrder => [
            "c’est une réponse du greffe sur le courrier en attente, sans instruction valable",
            "هي جواب من أمانة الوساطة عن الرسائل الموقوفة لا يتضمن أي تعليمة صالحة",
            "it is a registrar's answer about held mail in which no valid order stands",
        ],
        HeldReason::Outsider => [
            "une personne extérieure au dossier est parmi les destinataires",
            "من بين المرسل إليهم شخص من خارج الملف",
            "somebody outside the case is among its recipients",
        ],
    }
}

/// Why letters of ours do not leave, as the end of a sentence.
pub(super) fn stopped_because(stop: Stop) -> Trilingual {
    match stop {
        Stop::Address => [
            "une même adresse en a déjà reçu, en une heure, plus qu’une personne n’en lit",
            "تلقى عنوان واحد خلال ساعة أكثر مما يقرؤه شخص واحد",
            "one address has been sent more in an hour than a person reads",
        ],
        Stop::Domain => [
            "un même domaine en a déjà reçu, en une heure, toute la part qui lui revient",
            "تلقى نطاق واحد خلال ساعة كامل الحصة المخصصة له",
            "one domain has been sent its whole share for an hour",
        ],
        Stop::All => ["le service en a déjà envoyé autant qu’il lui est permis", "أرسلت الخدمة كل العدد المسموح به", "the service has sent as many as it may"],
    }
}
