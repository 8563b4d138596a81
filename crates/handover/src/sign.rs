//! Signatures with keys that people have: OpenSSH's `ssh-keygen -Y`, ed25519.
//!
//! A signature says that the holder of a key signed these bytes, nothing of who that is. The receiver names the keys it
//! trusts; a signature by another is a foreign key. Keys with a passphrase, in an agent or on a token sign outside the
//! program (`ssh-keygen -Y sign -n unspool-handover`). Source: OpenSSH, PROTOCOL.sshsig.

use ssh_key::{HashAlg, PrivateKey, PublicKey, SshSig};

/// What a signature is for; one made for anything else is not taken.
pub const NAMESPACE: &str = "unspool-handover";

/// What a signature comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// There is none.
    Not,
    /// By a key that the receiver named.
    Trusted(String),
    /// By this key, and the receiver named none.
    Unknown(String),
    /// By this key, and the receiver named others.
    Foreign(String),
    /// It does not hold, and why.
    Wrong(String),
}

/// A key to sign with, as OpenSSH keeps it.
pub struct Key(PrivateKey);

impl Key {
    /// Reads a private key file.
    ///
    /// # Errors
    /// In words: no such key, one with a passphrase, or not ed25519.
    pub fn read(text: &str) -> Result<Self, String> {
        let key = PrivateKey::from_openssh(wrapped(text)).map_err(|e| format!("not a private key of OpenSSH: {e}"))?;
        if key.is_encrypted() {
            return Err(
                "the key has a passphrase: package without --sign, then sign the file with ssh-keygen -Y sign \
                        -n unspool-handover"
                    .to_owned(),
            );
        }
        match key.algorithm() {
            ssh_key::Algorithm::Ed25519 => Ok(Self(key)),
            other => Err(format!("the key is {other}; only ed25519 is taken")),
        }
    }

    /// The key of a seed: for tests, and for keys kept in another form.
    #[must_use]
    pub fn of_seed(seed: [u8; 32]) -> Self {
        Self(PrivateKey::from(ssh_key::private::Ed25519Keypair::from_seed(&seed)))
    }

    /// Its fingerprint, as `ssh-keygen -l` writes it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint(HashAlg::Sha256).to_string()
    }

    /// Signs bytes.
    ///
    /// # Errors
    /// In words, where the library cannot.
    pub fn sign(&self, bytes: &[u8]) -> Result<String, String> {
        let made = self.0.sign(NAMESPACE, HashAlg::Sha512, bytes);
        made.and_then(|s| s.to_pem(ssh_key::LineEnding::LF)).map_err(|e| format!("cannot sign: {e}"))
    }
}

/// The text with lines of 70 letters, as OpenSSH writes them: other programs write longer ones.
fn wrapped(text: &str) -> String {
    let (marks, body): (Vec<&str>, Vec<&str>) =
        text.trim().lines().map(str::trim).partition(|l| l.starts_with("-----"));
    let [begin, end] = marks[..] else { return text.to_owned() };
    let body: Vec<char> = body.concat().chars().collect();
    let lines: Vec<String> = body.chunks(70).map(|c| c.iter().collect()).collect();
    format!("{begin}\n{}\n{end}\n", lines.join("\n"))
}

/// Public keys in a file: lines of a `.pub` file, of `authorized_keys` or of `allowed_signers`.
///
/// # Errors
/// Where a line that is no comment holds no ed25519 key.
pub fn trusted(text: &str) -> Result<Vec<PublicKey>, String> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let key = |line: &str| {
        let from = line.find("ssh-ed25519 ").ok_or_else(|| format!("no ed25519 key in this line: {line}"))?;
        PublicKey::from_openssh(&line[from..]).map_err(|e| format!("a key cannot be read: {e}"))
    };
    lines.map(key).collect()
}

/// What a signature over these bytes comes to, for a receiver who trusts these keys.
#[must_use]
pub fn check(bytes: &[u8], signature: &str, trusted: &[PublicKey]) -> Signed {
    let signature = match SshSig::from_pem(signature.trim()) {
        Ok(signature) => signature,
        Err(e) => return Signed::Wrong(format!("the signature cannot be read: {e}")),
    };
    if signature.namespace() != NAMESPACE {
        return Signed::Wrong("the signature was made for something else".to_owned());
    }
    let key = PublicKey::from(signature.public_key().clone());
    let name = key.fingerprint(HashAlg::Sha256).to_string();
    if let Err(e) = key.verify(NAMESPACE, bytes, &signature) {
        return Signed::Wrong(format!("the signature of {name} is not over these bytes: {e}"));
    }
    match trusted {
        [] => Signed::Unknown(name),
        keys if keys.iter().any(|k| k.key_data() == key.key_data()) => Signed::Trusted(name),
        _ => Signed::Foreign(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key with the seed 1, 1, 1, …
    fn one() -> String {
        let pair = ssh_key::private::Ed25519Keypair::from_seed(&[1; 32]);
        PrivateKey::from(pair).to_openssh(ssh_key::LineEnding::LF).expect("writes").to_string()
    }

    const ONE_PUB: &str = include_str!("../tests/keys/one.pub");
    const TWO_PUB: &str = include_str!("../tests/keys/two.pub");
    /// `printf words | ssh-keygen -Y sign -f one -n unspool-handover`.
    const BY_SSH_KEYGEN: &str = include_str!("../tests/keys/words.sig");

    fn keys(text: &str) -> Vec<PublicKey> {
        trusted(text).expect("keys")
    }

    #[test]
    fn the_same_as_ssh_keygen() {
        let made = Key::read(&one()).expect("a key").sign(b"words").expect("signs");
        assert_eq!(made, BY_SSH_KEYGEN, "ed25519 has one signature for the same key and bytes");
    }

    #[test]
    fn whose_it_is() {
        let name = Key::read(&one()).expect("a key").fingerprint();
        for (bytes, trusted, expected) in [
            ("words", "", Signed::Unknown(name.clone())),
            ("words", ONE_PUB, Signed::Trusted(name.clone())),
            ("words", TWO_PUB, Signed::Foreign(name.clone())),
        ] {
            assert_eq!(check(bytes.as_bytes(), BY_SSH_KEYGEN, &keys(trusted)), expected);
        }
        assert!(matches!(check(b"other words", BY_SSH_KEYGEN, &[]), Signed::Wrong(_)));
        assert!(matches!(check(b"words", "no signature", &[]), Signed::Wrong(_)));
    }

    #[test]
    fn lines_of_keys() {
        let signers = format!("# who signs\nann@one.example namespaces=\"unspool-handover\" {ONE_PUB}{TWO_PUB}");
        assert_eq!(keys(&signers).len(), 2);
        assert!(trusted("ssh-rsa AAAA ann").is_err());
        assert!(Key::read(ONE_PUB).is_err());
        let long = one().replace('\n', "").replace("KEY-----b", "KEY-----\nb").replace("-----END", "\n-----END");
        assert_eq!(
            Key::read(&long).expect("one long line").fingerprint(),
            Key::read(&one()).expect("a key").fingerprint()
        );
    }
}
