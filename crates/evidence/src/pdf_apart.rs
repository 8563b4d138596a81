//! The part of reading a PDF that runs apart: bytes in, JSON out, never a panic.
//!
//! `pdf-extract` is tried page by page, `lopdf`'s plainer extractor where it fails. What is known to send them round in
//! circles is cut out first: parents that are their own ancestors, drawings that draw themselves, and pictures, which
//! `pdf-extract` would read as drawing instructions. What remains (memory, time) is for the process around it to bound.

use crate::pdf_mend;
use model::Code;
use pdf_extract::{ConvertToFmt, Dictionary, Document, Error, Object, ObjectId, PlainTextOutput, output_doc_page};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes of text taken from one document.
const MOST_TEXT: usize = 32 << 20;
/// Pages looked at.
const MOST_PAGES: u64 = 50_000;
/// Parents of a page, and drawings inside drawings, that are followed.
const MOST_DEPTH: usize = 50;

/// What was found.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Found {
    pub title: String,
    pub author: String,
    pub producer: String,
    /// Last change or making, as PDF writes it.
    pub changed: String,
    /// How many pages there are.
    pub total: u64,
    /// Page numbers and their words, pages without any left out.
    pub pages: Vec<(u64, String)>,
    pub links: Vec<String>,
    pub notes: Vec<(Code, String)>,
}

/// [`crate::Format::risky`] of PDF: JSON of [`Found`].
pub(crate) fn apart(bytes: &[u8]) -> Vec<u8> {
    let mut found = Found::default();
    match quietly(|| Document::load_mem(bytes)) {
        Some(Ok(document)) if document.is_encrypted() => found.locked(),
        Some(Err(Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_))) => {
            found.locked()
        }
        Some(Ok(document)) if !pages(&document).is_empty() => found.document(document),
        _ => match pdf_mend::mended(bytes).and_then(|torn| quietly(|| Document::load_mem(&torn).ok()).flatten()) {
            Some(document) if document.is_encrypted() => found.locked(),
            Some(document) => {
                found.note(Code::Malformed, "the table of its objects is broken: what is left of them was read");
                found.document(document);
            }
            None => found.note(Code::Malformed, "no PDF can be made out"),
        },
    }
    serde_json::to_vec(&found).unwrap_or_default()
}

/// Runs what may panic; `None` where it did.
fn quietly<T>(f: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(f)).ok()
}

impl Found {
    fn note(&mut self, code: Code, text: &str) {
        self.notes.push((code, text.to_owned()));
    }

    fn locked(&mut self) {
        self.note(Code::Encrypted, "encrypted with a password: not read");
    }

    fn document(&mut self, mut document: Document) {
        if document.was_encrypted() {
            self.note(Code::Info, "was encrypted with an empty password");
        }
        if quietly(|| self.about(&document)).is_none() {
            self.note(Code::Malformed, "the metadata cannot be read");
        }
        if quietly(|| tame(&mut document)).is_none() {
            return self.note(Code::Malformed, "the page contents cannot be read");
        }
        let pages = pages(&document);
        self.total = pages.len() as u64;
        if pages.is_empty() {
            self.note(Code::Malformed, "no page can be found");
        }
        let enclosed = |o: &Object| o.as_stream().is_ok_and(|s| s.dict.has_type(b"EmbeddedFile"));
        for _ in document.objects.values().filter(|o| enclosed(o)) {
            self.note(Code::Unrecognised, "an enclosed file: not unpacked");
        }
        let mut left = MOST_TEXT;
        for (number, id) in (1..).zip(pages) {
            if left == 0 || number > MOST_PAGES {
                let text = format!("only the first {MOST_PAGES} pages and {MOST_TEXT} bytes of text were read");
                return self.note(Code::Limit, &text);
            }
            self.page(&mut document, number, id, &mut left);
        }
    }

