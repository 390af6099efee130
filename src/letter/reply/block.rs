//! What of a signature its writer wrote: the name, the office and how the writer is reached.

use super::closing::{is_added, is_footer};

/// `signature` without the lines of mail programs and without notices.
pub(in crate::letter) fn without_notices(signature: &str) -> String {
    let lines: Vec<&str> = signature.lines().filter(|line| !is_added(line)).collect();
    let written = lines.split(|line| line.trim().is_empty()).filter(|paragraph| !paragraph.is_empty() && !is_footer(paragraph));
    written.map(|paragraph| paragraph.join("\n")).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_and_lines_of_programs_are_left_out() {
        let notice = "Ce message et ses pièces jointes sont confidentiels et destinés exclusivement à leurs destinataires. Si vous l'avez reçu par erreur, \
                      merci de le détruire et de prévenir son expéditeur. La société Rif Conseil décline toute responsabilité.";
        let kept = without_notices(&format!("Cordialement,\nNora Amzil\nRif Conseil\n\nEnvoyé de mon iPhone\n\n{notice}\n"));
        assert_eq!(kept, "Cordialement,\nNora Amzil\nRif Conseil");
        assert_eq!(without_notices("Envoyé de mon iPhone"), "");
    }
}
