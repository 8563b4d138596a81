//! The blind way: asking whether a text stands in sealed documents without showing the text, and without getting the key.
//!
//! An oblivious pseudorandom function (RFC 9497, base mode over ristretto255): the asker blinds grams of its own text, the
//! owner turns each with a secret number, the asker takes the blind off and looks the result up in the owner's *blind
//! seal*, a sorted list of such results for the sealed documents, without places or names. The owner learns how many
//! grams came, rounded up; the asker learns which of its own grams are sealed, and cannot try others without asking.
//! Which grams are asked about is public (winnowing under a fixed order), one in [`WIDE`], as few as the guarantee allows.
//! Wrong: an owner who answers with another number gives silence, not a false match; base mode does not prove which.

use crate::{Error, GRAM, GUARANTEE, Key, Letters, Marker, bytes, key};
use rand_core::{CryptoRng, RngCore};
use voprf::{BlindedElement, EvaluationElement, OprfClient, OprfServer, Ristretto255};

/// Grams of which one is asked about.
const WIDE: usize = GUARANTEE - GRAM + 1;
/// Questions are filled up to a multiple of this many grams.
pub const PADDED: usize = 128;
/// Most grams of one question.
pub const MOST_ASKED: usize = 4096;
/// Bytes of a blinded gram.
const POINT: usize = 32;
const SEED: &str = "unspool leak seal 2026 blind seed";
const ID: &str = "unspool leak seal 2026 blind id";
const PUBLIC: &str = "unspool leak seal 2026 public order of grams";
const INFO: &[u8] = b"unspool leak blind 1";
const VERSION: u16 = 1;
const SEAL: &[u8] = b"unspool-leak-blind-seal\n";
const QUESTION: &[u8] = b"unspool-leak-question\n";
const ANSWER: &[u8] = b"unspool-leak-answer\n";

/// Random bytes from a seed that was drawn elsewhere.
struct Drawn(blake3::OutputReader);

impl Drawn {
    fn new(seed: &[u8; 32]) -> Self {
        Self(blake3::Hasher::new_keyed(seed).finalize_xof())
    }
}

impl RngCore for Drawn {
    fn next_u32(&mut self) -> u32 {
        self.next_u64() as u32
    }
    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        u64::from_le_bytes(bytes)
    }
    fn fill_bytes(&mut self, to: &mut [u8]) {
        self.0.fill(to);
    }
    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), rand_core::Error> {
        self.0.fill(to);
        Ok(())
    }
}

impl CryptoRng for Drawn {}

/// Grams of a text that are asked about: first letter and folded letters.
fn grams(text: &Letters) -> Vec<(u32, Vec<u8>)> {
    let order = Marker::new(&Key::new(blake3::derive_key(PUBLIC, b"")));
    let mut out = Vec::new();
    order.runs(text, WIDE, &mut |from, _| {
        let letters = &text.codes[from as usize..from as usize + GRAM];
        out.push((from, letters.iter().flat_map(|c| c.to_le_bytes()).collect()));
    });
    out
}

/// What is kept of a result.
fn short(output: &[u8]) -> u64 {
    output.iter().take(8).fold(0, |n, b| n << 8 | u64::from(*b))
}

/// The owner's side.
pub struct Owner {
    server: OprfServer<Ristretto255>,
    id: [u8; 8],
}

impl Owner {
    /// Answers under a key.
    ///
    /// # Errors
    /// [`Error::Damaged`] never in practice: the key gives no usable number.
    pub fn new(key: &Key) -> Result<Self, Error> {
        let server = OprfServer::new_from_seed(&key.derive(SEED)[..], INFO).map_err(|_| Error::Damaged)?;
        let mut id = [0; 8];
        id.copy_from_slice(&key.derive(ID)[..8]);
        Ok(Self { server, id })
    }

    /// The results of a text's grams, to be collected into a blind seal.
    #[must_use]
    pub fn results(&self, text: &str) -> Vec<u64> {
        let grams = grams(&Letters::of(text));
        grams.iter().filter_map(|g| self.server.evaluate(&g.1).ok()).map(|o| short(&o)).collect()
    }

