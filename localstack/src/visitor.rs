//! A visitor without a browser: follows redirects and keeps cookies, and so signs in through the whole production path.
//! The import of the demo region uses it, and tests may.

use std::collections::BTreeMap;

use anyhow::{Context, bail};
use reqwest::{
    Client, Method, RequestBuilder, Response, StatusCode, Url,
    header::{COOKIE, LOCATION, ORIGIN, SET_COOKIE},
    redirect::Policy,
};

/// How many redirects one request may lead through; a sign-in has eight.
const LONGEST_WAY: usize = 20;

/// One visitor with their cookies.
#[derive(Debug)]
pub struct Visitor {
    client: Client,
    cookies: Cookies,
    public: Url,
    esia: Url,
}

/// What a page or the API answered after all redirects.
#[derive(Debug)]
pub struct Answer {
    /// Where the way ended.
    pub url: Url,
    /// Status of the last answer.
    pub status: StatusCode,
    /// Its body.
    pub body: String,
}

impl Visitor {
    /// A visitor of a cloud: `public` is the origin of its pages, `esia` that of the simulator.
    ///
    /// # Errors
    /// One of them is no URL.
    pub fn new(public: &str, esia: &str) -> anyhow::Result<Self> {
        let client = Client::builder().redirect(Policy::none()).build()?;
        Ok(Self {
            client,
            cookies: Cookies::default(),
            public: public.parse()?,
            esia: esia.parse()?,
        })
    }

    /// Signs in as the persona with this account id, beginning at a page that asks for it. The answer is that page.
    ///
    /// # Errors
    /// The way does not lead to the simulator's choice of personas, or not back.
    pub async fn sign_in(&mut self, oid: u64, page: &str) -> anyhow::Result<Answer> {
        let start = self.public.join("/identity/sign-in")?;
        let start = Url::parse_with_params(start.as_str(), [("return_to", page)])?;
        let choice = self.follow(Method::GET, start, None).await?;
        let request = hidden_field(&choice.body, "request")
            .with_context(|| format!("no choice of personas at {}: {}", choice.url, choice.status))?;
        let form = [("request", request), ("oid", oid.to_string())];
        let answer = self
            .follow(Method::POST, self.esia.join("/login")?, Some(&form))
            .await?;
        if answer.url.origin() != self.public.origin() || !answer.status.is_success() {
            bail!("the sign-in ended at {} with {}", answer.url, answer.status);
        }
        Ok(answer)
    }

    /// Opens a page.
    ///
    /// # Errors
    /// There is no answer.
    pub async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        let url = self.public.join(path)?;
        self.follow(Method::GET, url, None).await
    }

    /// A request to the API with this visitor's cookies, to be completed and sent by the caller.
    ///
    /// # Errors
    /// The path is not one.
    pub fn request(&self, method: Method, path: &str) -> anyhow::Result<RequestBuilder> {
        let url = self.public.join(path)?;
        let cookies = self.cookies.of(&url);
        // As browsers do; the functions take no change from another origin.
        Ok(self
            .client
            .request(method, url)
            .header(COOKIE, cookies)
            .header(ORIGIN, self.origin()))
    }

    /// Value of a cookie that the pages have set.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.0.get(name).map(|cookie| cookie.value.as_str())
    }

    fn origin(&self) -> String {
        self.public.origin().ascii_serialization()
    }

    async fn follow(
        &mut self,
        method: Method,
        url: Url,
        form: Option<&[(&str, String)]>,
    ) -> anyhow::Result<Answer> {
        let (mut method, mut url, mut form) = (method, url, form);
        for _ in 0..LONGEST_WAY {
            let mut request = self
                .client
                .request(method.clone(), url.clone())
                .header(COOKIE, self.cookies.of(&url));
            if let Some(fields) = form.take() {
                request = request
                    .header(ORIGIN, url.origin().ascii_serialization())
                    .form(fields);
            }
            let answer = request
                .send()
                .await
                .with_context(|| format!("{} does not answer", address(&url)))?;
            self.cookies.keep(&answer);
            if !answer.status().is_redirection() {
                return Ok(Answer {
                    status: answer.status(),
                    url,
                    body: answer.text().await?,
                });
            }
            let target = answer
                .headers()
                .get(LOCATION)
                .context("a redirect leads nowhere")?
                .to_str()?;
            url = url.join(target)?;
            method = Method::GET;
        }
        bail!("more than {LONGEST_WAY} redirects, the last to {}", address(&url))
    }
}

