//! Static files: our own, fonts and icons out of npm packages, under a folder named by the hash of them all.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context;

use crate::{
    aws::Aws,
    fonts::FONTS,
    options::Options,
    record::Fingerprint,
    tools::{Tools, prepare_tools},
};

/// All static files and the path that their hash gives them.
#[derive(Debug)]
pub(crate) struct Assets {
    /// `/assets/<hash>`, what functions know as `ASSETS_BASE`.
    pub(crate) base: String,
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    /// Below the base, with slashes.
    path: String,
    bytes: Vec<u8>,
}

/// Writes the static files and the description of the API as they lie in the bucket, for operators to upload. Returns the
/// value of the parameter `AssetsBase`.
///
/// # Errors
/// A source is missing or the folder cannot be written.
pub async fn write_assets(options: &Options, folder: &Path) -> anyhow::Result<String> {
    let assets = Assets::collect(options, &prepare_tools(options).await?)?;
    for file in &assets.files {
        let target = folder.join(assets.base.trim_start_matches('/')).join(&file.path);
        write(&target, &file.bytes)?;
    }
    if let Some(description) = description(options) {
        write(&folder.join(DESCRIPTION_KEY), &description)?;
    }
    Ok(assets.base)
}

fn write(target: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(target, bytes).with_context(|| format!("{} could not be written", target.display()))
}

/// The snapshot of the API's description that the tests keep.
fn description(options: &Options) -> Option<Vec<u8>> {
    fs::read(options.root.join("tests/openapi.json")).ok()
}

/// Where browsers and the CDN look for it.
const DESCRIPTION_KEY: &str = "api/openapi.json";

impl Assets {
    /// Puts them together. Own files may refer to `fonts/…` and `icons.svg` beside them.
    pub(crate) fn collect(options: &Options, tools: &Tools) -> anyhow::Result<Self> {
        let own = options.root.join("shared/ui/assets");
        let mut files = Vec::new();
        add_folder(&own, &own, &mut files)?;
        for script in files.iter_mut().filter(|file| file.path.ends_with(".js")) {
            let text =
                str::from_utf8(&script.bytes).with_context(|| format!("{} is not UTF-8", script.path))?;
            script.bytes = bare(text).into_bytes();
        }
        for font in FONTS {
            files.push(File {
                path: format!("fonts/{font}"),
                bytes: read(&tools.font(font))?,
            });
        }
        let names = options.root.join("localstack/icons.txt");
        let names = fs::read_to_string(names).context("localstack/icons.txt could not be read")?;
        let sprite = sprite(&names, &tools.npm_package("lucide-static").join("icons"))?;
        files.push(File {
            path: "icons.svg".to_owned(),
            bytes: sprite.into_bytes(),
        });
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self {
            base: base(&files),
            files,
        })
    }

    /// Uploads them, and the description of the API where the repository has one.
    pub(crate) async fn upload(&self, options: &Options, aws: &Aws, bucket: &str) -> anyhow::Result<()> {
        let marker = options.state.join("deployed/assets");
        let description = description(options);
        let mut fingerprint = Fingerprint::default();
        fingerprint
            .add(bucket)
            .add(&self.base)
            .add(description.as_deref().unwrap_or_default());
        if fingerprint.is_in(&marker) {
            return Ok(());
        }
        for file in &self.files {
            let key = format!("{}/{}", self.base.trim_start_matches('/'), file.path);
            let forever = "public, max-age=31536000, immutable";
            aws.put_object(
                bucket,
                &key,
                content_type(&file.path),
                forever,
                file.bytes.clone(),
            )
            .await?;
        }
        if let Some(description) = description {
            aws.put_object(
                bucket,
                "api/openapi.json",
                "application/json",
                "public, max-age=300",
                description,
            )
            .await?;
        }
        fingerprint.write(&marker)
    }
}