    /// The file of a blind seal.
    #[must_use]
    pub fn seal(&self, mut results: Vec<u64>) -> Vec<u8> {
        results.sort_unstable();
        results.dedup();
        let points = results.iter().flat_map(|r| r.to_be_bytes()).collect::<Vec<u8>>();
        frame(SEAL, &self.id, results.len(), &points)
    }

    /// Grams in a question.
    ///
    /// # Errors
    /// [`Error`]: not a question, of another version, to another owner, or damaged.
    pub fn asked(&self, question: &[u8]) -> Result<usize, Error> {
        let (id, points) = open(QUESTION, question, POINT)?;
        if id != self.id {
            return Err(Error::WrongKey { made: key::hex(&id), given: key::hex(&self.id) });
        }
        Ok(points.len() / POINT)
    }

    /// The answer to a question.
    ///
    /// # Errors
    /// As [`Owner::asked`].
    pub fn answer(&self, question: &[u8]) -> Result<Vec<u8>, Error> {
        self.asked(question)?;
        let (_, points) = open(QUESTION, question, POINT)?;
        let mut out = Vec::with_capacity(points.len());
        for point in points.chunks_exact(POINT) {
            let blinded = BlindedElement::<Ristretto255>::deserialize(point).map_err(|_| Error::Damaged)?;
            out.extend_from_slice(&self.server.blind_evaluate(&blinded).serialize());
        }
        Ok(frame(ANSWER, &self.id, points.len() / POINT, &out))
    }
}

/// A blind seal, opened.
pub struct BlindSeal {
    id: [u8; 8],
    results: Vec<u64>,
}

