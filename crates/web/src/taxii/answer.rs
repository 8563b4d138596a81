//! What is said back: a status, a body of the one media type, and between which moments its objects were added.

use super::MEDIA;
use axum::body::Body;
use axum::response::Response;
use serde_json::{Value, json};

/// An answer before it is sent.
#[derive(Debug)]
pub(super) struct Said {
    pub status: u16,
    pub body: Value,
    /// When the first and the last object in it were added.
    pub added: Option<(String, String)>,
}

impl Said {
    pub(super) fn ok(body: Value) -> Self {
        Self { status: 200, body, added: None }
    }

    /// The standard's error message.
    pub(super) fn error(status: u16, title: &str, description: &str) -> Self {
        let body = json!({"title": title, "description": description, "http_status": status.to_string()});
        Self { status, body, added: None }
    }

    pub(super) fn response(self, bare: bool) -> Response {
        let mut builder = Response::builder().status(self.status).header("content-type", MEDIA);
        if let Some((first, last)) = self.added {
            builder = builder.header("x-taxii-date-added-first", first).header("x-taxii-date-added-last", last);
        }
        builder = match self.status {
            401 => builder.header("www-authenticate", "Bearer realm=\"unspool\""),
            429 => builder.header("retry-after", "1"),
            _ => builder,
        };
        let body = if bare { Body::empty() } else { Body::from(self.body.to_string()) };
        builder.body(body).unwrap_or_default()
    }
}
