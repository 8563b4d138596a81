//! Sentences from templates and banks of words: enough of them that two people rarely say the same thing.
//!
//! A template names banks in brackets: `[food]`. Names (places, people, campaigns) come from the story's [`Lexicon`],
//! so that the wording changes with the seed. The farm draws from the same templates as everybody.

use crate::banks;
use crate::people::Person;
use crate::rng::Rng;

/// Names this story's people talk about.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Towns and districts.
    pub places: Vec<String>,
    /// The campaigns: the one whose mail is stolen, then its rival.
    pub campaigns: [String; 2],
    /// People standing for election.
    pub politicians: Vec<Person>,
    /// Outlets' names.
    pub outlets: Vec<String>,
    /// The country.
    pub country: String,
}

/// Writes out a template; a bank named twice gives two different words.
pub fn fill(rng: &mut Rng, lexicon: &Lexicon, template: &str) -> String {
    let mut out = String::new();
    let mut said: Vec<String> = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((slot, tail)) = after.split_once(']') else { break };
        out.push_str(before);
        let again = (0..8).map(|_| word(rng, lexicon, slot)).find(|w| !said.contains(w));
        said.push(again.unwrap_or_default());
        out.push_str(said.last().map_or("", String::as_str));
        rest = tail;
    }
    out.push_str(rest);
    out
}

fn word(rng: &mut Rng, lexicon: &Lexicon, slot: &str) -> String {
    match slot {
        "place" => rng.pick(&lexicon.places).clone(),
        "campaign" => rng.pick(&lexicon.campaigns).clone(),
        "victim" => lexicon.campaigns[0].clone(),
        "politician" => rng.pick(&lexicon.politicians).last.clone(),
        "politician full" => rng.pick(&lexicon.politicians).full(),
        "outlet" => rng.pick(&lexicon.outlets).clone(),
        "country" => lexicon.country.clone(),
        "small" => rng.range(2, 9).to_string(),
        "number" => rng.range(11, 97).to_string(),
        "large" => (rng.range(12, 980) * 100).to_string(),
        "hour" => format!("{}:{:02}", rng.range(7, 21), rng.range(0, 11) * 5),
        _ => word_of(rng, slot),
    }
}

fn word_of(rng: &mut Rng, bank: &str) -> String {
    (*rng.pick(banks::of(bank))).to_owned()
}

/// How an account writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Manner {
    /// Never uses capitals.
    pub lower: bool,
    /// Leaves out the full stop.
    pub open: bool,
    /// Per mille of posts with an emoji.
    pub emoji: usize,
    /// Per mille of posts about politics.
    pub political: usize,
}

impl Manner {
    /// Anybody's.
    pub fn any(rng: &mut Rng) -> Self {
        let emoji = *rng.pick(&[0, 0, 80, 250, 500]);
        let political = *rng.pick(&[20, 60, 120, 250, 450]);
        Self { lower: rng.chance(220), open: rng.chance(450), emoji, political }
    }

    /// Bends a sentence to this manner.
    pub fn say(self, rng: &mut Rng, text: &str) -> String {
        let mut out = if self.lower { text.to_lowercase() } else { text.to_owned() };
        if self.open && out.ends_with('.') {
            out.pop();
        }
        if rng.chance(self.emoji) {
            out.push(' ');
            out.push_str(&word_of(rng, "emoji"));
        }
        out
    }
}

/// Anybody's post on nothing in particular, or on the campaign.
pub fn chatter(rng: &mut Rng, lexicon: &Lexicon, manner: Manner) -> String {
    let political = rng.chance(manner.political);
    let template = *rng.pick(if political { banks::CAMPAIGN } else { banks::EVERYDAY });
    let text = with_ends(rng, lexicon, template);
    manner.say(rng, &text)
}

/// A post on what was just said in the debate.
pub fn debate(rng: &mut Rng, lexicon: &Lexicon, manner: Manner) -> String {
    let template = *rng.pick(banks::DEBATE);
    let text = with_ends(rng, lexicon, template);
    manner.say(rng, &text)
}

/// A sentence on the campaign as anybody might write it, whole and plain.
pub fn claim(rng: &mut Rng, lexicon: &Lexicon) -> String {
    let template = *rng.pick(banks::CAMPAIGN);
    with_ends(rng, lexicon, template)
}

