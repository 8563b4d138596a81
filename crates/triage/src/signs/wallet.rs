//! Addresses of digital money whose check digits hold: no accident of letters.
//!
//! Base58Check (Bitcoin, Litecoin, Dogecoin, Dash, Tron) and segwit (BIP 173, BIP 350) carry a checksum. Ethereum's is in the
//! case of its letters (EIP-55), and what is written in one case has none; Monero's is not computed: both are left alone.

use crate::facts::{Facts, Source};
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};
use ring::digest::{SHA256, digest};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "wallet",
        about: "an address of digital money to pay to, with check digits that hold",
        source: "BIP 13, BIP 173, BIP 350; base58check",
    },
    topic: Topic::Want,
    strong: false,
    establishes: "The mail names an account of digital money that can exist. Shops, collections and papers name such accounts, too; whose it is, it does not say.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Pay to bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 today.\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Your order bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5 is on its way.\n\
        ",
};

/// Characters of such an address.
const LENGTHS: std::ops::RangeInclusive<usize> = 26..=90;
/// First bytes of base58check addresses: Bitcoin's two, Litecoin's two, Dogecoin's, Dash's, Tron's.
const VERSIONS: &[(u8, &str)] = &[
    (0x00, "Bitcoin"),
    (0x05, "Bitcoin"),
    (0x30, "Litecoin"),
    (0x32, "Litecoin"),
    (0x1e, "Dogecoin"),
    (0x4c, "Dash"),
    (0x41, "Tron"),
];

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    for (i, part) in facts.mail.parts.iter().enumerate() {
        let shown = facts.markup.iter().find(|m| m.0 == i).map_or(part.text, |m| &m.1.shown);
        let words = shown.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| LENGTHS.contains(&w.len()));
        for (word, money) in words.filter_map(|w| Some((w, money(w)?))) {
            let says = format!("an address of {money} whose check digits hold");
            seen.line(Source::Part(i), word, Grade::Established, says, "base58check or segwit checksum");
        }
    }
}

/// Whose money an address is of, where its check digits hold.
pub(crate) fn money(word: &str) -> Option<&'static str> {
    base58check(word).or_else(|| segwit(word))
}

fn base58check(word: &str) -> Option<&'static str> {
    let mut bytes = [0_u8; 25];
    if word.len() > 36 || bs58::decode(word).onto(&mut bytes).ok()? != bytes.len() {
        return None;
    }
    let (body, check) = bytes.split_at(21);
    let twice = digest(&SHA256, digest(&SHA256, body).as_ref());
    let holds = twice.as_ref()[..4] == *check;
    VERSIONS.iter().find(|v| holds && v.0 == body[0]).map(|v| v.1)
}

fn segwit(word: &str) -> Option<&'static str> {
    let (hrp, _, _) = bech32::segwit::decode(word).ok()?;
    match hrp.to_lowercase().as_str() {
        "bc" => Some("Bitcoin"),
        "ltc" => Some("Litecoin"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits() {
        for (word, of) in [
            // Made of bytes 7 throughout: nobody's.
            ("1eA9ctCNq41iLLnQErtTUVdxpRyZ9hZmW", Some("Bitcoin")),
            ("32LB5ANdvjNPoW3DXLXUt6ra7Lih9WeBJN", Some("Bitcoin")),
            ("TAcN9gFvXZAxsWQQzWWbydBmscBHnEi5nZ", Some("Tron")),
            // The vector of BIP 173.
            ("BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", Some("Bitcoin")),
            ("1eA9ctCNq41iLLnQErtTUVdxpRyZ9hZmz", None),
            ("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", None),
            ("supercalifragilisticexpialidocious", None),
        ] {
            assert_eq!(money(word), of, "{word}");
        }
    }
}
