//! The command line.

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Finds and exposes influence operations against elections, in the evidence defenders hold.
///
/// Evidence leaves traces; actors that share more rare traces than chance allows are linked; links are read as
/// findings with their innocent explanations beside them; a person decides.
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done · 1 could not · 2 asked wrongly · 3 done, but \
some evidence was not read whole · 4 --fail-on level reached · 130 interrupted"
)]
pub struct Args {
    #[command(subcommand)]
    pub command: Command,
    /// Threads to read evidence with (default: all cores)
    #[arg(long, global = true, value_name = "N")]
    pub threads: Option<usize>,
    /// No progress on stderr
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a small synthetic case and investigate it
    Demo {
        /// Where; holds `evidence` and `case` afterwards
        #[arg(default_value = "demo-case")]
        dir: PathBuf,
        /// Another seed gives another case
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Seal evidence, read it, link who acted together, judge, report; again on the same case does only what changed
    Investigate {
        /// Files, folders, archives; `-` for standard input
        evidence: Vec<PathBuf>,
        /// The case's folder; made if it is not there
        #[arg(long, short = 'o', value_name = "CASE")]
        out: PathBuf,
        /// Title of a new case
        #[arg(long, default_value = "")]
        title: String,
        /// The question a new case is to answer
        #[arg(long, default_value = "")]
        question: String,
        /// Day of the vote, YYYY-MM-DD, for a new case
        #[arg(long, default_value = "", value_name = "DAY")]
        vote: String,
        /// Outlets whose names must not be imitated, a line each (docs/lookalikes.md); kept as `[protect]` in case.toml
        #[arg(long, value_name = "FILE")]
        protect: Option<PathBuf>,
        /// A leak seal to hold the evidence against (over `[seal] file` of case.toml)
        #[arg(long, value_name = "FILE", requires = "key")]
        seal: Option<PathBuf>,
        /// The key that opens it
        #[arg(long, value_name = "FILE", requires = "seal")]
        key: Option<PathBuf>,
        /// DNS records that somebody kept, sealed with the evidence: with them sheets verify again who sent a mail
        #[arg(long, value_name = "FILE")]
        dns: Vec<PathBuf>,
        /// Exit with 4 when a finding not dismissed has at least this confidence
        #[arg(long, value_name = "LEVEL")]
        fail_on: Option<Level>,
    },
    /// Who acts together with whom in these posts, by one method, without a case
    Coordinate(crate::coordinate::Coordinate),
    /// Write the report in another form
    Report {
        /// The case's folder
        case: PathBuf,
        /// One of `unspool list exports`
        #[arg(long, short, default_value = "html")]
        format: String,
        /// To this file instead of standard output; forms that others read get a loss report beside them
        #[arg(long, short)]
        out: Option<PathBuf>,
    },
    /// Show a finding, network, actor, trace, mail, statement or piece of evidence, with the bytes that show it
    Show {
        /// The case's folder
        case: PathBuf,
        /// Its id, or the beginning of it: f:… n:… a:… t:… e:… s:…; of a mail also its Message-ID
        id: String,
    },
    /// Write down a person's decision on a finding
    Rule {
        /// The case's folder
        case: PathBuf,
        /// Id of the finding, or the beginning of it
        finding: String,
        /// What was decided
        verdict: Ruled,
        /// Why
        #[arg(long)]
        why: String,
        /// Who decided
        #[arg(long, default_value = "")]
        by: String,
    },
    Judge(crate::judge::Judge),
    Lint(crate::judge::Lint),
    Suggest(crate::suggest::Suggest),
    /// Take the last act back: a ruling, a judgement, or the last evidence added
    Undo {
        /// The case's folder
        case: PathBuf,
    },
    Import(crate::import::Import),
    Package(crate::package::Package),
    Stamp(crate::stamp::Stamp),
    Serve(crate::serve::Serve),
    Verify(crate::verify::Verify),
    Owners(crate::owners::Owners),
    /// Group mails of one making, without a case: who got what, when, from whom, and what ties it
    Waves(crate::waves::Waves),
    /// Say which names of a feed imitate which outlets, best first; outlets and feeds are text files
    Lookalikes(crate::lookalikes::Lookalikes),
    /// Is this ours? Seal confidential documents and find passages of them
    Leak(crate::leak::Leak),
    /// Say of each mail what it is for: signs, route, who sent it, what else it could be; no case is made
    Mail(crate::mail::Mail),
    Bench(crate::bench::Bench),
    /// Compare scores of accounts with the truth: how well they rank, and whether groups were recovered
    Score(crate::score::Score),
    /// List what there is
    List {
        /// Of which sort; all when left out
        what: Option<Listed>,
    },
    /// Explain a format, kind, way, method, finding, export, technique, sign or purpose of a mail
    Explain {
        /// Its id in `unspool list`
        id: String,
    },
    /// Write the reference pages
    #[command(hide = true)]
    Reference {
        /// Folder
        dir: PathBuf,
    },
    /// The process in which risky formats are read
    #[command(hide = true)]
    Isolated {
        /// Id of the format
        format: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    Low,
    Moderate,
    High,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Ruled {
    /// It holds
    Upheld,
    /// It does not
    Dismissed,
    /// Open again
    Open,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    Formats,
    Kinds,
    Ways,
    Methods,
    Findings,
    Exports,
    Techniques,
    Signs,
    Purposes,
    /// DISARM and ATT&CK in one table
    Catalogue,
}

impl Listed {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Formats => "formats",
            Self::Kinds => "kinds",
            Self::Ways => "ways",
            Self::Methods => "methods",
            Self::Findings => "findings",
            Self::Exports => "exports",
            Self::Techniques => "techniques",
            Self::Signs => "signs",
            Self::Purposes => "purposes",
            Self::Catalogue => "catalogue",
        }
    }
}
