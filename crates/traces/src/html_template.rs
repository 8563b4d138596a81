//! The skeleton of a mail's markup: its tags and the names of their attributes in order, without words, values, addresses.
//!
//! A form filled in for each victim keeps its skeleton. Fewer than 20 tags leave no trace: any mail program writes those.
//! Wrong: mails of one mail program or mailing service can share one; that is for whoever weighs it.

use crate::sample::{Example, MAIL};
use crate::tags::tags;
use crate::{Found, Kind, Reads};
use model::{Card, Mail, Part, Record, Span, hash64, hex16};

/// The drawer.
pub const KIND: Kind = Kind {
    card: Card {
        id: "html-template",
        about: "sent mail with the same skeleton of markup",
        source: "ours; WHATWG HTML, section 13.2.5",
    },
    reads: Reads::MAILS,
    window: None,
    alike: false,
    ownership: model::Ownership::None,
    find,
    examples: &[
        Example {
            shows: "a list of eleven items",
            record: Record::Mail(&Mail { parts: &[LIST], ..MAIL }),
            values: &["25 tags 37c10b7b863681b4"],
        },
        Example {
            shows: "one line in bold",
            record: Record::Mail(&Mail { parts: &[Part { html: "<p><b>Hello</b></p>", ..LIST }], ..MAIL }),
            values: &[],
        },
    ],
};

/// A part with 24 tags.
const LIST: Part<'static> = Part {
    number: 0,
    kind: "text/html",
    text: "",
    html: "<body><ul class=x><li>1<li>2<li>3<li>4<li>5<li>6<li>7<li>8<li>9<li>10<li>11<li>12<li>13<li>14<li>15<li>16\
           <li>17<li>18<li>19<li>20</ul><a href='https://one.example/1'>go</a>",
    span: Span::WHOLE,
};
/// Fewest tags of a template.
const LEAST: u32 = 20;

fn find(record: &Record<'_>, found: &mut Found<'_>) {
    let Record::Mail(mail) = record else { return };
    for part in mail.parts.iter().filter(|p| !p.html.is_empty()) {
        let (mut skeleton, mut count) = (String::new(), 0);
        tags(part.html, |name, attributes| {
            count += 1;
            for word in [name].iter().chain(attributes) {
                skeleton.extend(word.chars().map(|c| c.to_ascii_lowercase()));
                skeleton.push(' ');
            }
            skeleton.push('\n');
        });
        if count >= LEAST {
            found.own(&format!("{count} tags {}", hex16(hash64(skeleton.as_bytes()))));
        }
    }
}
