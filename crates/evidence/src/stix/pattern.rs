//! Comparisons in a pattern of STIX's language: what is compared, and with what.
//!
//! Only `=` and `IN` name a thing; whatever is negated is left out. How comparisons are joined, qualified or followed
//! by one another says nothing of what they name. Source: OASIS STIX 2.1, section 9.

use model::Observable;

/// Calls `tell` for every thing named.
pub(super) fn each(pattern: &str, tell: &mut dyn FnMut(Observable, &str)) {
    let tokens = tokens(pattern);
    for at in 1..tokens.len() {
        let Token::Word(path) = &tokens[at - 1] else { continue };
        let Some(what) = sort(path) else { continue };
        match &tokens[at] {
            Token::Word(op) if op == "=" || op == "==" => {
                if let Some(Token::Text(value)) = tokens.get(at + 1) {
                    tell(what, value);
                }
            }
            Token::Word(op) if op.eq_ignore_ascii_case("in") => {
                let inside = tokens[at + 1..].iter().take_while(|t| !matches!(t, Token::Word(w) if w == ")"));
                inside.for_each(|t| {
                    if let Token::Text(value) = t {
                        tell(what, value)
                    }
                });
            }
            _ => {}
        }
    }
}

/// What a path of an observable's property names.
fn sort(path: &str) -> Option<Observable> {
    let (object, property) = path.split_once(':')?;
    Some(match (object, property) {
        ("domain-name", "value") => Observable::Domain,
        ("url", "value") => Observable::Url,
        ("email-addr", "value") | ("email-message", "from_ref.value" | "sender_ref.value") => Observable::Mailbox,
        ("ipv4-addr" | "ipv6-addr", "value") => Observable::Address,
        ("network-traffic", "dst_ref.value" | "src_ref.value") => Observable::Address,
        ("user-account", "account_login" | "user_id") => Observable::Account,
        ("file" | "artifact", p) if p.starts_with("hashes") => Observable::Hash,
        _ => return None,
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
}

/// Words, operators, brackets and quoted texts.
fn tokens(pattern: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut word = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        // A quoted key belongs to its path: `file:hashes.'SHA-256'`.
        if c == '\'' && !word.ends_with('.') {
            end(&mut word, &mut out);
            out.push(Token::Text(quoted(&mut chars)));
        } else if c == '\'' {
            word.push_str(&quoted(&mut chars));
        } else if c.is_whitespace() {
            end(&mut word, &mut out);
        } else if "=<>!()[],".contains(c) {
            let joined = matches!(out.last(), Some(Token::Word(w)) if w == "!" || w == "<" || w == ">");
            if word.is_empty() && c == '=' && joined {
                // `!=`, `<=`, `>=` are one word.
                if let Some(Token::Word(w)) = out.last_mut() {
                    w.push('=');
                }
                continue;
            }
            end(&mut word, &mut out);
            out.push(Token::Word(c.to_string()));
        } else {
            word.push(c);
        }
    }
    end(&mut word, &mut out);
    out
}

fn end(word: &mut String, out: &mut Vec<Token>) {
    if !word.is_empty() {
        out.push(Token::Word(std::mem::take(word)));
    }
}

fn quoted(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> String {
    let mut out = String::new();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '\'' => return out,
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_that_patterns_name() {
        for (pattern, named) in [
            ("[domain-name:value = 'a.example']", &["domain a.example"][..]),
            ("[url:value='http://a.example/x?y=\\'z\\'']", &["url http://a.example/x?y='z'"]),
            ("[ipv4-addr:value IN ('192.0.2.1', '192.0.2.2') AND x:y = 'z']", &["ip 192.0.2.1", "ip 192.0.2.2"]),
            ("[file:hashes.'SHA-256' = 'aa' OR file:hashes.MD5 = 'bb'] WITHIN 5 SECONDS", &["hash aa", "hash bb"]),
            ("[domain-name:value != 'a.example']", &[]),
            ("[domain-name:value NOT = 'a.example']", &[]),
            ("[domain-name:value NOT IN ('a.example')]", &[]),
            ("[email-message:from_ref.value = 'a@b.example']", &["mailbox a@b.example"]),
            ("[domain-name:value LIKE '%.example']", &[]),
            ("[mutex:name = 'x'", &[]),
            ("[domain-name:value = 'cut", &["domain cut"]),
            ("", &[]),
        ] {
            let mut got = Vec::new();
            each(pattern, &mut |what, value| got.push(format!("{} {value}", what.word())));
            assert_eq!(got, named, "{pattern}");
        }
    }
}
