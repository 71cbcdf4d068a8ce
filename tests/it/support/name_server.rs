//! A name server on this machine that answers TXT questions from a table: what mails are proven by.

use hickory_resolver::proto::op::Message;
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::RData;
use hickory_resolver::proto::rr::Record;
use hickory_resolver::proto::rr::RecordType;
use hickory_resolver::proto::rr::rdata::TXT;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::Mutex;
use tokio::net::UdpSocket;
use tokio::task::AbortHandle;

/// Answers until it is dropped.
pub(crate) struct NameServer {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    records: Arc<Mutex<HashMap<String, String>>>,
    task: AbortHandle,
}

impl NameServer {
    pub(crate) async fn start() -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let records = Arc::new(Mutex::new(HashMap::new()));
        let known = Arc::clone(&records);
        let task = tokio::spawn(async move {
            let mut buffer = [0; 4096];
            while let Ok((length, asker)) = socket.recv_from(&mut buffer).await {
                if let Some(answer) = answer(&buffer[..length], &known) {
                    socket.send_to(&answer, asker).await.unwrap();
                }
            }
        });
        Self { address, records, task: task.abort_handle() }
    }

    /// From now on this name has this TXT record.
    pub(crate) fn txt(&self, name: &str, text: &str) {
        self.records.lock().unwrap().insert(name.to_owned(), text.to_owned());
    }
}

impl Drop for NameServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn answer(asked: &[u8], known: &Mutex<HashMap<String, String>>) -> Option<Vec<u8>> {
    let asked = Message::from_vec(asked).ok()?;
    let query = asked.queries.first()?.clone();
    let name = query.name().to_lowercase().to_ascii();
    let text = known.lock().unwrap().get(name.trim_end_matches('.')).cloned();
    let mut response = asked.into_response();
    match text.filter(|_| query.query_type() == RecordType::TXT) {
        Some(text) => {
            let pieces = text
                .as_bytes()
                .chunks(200)
                .map(|piece| String::from_utf8_lossy(piece).into_owned());
            let data = RData::TXT(TXT::new(pieces.collect()));
            response.add_answer(Record::from_rdata(query.name().clone(), 60, data));
        }
        None => response.metadata.response_code = ResponseCode::NXDomain,
    }
    response.to_vec().ok()
}
