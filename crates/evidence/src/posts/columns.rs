//! Which column says what.
//!
//! Names decide first, in a fixed order of preference, and the content of the first rows must not speak against them
//! (a `retweet` column of 0 and 1 names no post). What no name says is then looked for by content: times, words.
//! Settings overrule both. Wrong where two columns could both be meant: the layout line shows what was taken.
//! Sources: the export formats named in each drawer's card.

use super::times::{self, Order};
use model::PostColumns;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The parts a column can play, in the order of [`PostColumns::set`] and of the layout line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(usize)]
pub(crate) enum Role {
    Account,
    Post,
    Time,
    Text,
    Reposted,
    ReplyTo,
    Urls,
    Hashtags,
    Mentions,
    Media,
    Platform,
    Object,
    Client,
}

impl Role {
    const ALL: [Self; 13] = [
        Self::Account,
        Self::Post,
        Self::Time,
        Self::Text,
        Self::Reposted,
        Self::ReplyTo,
        Self::Urls,
        Self::Hashtags,
        Self::Mentions,
        Self::Media,
        Self::Platform,
        Self::Object,
        Self::Client,
    ];

    /// The word in settings and layout lines.
    pub fn word(self) -> &'static str {
        [
            "account", "post", "time", "text", "reposted", "reply-to", "urls", "hashtags", "mentions", "media",
            "platform", "object", "client",
        ][self as usize]
    }

    /// Names that mean this, best first, as [`plain`] writes them. Those after the empty one name only an id, or an
    /// account where a post is wanted: they stand in where the others are empty.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Account => &[
                "username",
                "userscreenname",
                "screenname",
                "authorusername",
                "userusername",
                "authorhandle",
                "accounthandle",
                "userhandle",
                "handle",
                "author",
                "accountname",
                "account",
                "user",
                "poster",
                "channelusername",
                "channelname",
                "channel",
                "pagename",
                "from",
                "sender",
                "",
                "userid",
                "accountid",
                "authorid",
                "externalauthorid",
                "uid",
                "did",
                "authordid",
                "fromid",
                "senderid",
                "channelid",
                "pageid",
                "facebookid",
                "groupname",
            ],
            Self::Post => &[
                "tweetid",
                "postid",
                "messageid",
                "statusid",
                "contentid",
                "id",
                "idstr",
                "msgid",
                "itemid",
                "adid",
                "uri",
                "commentid",
                "videoid",
                "posturl",
                "permalink",
            ],
            Self::Time => &[
                "createdat",
                "timestamp",
                "timestampshare",
                "tweettime",
                "publishdate",
                "posttime",
                "postedat",
                "postcreated",
                "postdate",
                "datetime",
                "time",
                "date",
                "created",
                "createdtime",
                "createdutc",
                "published",
                "publishedat",
                "createtime",
                "unixtimestamp",
                "timestampms",
                "dateunixtime",
                "indexedat",
            ],
            Self::Text => &[
                "fulltext",
                "text",
                "tweettext",
                "messagetext",
                "message",
                "body",
                "content",
                "posttext",
                "rawcontent",
                "caption",
                "tweet",
                "comment",
                "selftext",
            ],
            Self::Reposted => &[
                "repostid",
                "retweettweetid",
                "retweetedtweetid",
                "retweetedid",
                "retweetid",
                "retweetkey",
                "repostof",
                "retweetof",
                "retweetedstatusid",
                "retweetedstatusidstr",
                "reposteduri",
                "repostedid",
                "rtid",
                "reblogid",
                "sharedpostid",
            ],
            Self::ReplyTo => &[
                "replyid",
                "replytoid",
                "inreplytotweetid",
                "inreplytostatusid",
                "inreplytostatusidstr",
                "inreplytoid",
                "replytotweetid",
                "replytomessageid",
                "replytomsgid",
                "replyto",
                "inreplyto",
                "parentid",
                "",
                "inreplytouserid",
                "replytouserid",
                "inreplytoscreenname",
            ],
            Self::Urls => &[
                "urls",
                "expandedurls",
                "outlinks",
                "links",
                "sharedurls",
                "finallink",
                "sharedurl",
                "linkurl",
                "link",
                "url",
            ],
            Self::Hashtags => &["hashtags", "hashtag", "tags", "hashtagid"],
            Self::Mentions => &["usermentions", "mentions", "mentionedusers", "mentionedaccounts"],
            Self::Media => &[
                "mediahash",
                "mediahashes",
                "mediasha256",
                "imagesha256",
                "imagehash",
                "imagehashes",
                "phash",
                "phashid",
                "imageids",
                "mediaids",
                "mediakeys",
                "imageid",
                "media",
                "images",
            ],
            Self::Platform => &["platform", "sourceplatform", "network", "socialnetwork"],
            Self::Object => &["objectid", "object", "urlid"],
            Self::Client => &[
                "tweetclientname",
                "client",
                "clientname",
                "sourcelabel",
                "postedvia",
                "postedwith",
                "appname",
                "application",
                "source",
            ],
        }
    }
}

