//! The stage on which a stand-in plays: a thread with a runtime of its own, so that a busy or blocked test does
//! not slow it, and a port that it keeps when it is stopped and comes back.

use std::net::TcpListener as StdListener;
use std::pin::Pin;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::ports::free_port;

type Play = Arc<dyn Fn(TcpListener) -> Pin<Box<dyn Future<Output = ()> + Send>> + Send + Sync>;

/// A server on 127.0.0.1; stopped when dropped.
pub(crate) struct Stage {
    port: u16,
    play: Play,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

impl Stage {
    /// Begins to listen on a free port and gives the listener to `play`, which runs until the stage is stopped.
    pub(crate) fn open<F, W>(play: F) -> Self
    where
        F: Fn(TcpListener) -> W + Send + Sync + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let play: Play = Arc::new(move |listener| Box::pin(play(listener)));
        let mut stage = Self { port: free_port(), play, running: None };
        stage.start();
        stage
    }

    /// The port it listens on, the same after every restart.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Listens again after `stop`; without effect while it runs.
    pub(crate) fn start(&mut self) {
        if self.running.is_some() {
            return;
        }
        // The standard library sets SO_REUSEADDR, so that connections of the last run do not hold the port.
        let listener = StdListener::bind(("127.0.0.1", self.port)).expect("the stand-in's port is free");
        listener.set_nonblocking(true).expect("a listener that does not block");
        let (stop, stopped) = oneshot::channel();
        let play = Arc::clone(&self.play);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).expect("a listener in the runtime");
                tokio::select! {
                    () = play(listener) => {}
                    _ = stopped => {}
                }
            });
            // Dropping the runtime cuts every connection.
        });
        self.running = Some((stop, thread));
    }

    /// Stops listening and cuts every connection; returns when both are done.
    pub(crate) fn stop(&mut self) {
        if let Some((stop, thread)) = self.running.take() {
            drop(stop);
            thread.join().ok();
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.stop();
    }
}
