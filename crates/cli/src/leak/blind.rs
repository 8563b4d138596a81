//! `unspool leak blind`, `serve` and `ask`: asking without a shared key, over a socket or by files for machines that have
//! no network. Nothing listens or connects unless this command is given, and then only at the address given.

use super::{KeyFile, hear, key};
use crate::{End, Trouble, pipe};
use leaks::{Asked, BlindSeal, MOST_ASKED, Owner};
use model::Quote;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use zeroize::Zeroizing;

/// Most bytes of a message: a question of [`MOST_ASKED`] grams and its head.
const MESSAGE: usize = MOST_ASKED * 32 + 64;
/// A stranger who sends nothing is hung up on.
const PATIENCE: Duration = Duration::from_secs(10);
/// One who sends a little now and then is hung up on after this.
const ALL_IN_ALL: Duration = Duration::from_secs(300);
/// Most askers at once.
const ASKERS: usize = 16;

#[derive(Debug, clap::Args)]
pub struct BlindArgs {
    /// Documents, or folders of them
    #[arg(required = true)]
    docs: Vec<PathBuf>,
    #[command(flatten)]
    key: KeyFile,
    /// The blind seal's file, to be given to whoever may ask
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
}

#[derive(Debug, clap::Args)]
pub struct ServeArgs {
    #[command(flatten)]
    key: KeyFile,
    /// Address to listen at
    #[arg(long, default_value = "127.0.0.1:7447", value_name = "ADDRESS")]
    listen: String,
    /// Most fingerprints answered in an hour, over all askers
    #[arg(long, default_value_t = 20_000, value_name = "N")]
    per_hour: usize,
    /// A line for every question is added to this file
    #[arg(long, value_name = "FILE")]
    log: PathBuf,
    /// Answer this question instead of listening
    #[arg(long, value_name = "FILE", requires = "answer")]
    question: Option<PathBuf>,
    /// Where the answer to the question goes
    #[arg(long, value_name = "FILE", requires = "question")]
    answer: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct AskArgs {
    /// Mails or files, or folders of them
    #[arg(required = true)]
    evidence: Vec<PathBuf>,
    /// The blind seal that the owner gave out
    #[arg(long, value_name = "FILE")]
    blind: PathBuf,
    /// The owner's address
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["question", "answer"])]
    at: Option<String>,
    /// Write the question here (and its secret beside it, ending in .secret) for an owner that has no network
    #[arg(long, value_name = "FILE")]
    question: Option<PathBuf>,
    /// Read the answer to the question written before; the evidence must be the same
    #[arg(long, value_name = "FILE", requires = "question")]
    answer: Option<PathBuf>,
}

pub fn blind(args: &crate::Args, blind: &BlindArgs) -> Result<End, Trouble> {
    let owner = Owner::new(&key::read(&blind.key)?)?;
    let files = hear::files(&blind.docs)?;
    let (mut results, mut torn) = (Vec::new(), false);
    for (file, read) in files.iter().zip(hear::each(crate::threads(args), &files, |file| results_of(file, &owner))) {
        let (mut some, notes) = read?;
        torn |= hear::noted(file, &notes);
        results.append(&mut some);
    }
    let bytes = owner.seal(results);
    case::write_whole(&blind.out, &mut |out| out.write_all(&bytes))?;
    eprintln!("Blind seal of {} files in {} ({} bytes).", files.len(), blind.out.display(), bytes.len());
    Ok(if torn { End::NotReadWhole } else { End::Done })
}

fn results_of(file: &Path, owner: &Owner) -> Result<(Vec<u64>, Vec<model::Note>), String> {
    let mut results = Vec::new();
    let notes = hear::texts(file, &mut |_, text| results.append(&mut owner.results(&text.words)));
    notes.map(|notes| (results, notes)).map_err(|e| e.to_string())
}

/// How many fingerprints may still be answered: a bucket that fills evenly over the hour.
struct Allowance {
    per_hour: usize,
    left: f64,
    since: Instant,
}

impl Allowance {
    fn new(per_hour: usize) -> Self {
        Self { per_hour, left: per_hour as f64, since: Instant::now() }
    }

    fn take(&mut self, n: usize) -> bool {
        let filled = self.since.elapsed().as_secs_f64() / 3600.0 * self.per_hour as f64;
        self.left = (self.left + filled).min(self.per_hour as f64);
        self.since = Instant::now();
        let may = self.left >= n as f64;
        if may {
            self.left -= n as f64;
        }
        may
    }
}

/// The owner's side: who answers, how much may still be answered, where every question is written down.
struct Desk<'s> {
    owner: Owner,
    allowance: Mutex<Allowance>,
    log: &'s Path,
}

