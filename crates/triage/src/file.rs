//! What an enclosure is, by its bytes and not by its name.
//!
//! Signatures at the beginning, and names inside zip-like files, which stand there unpacked. Wrong: what is inside an
//! archive that hides its names is not known. Source: PKWARE APPNOTE 4.3.7; MS-SHLLINK; ECMA-119; MS-CFB; RFC 5545.

use memchr::memmem;
use model::Attachment;

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum True {
    Program,
    Script,
    Shortcut,
    DiskImage,
    MacroDocument,
    OldOffice,
    Office,
    LockedArchive,
    Archive,
    Html,
    Svg,
    Pdf,
    Picture,
    Calendar,
    Mail,
    Crypto,
    Other,
}

/// An enclosure, looked at.
#[derive(Debug, Clone)]
pub(crate) struct File {
    pub is: True,
    /// The name ends in one thing and the bytes are another, or it has two endings.
    pub disguised: bool,
    /// HTML or SVG that builds a file, asks for a password or leads on by itself.
    pub active: Option<&'static str>,
}

/// Looks at the bytes.
pub(crate) fn look(a: &Attachment<'_>) -> File {
    let name = a.name.to_lowercase();
    let is = kind(a.bytes, &name, a.kind);
    let active = matches!(is, True::Html | True::Svg).then(|| activity(a.bytes)).flatten();
    File { is, disguised: disguised(&name, is), active }
}

fn kind(bytes: &[u8], name: &str, claimed: &str) -> True {
    let starts = |s: &[u8]| bytes.starts_with(s);
    let ends = |of: &[&str]| of.iter().any(|e| name.ends_with(e));
    match () {
        () if starts(b"MZ") || starts(b"\x7fELF") => True::Program,
        () if starts(b"L\0\0\0\x01\x14\x02\0") => True::Shortcut,
        () if starts(b"PK\x03\x04") => zip(bytes),
        () if starts(b"Rar!") || starts(b"7z\xbc\xaf\x27\x1c") => locked_other(bytes),
        () if starts(b"\x1f\x8b") => True::Archive,
        () if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => old_office(bytes),
        () if starts(b"%PDF") => True::Pdf,
        () if starts(b"\x89PNG") || starts(b"\xff\xd8\xff") || starts(b"GIF8") || starts(b"RIFF") => True::Picture,
        () if bytes.get(0x8001..0x8006) == Some(b"CD001") || ends(&[".iso", ".img", ".vhd", ".vhdx"]) => {
            True::DiskImage
        }
        () if starts(b"BEGIN:VCALENDAR") || claimed == "text/calendar" || claimed == "application/ics" => {
            True::Calendar
        }
        () if ends(SCRIPTS) => True::Script,
        () if ends(&[".exe", ".scr", ".com", ".pif", ".msi", ".jar", ".apk"]) => True::Program,
        () if ends(&[".lnk", ".url"]) => True::Shortcut,
        () if claimed.contains("pkcs7") || claimed.contains("pgp") => True::Crypto,
        () if claimed == "message/rfc822" || ends(&[".eml"]) => True::Mail,
        () if is_svg(bytes) || ends(&[".svg"]) => True::Svg,
        () if is_html(bytes) || ends(&[".html", ".htm", ".shtml", ".xhtml"]) => True::Html,
        () => True::Other,
    }
}

const SCRIPTS: &[&str] = &[
    ".js", ".jse", ".vbs", ".vbe", ".wsf", ".wsh", ".hta", ".bat", ".cmd", ".ps1", ".chm", ".cpl", ".reg", ".one",
    ".xll",
];

/// A zip: a program or script inside, locked, macros, office, or just an archive.
fn zip(bytes: &[u8]) -> True {
    let locked = bytes.get(6).is_some_and(|flags| flags & 1 == 1);
    match () {
        () if contains(bytes, b"vbaProject.bin") || contains(bytes, b"macrosheets/") => True::MacroDocument,
        () if contains(bytes, b"[Content_Types].xml") || contains(bytes, b"mimetypeapplication/vnd.oasis") => {
            True::Office
        }
        () if locked => True::LockedArchive,
        () => True::Archive,
    }
}

