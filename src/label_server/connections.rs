//! Connections: accepted, bounded, and ended.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
#[cfg(unix)]
use tokio::sync::Notify;

use super::decision_writer::{DecisionWriter, SharedSession};
use super::gate::{Gate, Link};
use super::project::LabelProject;
use super::report_page::{MakeReport, ReportPage};
use super::routes::Routes;
use super::training_check::{CheckTraining, TrainingMonitor};
use crate::error::Error;

/// Maximum number of connections, and of those from one address.
const CONNECTIONS: usize = 512;
const CONNECTIONS_OF_ONE: usize = 128;

/// How long a client may take to send the head of a request, or stay silent.
const SILENCE: Duration = Duration::from_secs(30);

/// How long a connection may last; a browser opens a new one by itself.
const LIFE: Duration = Duration::from_secs(600);

/// What is served, and where.
pub struct Serving {
    /// The labelling.
    pub project: LabelProject,
    /// Where to listen: the first address that is free; port 0 takes any port that is.
    pub listen: Vec<SocketAddr>,
    /// Makes the report page with the labels so far.
    pub make_report: MakeReport,
    /// Judges a model trained on the labels so far; none where they are to correct a report.
    pub check_training: Option<CheckTraining>,
}

/// Serves the page until the program is interrupted. Calls `ready` with the address and the links once
/// it can be opened.
///
/// # Errors
/// An address that cannot be listened on.
pub fn serve(serving: Serving, ready: impl FnOnce(SocketAddr, &[Link])) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Error::Option(format!("cannot serve: {error}")))?;
    let Serving { project, listen, make_report, check_training } = serving;
    let listener = runtime.block_on(TcpListener::bind(&listen[..])).and_then(|listener| {
        let address = listener.local_addr()?;
        Ok((listener, address))
    });
    let (listener, address) = listener.map_err(|error| {
        let advice = "give --listen another address, such as 127.0.0.1:0 for any free port";
        let wanted: Vec<String> = listen.iter().map(ToString::to_string).collect();
        Error::Option(format!("cannot listen on {}: {error}; {advice}", wanted.join(" or ")))
    })?;
    let links = Link::all(project.header());
    let LabelProject { session, texts, journal, label_file } = project;
    let report = ReportPage::new(label_file.path(), make_report);
    let training = check_training.map(|check| TrainingMonitor::new(label_file.path(), check));
    let (shared, texts) = (Arc::new(SharedSession::new(session)), Arc::new(texts));
    let (writer, thread) =
        DecisionWriter::start(Arc::clone(&shared), Arc::clone(&texts), journal, label_file);
    let gate = Gate::new(address, links.clone());
    let routes = Arc::new(Routes::new(gate, shared, texts, writer, report, training));
    runtime
        .block_on(async {
            let interruption = interruption()?;
            tokio::spawn(accept(listener, routes));
            ready(address, &links);
            interruption.await;
            Ok(())
        })
        .map_err(|error: std::io::Error| Error::Option(format!("cannot serve: {error}")))?;
    // Ends what is under way, and with it the last writer; the thread then has nothing left.
    runtime.shutdown_timeout(Duration::from_secs(1));
    drop(thread.join());
    Ok(())
}

/// Accepts connections for ever.
async fn accept(listener: TcpListener, routes: Arc<Routes>) {
    let open = Arc::new(OpenConnections::default());
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                if let Some(place) = OpenConnections::enter(&open, peer.ip()) {
                    tokio::spawn(converse(stream, Arc::clone(&routes), place));
                }
            }
            // Too many open files, for instance: some will be closed.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn converse(stream: TcpStream, routes: Arc<Routes>, _place: Place) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let answer = service_fn(move |request| {
        let routes = Arc::clone(&routes);
        async move { Ok::<_, std::convert::Infallible>(routes.answer(request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(SILENCE).max_buf_size(32 << 10);
    // A client that is slow, silent or broken ends its own connection only.
    let _ = tokio::time::timeout(LIFE, http.serve_connection(TokioIo::new(stream), answer)).await;
}

/// Listens for Control-C and the request to end from now on; the future ends with the first of them.
#[cfg(unix)]
fn interruption() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let ended = Arc::new(Notify::new());
    for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
        let (mut signal, told) = (signal(kind)?, Arc::clone(&ended));
        tokio::spawn(async move {
            signal.recv().await;
            told.notify_one();
        });
    }
    Ok(async move { ended.notified().await })
}

/// Listens for Control-C from now on.
#[cfg(windows)]
fn interruption() -> std::io::Result<impl Future<Output = ()>> {
    let mut signal = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        signal.recv().await;
    })
}

/// The number of open connections of each address.
#[derive(Debug, Default)]
struct OpenConnections(Mutex<BTreeMap<IpAddr, usize>>);

/// A place among them, free again when dropped.
struct Place {
    open: Arc<OpenConnections>,
    peer: IpAddr,
}

impl OpenConnections {
    /// None where there are too many.
    fn enter(open: &Arc<Self>, peer: IpAddr) -> Option<Place> {
        let mut counts = open.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = counts.values().sum();
        let mine = counts.entry(peer).or_default();
        if all >= CONNECTIONS || *mine >= CONNECTIONS_OF_ONE {
            return None;
        }
        *mine += 1;
        Some(Place { open: Arc::clone(open), peer })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.peer) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.peer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_cannot_take_all_places() {
        let open = Arc::new(OpenConnections::default());
        let (a, b) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let mut places: Vec<_> =
            (0..200).filter_map(|_| OpenConnections::enter(&open, a)).collect();
        assert_eq!(places.len(), CONNECTIONS_OF_ONE);
        assert!(OpenConnections::enter(&open, b).is_some());
        places.pop();
        assert!(OpenConnections::enter(&open, a).is_some());
        places.clear();
        assert!(open.0.lock().unwrap().is_empty());
    }
}
