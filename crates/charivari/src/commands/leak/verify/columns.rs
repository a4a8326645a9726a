//! Which column of the own records is which of the sample.

use charivari_leak::Kind;
use charivari_model::Column;

use crate::failure::{Failure, Result};

/// Words of column names by what they hold, folded; the first that a name contains decides.
const NAMES: &[(Kind, &[&str])] = &[
    (Kind::Email, &["email", "mail", "courriel", "adressemail"]),
    (Kind::Phone, &["phone", "tel", "mobile", "portable", "handy"]),
    (Kind::GivenName, &["givenname", "firstname", "prenom", "vorname", "forename"]),
    (Kind::FamilyName, &["familyname", "lastname", "surname", "nomdefamille", "nachname"]),
    (Kind::UserName, &["username", "login", "pseudo", "handle", "nickname"]),
    (Kind::FullName, &["fullname", "nomcomplet", "name", "nom"]),
    (Kind::Postcode, &["postcode", "postalcode", "zip", "codepostal", "plz", "cp"]),
    (Kind::City, &["city", "town", "ville", "ort", "suburb", "commune"]),
    (Kind::BirthDate, &["birth", "naissance", "geburt", "dob"]),
    (Kind::Street, &["street", "address", "adresse", "rue", "strasse", "voie"]),
    (Kind::Country, &["country", "pays", "land"]),
    (Kind::Gender, &["gender", "sex", "civilite", "geschlecht"]),
    (Kind::Iban, &["iban"]),
    (Kind::Ip, &["ipaddress", "lastip"]),
];

/// Names of columns that say when a row was made or changed, or that number rows.
const CREATED: &[&str] = &[
    "createdat",
    "created",
    "datecreation",
    "creationdate",
    "createdon",
    "signupdate",
    "registeredat",
    "dateinscription",
    "dateadd",
];
const CHANGED: &[&str] = &[
    "updatedat",
    "changedat",
    "modifiedat",
    "lastmodified",
    "datemodification",
    "updated",
    "dateupd",
];
const IDS: &[&str] =
    &["id", "customerid", "userid", "clientid", "idclient", "idcustomer", "subscriberid"];

/// A name without case and signs.
pub(super) fn folded(name: &str) -> String {
    let plain = charivari_leak::normal::canonical(Kind::UserName, name, None).unwrap_or_default();
    plain.replace(' ', "")
}

/// What a column of this name holds.
pub(super) fn kind_of(name: &str) -> Kind {
    let name = folded(name);
    let holds = |words: &[&str]| {
        words.iter().any(|word| name == *word || name.contains(word) && word.len() > 3)
    };
    NAMES.iter().find(|(_, words)| holds(words)).map_or(Kind::Other, |(kind, _)| *kind)
}

/// A pair that the analyst named.
#[derive(Clone, Debug)]
pub(super) struct Named {
    own: String,
    sample: String,
    kind: Option<Kind>,
}

/// The pairs of `--columns`.
pub(super) fn named(pairs: &[String]) -> Result<Vec<Named>> {
    pairs.iter().map(|pair| one(pair)).collect()
}

fn one(pair: &str) -> Result<Named> {
    let wrong = |why: &str| {
        Failure::usage(format!(
            "E0712: --columns {pair}: {why}; OWN=SAMPLE or OWN=SAMPLE:KIND is expected"
        ))
    };
    let (own, rest) = pair.split_once('=').ok_or_else(|| wrong("there is no ="))?;
    let (sample, kind) = match rest.rsplit_once(':') {
        Some((sample, word)) => {
            let kind = Kind::of_word(word).ok_or_else(|| wrong("no such kind"))?;
            (sample, Some(kind))
        }
        None => (rest, None),
    };
    Ok(Named { own: own.to_owned(), sample: sample.to_owned(), kind })
}

/// Where a column of this name stands.
pub(super) fn place(columns: &[Column], name: &str) -> Option<usize> {
    if name.is_empty() {
        return None;
    }
    let exact = columns.iter().position(|column| column.name == name);
    exact.or_else(|| columns.iter().position(|column| folded(&column.name) == folded(name)))
}

/// Where the first column with one of these names stands.
fn usual(columns: &[Column], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| columns.iter().position(|column| folded(&column.name) == *name))
}

/// Two columns that are compared.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) own: usize,
    pub(super) sample: usize,
    pub(super) own_name: String,
    pub(super) sample_name: String,
    pub(super) kind: Kind,
}

/// The columns of a table of own records, as far as they are of use.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnColumns {
    pub(super) key: Option<usize>,
    pub(super) pairs: Vec<Pair>,
    pub(super) created: Option<usize>,
    pub(super) changed: Option<usize>,
    pub(super) id: Option<usize>,
}

