//! At least three elements of the tale, among them what makes it one and a wish of the reader.

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
        Dear friend, with the United Nations we raised 2 million dollars for orphans. Give by wire transfer; for a receipt send your full name and home address. God bless you.\n\
        ",
};

// What the tale cannot do without: a fortune without an owner, a fund to be released, a secret between two, an offer of
// money. An appeal for gifts has none of it.
phrases! {  pub(crate) CORE,
    r"next of kin|inherit(ance|ed)|(late|deceased) (\w+ )?(client|husband|customer|father|wife)|died (\w+ ){0,6}(accident|crash|cancer|heart)|beneficiary|bequeath|widow",
    r"(compensation|payment|fund|atm|inheritance|consignment|donation|grant|lottery) (\w+ ){0,3}(fund|card|payment|release|approved|file|box|winner|award)",
    r"(confidential|mutual|100 ?%|risk[ -]?free|god[ -]?fearing|trustworthy|honest|utmost|strictly)\b.{0,40}(transaction|business|proposal|benefit|deal|person|partner|risk|secre|confiden)",
    r"(loan|lend|credit|financ)\w* (\w+ ){0,4}(offer|interest rate|\d ?%|apply|approved|project|business)|business (proposal|proposition|opportunity|partner)|investment (opportunity|partner|proposal|project)",
    r"lucky winner|lottery|sweepstake|jackpot|(donat|give|entrust|grant)\w* (\w+ ){0,5}to you\b|entrust",
}
// Said to the reader: who only tells of the tale does not.
phrases! {  pub(crate) READER,
    r"(writ|contact|email|reach|choos|chos|select|inform|notif)\w* (to |out to )?you\b|you (have|are|were) (\w+ ){0,3}(receiv|select|chosen|invited|granted|required|listed)\w*",
    r"your (\w+ )?(fund|payment|inheritance|assistance|care|cooperation|co-operation|consent|interest|country|telephone|phone|mobile|whatsapp|full name|name|address|bank|occupation|response|reply)s?\b",
    r"(dear|my dear|attention|attn)\W{1,2}(friend|beneficiary|beloved|winner|customer|email|sir|user|madam)|greetings (to you|in the name)|kindly (reply|respond|contact|send)|contact me\b|private e-?mail",
}
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
    let whole = told.len() >= MANY && !facts.said(&CORE).is_empty() && !facts.said(&READER).is_empty();
    if whole && !super::alarm_leads_elsewhere::discussion(facts) {
        for (at, words) in told.into_iter().take(3) {
            seen.line(
                at,
                words,
                Grade::Supported,
                "an element of the tale that advance-fee swindles tell",
                "at least three elements of the tale together, one without which it is none, and said to the reader",
            );
        }
    }
}
