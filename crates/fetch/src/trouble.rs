//! What can go wrong out there, in words; what servers say is quoted and made harmless.

use model::Quote;
use std::io;

/// Why nothing, or not all, was brought. Then nothing is kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No address of the web.
    #[error("{} is no address that can be asked: {why}", .address.terminal())]
    Address {
        /// As given.
        address: Quote,
        /// Why not.
        why: &'static str,
    },
    /// Would be sent in the open.
    #[error("{} is not encrypted, and is not on this machine", .0.terminal())]
    Plain(Quote),
    /// The server sends somewhere else.
    #[error("{} sends to {}, and only the address that was asked for is asked", .from.terminal(), .to.terminal())]
    Elsewhere {
        /// What was asked.
        from: Quote,
        /// Where it points.
        to: Quote,
    },
    /// No answer.
    #[error("{} does not answer: {}", .address.terminal(), .why.terminal())]
    Silent {
        /// What was asked.
        address: Quote,
        /// Why.
        why: Quote,
    },
    /// An answer that is none.
    #[error("{} answers {status}{}", .address.terminal(), said(.words))]
    Refused {
        /// What was asked.
        address: Quote,
        /// Of HTTP.
        status: u16,
        /// What the server says of it.
        words: Quote,
    },
    /// Another media type.
    #[error("{} answers in {} instead of TAXII 2.1", .address.terminal(), .media.terminal())]
    Media {
        /// What was asked.
        address: Quote,
        /// What came.
        media: Quote,
    },
    /// Not what TAXII has there.
    #[error("{} is not what TAXII 2.1 has there: {}", .address.terminal(), .why.terminal())]
    Shape {
        /// What was asked.
        address: Quote,
        /// What is wrong.
        why: Quote,
    },
    /// More than is taken.
    #[error("{} has more than is taken at once: {what}", .address.terminal())]
    Much {
        /// What was asked.
        address: Quote,
        /// Which limit.
        what: String,
    },
    /// No such collection there.
    #[error("there is no collection {} that can be read; there are: {}", .id.terminal(), .there.terminal())]
    NoSuch {
        /// As asked for.
        id: Quote,
        /// What there is.
        there: Quote,
    },
    /// What came cannot be written down.
    #[error("cannot write down what came")]
    Write(#[from] io::Error),
}

fn said(words: &Quote) -> String {
    if words.is_empty() { String::new() } else { format!(": {}", words.short(200).terminal()) }
}

impl Error {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Address { .. } => {
                "give the address of a TAXII 2.1 server's discovery, such as https://taxii.example/taxii2/"
            }
            Self::Plain(_) => "ask by https; --plain-http sends everything, the token too, in the open",
            Self::Elsewhere { .. } => "if you trust that address, ask it yourself",
            Self::Silent { .. } => {
                "see whether the address is right and the server runs; --ca-file names an authority of your own"
            }
            Self::Refused { status: 401 | 403, .. } => {
                "give the token with --token-file or UNSPOOL_TAXII_TOKEN, and --user where the server wants a name"
            }
            Self::Refused { status: 406, .. } | Self::Media { .. } => {
                "only TAXII 2.1 is spoken; export a STIX bundle from it by other means and import that file"
            }
            Self::Refused { .. } => "nothing was taken in; try again later, or look at the address",
            Self::Shape { .. } => "nothing was taken in; the server's operator may want to know",
            Self::Much { .. } => {
                "take one collection, or what is new (--added-after), or allow more (--most-pages, --most-mib, --most-minutes)"
            }
            Self::NoSuch { .. } => "ask without a case to see what the server has",
            Self::Write(_) => "see whether there is room on the disk",
        }
    }
}
