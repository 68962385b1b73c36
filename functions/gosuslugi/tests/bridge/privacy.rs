//! Logs hold nothing of a person and nothing that opens a door.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::json;
use tracing_subscriber::fmt::MakeWriter;

use crate::world::{
    HASH_KEY, NONCE, PARENT, SECRET, World, begin, callback, exchange, parameter, parent_snils,
};

/// What was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn a_sign_in_and_its_failures_leave_no_name_number_or_secret_in_the_log() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().json().with_writer(log.clone()).finish();
    // For all threads: a level that one thread's tests find unwanted is cached for the others. What they log is judged too.
    tracing::subscriber::set_global_default(subscriber).expect("the only subscriber of this program");
    let world = World::new().await;
    let bridge = world.bridge();
    let mut secrets: Vec<String> = ["Орлова", "Анна", "1985", SECRET, HASH_KEY, NONCE]
        .map(str::to_owned)
        .to_vec();
    secrets.extend([
        PARENT.to_string(),
        parent_snils().digits(),
        "112-233-445".to_owned(),
    ]);
    for fault in ["none", "wrong_signature", "server_error"] {
        world
            .order(json!({ "at": "token", "kind": fault_or_slow(fault), "millis": 1, "times": 1 }))
            .await;
        let begun = begin(&bridge).await;
        let path = world.choose(&begun, Some(PARENT)).await;
        secrets.extend(parameter(&path, "code"));
        secrets.extend(begun.cookie.split('=').map(str::to_owned).skip(1));
        let back = callback(&bridge, &path, &begun.cookie).await;
        if let Some(code) = parameter(back.location(), "code") {
            let tokens = exchange(&bridge, &code, &[]).await.json();
            secrets.extend([
                code,
                tokens["id_token"].to_string(),
                tokens["access_token"].to_string(),
            ]);
        }
    }
    let text = log.text();
    assert!(
        text.contains("/gosuslugi/callback") && text.contains("not signed by ESIA"),
        "{text}"
    );
    for secret in &secrets {
        assert!(!text.contains(secret.trim_matches('"')), "{secret} in {text}");
    }
}

fn fault_or_slow(fault: &str) -> &str {
    if fault == "none" { "slow" } else { fault }
}
