//! What pages cost.

/// What a page cost on the network.
#[derive(Debug, Clone, Default)]
pub struct Weight {
    /// Bytes as they were transferred, headers included.
    pub bytes: u64,
    /// The same for each address.
    pub of: Vec<(String, u64)>,
}

impl Weight {
    /// Names of the heaviest files with their bytes.
    pub fn heaviest(&self, count: usize) -> String {
        let mut files = self.of.clone();
        files.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
        let named = files.iter().take(count).map(|(address, bytes)| {
            let path = address.split('?').next().unwrap_or_default();
            format!(
                "{} {bytes}",
                path.rsplit('/')
                    .next()
                    .filter(|name| !name.is_empty())
                    .unwrap_or("page")
            )
        });
        named.collect::<Vec<_>>().join(", ")
    }
}
