//! Who may ask, and how often. Each address has a measure of its own, so that a stranger cannot use up a guest's.

use base64ct::{Base64, Encoding};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Requests a second, and how many may come at once, of one address.
const RATE: (f64, f64) = (50.0, 200.0);
/// Most addresses remembered; beyond that those that have not asked for longest are forgotten.
const ADDRESSES: usize = 1024;
/// What a wrong token costs, in requests: guessing is slow.
const GUESS: f64 = 10.0;

/// Checks tokens and counts requests.
pub struct Gate {
    token: String,
    measures: Mutex<BTreeMap<IpAddr, (f64, Instant)>>,
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
    pub fn new(token: &str) -> Self {
        Self { token: token.to_owned(), measures: Mutex::default() }
    }

    /// May this request come in? `Bearer TOKEN`, `Token TOKEN`, or the token as password of any name.
    #[must_use]
    #[allow(clippy::disallowed_methods)] // a rate is counted by the clock
    pub fn asks(&self, peer: IpAddr, authorization: Option<&str>) -> Answer {
        let known = authorization.and_then(given).is_some_and(|t| same(t.as_bytes(), self.token.as_bytes()));
        let mut measures = self.measures.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let (full, since) = measures.get(&whose(peer)).copied().unwrap_or((RATE.1, now));
        let full = (full + now.duration_since(since).as_secs_f64() * RATE.0).min(RATE.1);
        let left = match (full < 1.0, known) {
            (true, _) => full,
            (false, true) => full - 1.0,
            (false, false) => full - GUESS,
        };
        measures.insert(whose(peer), (left, now));
        if measures.len() > ADDRESSES {
            let oldest = measures.iter().min_by_key(|(_, (_, since))| *since).map(|(peer, _)| *peer);
            oldest.and_then(|peer| measures.remove(&peer));
        }
        match (full < 1.0, known) {
            (true, _) => Answer::Wait,
            (false, true) => Answer::Yes,
            (false, false) => Answer::Stranger,
        }
    }
}

/// Whose an address is: of IPv6 a network of /64 is usually one customer's.
pub fn whose(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64)),
        v4 => v4,
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

    const HERE: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

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
            assert_eq!(gate.asks(HERE, header), answer, "{header:?}");
        }
        let often = (0..1000).map(|_| gate.asks(HERE, None)).filter(|a| *a == Answer::Wait).count();
        assert!(often > 900, "{often}");
    }

    #[test]
    fn a_stranger_does_not_lock_a_guest_out_and_is_slow_at_guessing() {
        let gate = Gate::new("secret");
        let far: IpAddr = "2001:db8::1".parse().expect("an address");
        let near: IpAddr = "2001:db8::ffff:2".parse().expect("an address");
        let told: Vec<Answer> = (0..1000).map(|_| gate.asks(far, Some("Bearer guess"))).collect();
        assert!(told.iter().filter(|a| **a == Answer::Stranger).count() < 30);
        assert_eq!(gate.asks(near, Some("Bearer secret")), Answer::Wait, "of one network, and even if guessed right");
        assert_eq!(gate.asks(HERE, Some("Bearer secret")), Answer::Yes);
    }

    #[test]
    fn only_so_many_addresses_are_remembered() {
        let gate = Gate::new("secret");
        for n in 0..5000_u32 {
            assert_eq!(gate.asks(IpAddr::V4(n.into()), None), Answer::Stranger);
        }
        assert_eq!(gate.measures.lock().expect("not poisoned").len(), ADDRESSES);
    }
}
