//! How many may be connected at once, and for how long: nobody holds a place by being slow.
//!
//! A head must come whole within seconds, headers are few and short, bodies are not read, and a connection ends after
//! two minutes however busy: after one it is asked to end, so that what is being sent gets through.

use crate::gate::whose;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::collections::BTreeMap;
use std::io;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{sleep, timeout};

/// What one server bears.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections at once.
    pub connections: usize,
    /// Of those, from one address.
    pub of_one: usize,
    /// Until the head of a request is there, also of the next one.
    pub head: Duration,
    /// A connection's life.
    pub life: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connections: 64, of_one: 32, head: Duration::from_secs(10), life: Duration::from_secs(120) }
    }
}

/// Most bytes of a request's line and headers.
const HEAD: usize = 16 << 10;
/// Most headers.
const HEADERS: usize = 64;
/// What is said where there is no place.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 5\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

/// Serves whoever finds a place; `router` is made for each connection, for its address.
pub(crate) async fn serve(
    listener: std::net::TcpListener,
    limits: Limits,
    router: impl Fn(IpAddr) -> Router,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let listener = TcpListener::from_std(listener)?;
    let lanes = Arc::new(Lanes { limits, taken: Mutex::default() });
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(came) => came,
            // Gone again, or too many files open: neither ends the server.
            Err(_) => {
                sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        match Lanes::take(&lanes, whose(peer.ip())) {
            Some(lane) => drop(tokio::spawn(drive(stream, router(peer.ip()), limits, lane))),
            // What does not fit into the socket's own buffer is not waited for.
            None => drop(stream.try_write(FULL)),
        }
    }
}

/// One connection, to its end.
async fn drive(stream: TcpStream, router: Router, limits: Limits, _lane: Lane) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head).max_buf_size(HEAD).max_headers(HEADERS);
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)));
    if timeout(limits.life / 2, connection.as_mut()).await.is_err() {
        connection.as_mut().graceful_shutdown();
        let _ = timeout(limits.life / 2, connection).await;
    }
}

/// Places and who has them.
struct Lanes {
    limits: Limits,
    taken: Mutex<BTreeMap<IpAddr, usize>>,
}

/// A place, given back when dropped.
struct Lane {
    of: Arc<Lanes>,
    peer: IpAddr,
}

impl Lanes {
    fn take(this: &Arc<Self>, peer: IpAddr) -> Option<Lane> {
        let mut taken = this.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let own = taken.get(&peer).copied().unwrap_or(0);
        if own >= this.limits.of_one || taken.values().sum::<usize>() >= this.limits.connections {
            return None;
        }
        taken.insert(peer, own + 1);
        Some(Lane { of: Arc::clone(this), peer })
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let mut taken = self.of.taken.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get(&self.peer).copied() {
            Some(more @ 2..) => drop(taken.insert(self.peer, more - 1)),
            _ => drop(taken.remove(&self.peer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_by_address_and_given_back() {
        let limits = Limits { connections: 3, of_one: 2, ..Limits::default() };
        let lanes = Arc::new(Lanes { limits, taken: Mutex::default() });
        let peer = |n: u32| IpAddr::V4(n.into());
        let first = Lanes::take(&lanes, peer(1));
        let second = Lanes::take(&lanes, peer(1));
        assert!(first.is_some() && second.is_some() && Lanes::take(&lanes, peer(1)).is_none());
        let other = Lanes::take(&lanes, peer(2));
        assert!(other.is_some() && Lanes::take(&lanes, peer(2)).is_none(), "all are taken");
        drop((first, second));
        assert!(Lanes::take(&lanes, peer(2)).is_some());
        drop(other);
        assert!(lanes.taken.lock().expect("not poisoned").is_empty());
    }
}
