//! Documents made to harm the reader: bombs, circles, lies about lengths.

use evidence::transcript;
use model::{Limits, Settings};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn read(bytes: &[u8]) -> Vec<String> {
    let said = transcript(bytes, &Settings::default());
    assert!(!said.iter().any(|l| l.contains("note bug")), "{said:#?}");
    said
}

fn says(said: &[String], what: &str) -> bool {
    said.iter().any(|l| l.contains(what))
}

/// A PDF of these objects, numbered from 1, the first its root.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (n, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", n + 1).as_bytes());
    }
    let at = bytes.len();
    table += &format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n", objects.len() + 1);
    bytes.extend_from_slice(table.as_bytes());
    bytes
}

fn stream(dictionary: &str, data: &str) -> String {
    format!("<<{dictionary}/Length {}>>\nstream\n{data}\nendstream", data.len())
}

fn page(font: &str, words: &str) -> Vec<String> {
    vec![
        "<</Type/Catalog/Pages 2 0 R>>".into(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".into(),
        format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>{font}>>>>"
        ),
        stream("", &format!("BT /F 12 Tf 20 100 Td ({words}) Tj ET")),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".into(),
    ]
}

#[test]
fn a_plain_pdf_is_read() {
    let said = read(&pdf(&page("", "plain words")));
    assert!(says(&said, "page 1: \"plain words\""), "{said:#?}");
}

#[test]
fn a_pdf_whose_pages_are_their_own_ancestors() {
    let mut objects = page("", "words");
    objects[1] = "<</Type/Pages/Kids[3 0 R]/Count 1/Parent 2 0 R>>".into();
    objects[2] = "<</Type/Page/Parent 2 0 R/Contents 4 0 R>>".into();
    assert!(says(&read(&pdf(&objects)), "note malformed"));
}

#[test]
fn a_pdf_drawing_that_draws_itself() {
    let mut objects = page("/XObject<</X 6 0 R>>", "words) Tj /X Do (");
    objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>", "/X Do"));
    let said = read(&pdf(&objects));
    assert!(says(&said, "page 1: \"words\""), "{said:#?}");
    objects[5] = stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", "/X Do");
    read(&pdf(&objects));
}

#[test]
fn a_torn_pdf_keeps_its_pages() {
    let whole = pdf(&page("", "still here"));
    let torn = &whole[..whole.len() * 7 / 10];
    let said = read(torn);
    assert!(says(&said, "page 1: \"still here\"") && says(&said, "note malformed"), "{said:#?}");
}

#[test]
fn a_pdf_of_brackets() {
    for nest in ["[", "<<", "(", "<</A "] {
        let mut objects = page("", "words");
        objects.push(nest.repeat(100_000));
        let said = read(&pdf(&objects));
        assert!(says(&said, "closed"), "{nest}");
    }
}

fn package(first: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, data) in [(first, &b"<Types/>"[..])].iter().chain(parts) {
        zip.start_file(*name, deflated).expect("entry");
        zip.write_all(data).expect("data");
    }
    zip.finish().expect("zip").into_inner()
}

fn docx(document: &str) -> Vec<u8> {
    package("[Content_Types].xml", &[("word/document.xml", document.as_bytes())])
}

#[test]
fn entities_are_never_expanded() {
    let laughs = (1..10).fold("<!ENTITY a0 \"lol\">".to_owned(), |all, n| {
        all + &format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))
    });
    let said = read(&docx(&format!(
        "<!DOCTYPE d [{laughs}<!ENTITY x SYSTEM \"file:///etc/hostname\">]><w:document><w:p><w:t>a &a9; &x; &lt;b</w:t></w:p></w:document>"
    )));
    assert!(
        says(&said, "paragraph 1: \"a   <b\"") && says(&said, "an entity of the file's own: left out ×2"),
        "{said:#?}"
    );
}

#[test]
fn a_document_nested_deep() {
    let deep = format!("<w:document>{}<w:t>words</w:t>", "<w:p>".repeat(200_000));
    assert!(says(&read(&docx(&deep)), "words"));
    let closed = format!("<w:document>{}<w:t>words</w:t>{}", "<w:p>".repeat(200_000), "</w:p>".repeat(200_000));
    assert!(says(&read(&docx(&closed)), "words"));
}

#[test]
fn parts_that_inflate_beyond_the_limit_are_cut() {
    let words = format!("<w:document><w:p><w:t>{}</w:t></w:p></w:document>", "a".repeat(3_000_000));
    let limits = Limits { whole: 1 << 20, ..Limits::default() };
    let said = transcript(&docx(&words), &Settings { limits, ..Settings::default() });
    assert!(says(&said, "note limit") && says(&said, "paragraph 1: \"aaaa"), "{:?}", said.len());
    assert!(said.iter().map(String::len).sum::<usize>() < 2 << 20);
}

#[test]
fn a_zip_with_a_document_inside_is_no_document() {
    let inner = docx("<w:document/>");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("memo.docx", stored).expect("entry");
    zip.write_all(&inner).expect("data");
    let zip = zip.finish().expect("zip").into_inner();
    let head = evidence::Head::new(&zip, true);
    assert_ne!(evidence::recognise(&head).map(|f| f.card.id), Some("docx"));
}

#[test]
fn a_password_protected_odt_is_noted() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("mimetype", stored).expect("entry");
    zip.write_all(b"application/vnd.oasis.opendocument.text").expect("data");
    zip.start_file("META-INF/manifest.xml", stored).expect("entry");
    zip.write_all(b"<manifest><file-entry><encryption-data/></file-entry></manifest>").expect("data");
    let said = read(&zip.finish().expect("zip").into_inner());
    assert!(said[0].ends_with("as odt") && says(&said, "note encrypted"), "{said:#?}");
}

#[test]
fn rich_text_nested_deep_and_never_closed() {
    let deep = [b"{\\rtf1 ".as_slice(), &b"{\\b ".repeat(500_000), b"words"].concat();
    let said = read(&deep);
    assert!(says(&said, "words") && says(&said, "note truncated"), "{:?}", said.last());
    let closed = [b"{\\rtf1 ".as_slice(), &b"{".repeat(5_000), b"in", &b"}".repeat(5_000), b" after}"].concat();
    assert!(says(&read(&closed), "paragraph 1: \"in after\""));
    assert!(says(&read(b"{\\rtf1{\\footnote\\footnote x}{\\bin99999999 y}"), "footnote 1: \"x\""));
}

#[test]
fn pictures_that_lie_about_their_lengths() {
    let png = b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR\0\0\0\x01\0\0\0\x01";
    let webp = b"RIFF\xff\xff\xff\xffWEBPVP8X\xff\xff\xff\xff";
    let jpeg = b"\xff\xd8\xff\xe1\xff\xffExif\0\0II*\0\xff\xff\xff\xff";
    let gif = b"GIF89a\xff\xff\xff\xff\xff\0\0\x21\xfe\xff";
    for bytes in [&png[..], webp, jpeg, gif] {
        assert!(says(&read(bytes), "note truncated"), "{}", bytes.escape_ascii());
    }
    let bomb = vec![0u8; 10_000_000];
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(&bomb).expect("zlib");
    let text = [b"a\0\0".as_slice(), &packed.finish().expect("zlib")].concat();
    let chunk = [&(text.len() as u32).to_be_bytes()[..], b"zTXt", &text, b"crc!"].concat();
    let end = b"\0\0\0\0IENDcrc!";
    read(&[b"\x89PNG\r\n\x1a\n".as_slice(), &chunk.repeat(500), end].concat());
}
