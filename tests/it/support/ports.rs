//! Free ports for what must know its port before it listens: the gateway, and stand-ins that come back.

use std::collections::HashSet;
use std::net::TcpListener;
use std::sync::LazyLock;
use std::sync::Mutex;

static GIVEN: LazyLock<Mutex<HashSet<u16>>> = LazyLock::new(Mutex::default);

/// A port of 127.0.0.1 that nobody listens on and that this process has not handed out before. It lies below
/// the range from which the system takes the ports of outgoing connections, so that it stays free.
pub(crate) fn free_port() -> u16 {
    for _ in 0..500 {
        let port = 10_000 + random_u16() % 22_000;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() && GIVEN.lock().unwrap().insert(port) {
            return port;
        }
    }
    panic!("no free port on 127.0.0.1");
}

/// Eight random letters and digits for names that must not meet another test's.
pub(crate) fn random_name() -> String {
    uuid::Uuid::new_v4().simple().to_string()[..8].to_owned()
}

fn random_u16() -> u16 {
    let bytes = uuid::Uuid::new_v4().into_bytes();
    u16::from_be_bytes([bytes[0], bytes[1]])
}
