//! The accounts of both platforms: ordinary people, outlets, a fan club and the farm, all made by the same maker.

use crate::people::{Person, Register};
use crate::rng::Rng;
use crate::story::Story;
use crate::words::Manner;

/// An account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Index into [`Story::platforms`].
    pub platform: usize,
    /// Handle.
    pub handle: String,
    /// Name shown.
    pub name: String,
    /// The platform's number for it.
    pub id: u64,
    /// How much it posts by itself, relative to others.
    pub weight: u32,
    /// How readily others take up its posts.
    pub fame: u32,
    /// Hours by which its day is later than most people's.
    pub shift: i64,
    /// How it writes.
    pub manner: Manner,
}

/// Everybody, by index into `accounts`.
pub struct Cast {
    /// All accounts.
    pub accounts: Vec<Account>,
    /// Ordinary people.
    pub people: Vec<usize>,
    /// The farm. The first on each platform is the one the others repost.
    pub farm: Vec<usize>,
    /// The fan club, all on the star's platform.
    pub fans: Vec<usize>,
    /// Whom they follow.
    pub star: usize,
    /// Each outlet's account on each platform, in the order of [`Story::outlets`].
    pub outlets: Vec<[usize; 2]>,
}

impl Cast {
    /// Calls everybody in.
    pub fn call(rng: &mut Rng, story: &mut Story) -> Self {
        let mut cast = Self {
            accounts: Vec::new(),
            people: Vec::new(),
            farm: Vec::new(),
            fans: Vec::new(),
            star: 0,
            outlets: Vec::new(),
        };
        for (name, handle) in story.outlets.iter().map(|o| (o.name.clone(), o.handle.clone())).collect::<Vec<_>>() {
            let pair = [0, 1].map(|platform| cast.add(outlet(rng, platform, &name, &handle)));
            cast.outlets.push(pair);
        }
        let register = &mut story.register;
        for _ in 0..rng.count(520, 570) {
            let platform = usize::from(rng.chance(440));
            let account = anybody(rng, register, platform);
            let at = cast.add(account);
            cast.people.push(at);
        }
        let home = rng.below(2);
        cast.star = cast.add(Account { fame: 40, weight: 1, ..anybody(rng, register, home) });
        cast.fans = (0..rng.count(11, 17)).map(|_| cast.add(busy(rng, register, home))).collect();
        let (n, first) = (rng.count(10, 18), rng.below(2));
        cast.farm = (0..n).map(|i| cast.add(busy(rng, register, if i % 5 < 3 { first } else { 1 - first }))).collect();
        cast
    }

    fn add(&mut self, account: Account) -> usize {
        self.accounts.push(account);
        self.accounts.len() - 1
    }

    /// Members of the farm on this platform, the one the others repost first.
    pub fn farm_on(&self, platform: usize) -> Vec<usize> {
        self.farm.iter().copied().filter(|a| self.accounts[*a].platform == platform).collect()
    }

    /// `platform/handle`.
    pub fn label(&self, story: &Story, account: usize) -> String {
        let account = &self.accounts[account];
        format!("{}/{}", story.platforms[account.platform], account.handle)
    }
}

fn anybody(rng: &mut Rng, register: &mut Register, platform: usize) -> Account {
    let Person { first, last } = register.person();
    let handle = register.handle();
    let name = match rng.below(4) {
        0 => first,
        1 => handle.replace('_', " "),
        2 => format!("{first} {}.", &last[..1]),
        _ => format!("{first} {last}"),
    };
    let fame = if rng.chance(30) { rng.octaves(8, 3) as u32 } else { rng.octaves(1, 3) as u32 };
    let weight = rng.octaves(1, 6) as u32;
    let shift = rng.range(-2, 3);
    Account { platform, handle, name, id: number(rng), weight, fame, shift, manner: Manner::any(rng) }
}

/// As anybody, but with a few posts at least.
fn busy(rng: &mut Rng, register: &mut Register, platform: usize) -> Account {
    Account { weight: rng.range(10, 32) as u32, ..anybody(rng, register, platform) }
}

fn outlet(rng: &mut Rng, platform: usize, name: &str, handle: &str) -> Account {
    let manner = Manner { lower: false, open: false, emoji: 0, political: 500 };
    let (name, handle) = (name.to_owned(), handle.to_owned());
    Account { platform, handle, name, id: number(rng), weight: 2, fame: 30, shift: 0, manner }
}

fn number(rng: &mut Rng) -> u64 {
    let digits = if rng.chance(600) { 1_000_000_000 } else { 1_000_000_000_000_000_000 };
    digits + rng.below(digits as usize) as u64
}
