//! The error codes with which ESIA refuses a request.

/// Why ESIA refused; each has an OAuth error, ESIA's number and a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// A parameter has a wrong value or was given twice.
    InvalidParameter,
    /// The person (or ESIA) refused access.
    Denied,
    /// The scope is unknown, malformed or not granted to the system.
    InvalidScope,
    /// Something broke inside ESIA.
    Unexpected,
    /// The response type is not supported.
    UnsupportedResponseType,
    /// The code is wrong, used, expired, or belongs to another system or address.
    InvalidCode,
    /// The grant type is not supported.
    UnsupportedGrantType,
    /// The request names no scope.
    MissingScope,
    /// A mandatory parameter is missing.
    MissingParameter,
    /// The time of the request is too far from ESIA's, or unreadable.
    WrongTime,
    /// `redirect_uri` is not registered for the system.
    WrongRedirect,
    /// The signature or the certificate hash does not fit the system.
    WrongSecret,
    /// The account is not confirmed and the system takes confirmed ones only.
    Unconfirmed,
    /// The system is unknown.
    UnknownSystem,
}

impl ErrorCode {
    /// OAuth's `error`.
    pub fn error(self) -> &'static str {
        match self {
            Self::Denied | Self::Unconfirmed => "access_denied",
            Self::InvalidScope | Self::MissingScope => "invalid_scope",
            Self::Unexpected => "server_error",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidCode => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnknownSystem => "unauthorized_client",
            Self::InvalidParameter
            | Self::MissingParameter
            | Self::WrongTime
            | Self::WrongRedirect
            | Self::WrongSecret => "invalid_request",
        }
    }

    /// `error_description`: ESIA's number, a colon and a text. The numbers are ESIA's, the words mostly ours.
    pub fn description(self) -> &'static str {
        match self {
            Self::InvalidParameter => "ESIA-007003: a parameter has an invalid value or is given twice",
            Self::Denied => "ESIA-007004: the resource owner or the authorization service denied the request",
            Self::InvalidScope => "ESIA-007006: the requested scope is invalid, unknown or malformed",
            Self::Unexpected => "ESIA-007007: the authorization service met an unexpected condition",
            Self::UnsupportedResponseType => "ESIA-007009: the response type is not supported",
            Self::InvalidCode => {
                "ESIA-007011: the code is invalid, expired, revoked, of another address or of another system"
            }
            Self::UnsupportedGrantType => "ESIA-007012: the grant type is not supported",
            Self::MissingScope => "ESIA-007013: the request does not contain the scope",
            Self::MissingParameter => "ESIA-007014: the request does not contain the mandatory parameter",
            Self::WrongTime => "ESIA-007015: the time of the request is wrong",
            Self::WrongRedirect => "ESIA-007023: the redirect_uri is not among those allowed to the system",
            Self::WrongSecret => "ESIA-007053: OAuthErrorEnum.clientSecretWrong",
            Self::Unconfirmed => "ESIA-007055: the sign-in is made with an unconfirmed account",
            Self::UnknownSystem => "ESIA-008010: the client system could not be authenticated",
        }
    }
}
