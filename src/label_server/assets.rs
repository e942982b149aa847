//! The page's own files, part of the program.

/// A file of the page.
pub(super) struct Asset {
    pub(super) path: &'static str,
    pub(super) kind: &'static str,
    pub(super) text: &'static str,
}

/// All of them.
const ASSETS: [Asset; 4] = [
    Asset { path: "/", kind: "text/html; charset=utf-8", text: include_str!("page.html") },
    Asset { path: "/page.css", kind: "text/css; charset=utf-8", text: include_str!("page.css") },
    Asset {
        path: "/page.js",
        kind: "text/javascript; charset=utf-8",
        text: include_str!("page.js"),
    },
    Asset { path: "/favicon.ico", kind: "image/svg+xml", text: ICON },
];

/// A tick.
const ICON: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'>\
    <path d='M2 8l4 4 8-9' fill='none' stroke='#08706a' stroke-width='2.5'/></svg>";

/// The file of a path.
pub(super) fn asset(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// What the page may do: load its own files, ask its own server, and nothing else.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; \
     connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
     require-trusted-types-for 'script'; trusted-types 'none'";
