//! A package-lock.json, as npm writes it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

type Ranges = BTreeMap<String, String>;

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Lock {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    lockfile_version: u8,
    requires: bool,
    pub packages: BTreeMap<String, Package>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Package {
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
    #[serde(skip_serializing_if = "Option::is_none")]
    funding: Option<serde_json::Value>,
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
