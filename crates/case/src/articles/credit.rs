//! Whether a page says where its article is from.
//!
//! Looked for are the names of press agencies near the beginning and the end and in the byline, the names and hosts of others
//! that carry the article, and links to their pages. Wrong: a source named in other words, and a credit that is a lie. Names:
//! members of the European Alliance of News Agencies, and others commonly credited.

use super::kept::PageLine;

/// Agencies by the names they are credited with; short ones count only in capitals and as whole words.
const AGENCIES: &[&str] = &[
    "AAP",
    "AFP",
    "AGERPRES",
    "Agence France-Presse",
    "Anadolu",
    "ANP",
    "ANSA",
    "APA",
    "Associated Press",
    "Belga",
    "Bloomberg",
    "BNS",
    "BTA",
    "CTK",
    "ČTK",
    "Canadian Press",
    "DPA",
    "dpa",
    "EFE",
    "ELTA",
    "Europa Press",
    "HINA",
    "IANS",
    "Interfax",
    "JIJI",
    "Keystone-SDA",
    "Kyodo",
    "LETA",
    "LUSA",
    "Lusa",
    "MTI",
    "NTB",
    "PA Media",
    "PAP",
    "PTI",
    "Reuters",
    "Ritzau",
    "SITA",
    "STA",
    "STT",
    "TANJUG",
    "TASR",
    "TASS",
    "Ukrinform",
    "UNIAN",
    "UPI",
    "Xinhua",
    "Yonhap",
];
/// Letters at either end of the words in which an agency's name is a credit.
const END: usize = 300;
/// Fewest letters of another's name that are not met by chance.
const NAME: usize = 8;

/// True where `page` names a source of its article, or links to it. `words` are its words, `others` carry the same.
pub(super) fn credits<'p>(page: &PageLine, words: &str, others: impl Iterator<Item = &'p PageLine>) -> bool {
    let ends = [first(words), last(words), page.byline.raw()];
    ends.iter().any(|text| AGENCIES.iter().any(|name| has(text, name))) || named(page, words, others)
}

fn named<'p>(page: &PageLine, words: &str, mut others: impl Iterator<Item = &'p PageLine>) -> bool {
    let own = page.masthead.raw();
    let text = format!("{words} {}", page.byline.raw());
    others.any(|o| {
        let name = o.masthead.raw();
        let by_name = name != own && name.chars().count() >= NAME && has(&text, name);
        let by_host = o.site != page.site && has(&text, &o.site);
        by_name || by_host || page.links.contains(&model::hash64(super::bare(o.url.raw()).as_bytes()))
    })
}

fn first(text: &str) -> &str {
    text.char_indices().nth(END).map_or(text, |(at, _)| &text[..at])
}

fn last(text: &str) -> &str {
    text.char_indices().rev().nth(END).map_or(text, |(at, _)| &text[at..])
}

/// The name as whole words.
fn has(text: &str, name: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(name)
        .any(|(at, found)| !letter(text[..at].chars().next_back()) && !letter(text[at + found.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        for (text, name, there) in [
            ("SUND (AFP) - Boats", "AFP", true),
            ("Reporting by dpa.", "dpa", true),
            ("the sandpaper", "dpa", false),
            ("STAND", "STA", false),
            ("", "STA", false),
        ] {
            assert_eq!(has(text, name), there, "{text}");
        }
        assert_eq!((first("äb"), last("äb")), ("äb", "äb"));
    }
}