/// Origin and path: queries carry codes and states.
fn address(url: &Url) -> String {
    format!("{}{}", url.origin().ascii_serialization(), url.path())
}

/// Cookies by name. All servers of the local cloud are `localhost`, and cookies know no ports; secure ones are sent
/// without TLS, as browsers do there.
#[derive(Debug, Default)]
struct Cookies(BTreeMap<String, Cookie>);

#[derive(Debug)]
struct Cookie {
    value: String,
    path: String,
}

impl Cookies {
    fn keep(&mut self, answer: &Response) {
        for header in answer.headers().get_all(SET_COOKIE) {
            if let Ok(text) = header.to_str() {
                self.set(text);
            }
        }
    }

    fn set(&mut self, text: &str) {
        let mut parts = text.split(';').map(str::trim);
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else {
            return;
        };
        let mut cookie = Cookie {
            value: value.to_owned(),
            path: "/".to_owned(),
        };
        let mut gone = value.is_empty();
        for attribute in parts {
            let (key, value) = attribute.split_once('=').unwrap_or((attribute, ""));
            match key.to_ascii_lowercase().as_str() {
                "path" => value.clone_into(&mut cookie.path),
                "max-age" => gone |= value.parse::<i64>().is_ok_and(|seconds| seconds <= 0),
                _ => {}
            }
        }
        if gone {
            self.0.remove(name);
        } else {
            self.0.insert(name.to_owned(), cookie);
        }
    }

    fn of(&self, url: &Url) -> String {
        let sent = self
            .0
            .iter()
            .filter(|(_, cookie)| below(url.path(), &cookie.path));
        sent.map(|(name, cookie)| format!("{name}={}", cookie.value))
            .collect::<Vec<_>>()
            .join("; ")
    }
}

/// Whether a path lies below a cookie's (RFC 6265, 5.1.4).
fn below(path: &str, of_cookie: &str) -> bool {
    path.strip_prefix(of_cookie)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || of_cookie.ends_with('/'))
}

/// Value of a hidden field of a form.
fn hidden_field(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        text.parse().expect("a URL")
    }

    #[test]
    fn cookies_go_where_their_path_says() {
        let mut cookies = Cookies::default();
        cookies.set("__Host-session=abc; Path=/; Secure; HttpOnly");
        cookies.set("__Secure-refresh=def; Path=/identity; Secure");
        assert_eq!(
            cookies.of(&url("http://localhost:8080/diary")),
            "__Host-session=abc"
        );
        assert_eq!(
            cookies.of(&url("http://localhost:8080/identity/callback")),
            "__Host-session=abc; __Secure-refresh=def"
        );
        assert_eq!(
            cookies.of(&url("http://localhost:8080/identityx")),
            "__Host-session=abc"
        );
    }

    #[test]
    fn a_cookie_of_age_zero_is_gone() {
        let mut cookies = Cookies::default();
        cookies.set("a=1; Path=/");
        cookies.set("a=; Path=/; Max-Age=0");
        assert_eq!(cookies.of(&url("http://localhost/")), "");
    }

    #[test]
    fn a_hidden_field_is_read() {
        let html = r#"<form><input type="hidden" name="request" value="abc"></form>"#;
        assert_eq!(hidden_field(html, "request").as_deref(), Some("abc"));
        assert_eq!(hidden_field(html, "other"), None);
    }
}
