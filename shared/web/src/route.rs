//! Routes as data: the access matrix, the template and the description are held against them.

/// Who can get an answer other than "sign in" from a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Anybody.
    Public,
    /// Who has signed in; the feature's policies decide further.
    SignedIn,
}

/// One route of a function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// The HTTP method.
    pub method: &'static str,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// Who may come.
    pub audience: Audience,
}

impl Route {
    /// A route for those who have signed in.
    pub const fn signed_in(method: &'static str, path: &'static str) -> Self {
        Self {
            method,
            path,
            audience: Audience::SignedIn,
        }
    }

    /// A route for anybody.
    pub const fn public(method: &'static str, path: &'static str) -> Self {
        Self {
            method,
            path,
            audience: Audience::Public,
        }
    }
}
