//! Who may ask, and how often.

use base64ct::{Base64, Encoding};
use std::sync::Mutex;
use std::time::Instant;

/// Requests a second, and how many may come at once.
const RATE: (f64, f64) = (50.0, 200.0);

/// Checks tokens and counts requests.
pub struct Gate {
    token: String,
    bucket: Mutex<(f64, Instant)>,
}

/// What the gate says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Come in.
    Yes,
    /// No token, or a wrong one.
    Stranger,
    /// Too often.
    Wait,
}

impl Gate {
    /// With the token that opens it.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // a rate is counted by the clock
    pub fn new(token: &str) -> Self {
        Self { token: token.to_owned(), bucket: Mutex::new((RATE.1, Instant::now())) }
    }

    /// May this request come in? `Bearer TOKEN`, `Token TOKEN`, or the token as password of any name.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // a rate is counted by the clock
    pub fn asks(&self, authorization: Option<&str>) -> Answer {
        let mut bucket = self.bucket.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let now = Instant::now();
        bucket.0 = (bucket.0 + now.duration_since(bucket.1).as_secs_f64() * RATE.0).min(RATE.1);
        bucket.1 = now;
        if bucket.0 < 1.0 {
            return Answer::Wait;
        }
        // A wrong token costs ten: guessing is slow.
        let known = authorization.and_then(given).is_some_and(|t| same(t.as_bytes(), self.token.as_bytes()));
        bucket.0 -= if known { 1.0 } else { 10.0 };
        if known { Answer::Yes } else { Answer::Stranger }
    }
}

fn given(header: &str) -> Option<String> {
    let (scheme, rest) = header.trim().split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" | "token" => Some(rest.trim().to_owned()),
        "basic" => {
            let plain = String::from_utf8(Base64::decode_vec(rest.trim()).ok()?).ok()?;
            plain.split_once(':').map(|p| p.1.to_owned())
        }
        _ => None,
    }
}

/// Takes as long whatever differs.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |d, (x, y)| d | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_comes_in() {
        let gate = Gate::new("secret");
        for (header, answer) in [
            (Some("Bearer secret"), Answer::Yes),
            (Some("Token secret"), Answer::Yes),
            (Some("Basic YW5uOnNlY3JldA=="), Answer::Yes),
            (Some("Bearer secre"), Answer::Stranger),
            (Some("Bearer"), Answer::Stranger),
            (Some("Basic !"), Answer::Stranger),
            (None, Answer::Stranger),
        ] {
            assert_eq!(gate.asks(header), answer, "{header:?}");
        }
        let often = (0..1000).map(|_| gate.asks(None)).filter(|a| *a == Answer::Wait).count();
        assert!(often > 900, "{often}");
    }
}
