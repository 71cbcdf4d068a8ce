//! A way to a server that a test can cut, at any byte, or make silent.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::sync::atomic::Ordering;

use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

/// What the way does with bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    /// Carries them.
    Open,
    /// Swallows them; connections stay.
    Silent,
    /// Resets every connection; new ones are closed at once.
    Cut,
}

/// The running relay; stopped when dropped.
pub(crate) struct Relay {
    /// The server's URL by this way.
    pub(crate) url: String,
    way: Arc<watch::Sender<Way>>,
    /// How many bytes are still carried before every connection is cut once; negative: without end.
    left: Arc<AtomicI64>,
    task: JoinHandle<()>,
}

impl Relay {
    /// Opens a way to the server at `url`.
    pub(crate) async fn open(url: &str) -> Self {
        let mut by = Url::parse(url).expect("a server's URL");
        let target = format!("{}:{}", by.host_str().expect("a host"), by.port().expect("a port"));
        let target: SocketAddr = target.parse().expect("a server's address");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        by.set_port(Some(port)).expect("a port");
        let way = Arc::new(watch::Sender::new(Way::Open));
        let ways = Arc::clone(&way);
        let left = Arc::new(AtomicI64::new(-1));
        let budget = Arc::clone(&left);
        let task = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (there, back) = (ways.subscribe(), ways.subscribe());
                let (paid, repaid) = (Arc::clone(&budget), Arc::clone(&budget));
                tokio::spawn(async move {
                    let Ok(far) = TcpStream::connect(target).await else { return };
                    let (near_read, near_write) = near.into_split();
                    let (far_read, far_write) = far.into_split();
                    tokio::select! {
                        () = carry(near_read, far_write, there, &paid) => {}
                        () = carry(far_read, near_write, back, &repaid) => {}
                    }
                });
            }
        });
        Self { url: by.to_string(), way, left, task }
    }

    /// The port of this way.
    pub(crate) fn port(&self) -> u16 {
        Url::parse(&self.url).ok().and_then(|url| url.port()).expect("a port")
    }

    /// Cuts the connections that are in use after so many more bytes in both directions, in the middle of whatever is being said; new
    /// ones are carried.
    pub(crate) fn cut_after(&self, bytes: u32) {
        self.left.store(bytes.into(), Ordering::SeqCst);
    }

    /// Whether the cut that was asked for is still to come.
    pub(crate) fn will_cut(&self) -> bool {
        self.left.load(Ordering::SeqCst) >= 0
    }

    /// Changes what the way does.
    pub(crate) fn set(&self, way: Way) {
        self.way.send_replace(way);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry<R, W>(mut from: R, mut to: W, mut way: watch::Receiver<Way>, left: &AtomicI64)
where
    R: AsyncReadExt + Unpin,
    W: AsyncWriteExt + Unpin,
{
    let mut buffer = vec![0; 65_536];
    loop {
        let now = *way.borrow_and_update();
        if now == Way::Cut {
            return;
        }
        tokio::select! {
            changed = way.changed() => if changed.is_err() { return },
            read = from.read(&mut buffer) => match read {
                Ok(0) | Err(_) => return,
                Ok(_) if now == Way::Silent => {}
                Ok(count) => {
                    let (carried, cut) = pay(left, count);
                    if to.write_all(&buffer[..carried]).await.is_err() || cut {
                        return;
                    }
                }
            },
        }
    }
}

/// How many of so many bytes may pass, and whether that was the last of them.
fn pay(left: &AtomicI64, count: usize) -> (usize, bool) {
    let price = i64::try_from(count).unwrap_or(i64::MAX);
    let pay = |left: i64| (left >= 0).then(|| if left < price { -1 } else { left - price });
    match left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, pay) {
        Ok(before) if before < price => (usize::try_from(before).unwrap_or(0), true),
        Ok(_) | Err(_) => (count, false),
    }
}
