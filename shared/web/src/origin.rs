//! Changes are taken from our own pages only.

use axum::http::{HeaderMap, Method, header};

/// Whether a request that the browser sent with our cookies came from a page of another site.
///
/// Requests without cookies cannot ride on a session and are not judged. `SameSite=Lax` already keeps the session cookie
/// from other sites' forms; this is the second lock, and it also holds against sibling subdomains.
pub(crate) fn is_cross_site(method: &Method, headers: &HeaderMap, origin: &str) -> bool {
    let is_safe = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    if is_safe || !headers.contains_key(header::COOKIE) {
        return false;
    }
    match headers.get(header::ORIGIN) {
        Some(given) => given.as_bytes() != origin.as_bytes(),
        None => headers
            .get("sec-fetch-site")
            .is_none_or(|site| site != "same-origin"),
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const ORIGIN: &str = "https://school.example";

    fn judged(method: Method, pairs: &[(&'static str, &'static str)]) -> bool {
        let headers: HeaderMap = pairs
            .iter()
            .map(|(name, value)| {
                (
                    header::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect();
        is_cross_site(&method, &headers, ORIGIN)
    }

    #[test]
    fn a_change_with_cookies_needs_our_own_origin() {
        assert!(!judged(Method::POST, &[("cookie", "a=b"), ("origin", ORIGIN)]));
        assert!(judged(
            Method::POST,
            &[("cookie", "a=b"), ("origin", "https://evil.example")]
        ));
        assert!(judged(Method::POST, &[("cookie", "a=b"), ("origin", "null")]));
        assert!(judged(Method::PUT, &[("cookie", "a=b")]));
        assert!(!judged(
            Method::PUT,
            &[("cookie", "a=b"), ("sec-fetch-site", "same-origin")]
        ));
    }

    #[test]
    fn reading_and_requests_without_cookies_are_not_judged() {
        assert!(!judged(
            Method::GET,
            &[("cookie", "a=b"), ("origin", "https://evil.example")]
        ));
        assert!(!judged(Method::POST, &[("authorization", "Bearer x")]));
    }
}