    fn about(&mut self, document: &Document) {
        let Ok(info) = document.trailer.get(b"Info").and_then(|o| document.dereference(o)).and_then(|o| o.1.as_dict())
        else {
            return;
        };
        let word = |key: &[u8]| words(document, info, key);
        (self.title, self.author) = (word(b"Title"), word(b"Author"));
        let (producer, creator) = (word(b"Producer"), word(b"Creator"));
        self.producer = match (creator.is_empty(), producer.is_empty() || producer == creator) {
            (false, false) => format!("{creator}; {producer}"),
            (false, true) => creator,
            (true, _) => producer,
        };
        self.changed = Some(word(b"ModDate")).filter(|w| !w.is_empty()).unwrap_or_else(|| word(b"CreationDate"));
    }

    fn page(&mut self, document: &mut Document, number: u64, id: ObjectId, left: &mut usize) {
        single(document, id);
        let text = rooted(document, id).then(|| text(document, *left)).flatten();
        match text {
            Some(text) if text.trim().is_empty() => {}
            Some(text) => {
                *left = left.saturating_sub(text.len());
                self.pages.push((number, text));
            }
            None => self.note(Code::Malformed, "a page's text could not be read"),
        }
        let links = quietly(|| links(document, id)).unwrap_or_default();
        self.links.extend(links);
    }
}

/// A text string of the metadata.
fn words(document: &Document, info: &Dictionary, key: &[u8]) -> String {
    let value = info.get(key).and_then(|o| document.dereference(o)).map(|o| o.1);
    value.and_then(pdf_extract::decode_text_string).unwrap_or_default().trim_matches(['\0', ' ']).to_owned()
}

/// True where the page's parents end at a root.
fn rooted(document: &Document, page: ObjectId) -> bool {
    let mut at = page;
    for _ in 0..MOST_DEPTH {
        let parent = document.get_dictionary(at).and_then(|d| d.get(b"Parent")).and_then(Object::as_reference);
        let Ok(parent) = parent else { return true };
        at = parent;
    }
    false
}

/// Pages in order: those of the tree; where there is no tree, those that lie about.
fn pages(document: &Document) -> Vec<ObjectId> {
    let listed: Vec<_> = quietly(|| document.get_pages()).unwrap_or_default().into_values().collect();
    if !listed.is_empty() {
        return listed;
    }
    let page = |o: &Object| o.as_dict().is_ok_and(|d| d.has_type(b"Page"));
    document.objects.iter().filter(|(_, o)| page(o)).map(|(id, _)| *id).collect()
}

/// Makes this page the document's only one: the extractor looks for it from the root on every time.
fn single(document: &mut Document, page: ObjectId) {
    let (root, tree) = ((u32::MAX, 0), (u32::MAX - 1, 0));
    let dictionary = |sort: &str, key: &str, value: Object| {
        Object::Dictionary([("Type", Object::Name(sort.into())), (key, value)].into_iter().collect())
    };
    document.objects.insert(tree, dictionary("Pages", "Kids", Object::Array(vec![Object::Reference(page)])));
    document.objects.insert(root, dictionary("Catalog", "Pages", Object::Reference(tree)));
    document.trailer.set("Root", Object::Reference(root));
}

/// The words of the only page, by whichever way works.
fn text(document: &Document, most: usize) -> Option<String> {
    let mut words = Bounded { text: String::new(), left: most };
    let first = quietly(|| output_doc_page(document, &mut PlainTextOutput::new(&mut words), 1).is_ok());
    if first == Some(true) || words.left == 0 {
        return Some(words.text);
    }
    let second = quietly(|| document.extract_text(&[1]).ok()).flatten();
    second.filter(|t| t.len() > words.text.len() && t.len() <= most).or((!words.text.is_empty()).then_some(words.text))
}