/// A name in lower case without anything but letters and digits.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first rows of a table.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    /// Names of the columns; `column 1` and so on where the table has none.
    pub names: Vec<String>,
    /// The first rows, each at most as long as `names`.
    pub rows: Vec<Vec<String>>,
    /// False where the first row already is one of data.
    pub headed: bool,
    /// `names` as [`plain`] writes them: they are asked for by every list of names there is.
    plain: Vec<String>,
    /// What they would say of posts where no setting overrules them: asked by every drawer that guesses.
    posts: OnceCell<Plan>,
}

/// Most rows looked at before the first is read.
pub(crate) const SAMPLE: usize = 100;

impl Sample {
    /// From rows of which the first may be the names.
    pub fn of(mut rows: Vec<Vec<String>>) -> Self {
        let headed = rows.first().is_some_and(|first| names(first));
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut names = if headed { rows.remove(0) } else { Vec::new() };
        for at in names.len()..if headed { names.len() } else { width } {
            names.push(format!("column {}", at + 1));
        }
        for name in &mut names {
            *name = name.trim().to_owned();
        }
        Self::new(names, rows, headed)
    }

    /// From names and rows that are known.
    pub fn new(names: Vec<String>, rows: Vec<Vec<String>>, headed: bool) -> Self {
        let plain = names.iter().map(|n| plain(n)).collect();
        Self { names, rows, headed, plain, posts: OnceCell::new() }
    }

    /// The plan for posts where no setting overrules what is found.
    pub fn posts(&self) -> &Plan {
        self.posts.get_or_init(|| Plan::of(self, &PostColumns::default()))
    }

    /// The name of a column as [`plain`] writes it.
    pub fn plain(&self, column: usize) -> &str {
        &self.plain[column]
    }

    /// The first column of this name, given as [`plain`] writes it.
    pub fn named(&self, name: &str) -> Option<usize> {
        self.plain.iter().position(|n| n == name)
    }

    /// What stands in a column, blanks left out.
    pub fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().filter_map(move |r| r.get(column)).map(|v| v.trim()).filter(|v| !v.is_empty())
    }

    /// True where there are values and at least `share` percent of them pass.
    pub fn most(&self, column: usize, share: usize, test: impl Fn(&str) -> bool) -> bool {
        let (mut all, mut no) = (0, 0);
        for value in self.values(column) {
            all += 1;
            no += usize::from(!test(value));
            // Not even if all that may follow pass: most columns of most tables are given up here.
            if no * 100 > self.rows.len() * (100 - share) {
                return false;
            }
        }
        all > 0 && (all - no) * 100 >= all * share
    }

    fn empty(&self, column: usize) -> bool {
        self.values(column).next().is_none()
    }
}

