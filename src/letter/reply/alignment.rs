//! Where a plain text begins to quote, told by the HTML beside it: mail programs mark there what they leave unmarked in plain text.

use super::banner::banners;

/// The first quoted line of `lines`, if they say letter for letter what `page` shows before and at its quotation, and nothing of the writer follows there.
pub(super) fn quoted_from(lines: &[&str], page: &str) -> Option<usize> {
    let page: Vec<&str> = page.lines().collect();
    let shown: Vec<&str> = page.iter().skip(banners(&page)).filter(|line| !line.trim().is_empty()).copied().collect();
    let begins = shown.iter().position(|line| line.starts_with('>'))?;
    let (own, quoted) = shown.split_at_checked(begins)?;
    if own.is_empty() || quoted.iter().any(|line| !line.starts_with('>')) {
        return None;
    }
    let mut wanted = own.iter().filter(|line| **line != "--").flat_map(|line| letters(line));
    let mut written = lines.iter().enumerate().filter(|(_, line)| !matches!(line.trim(), "" | "--")).peekable();
    let mut left = wanted.next();
    while left.is_some() {
        let (_, line) = written.next()?;
        for letter in letters(line) {
            if left != Some(letter) {
                return None;
            }
            left = wanted.next();
        }
    }
    let (at, _) = written.peek().copied()?;
    let below: Vec<char> = written.flat_map(|(_, line)| letters(line)).take(ALIKE).collect();
    let marked: Vec<char> = quoted.iter().flat_map(|line| letters(line)).take(ALIKE).collect();
    (below.len() >= 4 && below == marked).then_some(at)
}

/// Letters in which both quotations must begin alike.
const ALIKE: usize = 12;

fn letters(line: &str) -> impl Iterator<Item = char> {
    line.chars().filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::quoted_from;

    #[test]
    fn a_plain_text_is_cut_where_its_page_is() {
        let page = "Oui, d'accord.\n--\nLeila\n> Kun 2.3. Desk sanoi\n> vanha";
        assert_eq!(quoted_from(&["Oui,", "d'accord.", "", "Leila", "", "Kun 2.3. Desk sanoi", "vanha"], page), Some(5));
    }

    #[test]
    fn where_both_differ_nothing_is_cut() {
        for (lines, page) in [
            (vec!["Oui", "vanha teksti"], "Non\n> vanha teksti"),
            (vec!["Oui", "autre chose ici"], "Oui\n> vanha teksti"),
            (vec!["Oui", "vanha teksti", "non"], "Oui\n> vanha teksti\nnon"),
            (vec!["Oui"], "Oui\n> vanha teksti"),
            (vec!["vanha teksti"], "> vanha teksti"),
            (vec!["Oui vanha teksti"], "Oui\n> vanha teksti"),
        ] {
            assert_eq!(quoted_from(&lines, page), None, "{page}");
        }
    }
}