/// RAR 5 and 7-Zip write their encryption headers near the beginning or the end.
fn locked_other(bytes: &[u8]) -> True {
    let rar5 = bytes.starts_with(b"Rar!\x1a\x07\x01\0") && bytes.get(12).is_some_and(|kind| *kind == 4);
    let rar4 = bytes.starts_with(b"Rar!\x1a\x07\0") && bytes.get(10).is_some_and(|flags| flags & 0x80 != 0);
    let seven = contains(bytes, b"\x06\xf1\x07\x01");
    if rar5 || rar4 || seven { True::LockedArchive } else { True::Archive }
}

fn old_office(bytes: &[u8]) -> True {
    // Names of streams are UTF-16 in the directory.
    let wide = |s: &str| s.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    match () {
        () if contains(bytes, &wide("_VBA_PROJECT")) => True::MacroDocument,
        () if contains(bytes, &wide("EncryptedPackage")) => True::LockedArchive,
        () if contains(bytes, &wide("__properties_version")) => True::Mail,
        () => True::OldOffice,
    }
}

fn beginning(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(2_048)]).to_lowercase()
}

fn is_html(bytes: &[u8]) -> bool {
    let text = beginning(bytes);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    text.starts_with("<!doctype html")
        || text.starts_with("<html")
        || text.starts_with("<script")
        || text.contains("<body")
}

fn is_svg(bytes: &[u8]) -> bool {
    let text = beginning(bytes);
    text.contains("<svg") && !text.contains("<html")
}

/// What an enclosed page does by itself.
fn activity(bytes: &[u8]) -> Option<&'static str> {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(2 << 20)]).to_lowercase();
    let has = |of: &[&str]| of.iter().any(|w| text.contains(w));
    match () {
        () if has(&["type=\"password\"", "type='password'", "type=password"]) => Some("asks for a password"),
        () if has(&["mssaveoropenblob", "createobjecturl", "new blob(", "download=\""]) && has(&["<script"]) => {
            Some("puts a file together on the reader's machine")
        }
        () if has(&["atob(", "unescape(", "fromcharcode", "document.write("]) && has(&["<script"]) => {
            Some("unpacks hidden code when it is opened")
        }
        () if has(&[
            "location.href",
            "location.replace",
            "window.location",
            "http-equiv=\"refresh\"",
            "http-equiv='refresh'",
        ]) =>
        {
            Some("leads on to another page by itself")
        }
        () if has(&["<form"]) => Some("holds a form"),
        () => None,
    }
}

fn disguised(name: &str, is: True) -> bool {
    let ends = |of: &[&str]| of.iter().any(|e| name.ends_with(e));
    let harmless = ends(&[".pdf", ".doc", ".docx", ".xls", ".xlsx", ".jpg", ".jpeg", ".png", ".txt", ".gif", ".csv"]);
    let running =
        matches!(is, True::Program | True::Script | True::Shortcut | True::DiskImage | True::Html | True::Svg);
    let before = name.rsplit_once('.').map_or("", |n| n.0);
    let twice = running
        && [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".jpg", ".png", ".txt"].iter().any(|e| before.ends_with(e));
    (harmless && running) || twice || name.contains('\u{202e}')
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    memmem::find(bytes, needle).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let of = |name, bytes: &'static [u8]| look(&Attachment { name, bytes, ..Attachment::EMPTY });
        for (name, bytes, is, disguised) in [
            ("bill.pdf", &b"MZ\x90"[..], True::Program, true),
            ("bill.pdf.html", b"<html><script>atob('')", True::Html, true),
            ("a.zip", b"PK\x03\x04\x14\0\x01\0", True::LockedArchive, false),
            ("a.docm", b"PK\x03\x04\x14\0\0\0 word/vbaProject.bin", True::MacroDocument, false),
            ("a.docx", b"PK\x03\x04\x14\0\0\0 [Content_Types].xml", True::Office, false),
            ("a.pdf", b"%PDF-1.4", True::Pdf, false),
            ("", b"", True::Other, false),
        ] {
            let f = of(name, bytes);
            assert_eq!((f.is, f.disguised), (is, disguised), "{name}");
        }
        assert_eq!(of("x.html", b"<form><input type=password>").active, Some("asks for a password"));
    }
}
