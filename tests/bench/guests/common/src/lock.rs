//! The document of the row `j.lock`: a package-lock.json, as npm writes it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

type Ranges = BTreeMap<String, String>;

/// A document.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Lock {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    lockfile_version: u8,
    requires: bool,
    packages: BTreeMap<String, Package>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Package {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resolved: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    integrity: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    dev: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    optional: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    dev_optional: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    peer: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    has_install_script: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    link: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cpu: Option<Names>,
    #[serde(skip_serializing_if = "Option::is_none")]
    os: Option<Names>,
    #[serde(skip_serializing_if = "Option::is_none")]
    libc: Option<Names>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dependencies: Option<Ranges>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dev_dependencies: Option<Ranges>,
    #[serde(skip_serializing_if = "Option::is_none")]
    optional_dependencies: Option<Ranges>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer_dependencies: Option<Ranges>,
    #[serde(skip_serializing_if = "Option::is_none")]
    peer_dependencies_meta: Option<BTreeMap<String, BTreeMap<String, bool>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bin: Option<Ranges>,
    #[serde(skip_serializing_if = "Option::is_none")]
    engines: Option<Ranges>,
}

/// One name, or several.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

fn is_false(value: &bool) -> bool {
    !value
}

impl Lock {
    /// A number that every package has a part in.
    pub fn sum(&self) -> f64 {
        let sizes = self.packages.iter().map(|(name, package)| {
            let texts = [&package.name, &package.version, &package.resolved, &package.integrity, &package.license];
            let ranges = package.dependencies.iter().flatten().map(|(name, range)| name.len() + range.len());
            name.len() + texts.into_iter().flatten().map(String::len).sum::<usize>() + ranges.sum::<usize>()
        });
        sizes.sum::<usize>() as f64
    }
}
