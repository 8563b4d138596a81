//! Risky formats in a process of their own, with bounded memory and time.
//!
//! The same program is started again with the format's id; bytes go in on stdin, what it read comes back on stdout.
//! Where the libraries overflow the stack or eat all memory, that process ends and the run goes on with a note.

use evidence::Isolate;
use rustix::process::{Resource, Rlimit, setrlimit};
use std::io::{self, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Address space in bytes, processor seconds, seconds on the clock, bytes of answer.
const LIMITS: (u64, u64, u64, u64) = (2 << 30, 30, 60, 256 << 20);

/// Starts this program again.
pub struct Process;

impl Isolate for Process {
    fn run(&self, format: &str, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let program = std::env::current_exe().map_err(|e| e.to_string())?;
        let mut child = Command::new(program)
            .args(["isolated", format])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("it could not be started: {e}"))?;
        let (Some(mut stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err("it has no pipes".to_owned());
        };
        let answer = std::thread::scope(|scope| {
            // A child that dies early closes the pipe; what killed it is told by its exit status.
            scope.spawn(move || stdin.write_all(bytes));
            let answer = scope.spawn(move || {
                let mut answer = Vec::new();
                stdout.take(LIMITS.3 + 1).read_to_end(&mut answer).map(|_| answer)
            });
            let ended = wait(&mut child);
            let answer = answer.join().unwrap_or_else(|_| Ok(Vec::new()));
            ended.and_then(|()| answer.map_err(|e| e.to_string()))
        })?;
        if answer.len() as u64 > LIMITS.3 {
            return Err("it said more than it may".to_owned());
        }
        Ok(answer)
    }
}

fn wait(child: &mut Child) -> Result<(), String> {
    let end = Instant::now() + Duration::from_secs(LIMITS.2);
    let mut pause = 1;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("out of memory, stack or time ({status})")),
            Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(pause)),
            Ok(None) => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("it took more than {} seconds", LIMITS.2));
            }
            Err(e) => return Err(e.to_string()),
        }
        pause = (pause * 2).min(20);
    }
}

/// What the child process does.
///
/// # Errors
/// When the limits cannot be set or the pipes fail.
pub fn child(format: &str) -> io::Result<()> {
    let both = |n| Rlimit { current: Some(n), maximum: Some(n) };
    setrlimit(Resource::As, both(LIMITS.0))?;
    setrlimit(Resource::Cpu, both(LIMITS.1))?;
    let risky = evidence::by_id(format).and_then(|f| f.risky);
    let risky = risky.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no such risky format"))?;
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let answer = risky(&bytes);
    io::stdout().lock().write_all(&answer)
}
