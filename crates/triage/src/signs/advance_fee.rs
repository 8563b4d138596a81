//! At least three elements of the tale.

use crate::facts::Facts;
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "advance-fee",
        about: "a fortune, an inheritance, a loan or a business offered by a stranger",
        source: "Interpol, advance-fee fraud; ours",
    },
    topic: Topic::Want,
    strong: true,
    establishes: "The tale that advance-fee swindles tell: money that needs the reader's help. A single word of it is nothing; several are rare elsewhere.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Dear friend, I am barrister Bo. My late client left 12 million dollars to no next of kin. Kindly reply with your full names and telephone number.\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        Dear colleague, our lawyer says that the museum is closed.\n\
        ",
};

phrases! {  pub(crate) TALE,
    r"(million|thousand|hundred thousand) (\w+ ){0,4}(dollars|euros|pounds|usd|eur|gbp)|(us\$|usd|\$|€|£|eur|gbp) ?[\d.,]+ ?(million|m\b)|[$€£] ?[\d]{1,3}([.,][\d]{3})+|\b\d{1,3}([.,]\d{3}){2,}",
    r"next of kin|inherit(ance|ed)|(late|deceased) (\w+ )?(client|husband|customer|father|wife)|died (\w+ ){0,6}(accident|crash|cancer|heart)|beneficiary|bequeath|widow",
    r"(compensation|payment|fund|atm|inheritance|consignment|donation|grant|lottery) (\w+ ){0,3}(fund|card|payment|release|approved|file|box|winner|award)",
    r"(transfer|release|remit|move|invest)\w* (\w+ ){0,4}(fund|money|sum|amount)|bank draft|western union|money ?gram|swift|wire transfer",
    r"(contact|reply|respond|write|email|call) (\w+ ){0,4}(barrister|attorney|lawyer|director|agent|officer|diplomat|secretary|immediately|urgently|for (more|further) (details|information))|private e-?mail|kindly (reply|respond|contact|send)",
    r"(full|complete) names?|(your|direct) (\w+ )?(telephone|phone|mobile|whatsapp) number|(house|home|residential|contact) address|occupation|date of birth|copy of your (id|passport)|bank account (details|number|information)",
    r"(confidential|mutual|100 ?%|risk[ -]?free|god[ -]?fearing|trustworthy|honest|utmost|strictly)\b.{0,40}(transaction|business|proposal|benefit|deal|person|partner|risk|secre|confiden)",
    r"(central bank|federal reserve|united nations|imf|world bank|fbi|interpol|ministry of finance|bank of (africa|nigeria|ghana)|reserve bank|world health organi[sz]ation)|barrister|diplomatic|attorney at law|\b(ceo|chairman|prince|princess|general|sergeant|director) of\b",
    r"(dear (friend|beneficiary|beloved|sir/?madam|sir or madam|winner|customer|email (owner|user))|greetings (to you|in the name)|good day|my dear|beloved)\b",
    r"(charity|orphan|donat|humanitarian|less privileged|god bless)\w*|lucky winner|lottery|sweepstake|jackpot",
    r"(loan|lend|credit|financ)\w* (\w+ ){0,4}(offer|interest rate|\d ?%|apply|approved|project|business)|business (proposal|proposition|opportunity|partner)|investment (opportunity|partner|proposal|project)",
}
/// Elements of the tale that must stand together.
const MANY: usize = 3;

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let told = facts.said(&TALE);
    if told.len() >= MANY && !super::alarm_leads_elsewhere::discussion(facts) {
        for (at, words) in told.into_iter().take(3) {
            seen.line(
                at,
                words,
                Grade::Supported,
                "an element of the tale that advance-fee swindles tell",
                "at least three elements of the tale together",
            );
        }
    }
}
