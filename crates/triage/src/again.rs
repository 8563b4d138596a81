//! The checks made again from an archive of DNS.

use crate::context::Context;
use crate::route::Route;
use model::{Check, Mail};

/// What can be checked again.
pub(crate) fn checks(_mail: &Mail<'_>, _route: &Route, context: &Context) -> Vec<Check> {
    let Some(_archive) = &context.dns else { return Vec::new() };
    Vec::new()
}
