//! The form in which people write their judgements down: TOML, described in `docs/judgement.md`.
//!
//! Every name, time and range is checked here, so that what reaches the ledger can be believed to be well formed.

use model::{
    Aspect, Confidence, Credibility, DescentClaim, Ground, Hypothesis, Interval, Kinship, Known, Likelihood, OFFERED,
    Openness, Put, Question, Quote, Reliability, Role, Sameness, Statement, TechniqueClaim, Weight, When,
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    by: String,
    #[serde(default)]
    statement: Vec<StatementForm>,
    #[serde(default)]
    question: Vec<QuestionForm>,
    #[serde(default)]
    weight: Vec<WeightForm>,
    #[serde(default)]
    same: Vec<SameForm>,
    #[serde(default)]
    technique: Vec<TechniqueForm>,
    #[serde(default)]
    ground: Vec<GroundForm>,
    #[serde(default)]
    descent: Vec<DescentForm>,
    #[serde(default)]
    withdraw: Vec<WithdrawForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct StatementForm {
    key: String,
    source: String,
    role: Role,
    said: String,
    #[serde(default)]
    said_words: String,
    #[serde(default)]
    about: String,
    #[serde(default)]
    about_words: String,
    #[serde(default)]
    clock: String,
    words: String,
    place: String,
    #[serde(default = "not_judged")]
    reliability: Reliability,
    #[serde(default = "not_known")]
    credibility: Credibility,
    #[serde(default)]
    repeats: String,
    #[serde(default, rename = "as")]
    kinship: Option<Kinship>,
    #[serde(default)]
    denies: Vec<String>,
}

fn not_judged() -> Reliability {
    Reliability::F
}

fn not_known() -> Credibility {
    Credibility::CannotBeJudged
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct QuestionForm {
    key: String,
    text: String,
    #[serde(default)]
    gaps: Vec<String>,
    #[serde(default)]
    hypothesis: Vec<HypothesisForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct HypothesisForm {
    name: String,
    #[serde(default)]
    text: String,
    likelihood: Option<Likelihood>,
    confidence: Option<Confidence>,
    #[serde(default)]
    because: String,
    prior: Option<(f64, f64)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WeightForm {
    key: String,
    question: String,
    items: Vec<String>,
    independent: String,
    ratios: BTreeMap<String, (f64, f64)>,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SameForm {
    key: String,
    a: String,
    b: String,
    likelihood: Likelihood,
    confidence: Option<Confidence>,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TechniqueForm {
    id: String,
    known: Known,
    #[serde(default)]
    shown_by: String,
    #[serde(default)]
    quote: String,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct GroundForm {
    aspect: Aspect,
    openness: Openness,
    #[serde(default)]
    item: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct DescentForm {
    key: String,
    text: String,
    #[serde(default)]
    repeats: String,
    #[serde(default, rename = "as")]
    kinship: Option<Kinship>,
    #[serde(default)]
    own: bool,
    why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WithdrawForm {
    id: String,
    why: String,
}

/// Reads the form: what is put in, in order, and who says so.
///
/// # Errors
/// In words, naming the entry.
pub fn parse(text: &str) -> Result<(Vec<Put>, Quote), String> {
    let file: File = toml::from_str(text).map_err(|e| e.to_string().trim().to_owned())?;
    let mut out = Vec::new();
    for s in file.statement {
        out.push(Put::Statement(statement(s)?));
    }
    for q in file.question {
        out.push(Put::Question(question(q)?));
    }
    for w in file.weight {
        out.push(Put::Weight(weight(w)?));
    }
    for m in file.same {
        out.push(Put::Sameness(same(m)?));
    }
    for t in file.technique {
        out.push(Put::Technique(technique(t)?));
    }
    out.extend(file.ground.into_iter().map(|g| {
        let (item, text) = (with_prefix(&g.item), Quote::from(g.text));
        Put::Ground(Ground { aspect: g.aspect, openness: g.openness, item, text })
    }));
    for d in file.descent {
        out.push(Put::Descent(descent(d)?));
    }
    out.extend(file.withdraw.into_iter().map(|w| Put::Withdrawn { id: w.id, why: Quote::from(w.why) }));
    Ok((out, Quote::from(file.by)))
}

/// `s:joint-statement` of `s` and `joint-statement` (or of the whole id already).
fn id(prefix: &str, key: &str) -> Result<String, String> {
    let bare = key.strip_prefix(prefix).and_then(|k| k.strip_prefix(':')).unwrap_or(key);
    let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if bare.is_empty() || bare.len() > 64 || !bare.chars().all(fine) {
        return Err(format!("{key:?} is no key: use lower-case letters, digits and hyphens, at most 64"));
    }
    Ok(format!("{prefix}:{bare}"))
}

/// Ids of findings and statements keep their prefix; a bare key means a statement.
fn with_prefix(item: &str) -> String {
    if item.is_empty() || item.contains(':') { item.to_owned() } else { format!("s:{item}") }
}

fn statement(f: StatementForm) -> Result<Statement, String> {
    let id = id("s", &f.key)?;
    let named = |why: String| format!("statement {}: {why}", f.key);
    let clock = Quote::from(f.clock);
    let time = |text: &str, words: String| -> Result<Interval, String> {
        let (from, to) = interval(text).map_err(|why| format!("statement {}: {why}", f.key))?;
        Ok(Interval { from, to, words: Quote::from(words), clock: clock.clone() })
    };
    if f.words.trim().is_empty() || f.place.trim().is_empty() || f.source.trim().is_empty() {
        return Err(named("source, words and place must not be empty".to_owned()));
    }
    let repeats = match (f.repeats.is_empty(), f.kinship) {
        (true, None) => None,
        (false, Some(kinship)) => Some((with_prefix(&f.repeats), kinship)),
        _ => return Err(named("`repeats` and `as` go together".to_owned())),
    };
    Ok(Statement {
        said: time(&f.said, f.said_words)?,
        about: time(&f.about, f.about_words)?,
        id,
        source: Quote::from(f.source),
        role: f.role,
        words: Quote::from(f.words),
        place: Quote::from(f.place),
        reliability: f.reliability,
        credibility: f.credibility,
        repeats,
        denies: f.denies.iter().map(|d| with_prefix(d)).collect(),
    })
}

fn question(f: QuestionForm) -> Result<Question, String> {
    let id_ = id("q", &f.key)?;
    let mut hypotheses = Vec::new();
    for h in f.hypothesis {
        let named = |why: &str| format!("question {}, hypothesis {}: {why}", f.key, h.name);
        id("h", &h.name)?;
        if hypotheses.iter().any(|o: &Hypothesis| o.name == h.name) {
            return Err(named("is there twice"));
        }
        let offered = OFFERED.iter().find(|(name, _)| *name == h.name);
        let text = if h.text.is_empty() { offered.map_or("", |o| o.1).to_owned() } else { h.text.clone() };
        if text.is_empty() {
            return Err(named("needs a text"));
        }
        if h.confidence.is_some() && h.because.is_empty() {
            return Err(named("a confidence needs a `because`"));
        }
        hypotheses.push(Hypothesis {
            prior: h.prior.map(|p| range(p).map_err(|why| named(&why))).transpose()?,
            name: h.name,
            text: Quote::from(text),
            offered: false,
            likelihood: h.likelihood,
            confidence: h.confidence,
            because: Quote::from(h.because),
        });
    }
    for (name, text) in OFFERED {
        if !hypotheses.iter().any(|h| h.name == name) {
            hypotheses.push(Hypothesis {
                name: name.to_owned(),
                text: Quote::from(text),
                offered: true,
                likelihood: None,
                confidence: None,
                because: Quote::default(),
                prior: None,
            });
        }
    }
    Ok(Question { id: id_, text: Quote::from(f.text), hypotheses, gaps: f.gaps.into_iter().map(Quote::from).collect() })
}

fn weight(f: WeightForm) -> Result<Weight, String> {
    let named = |why: &str| format!("weight {}: {why}", f.key);
    if f.items.is_empty() {
        return Err(named("names no evidence in `items`"));
    }
    let mut ratios = Vec::new();
    for (name, ratio) in &f.ratios {
        let (low, high) = range(*ratio).map_err(|why| named(&why))?;
        ratios.push((name.clone(), low, high));
    }
    Ok(Weight {
        id: id("w", &f.key)?,
        question: id("q", &f.question)?,
        items: f.items.iter().map(|i| with_prefix(i)).collect(),
        independent: Quote::from(f.independent),
        ratios,
        why: Quote::from(f.why),
    })
}

/// A range of ratios: above nothing, at most a million.
fn range((low, high): (f64, f64)) -> Result<(f64, f64), String> {
    let fine = low > 0.0 && low <= high && high <= 1e6;
    fine.then_some((low, high))
        .ok_or_else(|| format!("[{low}, {high}] is no range: low first, both above 0, at most 1000000"))
}

fn same(f: SameForm) -> Result<Sameness, String> {
    if f.a.trim().is_empty() || f.b.trim().is_empty() || f.a == f.b {
        return Err(format!("same {}: needs two names", f.key));
    }
    Ok(Sameness {
        id: id("m", &f.key)?,
        a: Quote::from(f.a),
        b: Quote::from(f.b),
        likelihood: f.likelihood,
        confidence: f.confidence,
        why: Quote::from(f.why),
    })
}

fn technique(f: TechniqueForm) -> Result<TechniqueClaim, String> {
    let known = model::technique(&f.id)
        .ok_or_else(|| format!("technique {:?} is in no catalogue (unspool list catalogue)", f.id))?;
    if f.why.trim().is_empty() {
        return Err(format!("technique {}: needs a `why`", f.id));
    }
    if f.known == Known::Observed && f.quote.trim().is_empty() {
        return Err(format!("technique {}: what is observed needs the quote that shows it", f.id));
    }
    Ok(TechniqueClaim {
        technique: f.id,
        framework: known.framework.to_owned(),
        known: f.known,
        shown_by: with_prefix(&f.shown_by),
        quote: Quote::from(f.quote),
        why: Quote::from(f.why),
    })
}

fn descent(f: DescentForm) -> Result<DescentClaim, String> {
    let of = match (f.repeats.is_empty(), f.kinship, f.own) {
        (true, None, true) => None,
        (false, Some(kinship), false) => Some((with_prefix(&f.repeats), kinship)),
        _ => return Err(format!("descent {}: needs `repeats` with `as`, or `own = true`", f.key)),
    };
    Ok(DescentClaim { id: id("d", &f.key)?, text: with_prefix(&f.text), of, why: Quote::from(f.why) })
}

/// `2024`, `2024-06`, `2024-06-20`, `2024-06-20T10:00:00Z`, or two of them with `/` between: from the beginning of the
/// first to the end of the last. Empty for not known; `..` for an open end (ISO 8601-2, 4.4).
fn interval(text: &str) -> Result<(Option<When>, Option<When>), String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok((None, None));
    }
    let (first, last) = text.split_once('/').unwrap_or((text, text));
    let open = |t: &str| t == "..";
    let wrong = || format!("{text:?} is no time: write 2024-06-20, 2024-06, or 2024-06-20/2024-07-10");
    let from = if open(first) { None } else { Some(unit(first).ok_or_else(wrong)?.0) };
    let to = if open(last) { None } else { Some(unit(last).ok_or_else(wrong)?.1) };
    match (from, to) {
        (Some(f), Some(t)) if f >= t => Err(format!("{text:?} ends before it begins")),
        both => Ok(both),
    }
}

/// Beginning and end of a year, month, day or second.
fn unit(text: &str) -> Option<(When, When)> {
    let number = |s: &str| s.bytes().all(|b| b.is_ascii_digit()).then(|| s.parse::<u32>().ok())?;
    let start = |y: u32, m: u32, d: u32| When::from_civil(i64::from(y), m, d, 0, 0, 0);
    match (text.len(), text.get(..4)?, text.get(5..7), text.get(8..10)) {
        (4, y, None, None) => Some((start(number(y)?, 1, 1)?, start(number(y)? + 1, 1, 1)?)),
        (7, y, Some(m), None) if &text[4..5] == "-" => {
            let (y, m) = (number(y)?, number(m)?);
            let next = if m == 12 { (y + 1, 1) } else { (y, m + 1) };
            Some((start(y, m, 1)?, start(next.0, next.1, 1)?))
        }
        (10, ..) => crate::day(text).map(|d| (d, When(d.0 + model::DAY))),
        (20, ..) if text.ends_with('Z') && text.as_bytes()[10] == b'T' => {
            let day = crate::day(&text[..10])?.civil();
            let part = |from: usize| number(text.get(from..from + 2)?);
            let at = When::from_civil(day.0, day.1, day.2, part(11)?, part(14)?, part(17)?)?;
            Some((at, When(at.0 + When::SECOND)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_intervals() {
        for (text, from, to) in [
            ("2024-06-20/2024-07-10", "2024-06-20T00:00:00Z", "2024-07-11T00:00:00Z"),
            ("2024-12", "2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z"),
            ("2024", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"),
            ("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
            ("2024-02-29T10:11:12Z", "2024-02-29T10:11:12Z", "2024-02-29T10:11:13Z"),
            ("2024-06/..", "2024-06-01T00:00:00Z", ""),
            ("", "", ""),
        ] {
            let (f, t) = interval(text).expect(text);
            let iso = |w: Option<When>| w.map(When::iso).unwrap_or_default();
            assert_eq!((iso(f).as_str(), iso(t).as_str()), (from, to), "{text}");
        }
        for bad in ["soon", "2024-13", "2023-02-29", "2024-07/2024-06", "20240620", "2024-06-2é", "é024", "+024"] {
            assert!(interval(bad).is_err(), "{bad}");
        }
    }

    const WHOLE: &str = r#"
by = "A. N."
[[statement]]
key = "port"
source = "Harbour office"
role = "attribution"
said = "2026-09"
words = "The fleet cut the cable."
place = "https://harbour.example/1"
reliability = "B"
credibility = 2
[[statement]]
key = "page"
source = "A paper"
role = "account"
said = "2026-09-20"
words = "They cut it."
place = "p. 1"
repeats = "port"
as = "paraphrase"
[[question]]
key = "who"
text = "Who cut it?"
gaps = ["No log of the ships"]
[[question.hypothesis]]
name = "fleet"
text = "The northern fleet did"
likelihood = "likely"
confidence = "low"
because = "one origin"
[[weight]]
key = "words"
question = "who"
items = ["port", "f:0123"]
independent = "nothing else comes from the office"
ratios = { fleet = [2, 5.5] }
why = "offices err"
[[technique]]
id = "T0049"
known = "observed"
shown-by = "port"
quote = "cut the cable"
why = "said so"
[[ground]]
aspect = "technical"
openness = "open"
item = "port"
text = "the office's own words"
[[descent]]
key = "page"
text = "e:00000000000000aa"
repeats = "port"
as = "translation"
why = "read side by side"
"#;

    #[test]
    fn the_form_is_read_and_the_usual_hypotheses_are_offered() {
        let (items, by) = parse(WHOLE).expect("well formed");
        assert_eq!((items.len(), by.raw()), (7, "A. N."));
        let Put::Question(q) = &items[2] else { panic!("{:?}", items[2]) };
        let names: Vec<(&str, bool)> = q.hypotheses.iter().map(|h| (h.name.as_str(), h.offered)).collect();
        assert_eq!(names[0], ("fleet", false));
        assert_eq!(names[1..].iter().map(|n| n.0).collect::<Vec<_>>(), OFFERED.map(|o| o.0));
        let Put::Weight(w) = &items[3] else { panic!("{:?}", items[3]) };
        assert_eq!((w.items[0].as_str(), w.ratios[0].clone()), ("s:port", ("fleet".to_owned(), 2.0, 5.5)));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (from, to, why) in [
            ("key = \"port\"", "key = \"Port x\"", "is no key"),
            ("said = \"2026-09\"", "said = \"autumn\"", "statement port"),
            ("credibility = 2", "credibility = 7", "1 to 6"),
            ("as = \"paraphrase\"", "", "go together"),
            ("fleet = [2, 5.5]", "fleet = [5, 2]", "no range"),
            ("fleet = [2, 5.5]", "fleet = [nan, 2]", "no range"),
            ("because = \"one origin\"", "", "because"),
            ("quote = \"cut the cable\"", "", "quote"),
            ("as = \"translation\"", "own = true", "own = true"),
            ("why = \"said so\"", "why = \"\"", "needs a `why`"),
            ("id = \"T0049\"", "id = \"T9999\"", "T9999"),
            ("role = \"attribution\"", "roll = \"attribution\"", "roll"),
        ] {
            let said = parse(&WHOLE.replacen(from, to, 1)).expect_err(from);
            assert!(said.contains(why), "{from}: {said}");
        }
    }
}
