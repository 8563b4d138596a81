//! Posts in a delimited table: comma, tab, semicolon or bar.
//!
//! Rows are borrowed from the stream's window, columns are found once from the first rows (see `posts::columns`), and a
//! torn quote or an uneven row costs that row at most. Wrong where a table without names gives its columns in an
//! order that their content does not tell. Source: RFC 4180; each layout's own documentation.

use crate::posts::columns::{Plan, Role, Sample, some};
use crate::posts::rows::{Cells, Rows};
use crate::posts::window::Window;
use crate::posts::{Clock, Lists, Teller, table};
use crate::{Example, Format, Head, Out, Reading};
use model::{Card, Code, Span};
use std::io::BufRead;

/// The drawer.
pub const POSTS_CSV: Format = Format {
    card: Card {
        id: "posts-csv",
        about: "posts in a table of delimited text, columns found by name and content",
        source: "RFC 4180; coordination-network-toolkit, CooRTweet, FiveThirtyEight, X archive and 4CAT exports",
    },
    recognise,
    read: Reading::Stream(read),
    risky: None,
    examples: EXAMPLES,
};

fn recognise(head: &Head<'_>) -> bool {
    let Some(table) = head.table() else { return false };
    let plan = table.sample.posts();
    let width = table.sample.names.len();
    let named = table.sample.headed && plan.surely_posts() && table.even >= 50;
    let dated = !plan.get(Role::Time).is_empty();
    named || (width >= 3 && table.sample.rows.len() >= 2 && table.even >= 90 && (table.sample.headed || dated))
}

fn read(bytes: &mut dyn BufRead, out: &mut Out<'_>) {
    table::over_text(bytes, out, |window, out| {
        let all = window.ended && window.bytes().len() <= Head::SIZE;
        let head = &window.bytes()[..window.bytes().len().min(Head::SIZE)];
        match table::table(head, all) {
            Some(table) => rows(window, &table, out),
            None => out.note(Code::Unrecognised, Span::WHOLE, "no table was found here"),
        }
    });
}

fn rows(window: &mut Window<'_>, table: &table::Table, out: &mut Out<'_>) {
    let plan = Plan::of(&table.sample, &out.settings().posts.columns);
    for complaint in &plan.complaints {
        out.note(Code::Malformed, Span::WHOLE, complaint.as_str());
    }
    if !plan.posts() {
        out.note(Code::Unrecognised, Span::WHOLE, unknown(&table.sample));
        return out.layout(plan.layout());
    }
    if plan.get(Role::Account).is_empty() {
        out.note(Code::Info, Span::WHOLE, "no column names an account: the posts stand without one");
    }
    let clock = Clock::of(plan.get(Role::Time).iter().flat_map(|at| table.sample.values(*at)));
    let layout = plan.layout();
    let width = table.sample.names.len();
    let mut teller = Teller { plan, clock, platform: String::new() };
    let limit = out.settings().limits.row;
    let mut rows = Rows::new(window, table.delimiter, table.newline, limit);
    let mut lists = Lists::default();
    let mut headed = table.sample.headed;
    while rows.go(out) {
        let (span, torn) = (rows.span, rows.torn);
        if !out.wants(span) {
            continue;
        }
        let row = rows.row(out);
        if (headed || again(&row, &table.sample)) && header(&row, &table.sample) {
            headed = false;
            continue;
        }
        if !torn {
            uneven(&row, width, span, out);
        }
        if !teller.post(&row, span, &mut lists, out) {
            out.note(Code::Malformed, span, "a row without account, id and words: skipped");
        }
    }
    let times = teller.clock.finish(out);
    out.layout(layout + &times);
}

/// What to say of a table that is none of posts.
pub(crate) fn unknown(sample: &Sample) -> String {
    format!(
        "a table, but not clearly one of posts: name its columns in posts.columns; there are: {}",
        some(&sample.names)
    )
}

fn uneven(row: &Cells<'_>, width: usize, span: Span, out: &mut Out<'_>) {
    if row.count() != width {
        let (more, what) = if row.count() > width { ("more", "left out") } else { ("fewer", "taken as empty") };
        out.note(
            Code::Malformed,
            span,
            format!("a row has {more} cells than the {width} columns: what differs was {what}"),
        );
    }
}