pub fn serve(serve: &ServeArgs) -> Result<End, Trouble> {
    let owner = Owner::new(&key::read(&serve.key)?)?;
    let desk = Desk { owner, allowance: Mutex::new(Allowance::new(serve.per_hour)), log: &serve.log };
    if let (Some(question), Some(to)) = (&serve.question, &serve.answer) {
        return desk.answer_file(question, to).map(|()| End::Done);
    }
    let listener = TcpListener::bind(&serve.listen).map_err(|e| format!("cannot listen at {}: {e}", serve.listen))?;
    eprintln!("Listening at {}. Interrupt to end.", listener.local_addr()?);
    let open = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { continue };
            if open.load(Ordering::Relaxed) >= ASKERS {
                continue; // hung up on: there are as many askers as there may be
            }
            open.fetch_add(1, Ordering::Relaxed);
            let (desk, open) = (&desk, &open);
            scope.spawn(move || {
                // One asker's trouble is not the others'.
                if let Err(e) = desk.answer_stream(stream) {
                    eprintln!("note: {}", Quote::from(e.to_string()).terminal());
                }
                open.fetch_sub(1, Ordering::Relaxed);
            });
        }
    });
    Ok(End::Done)
}

impl Desk<'_> {
    /// Answers the questions in a file.
    fn answer_file(&self, question: &Path, to: &Path) -> Result<(), Trouble> {
        let bytes = std::fs::read(question).map_err(|e| format!("cannot read {}: {e}", question.display()))?;
        let mut answers = Vec::new();
        for one in split(&bytes)? {
            answers.push(self.answer(one, "a file")?);
        }
        case::write_whole(to, &mut |file| file.write_all(&joined(&answers)))?;
        Ok(())
    }

    /// Answers one asker: a question after another until it hangs up or its time is over.
    fn answer_stream(&self, stream: TcpStream) -> Result<(), Trouble> {
        let peer = stream.peer_addr()?.to_string();
        let mut line = Line::new(stream)?;
        while let Some(question) = receive(&mut line)? {
            match self.answer(&question, &peer) {
                Ok(answer) => send(&mut line.stream, &answer)?,
                Err(e) => {
                    send(&mut line.stream, format!("refused: {e}").as_bytes())?;
                    return Err(e);
                }
            }
        }
        Ok(())
    }

    /// Checks, logs and answers a question.
    fn answer(&self, question: &[u8], peer: &str) -> Result<Vec<u8>, Trouble> {
        let asked = self.owner.asked(question);
        {
            let mut allowance = self.allowance.lock().unwrap_or_else(PoisonError::into_inner);
            let verdict = match &asked {
                Err(e) => Err(e.to_string()),
                Ok(n) if *n > MOST_ASKED => Err(format!("more than {MOST_ASKED} fingerprints in one question")),
                Ok(n) if !allowance.take(*n) => Err("too many questions this hour; ask again later".to_owned()),
                Ok(_) => Ok(()),
            };
            let line = serde_json::json!({
                "when": crate::now().iso(), "from": peer, "fingerprints": asked.unwrap_or(0),
                "answer": verdict.as_ref().err().map_or("answered", String::as_str),
            });
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(self.log)?;
            writeln!(file, "{line}")?;
            verdict?;
        }
        Ok(self.owner.answer(question)?)
    }
}

/// A connection that ends, whatever the other side does.
struct Line {
    stream: TcpStream,
    until: Instant,
}

impl Line {
    fn new(stream: TcpStream) -> std::io::Result<Self> {
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self { stream, until: Instant::now() + ALL_IN_ALL })
    }
}

impl Read for Line {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(std::io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left.min(PATIENCE)))?;
        self.stream.read(buf)
    }
}

fn send(stream: &mut TcpStream, message: &[u8]) -> std::io::Result<()> {
    stream.write_all(&(message.len() as u32).to_le_bytes())?;
    stream.write_all(message)
}

