//! A way to the broker that a test can cut or make silent.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::AsyncReadExt;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use url::Url;

/// What the way does with bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Way {
    /// Carries them.
    Open,
    /// Swallows them; connections stay.
    Silent,
    /// Resets every connection; new ones are closed at once.
    Cut,
}

/// The running relay; stopped when dropped.
pub(super) struct Relay {
    /// The broker's URL by this way.
    pub(super) url: String,
    way: Arc<watch::Sender<Way>>,
    task: JoinHandle<()>,
}

impl Relay {
    /// Opens a way to the broker at `url`.
    pub(super) async fn open(url: &str) -> Self {
        let mut by = Url::parse(url).expect("the broker's URL");
        let target = format!("{}:{}", by.host_str().expect("a host"), by.port().expect("a port"));
        let target: SocketAddr = target.parse().expect("the broker's address");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        by.set_port(Some(port)).expect("a port");
        let way = Arc::new(watch::Sender::new(Way::Open));
        let ways = Arc::clone(&way);
        let task = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let (there, back) = (ways.subscribe(), ways.subscribe());
                tokio::spawn(async move {
                    let Ok(far) = TcpStream::connect(target).await else { return };
                    let (near_read, near_write) = near.into_split();
                    let (far_read, far_write) = far.into_split();
                    tokio::select! {
                        () = carry(near_read, far_write, there) => {}
                        () = carry(far_read, near_write, back) => {}
                    }
                });
            }
        });
        Self { url: by.to_string(), way, task }
    }

    /// Changes what the way does.
    pub(super) fn set(&self, way: Way) {
        self.way.send_replace(way);
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn carry<R, W>(mut from: R, mut to: W, mut way: watch::Receiver<Way>)
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
                Ok(count) => if to.write_all(&buffer[..count]).await.is_err() { return },
            },
        }
    }
}