/// A cheap first look at whether a row repeats the names, as joined files do.
fn again(row: &Cells<'_>, sample: &Sample) -> bool {
    sample.headed && row.all().next().is_some_and(|first| first.trim() == sample.names[0])
}

fn header(row: &Cells<'_>, sample: &Sample) -> bool {
    row.all().map(str::trim).eq(sample.names.iter().map(String::as_str))
}

const EXAMPLES: &[Example] = &[
    Example {
        name: "coordination-network-toolkit: eight columns",
        bytes: br##"message_id,user_id,username,repost_id,reply_id,message,timestamp,urls
m1,77,anna,,,"Say ""yes"", all
of you",1790841600,https://one.example/a https://two.example/b
m2,78,,m1,,,1790841605,
m3,79,79,,m1,no,1790841606.5,
"##,
        says: &[
            "opened example as posts-csv",
            "  post bytes 70-163 account=\"anna\" id=\"m1\" when=2026-10-01T08:00:00Z text=\"Say \\\"yes\\\", all\\nof you\" urls=[\"https://one.example/a\", \"https://two.example/b\"]",
            "  post bytes 164-187 account=\"78\" id=\"m2\" when=2026-10-01T08:00:05Z reposted=\"m1\"",
            "  post bytes 188-217 account=\"79\" id=\"m3\" when=2026-10-01T08:00:06.500000Z text=\"no\" reply_to=\"m1\"",
            "closed bytes=218 records=3 children=0 layout=\"account = username or user_id, post = message_id, time = timestamp, text = message, reposted = repost_id, reply-to = reply_id, urls = urls; times: fractions of seconds\"",
        ],
    },
    Example {
        name: "CooRTweet: four columns",
        bytes: br##"object_id,account_id,content_id,timestamp_share
o1,anna,c1,1790841600
o1,bertil,c2,1790841605
"##,
        says: &[
            "opened example as posts-csv",
            "  post bytes 48-69 account=\"anna\" id=\"c1\" when=2026-10-01T08:00:00Z object=\"o1\"",
            "  post bytes 70-93 account=\"bertil\" id=\"c2\" when=2026-10-01T08:00:05Z object=\"o1\"",
            "closed bytes=94 records=2 children=0 layout=\"account = account_id, post = content_id, time = timestamp_share, object = object_id; times: whole seconds\"",
        ],
    },
    Example {
        name: "FiveThirtyEight: troll tweets",
        bytes: br##"external_author_id,author,content,region,language,publish_date,harvested_date,following,followers,updates,post_type,account_type,retweet,account_category,new_june_2018,alt_external_id,tweet_id,article_id,tco1_step1,tco2_step1,tco3_step1
906000000000000000,ANNA_NEWS,"Vote early https://t.example/x",Unknown,English,10/1/2017 19:58,10/1/2017 19:59,1052,9636,253,,Right,0,RightTroll,0,905874659358453760,914580356430536707,http://x.example/1,https://one.example/a,https://two.example/b,
906000000000000000,ANNA_NEWS,"RT @bertil: Vote late",Unknown,English,10/14/2017 20:02,10/14/2017 20:03,1052,9636,254,RETWEET,Right,1,RightTroll,0,905874659358453760,914580356430536708,http://x.example/2,,,
"##,
        says: &[
            "opened example as posts-csv",
            "  post bytes 237-484 account=\"ANNA_NEWS\" id=\"914580356430536707\" when=2017-10-01T19:58:00Z text=\"Vote early https://t.example/x\" urls=[\"https://one.example/a\", \"https://two.example/b\"]",
            "  post bytes 485-690 account=\"ANNA_NEWS\" id=\"914580356430536708\" when=2017-10-14T20:02:00Z text=\"RT @bertil: Vote late\"",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=691 records=2 children=0 layout=\"account = author or external_author_id, post = tweet_id, time = publish_date, text = content, urls = tco1_step1 + tco2_step1 + tco3_step1; not used: region, language, harvested_date, following, followers, updates, post_type, account_type, retweet, account_category, new_june_2018, alt_external_id, article_id; times: whole minutes\"",
        ],
    },
    Example {
        name: "X archive of information operations",
        bytes: br##"tweetid,userid,user_display_name,user_screen_name,tweet_language,tweet_text,tweet_time,tweet_client_name,in_reply_to_userid,in_reply_to_tweetid,quoted_tweet_tweetid,is_retweet,retweet_userid,retweet_tweetid,hashtags,urls,user_mentions
901,hash1,Anna,anna_news,en,Look at this,2016-08-30 11:26,web,,,,false,,,"[vote, early]",[https://one.example/a],[bertil]
902,hash2,Bert,bert_news,en,RT @anna_news: Look at this,2016-08-30 11:27,web,,,,true,hash1,901,"['vote', 'early']",['https://one.example/a'],"['anna_news']"
903,hash2,Bert,bert_news,en,No,2016-08-30 11:28,web,hash1,901,,false,,,[],[],[]
"##,
        says: &[
            "opened example as posts-csv",
            "  post bytes 235-356 account=\"anna_news\" id=\"901\" when=2016-08-30T11:26:00Z text=\"Look at this\" urls=[\"https://one.example/a\"] hashtags=[\"vote\", \"early\"] mentions=[\"bertil\"] client=\"web\"",
            "  post bytes 357-513 account=\"bert_news\" id=\"902\" when=2016-08-30T11:27:00Z text=\"RT @anna_news: Look at this\" reposted=\"901\" urls=[\"https://one.example/a\"] hashtags=[\"vote\", \"early\"] mentions=[\"anna_news\"] client=\"web\"",
            "  post bytes 514-593 account=\"bert_news\" id=\"903\" when=2016-08-30T11:28:00Z text=\"No\" reply_to=\"901\" client=\"web\"",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=594 records=3 children=0 layout=\"account = user_screen_name or userid, post = tweetid, time = tweet_time, text = tweet_text, reposted = retweet_tweetid, reply-to = in_reply_to_tweetid or in_reply_to_userid, urls = urls, hashtags = hashtags, mentions = user_mentions, client = tweet_client_name; not used: user_display_name, tweet_language, quoted_tweet_tweetid, is_retweet, retweet_userid; times: whole minutes\"",
        ],
    },
    Example {
        name: "4CAT: semicolons, a link to the post itself",
        bytes: br##"id;thread_id;timestamp;body;author;link;hashtags
1000001;1000001;2026-10-01 08:00:00;Vote, now;anna;https://x.example/1000001;vote
1000002;1000001;2026-10-01 08:00:05;Vote, now;bertil;https://x.example/1000002;vote,now
"##,
        says: &[
            "opened example as posts-csv",
            "  post bytes 49-130 account=\"anna\" id=\"1000001\" when=2026-10-01T08:00:00Z text=\"Vote, now\" hashtags=[\"vote\"]",
            "  post bytes 131-218 account=\"bertil\" id=\"1000002\" when=2026-10-01T08:00:05Z text=\"Vote, now\" hashtags=[\"vote\", \"now\"]",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=219 records=2 children=0 layout=\"account = author, post = id, time = timestamp, text = body, hashtags = hashtags; not used: thread_id, link; times: whole seconds\"",
        ],
    },
    Example {
        name: "CrowdTangle",
        bytes: br##"Page Name	User Name	Facebook Id	Post Created	Message	URL	Link
Anna's News	annanews	77	2021-01-05 10:22:00 EST	Read this	https://f.example/77/posts/1	https://one.example/a
"##,
        says: &[
            "opened example as posts-csv",
            "  post bytes 62-170 account=\"annanews\" when=2021-01-05T15:22:00Z text=\"Read this\" urls=[\"https://one.example/a\"]",
            "closed bytes=171 records=1 children=0 layout=\"account = User Name or Facebook Id, time = Post Created, text = Message, urls = Link; not used: Page Name, URL; times: whole minutes\"",
        ],
    },
    Example {
        name: "no names, by content",
        bytes: br##"anna,2026-10-01T08:00:00Z,1,Vote early and often
bertil,2026-10-01T08:00:05Z,2,Vote early and often
anna,2026-10-01T08:00:09Z,3,Vote late
"##,
        says: &[
            "opened example as posts-csv",
            "  post bytes 0-48 account=\"anna\" id=\"1\" when=2026-10-01T08:00:00Z text=\"Vote early and often\"",
            "  post bytes 49-99 account=\"bertil\" id=\"2\" when=2026-10-01T08:00:05Z text=\"Vote early and often\"",
            "  post bytes 100-137 account=\"anna\" id=\"3\" when=2026-10-01T08:00:09Z text=\"Vote late\"",
            "closed bytes=138 records=3 children=0 layout=\"account = column 1 (by its content), post = column 3 (by its content), time = column 2 (by its content), text = column 4 (by its content); times: whole seconds\"",
        ],
    },
    Example {
        name: "a torn quote, an uneven row, times that are none, hostile words",
        bytes: br##"account,id,time,text
anna,1,2026-10-01 08:00:00,"torn
bertil,2,2026-10-01 08:00:01,"good, again"
=cmd|' /C calc'!A0,3,yesterday,<script>alert(1)</script>
dora,4
emil,5,1970-01-01 00:00:00,"a ""quoted"" word",more
"##,
        says: &[
            "opened example as posts-csv",
            "  post bytes 21-53 account=\"anna\" id=\"1\" when=2026-10-01T08:00:00Z text=\"torn\"",
            "  post bytes 54-96 account=\"bertil\" id=\"2\" when=2026-10-01T08:00:01Z text=\"good, again\"",
            "  post bytes 97-153 account=\"=cmd|' /C calc'!A0\" id=\"3\" text=\"<script>alert(1)</script>\"",
            "  post bytes 154-160 account=\"dora\" id=\"4\"",
            "  post bytes 161-212 account=\"emil\" id=\"5\" text=\"a \\\"quoted\\\" word\"",
            "  note malformed bytes 21-22 a quote is opened and not closed: its line was read by itself ×1",
            "  note malformed bytes 154-160 a row has fewer cells than the 4 columns: what differs was taken as empty ×1",
            "  note malformed bytes 161-212 a row has more cells than the 4 columns: what differs was left out ×1",
            "  note time bytes 97-153 a time is missing, unreadable or outside 1990-2100: the post was kept without it ×3",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=213 records=5 children=0 layout=\"account = account, post = id, time = time, text = text; times: whole seconds\"",
        ],
    },
    Example {
        name: "UTF-16 with a byte-order mark",
        bytes: include_bytes!("../samples/utf16.csv"),
        says: &[
            "opened example as posts-csv",
            "  post bytes 22-56 account=\"anna\" id=\"1\" when=2026-10-01T08:00:00Z text=\"Grüße\"",
            "  note info all UTF-16LE: places count bytes of its text in UTF-8 ×1",
            "  note info all times are written without a zone: taken as UTC ×1",
            "closed bytes=114 records=1 children=0 layout=\"account = account, post = id, time = time, text = text; times: whole hours\"",
        ],
    },
    Example {
        name: "windows-1252 and damaged UTF-8",
        bytes: b"account,id,time,text\nanna,1,2026-10-01T08:00:00Z,Gr\xfc\xdfe\nb\xc3\xb6rje,2,2026-10-01T08:00:01Z,\xff!\n",
        says: &[
            "opened example as posts-csv",
            "  post bytes 21-54 account=\"anna\" id=\"1\" when=2026-10-01T08:00:00Z text=\"Grüße\"",
            "  post bytes 55-87 account=\"börje\" id=\"2\" when=2026-10-01T08:00:01Z text=\"�!\"",
            "  note encoding bytes 55-87 damaged UTF-8: the bytes in question were replaced ×1",
            "  note encoding bytes 21-54 not UTF-8: read as windows-1252 ×1",
            "closed bytes=88 records=2 children=0 layout=\"account = account, post = id, time = time, text = text; times: whole seconds\"",
        ],
    },
];
