//! What a mail can be for: rules over named signs, with fixed words. Nothing is added up.

use model::{Card, Grade, SheetLine};

/// A purpose and the rule for it.
pub struct Purpose {
    /// Its label.
    pub card: Card,
    /// In the words of the sheet.
    pub title: &'static str,
    /// How firm it is on these lines, why, and on which signs that rests; `None` where it does not come up.
    pub(crate) rule: fn(&Lines<'_>) -> Option<Reading>,
    /// Signs that speak against it.
    pub(crate) against: &'static [&'static str],
    /// Other purposes that look the same, and what would tell.
    pub(crate) could: &'static [(&'static str, &'static str)],
    /// What to do next.
    pub next: &'static [&'static str],
    /// What would overturn it.
    pub overturn: &'static [&'static str],
}

/// What a rule says.
pub(crate) struct Reading {
    pub grade: Grade,
    pub because: &'static str,
    pub signs: Vec<&'static str>,
}

/// The lines seen, by sign.
pub(crate) struct Lines<'l>(pub &'l [SheetLine]);

impl Lines<'_> {
    /// How firm the firmest line of a sign is.
    fn grade(&self, sign: &str) -> Grade {
        self.0.iter().filter(|l| l.sign == sign).map(|l| l.grade).max().unwrap_or(Grade::NotChecked)
    }

    fn has(&self, sign: &str) -> bool {
        self.0.iter().any(|l| l.sign == sign)
    }

    fn firm(&self, sign: &str) -> bool {
        self.grade(sign) >= Grade::Supported
    }

    /// Those of the signs that stand there.
    fn of(&self, signs: &[&'static str]) -> Vec<&'static str> {
        signs.iter().copied().filter(|s| self.has(s)).collect()
    }
}

fn reading(grade: Grade, because: &'static str, signs: Vec<&'static str>) -> Option<Reading> {
    Some(Reading { grade, because, signs })
}

/// Every purpose; where two are equally firm the first counts.
pub const PURPOSES: &[&Purpose] = &[&MALWARE, &CREDENTIALS, &EXTORTION, &DISCLOSURE, &TIP, &BULK, &ORDINARY, &CANNOT];

/// Tricks that honest mail does not need.
const TRICKS: &[&str] = &[
    "link-names-other",
    "mailbox-in-link",
    "odd-link",
    "form-in-mail",
    "look-alike-sender",
    "brand-elsewhere",
    "name-is-address",
];
/// Ways to keep the mail from being read by machines.
const CLOAKS: &[&str] = &["split-words", "hidden-words", "disguised-link", "picture-for-words"];

const CREDENTIALS: Purpose = Purpose {
    card: Card {
        id: "credential-theft",
        about: "To make its reader give away a password, a card number or another key",
        source: "MITRE ATT&CK T1566, T1598",
    },
    title: "credential theft",
    rule: |l| {
        let tricks: Vec<&str> = TRICKS.iter().copied().filter(|s| l.firm(s)).collect();
        let cloaks: Vec<&str> = CLOAKS.iter().copied().filter(|s| l.firm(s)).collect();
        let alarm = l.has("account-alarm");
        let away = l.firm("alarm-leads-elsewhere");
        let all = || {
            l.of(&["account-alarm", "alarm-leads-elsewhere"])
                .into_iter()
                .chain(tricks.clone())
                .chain(cloaks.clone())
                .collect()
        };
        match () {
            () if alarm
                && (l.grade("form-in-mail") == Grade::Established
                    || l.grade("link-names-other") == Grade::Established
                    || (away && !tricks.is_empty())) =>
            {
                reading(
                    Grade::Established,
                    "it raises an alarm, and the way it offers is disguised or leads to somebody who is not the one it names",
                    all(),
                )
            }
            () if away => reading(
                Grade::Supported,
                "it raises an alarm, and the way it offers leads to somebody else than its sender",
                all(),
            ),
            () if alarm
                && (!tricks.is_empty() || !cloaks.is_empty())
                && (l.has("user-hosted-link") || !tricks.is_empty()) =>
            {
                reading(Grade::Supported, "it raises an alarm and uses a trick that honest mail has no need of", all())
            }
            () if l.firm("mailbox-in-link")
                || (l.firm("link-names-other") && tricks.len() > 1)
                || l.firm("form-in-mail") =>
            {
                reading(Grade::Supported, "its link is made to know its victim or to be taken for another", all())
            }
            () if l.firm("brand-elsewhere") && (l.has("user-hosted-link") || !cloaks.is_empty()) => reading(
                Grade::Supported,
                "it bears a known name that is not its own and leads where anyone can put up a page",
                all(),
            ),
            () if l.firm("look-alike-sender") && tricks.len() > 1 => reading(
                Grade::Supported,
                "its sender is written like a protected one, and there is another trick",
                all(),
            ),
            () if alarm && (l.has("user-hosted-link") || l.has("fails-checks") || l.has("reply-elsewhere")) => {
                reading(Grade::Weak, "it raises an alarm, and something about its sender or link does not fit", all())
            }
            () => None,
        }
    },
    against: &["confirmed-sender", "known-correspondent", "answers-thread", "house-mail", "bulk-mail", "no-ask"],
    could: &[
        (
            "ordinary",
            "a real notice of a service: its link would lead to the service's own domain, and the service would know of it when asked by a way you already have",
        ),
        ("bulk", "a mailing sent through a service whose name you do not know: the company named could say so"),
    ],
    next: &[
        "do not open the link or what is enclosed; nothing here has",
        "go to the service by your own bookmark, or call a number you already have",
        "if something was typed in already: change that password now and end the open sessions",
        "hand the mail on as an attachment (not as a forward), so that its headers survive",
    ],
    overturn: &[
        "the service named confirms, asked by a way you already have, that it sent this",
        "the link's host turns out to belong to the sender",
    ],
};

const MALWARE: Purpose = Purpose {
    card: Card {
        id: "malware-lure",
        about: "To make its reader run something",
        source: "MITRE ATT&CK T1566.001, T1204.002",
    },
    title: "malware lure",
    rule: |l| {
        let signs = || l.of(&["running-file", "locked-archive", "asks-money", "account-alarm", "calendar-lure"]);
        let known =
            l.firm("known-correspondent") || l.grade("answers-thread") == Grade::Established || l.firm("house-mail");
        let page = l.0.iter().any(|x| x.sign == "running-file" && x.says.contains("page"));
        match () {
            () if l.has("running-file") && page && known => None,
            () if l.0.iter().any(|x| x.sign == "running-file" && x.says.contains("says otherwise")) => {
                reading(Grade::Established, "what is enclosed runs, and its name says otherwise", signs())
            }
            () if l.has("running-file") => reading(
                if known { Grade::Weak } else { Grade::Supported },
                "what is enclosed runs when it is opened",
                signs(),
            ),
            () if l.firm("locked-archive") => reading(
                Grade::Supported,
                "what is enclosed is locked against scanners, and the mail gives the key",
                signs(),
            ),
            () => None,
        }
    },
    against: &["confirmed-sender", "known-correspondent", "answers-thread", "house-mail", "bulk-mail"],
    could: &[
        (
            "ordinary",
            "a colleague or supplier who sends programs or locked files on purpose: they can be asked by another way",
        ),
        ("credential-theft", "an enclosed page that asks for a password rather than running something"),
    ],
    next: &[
        "do not open what is enclosed; nothing here has run it",
        "have it looked at in a separate machine, or by the hash in the case",
        "ask the sender by another way whether they sent it",
    ],
    overturn: &["the sender confirms it by another way", "an examination shows what is inside to be harmless"],
};

const EXTORTION: Purpose = Purpose {
    card: Card {
        id: "extortion-scam",
        about: "To get money by a threat, a promise or a false request",
        source: "Europol IOCTA; FBI IC3",
    },
    title: "extortion or scam",
    rule: |l| {
        let signs = || {
            l.of(&[
                "extortion",
                "wallet",
                "advance-fee",
                "lure-leads-elsewhere",
                "prize-lure",
                "asks-money",
                "brand-elsewhere",
                "reply-elsewhere",
                "calendar-lure",
            ])
        };
        let posing = l.firm("look-alike-sender") || l.firm("name-is-address") || l.firm("brand-elsewhere");
        let cloaked = CLOAKS.iter().any(|s| l.firm(s));
        match () {
            () if l.firm("extortion") => reading(Grade::Supported, "it threatens and names a way to pay", signs()),
            () if l.firm("advance-fee") => {
                reading(Grade::Supported, "it tells the tale of advance-fee swindles", signs())
            }
            () if l.firm("lure-leads-elsewhere") => {
                reading(Grade::Supported, "it promises something and leads to nobody but a stranger's host", signs())
            }
            () if l.has("prize-lure") && (posing || cloaked || l.firm("odd-link")) => reading(
                Grade::Supported,
                "it promises something under a name or in a form that honest mail has no need of",
                signs(),
            ),
            () if l.has("asks-money") && (posing || l.firm("reply-elsewhere")) => reading(
                Grade::Supported,
                "it asks for money or about money, and its sender is not who is shown",
                signs(),
            ),
            () if l.firm("calendar-lure") => {
                reading(Grade::Supported, "an invitation is used to put a link before the reader", signs())
            }
            () if l.has("prize-lure")
                && (l.has("user-hosted-link") || l.has("fails-checks") || l.has("reply-elsewhere")) =>
            {
                reading(
                    Grade::Weak,
                    "it promises something, and something about its sender or link does not fit",
                    signs(),
                )
            }
            () => None,
        }
    },
    against: &["confirmed-sender", "known-correspondent", "answers-thread", "house-mail", "bulk-mail", "no-ask"],
    could: &[
        ("bulk", "advertising that is only loud: the shop exists and sells what it says"),
        ("credential-theft", "the page behind the link may ask for card or account data"),
        ("ordinary", "a real request of a colleague or supplier: ask them by a number you already have"),
    ],
    next: &[
        "do not answer and do not pay",
        "a request to pay or to change an account: call the person by a number you already have",
        "a threat: keep the mail, tell the police; do not pay",
    ],
    overturn: &["the person or company named confirms it by another way"],
};

const DISCLOSURE: Purpose = Purpose {
    card: Card {
        id: "unsolicited-disclosure",
        about: "To put somebody's papers before the reader without having been asked",
        source: "ours; docs/mail.md",
    },
    title: "unsolicited disclosure of someone's documents",
    rule: |l| {
        let signs = || {
            l.of(&[
                "sealed-document",
                "offers-documents",
                "internal-papers",
                "excerpt-like",
                "first-contact",
                "provider-account",
                "no-ask",
            ])
        };
        if l.has("sealed-document") {
            return reading(Grade::Established, "it carries words of a document that its owner sealed", signs());
        }
        let invited = ["bulk-mail", "press-office", "known-correspondent", "house-mail"].iter().any(|s| l.has(s))
            || l.grade("answers-thread") >= Grade::Weak;
        let offer = l.grade("offers-documents");
        let (paper, excerpt) = (l.grade("internal-papers"), l.has("excerpt-like"));
        let stranger = l.has("first-contact") || l.has("provider-account");
        let presented = offer >= Grade::Supported
            || (offer == Grade::Weak && (excerpt || paper >= Grade::Weak))
            || (paper >= Grade::Supported && excerpt);
        match () {
            () if invited => None,
            () if presented && stranger => reading(
                Grade::Supported,
                "a stranger presents papers of somebody else, or pastes what reads like them, and asks for nothing that a swindle needs",
                signs(),
            ),
            () if presented => reading(
                Grade::Weak,
                "papers of somebody else are presented or pasted; who the sender is to this mailbox is not known",
                signs(),
            ),
            () if offer == Grade::Weak && stranger && l.has("no-ask") => {
                reading(Grade::Weak, "a stranger speaks of papers of somebody else", signs())
            }
            () => None,
        }
    },
    against: &["known-correspondent", "answers-thread", "house-mail", "bulk-mail", "press-office", "tip-offer"],
    could: &[
        ("tip-or-press", "an authorised tip, or papers that their owner gives out: the owner can be asked"),
        ("ordinary", "a reader who quotes a public speech, report or article: the words can be searched for in public"),
        ("cannot-say", "words made up or altered to look like papers of somebody: only the owner can compare them"),
    ],
    next: &[
        "do not publish and do not answer before somebody has read on; that it looks harmless to a filter says nothing",
        "ask the organisation named whether these words are theirs, by a way you already have; a seal lets you ask without showing the mail (`unspool leak ask`)",
        "ask other newsrooms and colleagues whether they got the same: several such mails are a wave, and the wave is the story",
        "keep the mail itself and its headers; if it came to a private mailbox, hand it on as an attachment",
    ],
    overturn: &[
        "the words are found in public, older than the mail",
        "the organisation named has no such paper, or gave it out itself",
        "somebody in the house asked for it or knows the sender",
    ],
};

const TIP: Purpose = Purpose {
    card: Card { id: "tip-or-press", about: "To tell a newsroom something: a tip, or an announcement", source: "ours" },
    title: "tip or press",
    rule: |l| {
        let signs = || l.of(&["press-office", "tip-offer", "bulk-mail", "confirmed-sender", "known-correspondent"]);
        match () {
            () if l.has("press-office")
                && (l.has("confirmed-sender") || l.has("bulk-mail") || l.has("known-correspondent")) =>
            {
                reading(Grade::Supported, "it has the form of an announcement and comes as press offices send", signs())
            }
            () if l.has("press-office") || l.has("tip-offer") => {
                reading(Grade::Weak, "it has the form of an announcement or a tip", signs())
            }
            () => None,
        }
    },
    against: &["fails-checks", "look-alike-sender", "reply-elsewhere", "provider-account"],
    could: &[
        ("unsolicited-disclosure", "papers passed on without their owner's knowing"),
        ("bulk", "advertising in the form of news"),
    ],
    next: &["check the sender by the organisation's own site or switchboard before using it"],
    overturn: &["the organisation named did not send it"],
};

const BULK: Purpose = Purpose {
    card: Card {
        id: "bulk",
        about: "A mailing to many: newsletter, list, advertising, notices",
        source: "RFC 2369, 2919",
    },
    title: "bulk mail",
    rule: |l| {
        l.has("bulk-mail").then(|| Reading {
            grade: Grade::Supported,
            because: "it bears the marks of a list or bulk service, and nothing that a trick would need was seen",
            signs: l.of(&["bulk-mail", "tracking", "confirmed-sender"]),
        })
    },
    against: &["fails-checks", "account-alarm", "prize-lure", "user-hosted-link", "reply-elsewhere"],
    could: &[
        ("extortion-scam", "advertising for something that is not what it says"),
        ("credential-theft", "a swindle sent through a bulk service: follow no link whose host you do not know"),
    ],
    next: &["nothing needs to be done; leave the list by the sender's own site if it is not wanted"],
    overturn: &["a link leads to a host that is neither the sender's nor its service's"],
};

const ORDINARY: Purpose = Purpose {
    card: Card { id: "ordinary", about: "Mail between people who have to do with each other", source: "ours" },
    title: "ordinary mail",
    rule: |l| {
        let signs = || l.of(&["known-correspondent", "answers-thread", "house-mail", "confirmed-sender"]);
        let thread = l.grade("answers-thread") == Grade::Established;
        match () {
            () if thread || l.firm("known-correspondent") || l.firm("house-mail") => reading(
                Grade::Supported,
                "it belongs to a conversation, or comes from somebody this mailbox wrote to or from its own house",
                signs(),
            ),
            () if l.has("answers-thread") => reading(Grade::Weak, "it says that it answers a mail", signs()),
            () => None,
        }
    },
    against: &[
        "fails-checks",
        "look-alike-sender",
        "reply-elsewhere",
        "asks-money",
        "account-alarm",
        "user-hosted-link",
    ],
    could: &[(
        "credential-theft",
        "the account of somebody you know may have been taken over: an unusual wish is a reason to call",
    )],
    next: &["nothing needs to be done"],
    overturn: &["the sender, asked by another way, did not write it"],
};

const CANNOT: Purpose = Purpose {
    card: Card { id: "cannot-say", about: "Nothing seen here decides it", source: "ours" },
    title: "cannot say",
    rule: |_| reading(Grade::NotChecked, "no rule for any purpose is met by what was seen", Vec::new()),
    against: &[],
    could: &[
        ("ordinary", "a first letter from somebody: most mail of strangers is that"),
        (
            "unsolicited-disclosure",
            "a passage of somebody's papers that does not say so: read it, and ask whoever it is about",
        ),
        ("tip-or-press", "a tip that does not say so"),
    ],
    next: &[
        "read it as text (it is safe as shown here)",
        "give the whole mailbox and not one mail: earlier contact tells much",
        "ask for the mail as an attachment if it came as a forward",
    ],
    overturn: &["anything that meets a rule"],
};
