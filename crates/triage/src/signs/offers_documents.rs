//! Phrases by which documents of others are offered, in several languages.

use crate::facts::Facts;
use crate::phrases::phrases;
use crate::sign::{Seen, Sign, Topic};
use model::{Card, Grade};

/// The drawer.
pub const SIGN: Sign = Sign {
    card: Card {
        id: "offers-documents",
        about: "the sender says that papers of somebody else are below, enclosed or to be had",
        source: "ours; docs/mail.md",
    },
    topic: Topic::Want,
    strong: false,
    establishes: "The words present what follows as somebody's internal papers, passed on without their knowing. Whether they are genuine, altered or invented, the mail does not tell.",
    find,
    example: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        This came to me from somebody inside the campaign and I cannot keep it to myself. I can send the rest.\n\
        ",
    twin: "\
        From: Ann <ann@one.example>\n\
        To: bo@two.example\n\
        Subject: Hello\n\
        Date: Thu, 3 Nov 2016 14:05:09 +0100\n\
        Message-ID: <1@one.example>\n\
        Content-Type: text/plain; charset=utf-8\n\
        \n\
        The internal phone book is on the shelf.\n\
        ",
};

phrases! {  pub(crate) OFFER,
    r"\b(i|we) (have|got|hold|obtained|received|possess|came across|am in possession of|can (send|share|provide|offer)) (\w+ ){0,6}(internal|confidential|leaked|private|secret|classified|hacked|stolen|campaign|party|e-?mails?|documents?|files?|memos?|dossier|records|recordings)\b",
    r"(internal|confidential|leaked|private|secret|stolen|hacked|unpublished) (\w+ ){0,2}(documents?|memos?|memorand(um|a)|e-?mails?|files?|notes?|papers?|briefings?|dossiers?|research|correspondence|reports?)",
    r"(documents?|e-?mails?|files?|papers?|excerpts?|notes?|dossier|pages?) (\w+ ){0,4}(from|of|by|belonging to|out of) (inside|within|the (\w+ ){0,3}(campaign|headquarters|ministry|party|office|committee|team|cabinet))",
    r"(came|comes|come|got) (to me )?(straight |directly )?(from|out of) (inside|within|somebody|someone|a (friend|source|colleague|person|insider))",
    r"(below|attached|enclosed|here|following) (is|are|you (will )?find) (\w+ ){0,5}(excerpts?|part|parts|extracts?|copy|copies|pages?|notes?|note|memo|document|documents|e-?mails?) (of|from)",
    r"(did not|didn't) (hear|get) (this|it) from me|(cannot|can't|could not) keep (it|this) to myself|asked me to (pass|send|give|hand) (this|it|them) (on|along|to)",
    r"(not|never) (meant |intended )?for (publication|the public|your eyes)|they do(n't| not) want (you|anyone|the public|people) to (see|know|read)|word for word|behind closed doors",
    r"(i|we) can (send|share|get|provide|supply) (you )?(the rest|more|all of (it|them)|further|the (full|whole|complete|original))|there is more (of it|where)|more will follow|(the )?(rest|full (document|file|set|version)) (is available|on request|can be)",
    r"(you|people|the public|voters|readers|everyone) (should|must|need to|ought to|have a right to|deserve to) (see|know|read) (this|what|the truth|how)",
    r"(was|were|been) (lying|left) (open|around|unprotected|about)|nobody (at|in) .{1,40} noticed|(not|nothing) (been )?(published|reported|public) (yet|anywhere|before)",
    r"(do|use|publish) (with )?(it|this|them) (as|what) you (see fit|think (fit|right)|like|want)|(protect|keep) my (identity|name)|(remain|stay) anonymous|wish to remain unnamed|whistle-?blow",
    r"(interne|vertrauliche|geheime|geleakte)[rsnm]? (\w+ ){0,2}(dokument|papier|unterlage|e-?mail|notiz|vermerk|akte|protokoll)\w*|(liegen|habe ich|haben wir) (\w+ ){0,4}(unterlagen|dokumente|e-?mails|papiere)|nicht (zur|für die) (veröffentlichung|öffentlichkeit)|weitere (unterlagen|dokumente|seiten) folgen|auszüge? aus (\w+ ){0,4}(papier|vermerk|dokument|e-?mail|strategie|protokoll)\w*",
    r"(documents?|notes?|courriels?|mails?|dossiers?) (\w+ ){0,2}(internes?|confidentiels?|secrets?|volés?|fuités?)|(je|nous) (vous )?(ai|avons|transmets|envoie|possède|détiens) (\w+ ){0,5}(documents?|extraits?|notes? internes?|courriels)|extraits? d(e|u|'un) (\w+ ){0,3}(note|document|mémo|rapport)",
    r"(documentos?|correos?|archivos?|informes?|notas?|e-?mails?) (\w+ ){0,2}(internos?|confidencia(l|les|is)|secretos?|sigilosos?|filtrad[oa]s|vazad[oa]s)|(tengo|tenemos|tenho|temos|adjunto|envio|le envío) (\w+ ){0,5}(documentos?|extractos?|correos|arquivos|trechos)",
    r"(documenti|email|note|appunti) (\w+ ){0,2}(interni|riservati|segreti|trapelati)|(interne|vertrouwelijke|gelekte) (\w+ ){0,2}(documenten|stukken|e-?mails|notities)|(внутренн|секретн|конфиденциальн)\w* (документ|переписк|записк)\w*|(wewnętrzne|poufne|tajne) (dokumenty|notatki|maile)",
}

fn find(facts: &Facts<'_>, seen: &mut Seen<'_>) {
    let said = facts.said(&OFFER);
    let grade = if said.len() >= 2 { Grade::Supported } else { Grade::Weak };
    for (at, words) in said.into_iter().take(3) {
        seen.line(
            at,
            words,
            grade,
            "it presents papers of somebody else",
            "phrases by which documents of others are offered; two of them are needed to say more than weak",
        );
    }
}