/// A message; `None` where the other side is done.
fn receive(from: &mut impl Read) -> Result<Option<Vec<u8>>, Trouble> {
    let mut len = [0; 4];
    match from.read_exact(&mut len) {
        Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let len = u32::from_le_bytes(len) as usize;
    if len > MESSAGE {
        return Err("a message longer than any question or answer".into());
    }
    let mut message = vec![0; len];
    from.read_exact(&mut message)?;
    Ok(Some(message))
}

/// The messages in a file, each with its length before it.
fn split(mut bytes: &[u8]) -> Result<Vec<&[u8]>, Trouble> {
    let mut out = Vec::new();
    while let Some((len, rest)) = bytes.split_first_chunk::<4>() {
        let (one, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize).ok_or("the file is cut short")?;
        out.push(one);
        bytes = rest;
    }
    if bytes.is_empty() { Ok(out) } else { Err("the file is cut short".into()) }
}

/// A text asked about, and where it stands.
struct Text {
    file: PathBuf,
    part: String,
    words: String,
}

pub fn ask(ask: &AskArgs) -> Result<End, Trouble> {
    let file = std::fs::read(&ask.blind).map_err(|e| format!("cannot read {}: {e}", ask.blind.display()))?;
    let seal = BlindSeal::read(&file).map_err(|e| format!("{}: {e}", ask.blind.display()))?;
    let (texts, torn) = texts(&ask.evidence)?;
    let about = |seed: &[u8; 32]| Asked::about(texts.iter().map(|t| t.words.as_str()), &seal, seed);
    let answers: Vec<Vec<u8>>;
    let asked = match (&ask.at, &ask.question, &ask.answer) {
        (Some(at), _, _) => {
            let asked = about(&*drawn()?)?;
            answers = over_socket(at, &asked.questions)?;
            asked
        }
        (None, Some(question), None) => return write_question(question, about),
        (None, Some(question), Some(answer)) => {
            let seed = Zeroizing::new(std::fs::read(secret(question))?);
            let seed = <&[u8; 32]>::try_from(&seed[..]).map_err(|_| "the question's secret is damaged")?;
            let bytes = std::fs::read(answer).map_err(|e| format!("cannot read {}: {e}", answer.display()))?;
            answers = split(&bytes)?.into_iter().map(<[u8]>::to_vec).collect();
            let asked = about(seed)?;
            if joined(&asked.questions) != std::fs::read(question)? {
                return Err("the evidence is not what the question was written about".into());
            }
            asked
        }
        _ => return Err("say whom to ask (--at) or where to write the question (--question)".into()),
    };
    let known = asked.known(&answers, &seal)?;
    let mut out = std::io::stdout().lock();
    for k in &known {
        let text = &texts[k.text];
        let words: String = text.words.chars().skip(k.start as usize).take((k.end - k.start) as usize).collect();
        let name = |s: &str| Quote::from(s).terminal();
        pipe(writeln!(
            out,
            "{} [{}] characters {}-{}: {} of the sealed documents\u{2019} fingerprints in a row\n  \u{201c}{}\u{201d}\n",
            name(&text.file.to_string_lossy()),
            name(&text.part),
            k.start,
            k.end,
            k.grams,
            Quote::from(words).short(240).terminal()
        ))?;
    }
    if known.is_empty() {
        pipe(writeln!(
            out,
            "No: nothing of it stands in the sealed documents, as far as runs of {} letters go.",
            leaks::GUARANTEE
        ))?;
    } else {
        pipe(writeln!(
            out,
            "One fingerprint alone may be a phrase that many texts use; several in a row are hardly one."
        ))?;
    }
    Ok(if torn { End::NotReadWhole } else { End::Done })
}

fn texts(evidence: &[PathBuf]) -> Result<(Vec<Text>, bool), Trouble> {
    let (mut texts, mut torn) = (Vec::new(), false);
    for file in hear::files(evidence)? {
        let notes = hear::texts(&file, &mut |part, text| {
            texts.push(Text { file: file.clone(), part: part.to_owned(), words: text.words.clone().into_owned() });
        })?;
        torn |= hear::noted(&file, &notes);
    }
    Ok((texts, torn))
}

fn drawn() -> Result<Zeroizing<[u8; 32]>, Trouble> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut seed[..]).map_err(|e| format!("the system gives no random bytes: {e}"))?;
    Ok(seed)
}

fn over_socket(at: &str, questions: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Trouble> {
    let address = at.to_socket_addrs()?.next().ok_or("no such address")?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(|e| format!("cannot reach {at}: {e}"))?;
    stream.set_read_timeout(Some(PATIENCE * 6))?;
    let mut answers = Vec::new();
    for question in questions {
        send(&mut stream, question)?;
        let answer = receive(&mut stream)?.ok_or("the owner hung up")?;
        if let Some(why) = answer.strip_prefix(b"refused: ") {
            return Err(format!("refused by the owner: {}", String::from_utf8_lossy(why)).into());
        }
        answers.push(answer);
    }
    Ok(answers)
}

fn secret(question: &Path) -> PathBuf {
    let mut name = question.as_os_str().to_owned();
    name.push(".secret");
    name.into()
}

fn joined(questions: &[Vec<u8>]) -> Vec<u8> {
    questions.iter().flat_map(|q| [&(q.len() as u32).to_le_bytes()[..], q].concat()).collect()
}

fn write_question(to: &Path, about: impl Fn(&[u8; 32]) -> Result<Asked, leaks::Error>) -> Result<End, Trouble> {
    let seed = drawn()?;
    let asked = about(&seed)?;
    let beside = secret(to);
    let mut options = std::fs::OpenOptions::new();
    std::os::unix::fs::OpenOptionsExt::mode(options.write(true).create_new(true), 0o600);
    let mut file = options.open(&beside).map_err(|e| format!("cannot write {}: {e}", beside.display()))?;
    file.write_all(&seed[..])?;
    case::write_whole(to, &mut |out| out.write_all(&joined(&asked.questions)))?;
    eprintln!(
        "Question in {}; send it to the owner. {} stays here: it takes the blind off, and shows what was asked to whoever has both.",
        to.display(),
        beside.display()
    );
    Ok(End::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_allows_so_much_and_no_more() {
        let mut allowance = Allowance::new(1000);
        assert!(allowance.take(900));
        assert!(!allowance.take(500));
        assert!(allowance.take(100));
    }
}
