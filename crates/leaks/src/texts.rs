//! The texts of a record that a leaked passage may stand in, one by one.

use model::Record;

/// A text of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text<'r> {
    /// Which: `subject`, the number and kind of a mail's part, `text` of what has only one.
    pub part: String,
    /// Its words.
    pub words: std::borrow::Cow<'r, str>,
    /// First characters of its pages, where it has any.
    pub pages: Vec<u32>,
}

/// The texts of a record. `gap` stands between the passages of a document.
#[must_use]
pub fn texts<'r>(record: &Record<'r>, gap: &str) -> Vec<Text<'r>> {
    let one = |part: &str, words: &'r str| Text { part: part.to_owned(), words: words.into(), pages: Vec::new() };
    let mut out = match record {
        Record::Post(post) => vec![one("text", post.text)],
        Record::Page(page) => vec![one("title", page.title), one("text", page.text)],
        Record::Mail(mail) => {
            let parts = mail.parts.iter().map(|p| one(&format!("{} {}", p.number, p.kind), p.text));
            std::iter::once(one("subject", mail.subject)).chain(parts).collect()
        }
        Record::Document(document) => vec![document_text(document, gap)],
        Record::Image(_) | Record::Name(_) | Record::Facts(_) | Record::Listed(_) => Vec::new(),
    };
    out.retain(|t| !t.words.is_empty());
    out
}

fn document_text<'r>(document: &model::Document<'r>, gap: &str) -> Text<'r> {
    let mut words = String::with_capacity(document.passages.iter().map(|p| p.text.len() + gap.len()).sum());
    let (mut pages, mut chars) = (Vec::new(), 0);
    for (n, passage) in document.passages.iter().enumerate() {
        if n > 0 {
            words.push_str(gap);
            chars += gap.chars().count() as u32;
        }
        if passage.label.starts_with("page ") {
            pages.push(chars);
        }
        words.push_str(passage.text);
        chars = chars.saturating_add(passage.text.chars().count() as u32);
    }
    if pages.len() != document.passages.len() {
        pages.clear();
    }
    Text { part: "text".to_owned(), words: words.into(), pages }
}