/// True where these cells are names of columns: all distinct words, no time, address or number among them.
fn names(cells: &[String]) -> bool {
    let mut seen: Vec<String> = cells.iter().map(|c| c.trim().to_lowercase()).filter(|c| !c.is_empty()).collect();
    let count = seen.len();
    seen.sort();
    seen.dedup();
    let word = |c: &String| {
        c.len() <= 120 && !c.bytes().all(|b| b.is_ascii_digit()) && !c.contains("://") && c.parse::<f64>().is_err()
    };
    count > 0 && seen.len() == count && seen.iter().all(word) && !seen.iter().any(|c| time(c)) && !list_line(&seen)
}

/// True where one of the cells is a domain name: a list without names.
fn list_line(cells: &[String]) -> bool {
    cells.iter().any(|c| super::domain(c).is_some() && !known(c))
}

fn known(name: &str) -> bool {
    NAMES.contains(plain(name).as_str())
}

/// All names that mean something.
static NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| Role::ALL.iter().flat_map(|r| r.names()).copied().filter(|n| !n.is_empty()).collect());

/// True for anything written like a moment, other than a mere number.
fn time(value: &str) -> bool {
    value.contains(['-', '/', ':', ' ', '.']) && times::parse(value, Order::MonthFirst).is_some() || slash_day(value)
}

fn slash_day(value: &str) -> bool {
    value.contains(['/']) && times::parse(value, Order::DayFirst).is_some()
}

fn any_time(value: &str) -> bool {
    time(value) || times::parse(value, Order::MonthFirst).is_some()
}

/// Unix seconds or milliseconds that are more likely a time than an id: 2005 or later.
fn likely_unix(value: &str) -> bool {
    let whole = value.split('.').next().unwrap_or_default();
    matches!(whole.len(), 10 | 13)
        && times::parse(value, Order::MonthFirst).is_some_and(|w| w.when.unix() > 1_104_537_600)
}

fn flag(value: &str) -> bool {
    matches!(
        value.to_ascii_lowercase().as_str(),
        "0" | "1" | "true" | "false" | "yes" | "no" | "t" | "f" | "0.0" | "1.0"
    )
}

/// Which columns say what: indices into the row, best first; a later one stands in where the earlier are empty
/// (account, reply-to) or adds to them (lists).
#[derive(Debug, Default, Clone)]
pub(crate) struct Plan {
    by_role: [Vec<usize>; 13],
    by_content: [bool; 13],
    /// Names of all columns.
    pub names: Vec<String>,
    /// What to note about the settings.
    pub complaints: Vec<String>,
}

impl Plan {
    /// The best plan for a table.
    pub fn of(sample: &Sample, settings: &PostColumns) -> Self {
        let mut plan = Self { names: sample.names.clone(), ..Self::default() };
        plan.overrule(settings);
        // Of prose taken for a table, no name means anything.
        let told = sample.plain.iter().any(|n| NAMES.contains(n.as_str())) || sample.names.iter().any(|n| step(n));
        for role in Role::ALL {
            if told && plan.get(role).is_empty() && !settings_name(settings, role) {
                plan.by_role[role as usize] = plan.by_name(role, sample);
            }
        }
        plan.drop_permalinks(sample);
        plan.guess(sample);
        plan
    }

    /// Columns of a role.
    pub fn get(&self, role: Role) -> &[usize] {
        &self.by_role[role as usize]
    }

    /// All columns in use.
    pub fn columns(&self) -> Vec<usize> {
        self.by_role.iter().flatten().copied().collect()
    }

    fn has(&self, role: Role) -> bool {
        !self.get(role).is_empty()
    }

    /// True where enough is known to read posts.
    pub fn posts(&self) -> bool {
        let said = [Role::Text, Role::Urls, Role::Reposted, Role::ReplyTo, Role::Object, Role::Media, Role::Hashtags]
            .into_iter()
            .any(|r| self.has(r));
        let named = self.has(Role::Account) && (said || (self.has(Role::Post) && self.has(Role::Time)));
        named || (self.has(Role::Text) && self.has(Role::Post) && self.has(Role::Time))
    }

