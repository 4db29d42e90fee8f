//! The id of an article: the same for the same article, whoever sends it and however often.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A name-based UUID (version 5, RFC 9562).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArticleId(Uuid);

/// What an id was made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IdBasis {
    /// The canonical URL, in the namespace for URLs.
    Url,
    /// A URN, GUID or UUID of the source, in the namespace for URLs.
    Urn,
    /// The hex SHA-256 of the inflated value, in the namespace for OIDs.
    Content,
}

impl ArticleId {
    /// The id of the article at a canonical URL.
    #[must_use]
    pub fn of_url(canonical_url: &str) -> Self {
        Self(Uuid::new_v5(&Uuid::NAMESPACE_URL, canonical_url.as_bytes()))
    }

    /// The id of an article that its source names by a URN or GUID.
    #[must_use]
    pub fn of_urn(urn: &str) -> Self {
        Self(Uuid::new_v5(&Uuid::NAMESPACE_URL, urn.as_bytes()))
    }

    /// The id of an article of which nothing but its bytes is known.
    #[must_use]
    pub fn of_content(value_sha256_hex: &str) -> Self {
        Self(Uuid::new_v5(&Uuid::NAMESPACE_OID, value_sha256_hex.as_bytes()))
    }

    /// An id that is given as such: the key of a retraction.
    #[must_use]
    pub fn of_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// A name-based UUID within this article: for the ids of its events.
    #[must_use]
    pub fn derive(self, name: &str) -> Uuid {
        Uuid::new_v5(&self.0, name.as_bytes())
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl From<ArticleId> for String {
    fn from(id: ArticleId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for ArticleId {
    type Error = uuid::Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Uuid::try_parse(&text).map(Self)
    }
}

impl JsonSchema for ArticleId {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ArticleId".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "format": "uuid",
            "description": "A name-based UUID (version 5): the same for the same article, whoever sends it."
        })
    }
}
