//! What people hold about a case: put in from a form, and read over by the linter.

use crate::{End, Trouble, pipe};
use case::{Case, Error, Run};
use model::{Put, Quote};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Put statements, questions, weights and claims into a case, from a form in TOML (docs/judgement.md)
#[derive(Debug, clap::Args)]
pub struct Judge {
    /// The case's folder
    #[arg(required_unless_present = "example")]
    case: Option<PathBuf>,
    /// The form; `-` for standard input
    #[arg(required_unless_present = "example")]
    form: Option<PathBuf>,
    /// Print a form to fill in, with every entry explained
    #[arg(long, exclusive = true)]
    example: bool,
    /// Who says so, over the form's own `by`
    #[arg(long, default_value = "")]
    by: String,
}

/// Name what a careful reader would object to: likelihood and confidence in one sentence, no alternatives, no gaps
#[derive(Debug, clap::Args)]
pub struct Lint {
    /// The case's folder
    case: PathBuf,
}

/// What `--example` prints.
const EXAMPLE: &str = include_str!("judge/example.toml");

impl Judge {
    /// Reads the form and writes down what is new in it.
    pub fn run(&self, run: &Run<'_>) -> Result<End, Trouble> {
        let (Some(dir), Some(form)) = (&self.case, &self.form) else {
            pipe(write!(io::stdout().lock(), "{EXAMPLE}"))?;
            return Ok(End::Done);
        };
        let (items, by) = case::parse_judgement(&text(form)?).map_err(Error::Judgement)?;
        let by = if self.by.is_empty() { by } else { Quote::from(self.by.as_str()) };
        let mut case = Case::open(dir)?;
        let (all, withdrawn) = (items.len(), items.iter().filter(|i| matches!(i, Put::Withdrawn { .. })).count());
        let put = case.judge(items, &by, run)?;
        let dir = dir.display();
        eprintln!("{put} of {all} entries were new ({withdrawn} withdrawals). `unspool undo {dir}` takes them back.");
        for remark in report::lint(&case.dossier()?) {
            eprintln!("{}", line(&remark));
        }
        Ok(End::Done)
    }
}

fn text(form: &Path) -> Result<String, Trouble> {
    if form.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(form).map_err(|e| format!("cannot read {}: {e}", form.display()).into())
}

impl Lint {
    /// Prints one line for each remark; exit code 1 where there are any.
    pub fn run(&self) -> Result<End, Trouble> {
        let remarks = report::lint(&Case::look(&self.case)?.dossier()?);
        let mut out = io::stdout().lock();
        remarks.iter().try_for_each(|r| pipe(writeln!(out, "{}", line(r))))?;
        Ok(if remarks.is_empty() { End::Done } else { End::CouldNot })
    }
}

fn line(r: &report::Remark) -> String {
    format!("{} [{}] {}", r.about, r.rule, r.text.terminal())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_can_be_put_in_as_it_stands() {
        let (items, _) = case::parse_judgement(EXAMPLE).expect("well formed");
        assert_eq!(items.len(), 8);
        let uncommented =
            EXAMPLE.replace("# [[withdraw]]\n# id", "[[withdraw]]\nid").replace("# why = \"two", "why = \"two");
        assert_eq!(case::parse_judgement(&uncommented).expect("well formed").0.len(), 9);
    }
}
