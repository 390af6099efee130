//! What is wrong with the service, in words for whoever looks after it.

use super::clean;
use super::paper::typeset;
use super::words::{Trilingual, pick};
use crate::domain::{Finding, Language};

/// `finding` as a sentence without its end.
pub(super) fn wrong(finding: &Finding, language: Language) -> String {
    let sentence = typeset(pick(sentence(finding), language), language);
    match finding.about() {
        Some(name) => sentence.replace("{}", &clean::plain(name)),
        None => sentence,
    }
}

/// Whether something was lost by it, or would be: then nobody is told that nothing is.
pub(super) fn loses(finding: &Finding) -> bool {
    matches!(finding, Finding::StoreDamaged | Finding::StoreReplaced | Finding::KeyGone)
}

fn sentence(finding: &Finding) -> Trilingual {
    match finding {
        Finding::MailboxUnread { .. } => [
            "la boîte « {} » n’a pas pu être lue jusqu’au bout ; les échéances attendent qu’elle le soit",
            "تعذرت قراءة الصندوق «{}» كاملا، والآجال موقوفة إلى أن يُقرأ",
            "the mailbox “{}” could not be read to its end; deadlines wait until it is",
        ],
        Finding::MailWaits { .. } => [
            "un message de la boîte « {} » attend depuis trop longtemps d’être traité",
            "رسالة في الصندوق «{}» تنتظر المعالجة منذ وقت أطول من اللازم",
            "a message in the mailbox “{}” has been waiting too long to be heard",
        ],
        Finding::AuthorizationRefused { .. } => [
            "le fournisseur refuse désormais l’autorisation d’accès de « {} » ; une personne doit l’accorder de nouveau (`elitige doctor` dit comment)",
            "صار المزوّد يرفض تصريح الدخول الخاص بـ«{}»، ولا بد أن يمنحه شخص من جديد (يبيّن `elitige doctor` الطريقة)",
            "the provider now refuses the authorization for “{}”; a person must grant it anew (`elitige doctor` says how)",
        ],
        Finding::LettersLate => ["des lettres prêtes ne partent pas", "رسائل جاهزة لا تُرسل", "letters that are ready do not leave"],
        Finding::DeadlinesLate => ["des échéances passées n’ont pas été traitées", "آجال حلّت ولم تُعالج", "deadlines that have come were not dealt with"],
        Finding::LettersUncertain => [
            "pour beaucoup de lettres, le serveur d’envoi n’a pas dit s’il les a prises",
            "لم يبيّن خادم الإرسال هل تسلّم عددا كبيرا من الرسائل أم لا",
            "of many letters the outgoing server did not say whether it took them",
        ],
        Finding::CertificateEnds { .. } => {
            ["le certificat du serveur de « {} » expire bientôt", "شهادة خادم «{}» تنتهي صلاحيتها قريبا", "the certificate of the server of “{}” expires soon"]
        }
        Finding::KeyGone => [
            "le fichier de la clé maîtresse n’est plus lisible ; le prochain démarrage échouerait",
            "لم يعد ملف المفتاح الرئيسي مقروءا، وسيفشل التشغيل القادم",
            "the file of the master key can no longer be read; the next start would fail",
        ],
        Finding::DiskFull => [
            "le disque de la base de données est presque plein ; aucun message n’est relevé tant qu’il manque de place",
            "قرص قاعدة البيانات ممتلئ تقريبا، ولن تُجلب أي رسالة إلى أن يتوفر حيز",
            "the disk of the database is nearly full; no mail is fetched until there is room",
        ],
        Finding::ClockWrong => [
            "l’horloge de la machine a sauté ou retarde ; les échéances en dépendent",
            "ساعة الجهاز قفزت أو تأخرت، وعليها تقوم الآجال",
            "the clock of the machine jumped or is behind; deadlines depend on it",
        ],
        Finding::OperatorUnreachable => [
            "les lettres à une adresse de [[operator]] n’arrivent pas ; corrigez cette adresse dans service.toml",
            "الرسائل الموجهة إلى أحد عناوين [[operator]] لا تصل؛ صحّحوا هذا العنوان في service.toml",
            "letters to an address of [[operator]] do not arrive; correct that address in service.toml",
        ],
        Finding::TimesAhead => [
            "le dernier message a été traité à une heure encore à venir : l’horloge de la machine était en avance, ou retarde maintenant",
            "عولجت آخر رسالة في وقت لم يحن بعد: كانت ساعة الجهاز متقدمة، أو هي متأخرة الآن",
            "the last message was dealt with at a time that is still to come: the clock of the machine was ahead, or is behind now",
        ],
        Finding::StoreDamaged => [
            "la base de données est endommagée ; rien n’est relevé ni envoyé jusqu’à ce qu’une copie soit remise en place",
            "قاعدة البيانات تالفة، ولن يُجلب شيء أو يُرسل إلى أن تُستعاد نسخة منها",
            "the database is damaged; nothing is fetched or sent until a copy is put back",
        ],
        Finding::StoreSilent => ["la base de données ne répond pas", "قاعدة البيانات لا تجيب", "the database does not answer"],
        Finding::StoreReplaced => [
            "un fichier de la base de données a été remplacé ou supprimé pendant le service ; rien n’est relevé ni envoyé jusqu’au prochain démarrage",
            "استُبدل أحد ملفات قاعدة البيانات أو حُذف أثناء عمل الخدمة، ولن يُجلب شيء ولن يُرسل قبل التشغيل القادم",
            "a file of the database was replaced or removed while the service ran; nothing is fetched or sent before the next start",
        ],
    }
}