    /// True where only names (not content, which guesses) say that these are posts.
    pub fn surely_posts(&self) -> bool {
        let surely = |r: Role| self.has(r) && !self.by_content[r as usize];
        self.posts() && surely(Role::Account) && (surely(Role::Text) || surely(Role::Post) || surely(Role::Object))
    }

    fn used(&self, column: usize) -> bool {
        self.by_role.iter().flatten().any(|c| *c == column)
    }

    fn overrule(&mut self, settings: &PostColumns) {
        for (role, column) in settings.set() {
            let Some(role) = self::role(role) else { continue };
            match find(&self.names, column) {
                Some(at) => self.by_role[role as usize] = vec![at],
                None => self.complaints.push(format!(
                    "no column \"{column}\" for {} (posts.columns); there are: {}",
                    role.word(),
                    some(&self.names)
                )),
            }
        }
    }

    fn by_name(&self, role: Role, sample: &Sample) -> Vec<usize> {
        let fits = |at: usize| !self.used(at) && (sample.empty(at) || self.fits(role, at, sample));
        let column = |name: &&str| sample.named(name).filter(|at| fits(*at));
        let groups = role.names().split(|n| n.is_empty());
        let mut found: Vec<usize> = groups.filter_map(|group| group.iter().find_map(column)).collect();
        if role == Role::Urls && found.first().is_none_or(|at| sample.plain(*at) == "url") {
            let steps: Vec<usize> = (0..sample.names.len()).filter(|at| step(&sample.names[*at])).collect();
            found = if steps.is_empty() { found } else { steps };
        }
        found
    }

    /// True where the content of the column does not speak against the role.
    fn fits(&self, role: Role, at: usize, sample: &Sample) -> bool {
        match role {
            Role::Time => sample.most(at, 50, any_time),
            Role::Reposted | Role::ReplyTo => !sample.most(at, 100, flag),
            Role::Account => sample.most(at, 80, |v| v.len() <= 200),
            // A column of that name may only count them.
            Role::Hashtags | Role::Mentions | Role::Media => {
                sample.plain(at).ends_with("id") || !sample.most(at, 100, |v| v.parse::<u16>().is_ok())
            }
            Role::Text => !sample.most(at, 100, |v| v.parse::<f64>().is_ok()),
            Role::Post | Role::Object | Role::Urls | Role::Platform | Role::Client => true,
        }
    }

    /// A single address that contains the row's own id is where the post stands, not what it shares.
    fn drop_permalinks(&mut self, sample: &Sample) {
        let (urls, posts) = (self.get(Role::Urls).to_vec(), self.get(Role::Post).to_vec());
        let ([url], [post]) = (&urls[..], &posts[..]) else { return };
        let own = |r: &&Vec<String>| match (r.get(*url), r.get(*post)) {
            (Some(url), Some(post)) => post.len() >= 6 && url.contains(post.as_str()),
            _ => false,
        };
        let rows = sample.rows.iter().filter(own).count();
        if rows > 0 && rows * 2 > sample.rows.len() {
            self.by_role[Role::Urls as usize].clear();
        }
    }

