//! What a post holds, whoever posted it and when: copies of a post leave the same traces, so one reading does for all.

use model::{Post, Record};

/// Longest content told, in bytes: longer posts are rare and seldom copied whole.
const LONGEST: usize = 2048;

/// Writes down all of a post that its traces come from, so that equal bytes mean equal kinds and values of traces; only
/// the actor ([`crate::who`]) and the time are its own. False for other records and for very long posts: read those.
#[must_use]
pub fn content(record: &Record<'_>, into: &mut Vec<u8>) -> bool {
    into.clear();
    let Record::Post(post) = record else { return false };
    // Whatever is added to a post stands here or says why not.
    let Post {
        platform,
        account: _,
        id: _,
        when: _,
        text,
        reposted,
        reply_to,
        urls,
        hashtags,
        mentions,
        media,
        object,
        client,
        written: _,
    } = post;
    for field in [platform, text, reposted, reply_to, object, client] {
        add(field, into);
    }
    for list in [urls, hashtags, mentions, media] {
        into.extend_from_slice(&(list.len() as u32).to_le_bytes());
        for item in *list {
            if into.len() <= LONGEST {
                add(item, into);
            }
        }
    }
    into.len() <= LONGEST
}

fn add(field: &str, into: &mut Vec<u8>) {
    into.extend_from_slice(&(field.len() as u32).to_le_bytes());
    into.extend_from_slice(&field.as_bytes()[..field.len().min(LONGEST + 1)]);
}
