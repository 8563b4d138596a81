//! The campaign's memos, whose excerpts are mailed later: as plain text, RTF and DOCX, all made by hand.
//!
//! Sources: RTF 1.9.1; ECMA-376 part 1 (WordprocessingML) and part 2 (packaging); PKWARE APPNOTE 6.3 (stored entries).

use crate::File;
use crate::dates;
use crate::rng::Rng;
use crate::squeeze::crc32;
use crate::story::Story;
use crate::words;

/// The line that stands in every document.
const MARK: &str = "SYNTHETIC: a made-up document for a demonstration.";

/// A memo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Memo {
    /// Where it lies.
    pub path: String,
    /// Title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// Day.
    pub day: i64,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}

/// Writes the memos; the first is RTF, the second DOCX, the rest plain text.
pub fn memos(rng: &mut Rng, story: &Story) -> Vec<Memo> {
    (0..rng.count(5, 7))
        .map(|i| {
            let title = words::capital(&words::fill(rng, &story.lexicon, "[object] for [place]: note on [issue]"));
            let end = ["rtf", "docx", "txt"][i.min(2)];
            let path = format!("documents/{}-{}.{end}", words::slug(&title), rng.range(1, 9));
            let author = rng.pick(&story.campaigns[0].staff).full();
            let day = story.days.phish - rng.range(2, 60);
            let paragraphs = (0..rng.count(5, 9)).map(|_| words::memo_paragraph(rng, &story.lexicon)).collect();
            Memo { path, title, author, day, paragraphs }
        })
        .collect()
}

/// A memo as a file.
pub fn file(memo: &Memo) -> File {
    let bytes = match memo.path.rsplit('.').next() {
        Some("rtf") => rtf(memo).into_bytes(),
        Some("docx") => docx(memo),
        _ => text(memo).into_bytes(),
    };
    File { path: memo.path.clone(), bytes }
}

fn lines(memo: &Memo) -> Vec<String> {
    let mut out = vec![memo.title.clone(), format!("{}, {}", memo.author, dates::long_date(memo.day))];
    out.extend(memo.paragraphs.iter().cloned());
    out.push(MARK.to_owned());
    out
}

fn text(memo: &Memo) -> String {
    lines(memo).join("\n\n") + "\n"
}

fn rtf(memo: &Memo) -> String {
    let (y, m, d) = dates::civil(memo.day);
    let info = format!(
        "{{\\info{{\\title {}}}{{\\author {}}}{{\\comment {MARK}}}{{\\creatim\\yr{y}\\mo{m}\\dy{d}}}}}",
        memo.title, memo.author
    );
    let body: String = lines(memo).iter().map(|l| format!("{}\\par\\par\n", rtf_text(l))).collect();
    format!("{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Sans;}}}}\n{info}\n\\f0\\fs22 {body}}}\n")
}

fn rtf_text(line: &str) -> String {
    line.chars().fold(String::new(), |mut out, c| {
        match c {
            '\\' | '{' | '}' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            _ => out.push_str(&format!("\\u{}?", c as u32 as i16)),
        }
        out
    })
}

fn docx(memo: &Memo) -> Vec<u8> {
    let body: String = lines(memo).iter().map(|l| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escape(l))).collect();
    let document = format!(
        "{XML}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let core = format!(
        "{XML}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\"><dc:title>{}</dc:title>\
         <dc:creator>{}</dc:creator><dc:description>{MARK}</dc:description></cp:coreProperties>",
        escape(&memo.title),
        escape(&memo.author)
    );
    stored_zip(&[
        ("[Content_Types].xml", format!("{XML}{TYPES}")),
        ("_rels/.rels", format!("{XML}{RELATIONS}")),
        ("docProps/core.xml", core),
        ("word/document.xml", document),
    ])
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/xml\"/>\
<Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";
const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A zip without compression, times at their zero (1980-01-01).
fn stored_zip(entries: &[(&str, String)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, data) in entries {
        let at = out.len() as u32;
        let fields = entry_fields(name, data.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&fields);
        out.extend(name.bytes().chain(data.bytes()));
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.bytes());
    }
    let (at, n) = (out.len() as u32, entries.len() as u16);
    let len = directory.len() as u32;
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(n.to_le_bytes().into_iter().chain(n.to_le_bytes()));
    out.extend(len.to_le_bytes().into_iter().chain(at.to_le_bytes()));
    out.extend([0, 0]);
    out
}

/// From "version needed" to "extra field length": the same in a local header and in the directory.
fn entry_fields(name: &str, data: &[u8]) -> Vec<u8> {
    let mut out = vec![20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
    out.extend(crc32(data).to_le_bytes());
    out.extend((data.len() as u32).to_le_bytes());
    out.extend((data.len() as u32).to_le_bytes());
    out.extend((name.len() as u16).to_le_bytes());
    out.extend([0, 0]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paragraph_is_in_every_form() {
        let mut rng = Rng::new(6);
        let story = Story::plan(&mut rng);
        let memos = memos(&mut rng, &story);
        assert!(memos.len() >= 5);
        for memo in &memos {
            let file = file(memo);
            let text = String::from_utf8_lossy(&file.bytes);
            assert!(text.contains(MARK), "{}", file.path);
            assert!(memo.paragraphs.iter().all(|p| text.contains(p.as_str())), "{}", file.path);
        }
    }

    #[test]
    fn the_directory_points_at_its_entries() {
        let zip = stored_zip(&[("a.xml", "<a/>".to_owned()), ("b.xml", "<bb/>".to_owned())]);
        let end = zip.len() - 22;
        let number = |at: usize| u32::from_le_bytes(zip[at..at + 4].try_into().expect("4")) as usize;
        let (len, start) = (number(end + 12), number(end + 16));
        assert_eq!(start + len, end);
        assert_eq!(&zip[start..start + 4], b"PK\x01\x02");
        let second = start + 46 + "a.xml".len();
        assert_eq!(&zip[second..second + 4], b"PK\x01\x02");
        assert_eq!(&zip[number(second + 42)..][..4], b"PK\x03\x04");
        assert_eq!(number(second + 16) as u32, crc32(b"<bb/>"));
    }
}
