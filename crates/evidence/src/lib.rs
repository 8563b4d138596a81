//! What do these bytes say?
//!
//! Each format is a drawer: a `const` [`Format`] in a file of its own, listed in [`FORMATS`]. A format is recognised
//! by content, reads bytes handed in, and never fails: what it cannot read it notes. Containers hand their contents
//! back to [`read`] as children with known parents. This room opens no file, asks no clock and knows no network.
#![warn(missing_docs)]

mod article;
mod dates;
mod decode;
mod elements;
mod flow;
mod format;
mod html;
mod icon;
mod leaf;
mod listing;
mod mapi;
mod mime;
mod objects;
mod out;
mod package;
mod passages;
mod pdf_apart;
mod pdf_mend;
mod picture;
mod posts;
mod read;
mod rebuilt;
mod route;
mod rtf_tokens;
mod said;
mod skeleton;
mod source;
mod transcript;

mod certificate;
mod certificate_log;
mod dns_answers;
mod docx;
mod gif;
mod gzip;
mod har;
mod http_answer;
mod indicator_table;
mod jpeg;
mod mail;
mod mbox;
mod mhtml;
mod misp;
mod name_list;
mod odt;
mod outlook_mail;
mod page;
mod parquet;
mod pdf;
mod png;
mod posts_csv;
mod posts_json;
mod posts_jsonl;
mod rdap;
mod rtf;
mod site_table;
mod stix;
mod tar;
mod text;
mod tnef;
mod warc;
mod webp;
mod whois;
mod zip;
mod zone_file;
mod zstd;

pub use format::{Example, Format, Head, Reading, Risky, by_id, is_mail, recognise};
pub use leaf::logged_names;
pub use out::{Closed, Opened, Out, Sink};
pub use read::{Isolate, Root, read, read_as};
pub use source::{Cursor, ReadAt};
pub use transcript::transcript;

/// Every format, in the order they are asked: those with a signature first, guesses last.
pub const FORMATS: &[&Format] = &[
    &warc::WARC,
    &gzip::GZIP,
    &zstd::ZSTD,
    &parquet::PARQUET,
    &pdf::PDF,
    &docx::DOCX,
    &odt::ODT,
    &zip::ZIP,
    &tar::TAR,
    &rtf::RTF,
    &png::PNG,
    &jpeg::JPEG,
    &webp::WEBP,
    &gif::GIF,
    &http_answer::HTTP_ANSWER,
    &certificate::CERTIFICATE,
    &whois::WHOIS,
    &mbox::MBOX,
    &mhtml::MHTML,
    &outlook_mail::OUTLOOK_MAIL,
    &tnef::TNEF,
    &mail::MAIL,
    &page::PAGE,
    &har::HAR,
    &rdap::RDAP,
    &certificate_log::CERTIFICATE_LOG,
    &dns_answers::DNS_ANSWERS,
    &zone_file::ZONE_FILE,
    &stix::STIX,
    &misp::MISP,
    &indicator_table::INDICATOR_TABLE,
    &site_table::SITE_TABLE,
    &name_list::NAME_LIST,
    &posts_jsonl::POSTS_JSONL,
    &posts_json::POSTS_JSON,
    &posts_csv::POSTS_CSV,
    &text::TEXT,
];