/// Targets of the page's links.
fn links(document: &Document, page: ObjectId) -> Vec<String> {
    let annotations = document.get_page_annotations(page).unwrap_or_default();
    let target = |annotation: &&Dictionary| {
        let action = annotation.get(b"A").and_then(|o| document.dereference(o)).and_then(|o| o.1.as_dict()).ok()?;
        let uri = action.get(b"URI").and_then(|o| document.dereference(o)).and_then(|o| o.1.as_str()).ok()?;
        Some(String::from_utf8_lossy(uri).into_owned())
    };
    annotations.iter().filter_map(target).collect()
}

/// Cuts out what the extractor must not follow.
fn tame(document: &mut Document) {
    let mut forms = BTreeMap::new();
    for (id, object) in &mut document.objects {
        let Object::Stream(stream) = object else { continue };
        match stream.dict.get(b"Subtype").and_then(Object::as_name) {
            Ok(b"Image") => {
                stream.dict.remove(b"Filter");
                stream.content.clear();
            }
            Ok(b"Form") => {
                // Without resources of its own it would draw with those of whoever draws it: itself, perhaps.
                if !stream.dict.has(b"Resources") {
                    stream.dict.set("Resources", Dictionary::new());
                }
                forms.insert(*id, Vec::new());
            }
            _ => {}
        }
    }
    let drawn: Vec<_> = forms.keys().map(|id| (*id, draws(document, *id))).collect();
    forms.extend(drawn);
    for id in deep(&forms) {
        if let Some(Object::Stream(stream)) = document.objects.get_mut(&id) {
            stream.dict.remove(b"Filter");
            stream.content.clear();
        }
    }
}

/// What a drawing may draw.
fn draws(document: &Document, form: ObjectId) -> Vec<ObjectId> {
    let inner = |dict: &Dictionary, key: &[u8]| -> Option<Dictionary> {
        let found = dict.get(key).and_then(|o| document.dereference(o)).ok()?;
        found.1.as_dict().ok().cloned()
    };
    let dict = document.get_object(form).and_then(Object::as_stream).map(|s| &s.dict);
    let drawn = dict.ok().and_then(|d| inner(d, b"Resources")).and_then(|r| inner(&r, b"XObject"));
    drawn.iter().flat_map(Dictionary::iter).filter_map(|(_, o)| o.as_reference().ok()).collect()
}

/// Drawings that take part in a circle or draw more than [`MOST_DEPTH`] deep: those from which no end is reached by
/// taking away, again and again, the ones that draw nothing that is left.
fn deep(forms: &BTreeMap<ObjectId, Vec<ObjectId>>) -> Vec<ObjectId> {
    let mut left = forms.clone();
    for _ in 0..MOST_DEPTH {
        let ends: Vec<_> =
            left.iter().filter(|(_, d)| !d.iter().any(|id| left.contains_key(id))).map(|(id, _)| *id).collect();
        for id in &ends {
            left.remove(id);
        }
        if ends.is_empty() {
            break;
        }
    }
    left.into_keys().collect()
}

/// Text that stops with an error when there is too much of it.
struct Bounded {
    text: String,
    left: usize,
}

impl fmt::Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if text.len() > self.left {
            self.left = 0;
            return Err(fmt::Error);
        }
        self.left -= text.len();
        self.text.push_str(text);
        Ok(())
    }
}

impl<'b> ConvertToFmt for &'b mut Bounded {
    type Writer = &'b mut Bounded;

    fn convert(self) -> Self::Writer {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_and_deep_ones_are_found() {
        let id = |n| (n, 0);
        let mut forms: BTreeMap<ObjectId, Vec<ObjectId>> = (0..200).map(|n| (id(n), vec![id(n + 1)])).collect();
        assert_eq!(deep(&forms).len(), 200 - MOST_DEPTH);
        forms.retain(|id, _| id.0 >= 190);
        assert_eq!(deep(&forms), []);
        forms.insert(id(300), vec![id(195), id(300)]);
        forms.insert(id(301), vec![id(195), id(302)]);
        forms.insert(id(302), vec![id(301)]);
        assert_eq!(deep(&forms), [id(300), id(301), id(302)]);
    }
}
