//! A column of identifiers: one small number per row and one table of names.

use std::borrow::Cow;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::CompatError;

/// A column of identifiers in file order, as indices into a table of names.
///
/// The peers compare identifiers as strings. Comparing small numbers gives the same answer as long
/// as every name has exactly one number, so that is checked when a column is made.
#[derive(Debug, Clone, Default)]
pub struct IdColumn<'a> {
    ids: Cow<'a, [u32]>,
    names: Vec<&'a str>,
}

impl<'a> IdColumn<'a> {
    /// Takes a column that is already numbered: `ids[row]` is an index into `names`.
    ///
    /// Names that no row uses are allowed.
    ///
    /// # Errors
    ///
    /// [`CompatError::UnknownId`] if an id is no index into `names`, [`CompatError::RepeatedName`]
    /// if a name stands twice, [`CompatError::TooManyRows`] if there are more than `u32::MAX`.
    pub fn new(ids: impl Into<Cow<'a, [u32]>>, names: Vec<&'a str>) -> Result<Self, CompatError> {
        let ids = ids.into();
        let length = ids.len().max(names.len());
        if u32::try_from(length).is_err() {
            return Err(CompatError::TooManyRows { rows: length });
        }
        if let Some((row, &id)) =
            ids.iter().enumerate().find(|&(_, &id)| id as usize >= names.len())
        {
            return Err(CompatError::UnknownId { row, id, names: names.len() });
        }
        let mut numbers = Numbers::with_capacity(names.len());
        for (id, &name) in names.iter().enumerate() {
            if numbers.number(name)? as usize != id {
                return Err(CompatError::RepeatedName { name: name.to_owned() });
            }
        }
        Ok(Self { ids, names })
    }

    /// Numbers a column of strings, the first name met being 0.
    ///
    /// # Errors
    ///
    /// [`CompatError::TooManyRows`] if there are more than `u32::MAX` rows.
    pub fn from_values(values: impl IntoIterator<Item = &'a str>) -> Result<Self, CompatError> {
        let values = values.into_iter();
        let mut numbers = Numbers::with_capacity(0);
        let mut ids = Vec::with_capacity(values.size_hint().0);
        for value in values {
            ids.push(numbers.number(value)?);
        }
        if u32::try_from(ids.len()).is_err() {
            return Err(CompatError::TooManyRows { rows: ids.len() });
        }
        Ok(Self { ids: Cow::Owned(ids), names: numbers.names })
    }

    /// The number of each row's name, in file order.
    pub fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// The names, each once.
    pub fn names(&self) -> &[&'a str] {
        &self.names
    }

    /// How many rows the column has.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether the column has no rows.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The name in a row; rows come from this crate's own tables and are always in range.
    pub(super) fn name(&self, row: u32) -> &'a str {
        self.names[self.ids[row as usize] as usize]
    }

    /// The id in a row.
    pub(super) fn id(&self, row: u32) -> u32 {
        self.ids[row as usize]
    }

    /// Each name's place when names are sorted by their bytes, so that sorting needs no strings.
    pub(super) fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.names.len() as u32).collect();
        order.sort_unstable_by_key(|&id| self.names[id as usize]);
        let mut ranks = vec![0; order.len()];
        for (rank, &id) in order.iter().enumerate() {
            ranks[id as usize] = rank as u32;
        }
        ranks
    }
}

/// Gives each distinct string the next number.
pub(super) struct Numbers<'a> {
    numbers: HashMap<&'a str, u32, FixedState>,
    names: Vec<&'a str>,
}

impl<'a> Numbers<'a> {
    /// Makes a table with room for `capacity` names.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        let numbers = HashMap::with_capacity_and_hasher(capacity, FixedState::default());
        Self { numbers, names: Vec::with_capacity(capacity) }
    }

    /// The number of `name`, a new one if it has not been met.
    pub(super) fn number(&mut self, name: &'a str) -> Result<u32, CompatError> {
        let next = u32::try_from(self.names.len())
            .map_err(|_| CompatError::TooManyRows { rows: self.names.len() })?;
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        Ok(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_in_the_order_they_are_met() {
        let column = IdColumn::from_values(["b", "a", "b", ""]).unwrap();
        assert_eq!(column.ids(), [0, 1, 0, 2]);
        assert_eq!(column.names(), ["b", "a", ""]);
        assert_eq!(column.ranks(), [2, 1, 0]);
        assert!(!column.is_empty());
    }

    #[test]
    fn an_id_without_a_name_is_refused() {
        let error = IdColumn::new(vec![0, 2], vec!["a", "b"]).unwrap_err();
        assert_eq!(error, CompatError::UnknownId { row: 1, id: 2, names: 2 });
    }

    #[test]
    fn a_name_with_two_ids_is_refused() {
        let error = IdColumn::new(vec![0, 1], vec!["a", "a"]).unwrap_err();
        assert_eq!(error, CompatError::RepeatedName { name: "a".to_owned() });
    }
}
