//! What else lockstep could be, and what the traces at hand say of each.

use super::facts::{Facts, distinct};
use crate::words::{innocent, percent, period, span, things};
use model::{AtLeastOne, Board, Innocent, When};

/// Those that the traces leave open, the likeliest first.
pub(super) fn explanations(board: &Board<'_>, facts: &Facts) -> Option<AtLeastOne<Innocent>> {
    let mut out: Vec<Innocent> = facts.recognised.iter().map(|r| r.innocent.clone()).collect();
    out.push(organisation(facts));
    let words = facts.objects("exact-text") + facts.objects("url");
    if words > 0 {
        out.push(tool(facts));
    }
    if facts.leads >= 0.65 {
        out.push(ticker(facts));
    }
    if facts.days <= 2 || facts.objects("hashtag") + facts.objects("hashtag-sequence") > 0 {
        out.push(event(facts));
    }
    if facts.members <= 4 {
        out.push(one_person(facts));
    }
    if facts.inside < 0.5 {
        out.push(popular(board, facts));
    }
    AtLeastOne::new(out)
}

fn organisation(facts: &Facts) -> Innocent {
    let whole = facts.touches.iter().filter(|s| s.micros.rem_euclid(60 * When::SECOND) == 0).count();
    let say = if facts.coarse {
        "Times here are recorded to the minute at best, so a schedule cannot be told from chance.".to_owned()
    } else {
        format!(
            "{} of the {} shared touches fall on a whole minute (about 2 % would by chance); a timetable shows as far \
             more. Look whether the accounts name their organisation.",
            percent(whole, facts.touches.len()),
            facts.touches.len()
        )
    };
    innocent("One organisation that posts openly from several accounts on a schedule", say)
}

fn tool(facts: &Facts) -> Innocent {
    innocent(
        "A share button, a syndication service or a cross-posting tool fills in the same words and links",
        format!(
            "Shared within the window: {} and {}. Such tools make the words alike, but not the moment: the median time \
             from one member to the next was {}.",
            things(facts.objects("exact-text"), "exact-text"),
            things(facts.objects("url"), "url"),
            span(facts.lag)
        ),
    )
}

fn ticker(facts: &Facts) -> Innocent {
    innocent(
        "Feeds that automatically pass on what one open source publishes, such as a news ticker",
        format!(
            "One member was first in {:.0} % of its relations; look whether it is that source, and whether the others \
             say that they follow it.",
            facts.leads * 100.0
        ),
    )
}

fn event(facts: &Facts) -> Innocent {
    innocent(
        "An event of the moment, such as a debate, a match or a fan club's action, to which all reacted at once",
        format!(
            "The shared touches fall {} on {} different day(s); an event explains one stretch, not several apart.",
            period(facts.first, facts.last),
            facts.days
        ),
    )
}

fn one_person(facts: &Facts) -> Innocent {
    innocent(
        "One person who uses several accounts openly",
        format!("There are only {} members; look whether they name one another or one owner.", facts.members),
    )
}

fn popular(board: &Board<'_>, facts: &Facts) -> Innocent {
    let others = distinct(&facts.touches).into_iter().map(|o| board.object(o).actors).max().unwrap_or(0);
    innocent(
        "The quickest of a large public that shared the same popular things",
        format!(
            "In the median only {:.0} % of those who touched these things are members; the most popular was touched by \
             {others} actors.",
            facts.inside * 100.0
        ),
    )
}
