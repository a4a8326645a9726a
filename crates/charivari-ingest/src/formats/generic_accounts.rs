//! Any table of accounts whose columns have usual names, or names that the analyst gives.
//!
//! **What it is.** CSV, TSV or Parquet with one account a row.
//!
//! **How it is recognised.** An account, and a description, a picture, a day of creation or counts of
//! followers under usual names, and nothing that a post alone has: no post's id, no text, no link in
//! a post, no time but that of creation.
//!
//! **Fields.** Every column with a usual name of [`crate::field::Field::NAMES`], and those that only
//! mean this where a row is an account: `description`, `created_at`, `url`, `id`.
//!
//! **Traps.** A bare `id` is the account's here and a post's in a table of posts; `created_at` is the
//! day on which the account was made. A column of handles serves as the account where no id is there.
//!
//! **Source.** What the exports listed in this folder call the same things where they describe users.

use super::sheet::require;
use super::{Certainty, Format, Mapper, Recognition};
use crate::Result;
use crate::field::Field;
use crate::head::Head;
use crate::options::Options;
use crate::records::Record;
use crate::rows::{Fault, Rows};
use crate::table::{Columns, Dialect};

/// See the module's documentation.
pub(super) struct GenericAccounts;

/// The fields, with the names that they have first where a row is an account; the usual ones follow.
const FIELDS: &[(Field, &[&str])] = &[
    (Field::Platform, &[]),
    (
        Field::Account,
        &["account_id", "accountid", "user_id", "userid", "author_id", "id", "id_str"],
    ),
    (Field::Handle, &[]),
    (Field::Name, &["full_name", "title"]),
    (Field::Description, &["description", "about", "profile"]),
    (Field::Location, &["city", "place"]),
    (Field::Language, &[]),
    (Field::Link, &["profile_link", "website", "homepage", "url", "link"]),
    (Field::Picture, &["picture", "profile_picture", "profile_image", "photo", "image"]),
    (Field::Created, &["created", "created_at", "creation_date", "joined", "registered"]),
    (Field::Followers, &[]),
    (Field::Following, &[]),
    (Field::Posts, &["posts"]),
    (Field::Verified, &[]),
];

/// Fields by which a row is a post, whatever else it has, under names that mean nothing of an account.
const OF_POSTS: &[Field] = &[
    Field::Post,
    Field::Time,
    Field::Text,
    Field::Hashtags,
    Field::Mentions,
    Field::ReplyTo,
    Field::RepostOf,
    Field::Object,
    Field::Behaviour,
];

/// Whether a column has a name that posts alone have: not `id` or `created_at`, which may be either's.
fn has_posts(head: &Head) -> bool {
    let is_ours = |name: &str| FIELDS.iter().any(|(_, more)| more.contains(&name));
    let names = OF_POSTS.iter().flat_map(|field| field.synonyms());
    names.filter(|name| !is_ours(name)).any(|name| head.column(name).is_some())
}

/// Columns of which one at least says that a row describes an account.
const TELLING: &[Field] =
    &[Field::Description, Field::Picture, Field::Created, Field::Followers, Field::Link];

fn places(head: &Head, options: &Options) -> Vec<(Field, usize)> {
    let mut places: Vec<(Field, usize)> = Vec::new();
    for (field, name) in &options.columns {
        if let Some(place) = head.column(name) {
            places.push((*field, place));
        }
    }
    for (field, more) in FIELDS {
        if places.iter().any(|(known, _)| known == field) {
            continue;
        }
        let free = |place: &usize| places.iter().all(|(_, taken)| taken != place);
        let names = more.iter().chain(field.synonyms());
        // A handle may be all that names the account, and is then both.
        let is_handle = *field == Field::Handle;
        let found = names
            .into_iter()
            .find_map(|name| head.column(name).filter(|place| is_handle || free(place)));
        if let Some(place) = found {
            places.push((*field, place));
        }
    }
    places
}

impl Format for GenericAccounts {
    fn id(&self) -> &'static str {
        "accounts-table"
    }

    fn title(&self) -> &'static str {
        "table of accounts"
    }

    fn recognise(&self, head: &Head) -> Option<Recognition> {
        if !head.is_table() || has_posts(head) {
            return None;
        }
        let places = places(head, &Options::default());
        let has = |field: Field| places.iter().any(|(known, _)| *known == field);
        let fits = has(Field::Account) && TELLING.iter().any(|field| has(*field));
        let names: Vec<&str> =
            places.iter().map(|(_, place)| head.header[*place].as_str()).collect();
        fits.then(|| {
            Recognition::new(
                Certainty::Usual,
                format!("its columns {} describe accounts, and none is a post's", names.join(", ")),
            )
        })
    }

    fn mapper(&self, name: &str, head: &Head, options: &Options) -> Result<Box<dyn Mapper>> {
        for column in options.columns.values() {
            head.require(column)?;
        }
        let columns = Columns::at(places(head, options), Dialect::PLAIN);
        require(&columns, &[Field::Account], name, head)?;
        Ok(Box::new(AccountMapper(columns.with_options(options))))
    }
}

struct AccountMapper(Columns);

impl Mapper for AccountMapper {
    fn map(&self, record: Record<'_>, rows: &mut Rows<'_>) -> std::result::Result<(), Fault> {
        let Record::Row(row) = record else { return Ok(()) };
        let account = self.0.account(row, rows);
        rows.account(&account)
    }

    fn columns(&self) -> Option<Vec<usize>> {
        Some(self.0.places().collect())
    }
}
