//! When to stop: SIGTERM from the service manager, or Ctrl-C from a person. What is in hand is then finished.

use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;

/// Listens for SIGTERM and SIGINT from now on; what it gives waits for the first. Call it before starting anything: a signal on the way up
/// then stops in order as any other.
pub fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}