impl BlindSeal {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::NotASeal`], [`Error::Version`], [`Error::Damaged`].
    pub fn read(file: &[u8]) -> Result<Self, Error> {
        let (id, bytes) = open(SEAL, file, 8)?;
        let results: Vec<u64> = bytes.chunks_exact(8).map(short).collect();
        if results.windows(2).any(|w| w[0] >= w[1]) {
            return Err(Error::Damaged);
        }
        Ok(Self { id, results })
    }

    /// Public id of the key that must answer.
    #[must_use]
    pub fn id(&self) -> String {
        key::hex(&self.id)
    }

    /// Grams in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.results.len()
    }

    /// True where it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.results.is_empty()
    }
}

/// A piece of a text that stands in the sealed documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Number of the text.
    pub text: usize,
    /// Characters `start .. end` of the text.
    pub start: u32,
    /// After its last character.
    pub end: u32,
    /// Grams in a row that are sealed.
    pub grams: usize,
}

/// What was asked, and what takes the blind off. The same texts and seed give the same question again, so that only the
/// seed has to be kept while an answer travels.
pub struct Asked {
    grams: Vec<(usize, u32, Vec<u8>, OprfClient<Ristretto255>)>,
    texts: Vec<Letters>,
    /// Questions to send, each of at most [`MOST_ASKED`] grams.
    pub questions: Vec<Vec<u8>>,
}

impl Asked {
    /// Asks about some texts. `seed` must be random and is as secret as the texts.
    ///
    /// # Errors
    /// [`Error::Damaged`] never in practice: a gram cannot be blinded.
    pub fn about<'t>(texts: impl Iterator<Item = &'t str>, seal: &BlindSeal, seed: &[u8; 32]) -> Result<Self, Error> {
        let texts: Vec<Letters> = texts.map(Letters::of).collect();
        let mut drawn = Drawn::new(seed);
        let (mut all, mut points) = (Vec::new(), Vec::new());
        for (n, text) in texts.iter().enumerate() {
            for (from, gram) in grams(text) {
                let blind = OprfClient::<Ristretto255>::blind(&gram, &mut drawn).map_err(|_| Error::Damaged)?;
                points.extend_from_slice(&blind.message.serialize());
                all.push((n, from, gram, blind.state));
            }
        }
        while points.is_empty() || !(points.len() / POINT).is_multiple_of(PADDED) {
            let mut nothing = [0; 32];
            drawn.fill_bytes(&mut nothing);
            let blind = OprfClient::<Ristretto255>::blind(&nothing, &mut drawn).map_err(|_| Error::Damaged)?;
            points.extend_from_slice(&blind.message.serialize());
        }
        let questions = points.chunks(MOST_ASKED * POINT);
        let questions = questions.map(|p| frame(QUESTION, &seal.id, p.len() / POINT, p)).collect();
        Ok(Self { grams: all, texts, questions })
    }

    /// What the answers, in the order of the questions, say.
    ///
    /// # Errors
    /// [`Error`]: not answers, of another version or owner, damaged, or not to these questions.
    pub fn known(&self, answers: &[Vec<u8>], seal: &BlindSeal) -> Result<Vec<Known>, Error> {
        let mut points = Vec::new();
        for (answer, question) in answers.iter().zip(&self.questions) {
            let (id, answered) = open(ANSWER, answer, POINT)?;
            let (_, asked) = open(QUESTION, question, POINT)?;
            if id != seal.id || answered.len() != asked.len() {
                return Err(Error::WrongKey { made: seal.id(), given: key::hex(&id) });
            }
            points.extend_from_slice(answered);
        }
        if answers.len() != self.questions.len() {
            return Err(Error::Damaged);
        }
        let mut sealed = Vec::with_capacity(self.grams.len());
        for ((_, _, gram, client), point) in self.grams.iter().zip(points.chunks_exact(POINT)) {
            let turned = EvaluationElement::<Ristretto255>::deserialize(point).map_err(|_| Error::Damaged)?;
            let output = client.finalize(gram, &turned).map_err(|_| Error::Damaged)?;
            sealed.push(seal.results.binary_search(&short(&output)).is_ok());
        }
        Ok(self.rows(&sealed))
    }

    /// Sealed grams that follow one another in a text.
    fn rows(&self, sealed: &[bool]) -> Vec<Known> {
        let mut out: Vec<(Known, bool)> = Vec::new();
        for ((text, from, _, _), sealed) in self.grams.iter().zip(sealed) {
            let (start, end) = self.texts[*text].span(*from as usize, *from as usize + GRAM);
            match out.last_mut() {
                Some((known, true)) if *sealed && known.text == *text => {
                    known.end = end;
                    known.grams += 1;
                }
                last => {
                    if let Some(last) = last {
                        last.1 = false;
                    }
                    if *sealed {
                        out.push((Known { text: *text, start, end, grams: 1 }, true));
                    }
                }
            }
        }
        out.into_iter().map(|k| k.0).collect()
    }
}

fn frame(magic: &[u8], id: &[u8; 8], count: usize, body: &[u8]) -> Vec<u8> {
    let mut out = magic.to_vec();
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(id);
    out.extend_from_slice(&(count as u32).to_le_bytes());
    out.extend_from_slice(body);
    out
}

/// Id and body of a frame whose things are `width` bytes long.
fn open<'f>(magic: &[u8], file: &'f [u8], width: usize) -> Result<([u8; 8], &'f [u8]), Error> {
    let mut rest = file.strip_prefix(magic).ok_or(Error::NotASeal)?;
    let version = bytes::take(&mut rest, 2)?;
    match u16::from_le_bytes([version[0], version[1]]) {
        VERSION => {}
        other => return Err(Error::Version(other)),
    }
    let mut id = [0; 8];
    id.copy_from_slice(bytes::take(&mut rest, 8)?);
    let count = bytes::take(&mut rest, 4)?;
    let count = u32::from_le_bytes([count[0], count[1], count[2], count[3]]) as usize;
    if count.checked_mul(width) == Some(rest.len()) { Ok((id, rest)) } else { Err(Error::Damaged) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unhex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|n| u8::from_str_radix(&text[n..n + 2], 16).expect("hex")).collect()
    }

    /// RFC 9497, A.1.1: ristretto255-SHA512, base mode.
    #[test]
    fn the_published_vectors_hold() {
        let server = OprfServer::<Ristretto255>::new_from_seed(&[0xa3; 32], b"test key").expect("derives");
        for (input, blinded, turned, output) in [
            (
                "00",
                "609a0ae68c15a3cf6903766461307e5c8bb2f95e7e6550e1ffa2dc99e412803c",
                "7ec6578ae5120958eb2db1745758ff379e77cb64fe77b0b2d8cc917ea0869c7e",
                "527759c3d9366f277d8c6020418d96bb393ba2afb20ff90df23fb7708264e2f3ab9135e3bd69955851de4b1f9fe8a0973396719b7912ba9ee8aa7d0b5e24bcf6",
            ),
            (
                "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a",
                "da27ef466870f5f15296299850aa088629945a17d1f5b7f5ff043f76b3c06418",
                "b4cbf5a4f1eeda5a63ce7b77c7d23f461db3fcab0dd28e4e17cecb5c90d02c25",
                "f4a74c9c592497375e796aa837e907b1a045d34306a749db9f34221f7e750cb4f2a6413a6bf6fa5e19ba6348eb673934a722a7ede2e7621306d18951e7cf2c73",
            ),
        ] {
            let input = unhex(input);
            assert_eq!(server.evaluate(&input).expect("evaluates")[..], unhex(output));
            let blinded = BlindedElement::deserialize(&unhex(blinded)).expect("a point");
            assert_eq!(server.blind_evaluate(&blinded).serialize()[..], unhex(turned));
        }
    }

    const TEXT: &str = "It was agreed on Thursday that the second branch office will be closed before the end of the \
                        quarter and that nobody outside this room hears of it until the tenants have been told.";

    fn owner() -> Owner {
        Owner::new(&Key::new([5; 32])).expect("a key")
    }

    #[test]
    fn asker_and_owner_agree_and_learn_no_more() {
        let owner = owner();
        let seal = BlindSeal::read(&owner.seal(owner.results(TEXT))).expect("reads");
        let mail = format!("Hello there, thought you should see this\n> {}\nRegards", &TEXT[20..160].to_uppercase());
        let texts = [mail.as_str(), "Nothing to do with any of that at all, only the minutes of the chess club."];
        let asked = Asked::about(texts.into_iter(), &seal, &[1; 32]).expect("asks");
        let again = Asked::about(texts.into_iter(), &seal, &[1; 32]).expect("asks");
        assert_eq!(asked.questions, again.questions);
        assert_eq!((asked.questions.len(), owner.asked(&asked.questions[0])), (1, Ok(PADDED)));
        let answers: Vec<Vec<u8>> = asked.questions.iter().map(|q| owner.answer(q).expect("answers")).collect();
        let known = again.known(&answers, &seal).expect("reads");
        assert_eq!(known.len(), 1, "{known:?}");
        let words: String = mail.chars().skip(known[0].start as usize).take(20).collect();
        assert!(known[0].text == 0 && mail.to_uppercase().contains(&words.to_uppercase()));
        // Another blind, another question: the owner cannot tell that it is the same mail.
        let other = Asked::about(texts.into_iter(), &seal, &[2; 32]).expect("asks");
        let (one, two) = (&asked.questions[0][40..], &other.questions[0][40..]);
        assert!(!one.chunks(POINT).any(|p| two.chunks(POINT).any(|q| p == q)));
    }

    #[test]
    fn what_is_not_an_answer_is_refused() {
        let owner = owner();
        let seal = BlindSeal::read(&owner.seal(owner.results(TEXT))).expect("reads");
        let asked = Asked::about(std::iter::once(TEXT), &seal, &[1; 32]).expect("asks");
        let answer = owner.answer(&asked.questions[0]).expect("answers");
        let stranger = Owner::new(&Key::new([6; 32])).expect("a key");
        assert!(matches!(stranger.answer(&asked.questions[0]), Err(Error::WrongKey { .. })));
        for bad in [Vec::new(), answer[..answer.len() - 1].to_vec(), asked.questions[0].clone(), vec![0; 100]] {
            assert!(asked.known(&[bad], &seal).is_err());
        }
        assert!(asked.known(&[], &seal).is_err());
        let mut version = asked.questions[0].clone();
        version[QUESTION.len()] = 7;
        assert_eq!(owner.answer(&version), Err(Error::Version(7)));
        let mut off_curve = asked.questions[0].clone();
        let end = off_curve.len();
        off_curve[end - 32..].fill(0xff);
        assert_eq!(owner.answer(&off_curve), Err(Error::Damaged));
    }
}