    /// Times and words where no name told, and an account only where the table has no names at all.
    fn guess(&mut self, sample: &Sample) {
        let free = |plan: &Self| (0..sample.names.len()).filter(|at| !plan.used(*at)).collect::<Vec<_>>();
        let take = |plan: &mut Self, role: Role, at: Option<usize>| {
            if let (Some(at), false) = (at, plan.has(role)) {
                plan.by_role[role as usize] = vec![at];
                plan.by_content[role as usize] = true;
            }
        };
        let when = free(self).into_iter().find(|at| sample.most(*at, 90, |v| time(v) || likely_unix(v)));
        take(self, Role::Time, when);
        // Seconds since some other beginning: no time of day, but an order and distances.
        let counted = free(self).into_iter().find(|at| {
            let name = sample.plain(*at);
            !name.is_empty()
                && Role::Time.names().contains(&name)
                && sample.most(*at, 100, |v| v.trim().parse::<f64>().is_ok())
        });
        take(self, Role::Time, counted);
        let wordy = |at: &usize| sample.most(*at, 50, |v| v.contains(' ') && !any_time(v));
        let length = |at: &usize| sample.values(*at).map(str::len).sum::<usize>();
        let words = free(self).into_iter().filter(wordy).max_by_key(|at| (length(at), usize::MAX - at));
        take(self, Role::Text, words);
        if sample.headed {
            return;
        }
        let links = free(self).into_iter().find(|at| sample.most(*at, 80, |v| v.contains("://")));
        take(self, Role::Urls, links);
        let word = |v: &str| v.len() <= 64 && !v.contains(' ');
        let ids = |at: &usize| sample.most(*at, 100, word) && distinct(sample, *at);
        let numbered = |at: &usize| ids(at) && sample.most(*at, 100, |v| v.contains(|c: char| c.is_ascii_digit()));
        let id = free(self).into_iter().find(numbered).or_else(|| free(self).into_iter().find(ids));
        take(self, Role::Post, id);
        let name = free(self).into_iter().find(|at| sample.most(*at, 90, |v| word(v) && !flag(v)));
        take(self, Role::Account, name);
    }

    /// `account = author, time = publish_date; not used: region`.
    pub fn layout(&self) -> String {
        let line = |role: Role| {
            let join = if matches!(role, Role::Account | Role::ReplyTo) { " or " } else { " + " };
            let names: Vec<&str> = self.get(role).iter().map(|at| self.names[*at].as_str()).collect();
            let guess = if self.by_content[role as usize] { " (by its content)" } else { "" };
            format!("{} = {}{guess}", role.word(), names.join(join))
        };
        let used: Vec<String> = Role::ALL.into_iter().filter(|r| self.has(*r)).map(line).collect();
        format!("{}{}", used.join(", "), unused(&self.names, |at| self.used(at)))
    }
}

/// The role with this word in the settings.
pub(crate) fn role(word: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|r| r.word() == word)
}

fn settings_name(settings: &PostColumns, role: Role) -> bool {
    settings.set().iter().any(|(r, _)| *r == role.word())
}

/// The FiveThirtyEight export's columns of resolved links: `tco1_step1`.
fn step(name: &str) -> bool {
    name.strip_prefix("tco").and_then(|n| n.split_once("_step")).is_some_and(|(n, s)| n.len() == 1 && s == "1")
}

fn distinct(sample: &Sample, column: usize) -> bool {
    let mut values: Vec<&str> = sample.values(column).collect();
    let count = values.len();
    values.sort_unstable();
    values.dedup();
    values.len() == count
}

fn find(names: &[String], column: &str) -> Option<usize> {
    let same = names.iter().position(|n| n == column);
    same.or_else(|| names.iter().position(|n| !plain(n).is_empty() && plain(n) == plain(column)))
}

/// `; not used: region, language`, or nothing.
pub(crate) fn unused(names: &[String], used: impl Fn(usize) -> bool) -> String {
    let rest: Vec<String> = (0..names.len()).filter(|at| !used(*at)).map(|at| names[at].clone()).collect();
    if rest.is_empty() { String::new() } else { format!("; not used: {}", some(&rest)) }
}

/// The first names, each cut to what a line can show.
pub(crate) fn some(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(40).map(|n| n.chars().take(60).collect()).collect();
    if names.len() > shown.len() {
        shown.push(format!("and {} more", names.len() - shown.len()));
    }
    shown.join(", ")
}