/// An answer to somebody.
pub fn reply(rng: &mut Rng, lexicon: &Lexicon, manner: Manner) -> String {
    if rng.chance(40) {
        let short = *rng.pick(banks::SHORT);
        return manner.say(rng, short);
    }
    let template = *rng.pick(banks::REPLY);
    let text = with_ends(rng, lexicon, template);
    manner.say(rng, &text)
}

/// A few words before a link.
pub fn comment(rng: &mut Rng, lexicon: &Lexicon, manner: Manner) -> String {
    let template = *rng.pick(banks::COMMENT);
    let text = with_ends(rng, lexicon, template);
    manner.say(rng, &text)
}

/// A headline.
pub fn headline(rng: &mut Rng, lexicon: &Lexicon) -> String {
    let template = *rng.pick(banks::HEADLINE);
    capital(&fill(rng, lexicon, template))
}

/// A paragraph of news.
pub fn news_paragraph(rng: &mut Rng, lexicon: &Lexicon) -> String {
    sentences(rng, lexicon, banks::NEWS, 2, 4)
}

/// A paragraph of an internal memo.
pub fn memo_paragraph(rng: &mut Rng, lexicon: &Lexicon) -> String {
    sentences(rng, lexicon, banks::MEMO, 2, 4)
}

/// A paragraph of an office mail.
pub fn office_paragraph(rng: &mut Rng, lexicon: &Lexicon) -> String {
    sentences(rng, lexicon, banks::OFFICE, 1, 3)
}

fn sentences(rng: &mut Rng, lexicon: &Lexicon, templates: &[&str], least: usize, most: usize) -> String {
    let n = rng.count(least, most);
    let chosen = rng.some(templates, n);
    let said: Vec<String> = chosen.iter().map(|t| capital(&fill(rng, lexicon, t))).collect();
    said.join(" ")
}

/// A template with, at times, something said before and after it.
fn with_ends(rng: &mut Rng, lexicon: &Lexicon, template: &str) -> String {
    let mut text = fill(rng, lexicon, template);
    if rng.chance(450) {
        text = format!("{} {text}", word_of(rng, "opener"));
    }
    if rng.chance(550) {
        let tail = *rng.pick(banks::TAIL);
        text = format!("{text} {}", capital(&fill(rng, lexicon, tail)));
    }
    sentence_case(&text)
}

/// With a capital letter in front and after every full stop.
fn sentence_case(text: &str) -> String {
    let mut up = true;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if up && c.is_alphabetic() {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        up = matches!(c, '.' | '?' | '!') || (up && c == ' ');
    }
    out
}

/// With a capital letter in front.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// `Ferry toll: what we know` → `ferry-toll-what-we-know`.
pub fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn lexicon() -> Lexicon {
        let person = |last: &str| Person { first: "Oona".to_owned(), last: last.to_owned() };
        Lexicon {
            places: vec!["Corholm".to_owned(), "Selness".to_owned()],
            campaigns: ["Mill Pact".to_owned(), "Willow List".to_owned()],
            politicians: vec![person("Varska"), person("Tolley")],
            outlets: vec!["Corholm Echo".to_owned()],
            country: "Elmark".to_owned(),
        }
    }

    #[test]
    fn every_template_fills() {
        let mut rng = Rng::new(2);
        for template in banks::templates() {
            let text = fill(&mut rng, &lexicon(), template);
            assert!(!text.contains(['[', ']']), "{template} -> {text}");
        }
    }

    #[test]
    fn people_rarely_say_the_same() {
        let mut rng = Rng::new(4);
        let mut said = BTreeMap::new();
        for _ in 0..4000 {
            let manner = Manner::any(&mut rng);
            *said.entry(chatter(&mut rng, &lexicon(), manner).to_lowercase()).or_insert(0) += 1;
        }
        assert!(said.len() > 3900, "only {} distinct", said.len());
        assert!(said.values().all(|n| *n <= 3));
    }

    #[test]
    fn slugs() {
        for (text, want) in [("Ferry toll: what we know", "ferry-toll-what-we-know"), ("  A—b ", "a-b"), ("", "")] {
            assert_eq!(slug(text), want);
        }
    }
}