/// One of our scripts without its comments and indentation, which are a quarter of what would be transferred. Lines keep
/// their numbers, so that what a browser says about them leads to the source.
fn bare(script: &str) -> String {
    let lines = script.lines().map(|line| {
        let line = line.trim();
        if line.starts_with("//") { "" } else { line }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn base(files: &[File]) -> String {
    let mut fingerprint = Fingerprint::default();
    for file in files {
        fingerprint.add(&file.path).add(&file.bytes);
    }
    format!("/assets/{}", &fingerprint.text()[..12])
}

fn add_folder(root: &Path, folder: &Path, files: &mut Vec<File>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} could not be read", folder.display()))?;
    for entry in entries {
        let path: PathBuf = entry?.path();
        if path.is_dir() {
            add_folder(root, &path, files)?;
        } else {
            let below = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            files.push(File {
                path: below,
                bytes: read(&path)?,
            });
        }
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("{} could not be read", path.display()))
}

/// One SVG file with a symbol for each icon named (one a line, `#` begins a comment): `<use href="icons.svg#check">`.
fn sprite(names: &str, icons: &Path) -> anyhow::Result<String> {
    let mut sprite = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\">");
    for name in names
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let file = icons.join(format!("{name}.svg"));
        let svg = fs::read_to_string(&file).with_context(|| format!("there is no icon {name}"))?;
        let opened = svg.find("<svg").context("an icon is not SVG")?;
        let inner = svg[opened..].find('>').context("an icon is not SVG")? + opened + 1;
        let closed = svg.rfind("</svg>").context("an icon is not SVG")?;
        let shapes: String = svg[inner..closed].lines().map(str::trim).collect();
        let look = "fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\"";
        write!(
            sprite,
            "<symbol id=\"{name}\" viewBox=\"0 0 24 24\" {look}>{shapes}</symbol>"
        )?;
    }
    sprite.push_str("</svg>");
    Ok(sprite)
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_become_symbols_of_one_file() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let icon = "<!-- @license -->\n<svg\n  class=\"x\"\n>\n  <path d=\"M20 6\" />\n</svg>\n";
        fs::write(folder.path().join("check.svg"), icon)?;
        let sprite = sprite("# marks\ncheck\n\n", folder.path())?;
        assert!(sprite.contains("<symbol id=\"check\" viewBox=\"0 0 24 24\""));
        assert!(sprite.contains("><path d=\"M20 6\" /></symbol></svg>"));
        Ok(())
    }

    #[test]
    fn a_script_travels_without_comments_and_keeps_its_lines() {
        let script = "// Why.\nif (a) {\n  // And why.\n  b(`//`); // c\n}\n";
        assert_eq!(bare(script), "\nif (a) {\n\nb(`//`); // c\n}");
    }

    #[test]
    fn no_text_in_a_script_goes_over_lines_where_it_would_lose_its_indentation() -> anyhow::Result<()> {
        let folder = Options::usual().root.join("shared/ui/assets");
        let mut files = Vec::new();
        add_folder(&folder, &folder, &mut files)?;
        for file in files.iter().filter(|file| file.path.ends_with(".js")) {
            for line in str::from_utf8(&file.bytes)?.lines() {
                assert_eq!(line.matches('`').count() % 2, 0, "{}: {line}", file.path);
            }
        }
        Ok(())
    }

    /// Names after `mark` in the text, up to the next character that no name has.
    fn names_after<'a>(text: &'a str, mark: &str) -> impl Iterator<Item = &'a str> {
        text.split(mark).skip(1).filter_map(|rest| {
            rest.split(|symbol: char| !symbol.is_ascii_alphanumeric() && symbol != '-')
                .next()
        })
    }

    fn add_used_icons(folder: &Path, used: &mut Vec<String>) -> anyhow::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                add_used_icons(&path, used)?;
            } else if path
                .extension()
                .is_some_and(|kind| ["html", "js", "rs", "css"].iter().any(|known| kind == *known))
            {
                let text = fs::read_to_string(&path)?;
                used.extend(
                    names_after(&text, "icons.svg#")
                        .chain(names_after(&text, "icon: \""))
                        .map(str::to_owned),
                );
            }
        }
        Ok(())
    }

    #[test]
    fn every_icon_that_a_page_uses_is_listed() -> anyhow::Result<()> {
        let root = Options::usual().root;
        let mut used = Vec::new();
        add_used_icons(&root.join("functions"), &mut used)?;
        add_used_icons(&root.join("shared"), &mut used)?;
        let listed = fs::read_to_string(root.join("localstack/icons.txt"))?;
        let missing: Vec<&String> = used
            .iter()
            .filter(|name| !name.is_empty() && !listed.lines().any(|line| line == name.as_str()))
            .collect();
        assert!(missing.is_empty(), "not in localstack/icons.txt: {missing:?}");
        Ok(())
    }

    #[test]
    fn the_base_changes_with_any_byte() {
        let file = |bytes: &[u8]| {
            [File {
                path: "a.css".to_owned(),
                bytes: bytes.to_vec(),
            }]
        };
        assert_ne!(base(&file(b"1")), base(&file(b"2")));
        assert_eq!(base(&file(b"1")).len(), "/assets/".len() + 12);
    }
}
