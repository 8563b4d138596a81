//! The tokens of Rich Text Format. Source: Rich Text Format Specification 1.9.1, "RTF Syntax".

/// One token.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(crate) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` with its number.
    Word(&'a str, Option<i32>),
    /// `\` and one character that is no letter.
    Symbol(u8),
    /// One byte of words, plain or as `\'xx`.
    Byte(u8),
    /// Raw bytes after `\binN`.
    Raw(&'a [u8]),
}

/// Takes tokens off the front of bytes.
pub(crate) struct Tokens<'a> {
    /// What is left.
    pub rest: &'a [u8],
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            return Some(match byte {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => return self.control(),
                b'\r' | b'\n' => continue,
                byte => Token::Byte(byte),
            });
        }
    }
}

impl<'a> Tokens<'a> {
    fn control(&mut self) -> Option<Token<'a>> {
        let letters = self.rest.iter().take(32).take_while(|b| b.is_ascii_alphabetic()).count();
        if letters == 0 {
            return self.symbol();
        }
        let (word, rest) = self.rest.split_at(letters);
        let word = std::str::from_utf8(word).ok()?;
        let sign = usize::from(rest.first() == Some(&b'-'));
        let digits = rest[sign..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
        let (number, rest) = rest.split_at(if digits == 0 { 0 } else { sign + digits });
        self.rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let number = std::str::from_utf8(number).ok().and_then(|n| n.parse().ok());
        match (word, number) {
            ("bin", Some(n)) => Some(self.raw(n)),
            _ => Some(Token::Word(word, number)),
        }
    }

    fn symbol(&mut self) -> Option<Token<'a>> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        if byte != b'\'' {
            return Some(if matches!(byte, b'{' | b'}' | b'\\') { Token::Byte(byte) } else { Token::Symbol(byte) });
        }
        let digits = rest.get(..2).and_then(|d| std::str::from_utf8(d).ok());
        match digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
            Some(byte) => {
                self.rest = &rest[2..];
                Some(Token::Byte(byte))
            }
            None => Some(Token::Symbol(byte)),
        }
    }

    fn raw(&mut self, n: i32) -> Token<'a> {
        let (raw, rest) = self.rest.split_at(usize::try_from(n).unwrap_or(0).min(self.rest.len()));
        self.rest = rest;
        Token::Raw(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let all = |text: &'static [u8]| Tokens { rest: text }.collect::<Vec<_>>();
        for (text, tokens) in [
            (&b"{\\b0 x}"[..], vec![Token::Open, Token::Word("b", Some(0)), Token::Byte(b'x'), Token::Close]),
            (b"\\'e9\\'zz", vec![Token::Byte(0xe9), Token::Symbol(b'\''), Token::Byte(b'z'), Token::Byte(b'z')]),
            (b"\\u-3\\*\\{", vec![Token::Word("u", Some(-3)), Token::Symbol(b'*'), Token::Byte(b'{')]),
            (b"\\bin3 }{\\x", vec![Token::Raw(b"}{\\"), Token::Byte(b'x')]),
            (b"\\bin99 ab", vec![Token::Raw(b"ab")]),
            (b"\\", vec![]),
            (b"\\a-", vec![Token::Word("a", None), Token::Byte(b'-')]),
        ] {
            assert_eq!(all(text), tokens, "{}", text.escape_ascii());
        }
    }
}
