//! A mail passed on inside another one's words: what common programs write above it, in several languages.
//!
//! Only what stands in the words survives: names, a date, a subject, the text. Wrong: a program that writes nothing but
//! a line is not known from a letter that draws one.

/// A forwarded mail found in words.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Forward {
    /// Words above it.
    pub above: String,
    pub from: String,
    pub to: String,
    pub subject: String,
    pub date: String,
    pub text: String,
}

/// Words of the lines that begin a forward.
const LINES: &[&str] = &[
    "forwarded message",
    "original message",
    "begin forwarded message",
    "weitergeleitete nachricht",
    "original-nachricht",
    "ursprüngliche nachricht",
    "urspruengliche nachricht",
    "anfang der weitergeleiteten",
    "message transféré",
    "message transfere",
    "message d'origine",
    "début du message",
    "mensaje reenviado",
    "mensaje original",
    "inicio del mensaje",
    "mensagem encaminhada",
    "mensagem original",
    "messaggio inoltrato",
    "messaggio originale",
    "inizio messaggio",
    "doorgestuurd bericht",
    "oorspronkelijk bericht",
    "wiadomość przekazana",
    "wiadomość oryginalna",
    "пересылаемое сообщение",
    "исходное сообщение",
    "переслане повідомлення",
    "vidarebefordrat meddelande",
    "videresendt",
];

/// Field names by what they mean.
const FIELDS: &[(&[&str], Field)] = &[
    (&["from", "von", "de", "da", "van", "od", "от", "від", "från", "fra"], Field::From),
    (&["to", "an", "à", "a", "para", "aan", "do", "кому", "till", "til"], Field::To),
    (
        &["subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "temat", "тема", "ämne", "emne"],
        Field::Subject,
    ),
    (
        &[
            "date",
            "sent",
            "datum",
            "gesendet",
            "envoyé",
            "date d'envoi",
            "fecha",
            "enviado",
            "enviado el",
            "data",
            "inviato",
            "verzonden",
            "wysłano",
            "дата",
            "skickat",
        ],
        Field::Date,
    ),
    (&["cc", "kopie", "reply-to", "antwort an", "bcc", "wichtigkeit", "importance"], Field::Other),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    From,
    To,
    Subject,
    Date,
    Other,
}

/// Finds the first forward.
pub(crate) fn find(text: &str) -> Option<Forward> {
    let lines: Vec<&str> = text.lines().take(20_000).collect();
    let mut at = 0;
    while at < lines.len() {
        if let Some(forward) = begins(lines[at]).then(|| read(&lines, at + 1)).flatten() {
            return Some(Forward { above: lines[..at].join("\n"), ..forward });
        }
        at += 1;
    }
    None
}

fn begins(line: &str) -> bool {
    let line = bare(line).to_lowercase();
    let drawn = line.starts_with("--") || line.starts_with("__") || line.starts_with("==") || line.ends_with(':');
    line.len() < 120 && drawn && (LINES.iter().any(|l| line.contains(l)) || line.trim_matches('_').is_empty())
}

/// Reads field lines and the words below them.
fn read(lines: &[&str], from: usize) -> Option<Forward> {
    let mut forward = Forward::default();
    let mut at = from;
    while lines.get(at).is_some_and(|l| bare(l).is_empty()) && at < from + 3 {
        at += 1;
    }
    let mut seen = Vec::new();
    while let Some(line) = lines.get(at).map(|l| bare(l)) {
        let Some((field, value)) = field(line) else {
            let folded = !seen.is_empty()
                && !line.is_empty()
                && lines[at].trim_start_matches(['>', ' ']) != lines[at].trim_start_matches('>');
            if folded {
                at += 1;
                continue;
            }
            break;
        };
        seen.push(field);
        match field {
            Field::From => forward.from = value.to_owned(),
            Field::To => forward.to = value.to_owned(),
            Field::Subject => forward.subject = value.to_owned(),
            Field::Date => forward.date = value.to_owned(),
            Field::Other => {}
        }
        at += 1;
    }
    let enough = seen.contains(&Field::From) && seen.iter().any(|f| !matches!(f, Field::From | Field::Other));
    enough.then(|| {
        let rest = &lines[at..];
        let quoted = rest.iter().filter(|l| l.starts_with('>')).count() * 2
            > rest.iter().filter(|l| !l.trim().is_empty()).count();
        let line = |l: &&str| {
            if quoted { l.strip_prefix("> ").or_else(|| l.strip_prefix('>')).unwrap_or(l) } else { l }.to_owned()
        };
        forward.text = rest.iter().map(line).collect::<Vec<_>>().join("\n").trim().to_owned();
        forward
    })
}

/// A line without quoting and emphasis.
fn bare(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t', '*', '|']).trim()
}

fn field(line: &str) -> Option<(Field, &str)> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim_matches(['*', ' ', '\u{a0}']).to_lowercase();
    let (_, field) = FIELDS.iter().find(|(names, _)| names.contains(&&name[..]))?;
    Some((*field, value.trim_matches(|c: char| c == '*' || c.is_whitespace())))
}

/// The address in `Name <address>`, `address`, or `Name [mailto:address]`.
pub(crate) fn address(text: &str) -> String {
    let piece = |w: &str| w.trim_matches(|c: char| "<>[]()\"';,*".contains(c)).trim_start_matches("mailto:").to_owned();
    text.split_whitespace().map(piece).rfind(|w| w.contains('@') && !w.ends_with('@')).unwrap_or_default()
}

/// The name before it.
pub(crate) fn name(text: &str) -> String {
    let end = text.find(['<', '[']).unwrap_or(if text.contains('@') { 0 } else { text.len() });
    text[..end].trim_matches(|c: char| "\"' ".contains(c)).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_programs() {
        for (text, from, subject, words) in [
            (
                "see below\n\n---------- Forwarded message ---------\nFrom: Bo <bo@x.example>\nDate: Thu\nSubject: Hi\nTo: me\n\nwords",
                "bo@x.example",
                "Hi",
                "words",
            ),
            (
                "\n-------- Weitergeleitete Nachricht --------\nBetreff: \tHallo\nDatum: heute\nVon: Bo <bo@x.example>\nAn: ich\n\nWorte",
                "bo@x.example",
                "Hallo",
                "Worte",
            ),
            (
                "Begin forwarded message:\n\n> From: bo@x.example\n> Subject: Hi\n> Date: now\n>\n> words\n> more",
                "bo@x.example",
                "Hi",
                "words\nmore",
            ),
            (
                "________________________________\nDe : Bo <bo@x.example>\nEnvoyé : jeudi\nÀ : moi\nObjet : Salut\n\nmots",
                "bo@x.example",
                "Salut",
                "mots",
            ),
            (
                "-----Mensaje original-----\n*De:* bo@x.example [mailto:bo@x.example]\n*Asunto:* Hola\n\npalabras",
                "bo@x.example",
                "Hola",
                "palabras",
            ),
        ] {
            let f = find(text).expect(text);
            assert_eq!((&address(&f.from)[..], &f.subject[..], &f.text[..]), (from, subject, words), "{text}");
        }
        for text in ["", "original message:", "-----\nFrom here on it is mine: all of it", "From: a@b\nTo: c"] {
            assert_eq!(find(text), None, "{text}");
        }
        assert_eq!(name("\"Bo B\" <bo@x.example>"), "Bo B");
    }
}
