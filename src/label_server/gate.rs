//! Who may ask for what: the host, the origin and the link of a request.

use std::net::{IpAddr, SocketAddr};

use hyper::HeaderMap;
use hyper::header::{HOST, HeaderName, ORIGIN};
use sha2::{Digest, Sha256};

use crate::agreement::coder_labels::ADJUDICATED;
use crate::label_page::Header;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The coder of a number.
    Coder(usize),
    /// Who looks after several coders: sees progress and agreement, and adjudicates.
    Lead,
}

/// A link for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Whom it is for.
    pub name: String,
    /// What it allows.
    pub role: Role,
    /// The secret part, 32 hexadecimal digits.
    pub token: String,
}

impl Link {
    /// A link for each coder; where there are several, one more for who looks after them. The same
    /// journal gives the same links.
    pub fn all(header: &Header) -> Vec<Self> {
        let coders = header.coders.iter().enumerate();
        let coders = coders.map(|(at, name)| (name.as_str(), Role::Coder(at)));
        let lead = (header.coders.len() > 1).then_some((ADJUDICATED, Role::Lead));
        let link = |(name, role): (&str, Role)| {
            let digest = Sha256::digest(format!("{}\n{name}", header.secret));
            let token = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
            Link { name: name.to_string(), role, token }
        };
        coders.chain(lead).map(link).collect()
    }
}

/// The header that carries the token. A page of another site cannot send it.
const TOKEN: HeaderName = HeaderName::from_static("x-framescope-token");

/// What a browser tells of where a request comes from.
const SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses requests that do not come from the page itself.
#[derive(Debug)]
pub(super) struct Gate {
    address: SocketAddr,
    links: Vec<Link>,
}

impl Gate {
    pub(super) fn new(address: SocketAddr, links: Vec<Link>) -> Self {
        Gate { address, links }
    }

    /// Whether a request was meant for this server, and comes from its page or from the address bar. A name
    /// that was made to lead here (DNS rebinding) is not this server's.
    pub(super) fn is_ours(&self, headers: &HeaderMap) -> bool {
        let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        let Some(host) = text(&HOST) else { return false };
        let same_origin = text(&ORIGIN).is_none_or(|origin| {
            origin.strip_prefix("http://").is_some_and(|of| of.eq_ignore_ascii_case(host))
        });
        let same_site = text(&SITE).is_none_or(|site| ["same-origin", "none"].contains(&site));
        self.is_host(host) && same_origin && same_site
    }

    /// An address of this server, or `localhost` where only this machine is served.
    fn is_host(&self, host: &str) -> bool {
        if let Some(name) = host.strip_suffix(&format!(":{}", self.address.port())) {
            if name.eq_ignore_ascii_case("localhost") {
                return self.address.ip().is_loopback() || self.address.ip().is_unspecified();
            }
            let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
            return address.is_ok_and(|address| {
                self.address.ip().is_unspecified() || address == self.address.ip()
            });
        }
        false
    }

    /// The link whose token a request carries. Takes the same time whatever is wrong with a token.
    pub(super) fn link(&self, headers: &HeaderMap) -> Option<&Link> {
        let given = headers.get(TOKEN).map_or(&[][..], |value| value.as_bytes());
        let given = Sha256::digest(given);
        let mut found = None;
        for link in &self.links {
            let expected = Sha256::digest(link.token.as_bytes());
            let differences = given.iter().zip(expected).fold(0, |all, (a, b)| all | (a ^ b));
            if differences == 0 {
                found = Some(link);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(address: &str) -> Gate {
        let token = "0123".to_string();
        let link = Link { name: "Ann".into(), role: Role::Coder(0), token };
        Gate::new(address.parse().unwrap(), vec![link])
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &str)| {
            (HeaderName::from_static(name), value.parse().unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn only_the_page_itself_is_answered() {
        let local = gate("127.0.0.1:8090");
        let good: [&[_]; 5] = [
            &[("host", "127.0.0.1:8090")],
            &[("host", "localhost:8090")],
            &[("host", "127.0.0.1:8090"), ("origin", "http://127.0.0.1:8090")],
            &[("host", "127.0.0.1:8090"), ("sec-fetch-site", "same-origin")],
            &[("host", "127.0.0.1:8090"), ("sec-fetch-site", "none")],
        ];
        for pairs in good {
            assert!(local.is_ours(&headers(pairs)), "{pairs:?}");
        }
        let bad: [&[_]; 9] = [
            &[],
            &[("host", "127.0.0.1")],
            &[("host", "127.0.0.1:80")],
            &[("host", "evil.example:8090")],
            &[("host", "192.168.1.20:8090")],
            &[("host", "127.0.0.1:8090"), ("origin", "http://evil.example")],
            &[("host", "127.0.0.1:8090"), ("origin", "https://127.0.0.1:8090")],
            &[("host", "127.0.0.1:8090"), ("origin", "null")],
            &[("host", "127.0.0.1:8090"), ("sec-fetch-site", "cross-site")],
        ];
        for pairs in bad {
            assert!(!local.is_ours(&headers(pairs)), "{pairs:?}");
        }
        assert!(gate("[::1]:8090").is_ours(&headers(&[("host", "[::1]:8090")])));
        let open = gate("0.0.0.0:8090");
        assert!(open.is_ours(&headers(&[("host", "192.168.1.20:8090")])));
        assert!(!open.is_ours(&headers(&[("host", "rebound.example:8090")])));
    }

    #[test]
    fn a_token_is_whole_or_wrong() {
        let gate = gate("127.0.0.1:8090");
        let link = |token| gate.link(&headers(&[("x-framescope-token", token)]));
        assert_eq!(link("0123").map(|link| link.name.as_str()), Some("Ann"));
        assert!(["", "012", "01234", "0124"].iter().all(|token| link(token).is_none()));
        assert!(gate.link(&headers(&[])).is_none());
    }
}