/// What decides which columns are which.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub(super) named: Vec<Named>,
    pub(super) key: Kind,
    pub(super) created: Option<String>,
    pub(super) changed: Option<String>,
    pub(super) id: Option<String>,
}

impl Wanted {
    /// The column that holds the key, in a table of either side.
    pub(super) fn key_of(&self, columns: &[Column], is_own: bool) -> Option<usize> {
        let said = self
            .named
            .iter()
            .find(|named| named.kind.unwrap_or_else(|| kind_of(&named.own)) == self.key);
        if let Some(named) = said {
            return place(columns, if is_own { &named.own } else { &named.sample });
        }
        if self.key == Kind::RowId {
            return self.id_of(columns);
        }
        columns.iter().position(|column| kind_of(&column.name) == self.key)
    }

    /// The column of ids.
    pub(super) fn id_of(&self, columns: &[Column]) -> Option<usize> {
        match &self.id {
            Some(name) => place(columns, name),
            None => usual(columns, IDS),
        }
    }

    /// The columns of a table of own records, beside those of the sample.
    pub(super) fn own(&self, own: &[Column], sample: &[Column]) -> OwnColumns {
        let key = self.key_of(own, true);
        let at = |name: &Option<String>, names: &[&str]| match name {
            Some(name) => place(own, name),
            None => usual(own, names),
        };
        let created = at(&self.created, CREATED);
        let changed = at(&self.changed, CHANGED);
        let id = self.id_of(own);
        let sample_key = self.key_of(sample, false);
        let mut pairs: Vec<Pair> = Vec::new();
        let mut add = |own_at: usize, sample_at: usize, kind: Option<Kind>| {
            let taken = pairs.iter().any(|pair| pair.own == own_at || pair.sample == sample_at);
            let apart = [key, created, changed, id].contains(&Some(own_at));
            if taken || apart || sample_key == Some(sample_at) {
                return;
            }
            let (own_name, sample_name) =
                (own[own_at].name.clone(), sample[sample_at].name.clone());
            let kind = kind.unwrap_or_else(|| kind_of(&own_name));
            pairs.push(Pair { own: own_at, sample: sample_at, own_name, sample_name, kind });
        };
        for named in &self.named {
            if let (Some(a), Some(b)) = (place(own, &named.own), place(sample, &named.sample)) {
                add(a, b, named.kind);
            }
        }
        for (at, column) in own.iter().enumerate() {
            if let Some(other) = place(sample, &column.name).filter(|_| !column.name.is_empty()) {
                add(at, other, None);
            }
        }
        // What is left is paired by what it holds, where that is told by the names of both.
        for (at, column) in own.iter().enumerate() {
            let kind = kind_of(&column.name);
            let same = |other: &Column| kind != Kind::Other && kind_of(&other.name) == kind;
            if let Some(other) = sample.iter().position(same) {
                add(at, other, None);
            }
        }
        // Beside given names, a column that is just called name holds the other one.
        if pairs.iter().any(|pair| pair.kind == Kind::GivenName) {
            for pair in &mut pairs {
                if matches!(folded(&pair.own_name).as_str(), "nom" | "name") {
                    pair.kind = Kind::FamilyName;
                }
            }
        }
        OwnColumns { key, pairs, created, changed, id }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_paired_by_word_by_name_and_by_kind() {
        let columns = |names: &[&str]| -> Vec<Column> {
            names.iter().map(|&name| Column { name: name.to_owned(), declared: None }).collect()
        };
        let own = columns(&["id", "E-Mail", "Nom", "zip", "rue", "created_at", "x1"]);
        let sample = columns(&["courriel", "nom", "Code postal", "adresse", "y7"]);
        let wanted = Wanted {
            named: named(&["x1=y7:city".to_owned()]).unwrap(),
            key: Kind::Email,
            created: None,
            changed: None,
            id: None,
        };
        let found = wanted.own(&own, &sample);
        assert_eq!((found.key, found.created, found.id), (Some(1), Some(5), Some(0)));
        let pairs: Vec<_> =
            found.pairs.iter().map(|pair| (pair.own, pair.sample, pair.kind)).collect();
        assert_eq!(
            pairs,
            [
                (6, 4, Kind::City),
                (2, 1, Kind::FullName),
                (3, 2, Kind::Postcode),
                (4, 3, Kind::Street)
            ]
        );
        assert!(
            named(&["a:b".to_owned()]).is_err() && named(&["a=b:nonsense".to_owned()]).is_err()
        );
    }
}
