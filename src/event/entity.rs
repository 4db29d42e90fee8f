//! Entities: who, where and what an article names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Field, Score};

/// A person, organisation, place, object or event, with every place where the text names it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// `scheme:value`, the scheme one of `wikidata`, `iso3166-2`, `geonames`, `wiredesk`, in this order of preference;
    /// null where no id is sure.
    #[schemars(extend("pattern" = "^[a-z0-9-]+:.+$"))]
    pub id: Option<String>,
    /// The other known ids of the same thing.
    pub same_as: Vec<String>,
    /// What kind of thing it is.
    pub r#type: EntityType,
    /// Its display name where the id is known, else its fullest form in the text.
    pub name: String,
    /// How sure the reading is, 0 to 1.
    pub confidence: Score,
    /// Ids that it could be, where no one id is sure.
    pub candidates: Vec<String>,
    /// Its country (ISO 3166-1 alpha-2); null where unknown.
    #[schemars(extend("pattern" = "^[A-Z]{2}$"))]
    pub country: Option<String>,
    /// Where it lies; null unless it is a place whose position is known.
    pub geo: Option<Geo>,
    /// How often the text names it.
    pub count: u32,
    /// How much the article is about it, 0 to 1.
    pub salience: Score,
    /// What the reading rests on.
    pub basis: EntityBasis,
    /// Where the text names it, title first, then by position.
    pub mentions: Vec<Mention>,
}

/// What kind of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntityType {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// A place.
    Place,
    /// A product, work, vehicle, law or other thing with a name.
    Object,
    /// A war, summit, treaty, cup or other happening with a name.
    Event,
}

impl EntityType {
    /// Every type, in the order of the contract.
    pub const ALL: [Self; 5] = [Self::Person, Self::Organisation, Self::Place, Self::Object, Self::Event];

    /// The type's name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Object => "object",
            Self::Event => "event",
        }
    }
}

/// Where a place lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Geo {
    /// Latitude in degrees, WGS 84.
    #[schemars(range(min = -90, max = 90))]
    pub lat: f64,
    /// Longitude in degrees, WGS 84.
    #[schemars(range(min = -180, max = 180))]
    pub lon: f64,
    /// The GeoNames id.
    pub geonames: Option<u64>,
}

/// What an entity's reading rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntityBasis {
    /// A name in the lexicon.
    Lexicon,
    /// A rule of the language, such as a title before a name.
    Rule,
    /// A statistical model.
    Model,
}

/// One place where the text names an entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mention {
    /// The field.
    pub r#in: Field,
    /// Its first code point.
    pub start: u32,
    /// The code point after its last.
    pub end: u32,
    /// The words: exactly the slice of the field from `start` to `end`.
    pub text: String,
}
