//! All touches of a run, gathered batch by batch in a defined order.

use crate::error::Error;
use crate::extract::{RowSpan, Span, Touches};
use crate::intern::{Interner, TOGETHER, Texts};
use crate::meant::MeantTexts;
use crate::near::NearTexts;
use crate::places::Places;

/// Touches of many batches, their texts kept once.
#[derive(Default)]
pub struct Store {
    pub(crate) accounts: Interner,
    /// How many bytes of each account's key are its platform.
    pub(crate) platforms: Vec<u16>,
    /// The latest handle of each account that has one, with its time.
    pub(crate) handles: Vec<Option<(i64, String)>>,
    /// Objects, each behind the byte of its layer.
    pub(crate) objects: Interner,
    /// What each row is known by, and where the post's own key begins in it.
    ///
    /// Rows that say the same one after the other, as the traces of one post do, share one.
    pub(crate) identities: Texts,
    pub(crate) post_from: Vec<u32>,
    pub(crate) identity_hash: Vec<u64>,
    /// The first row of each identity.
    pub(crate) identity_row: Vec<u32>,
    /// The identity of each row.
    pub(crate) row_identity: Vec<u32>,
    pub(crate) row_account: Vec<u32>,
    pub(crate) row_time: Vec<i64>,
    pub(crate) row_content: Vec<u64>,
    /// Where each row's touches end in `touched`.
    pub(crate) row_end: Vec<u32>,
    /// Whether each row is a trace, as ranges: rows before the first are posts, and so on in turn.
    pub(crate) trace_rows: Vec<(u32, bool)>,
    /// Where each row stands in the inputs.
    pub(crate) places: Places,
    /// The objects touched, row by row.
    pub(crate) touched: Vec<u32>,
    pub(crate) unresolved_links: u64,
    /// Texts that may be near-copies of one another.
    pub(crate) near: NearTexts,
    /// Texts that may mean the same, normalised.
    pub(crate) meant: MeantTexts,
    /// The first row of the background, if there is one.
    background_from: Option<usize>,
}

impl Store {
    /// Adds a batch. Batches are added in the order of the inputs.
    ///
    /// # Errors
    /// `E0412` where there are more rows, texts or touches than 32 bits can count.
    pub fn add(&mut self, touches: &Touches) -> Result<(), Error> {
        let first = self.row_time.len();
        let room = |len: usize, more: usize, what| {
            let fits = len.checked_add(more).is_some_and(|sum| sum < u32::MAX as usize);
            if fits { Ok(()) } else { Err(Error::TooMany { what, limit: u32::MAX.into() }) }
        };
        room(first, touches.rows.len(), "posts")?;
        room(self.touched.len(), touches.objects.len(), "traces")?;
        if self.trace_rows.last().is_none_or(|(_, are_traces)| *are_traces != touches.are_traces) {
            self.trace_rows.push((first as u32, touches.are_traces));
        }
        let base = self.touched.len() as u32;
        // The two halves share nothing, and each mostly waits for memory.
        let mut objects = std::mem::take(&mut self.objects);
        let mut numbers = std::mem::take(&mut self.touched);
        let keyed = |span: &Span| (touches.bytes(*span), span.hash);
        let (numbered, added) = rayon::join(
            || objects.intern_all(&touches.objects, keyed, &mut numbers),
            || self.add_rows(touches, base),
        );
        (self.objects, self.touched) = (objects, numbers);
        numbered.and(added)
    }

    /// Adds all of a batch but its objects, of which `base` were touched before.
    fn add_rows(&mut self, touches: &Touches, base: u32) -> Result<(), Error> {
        let first = self.row_account.len();
        let keyed = |row: &RowSpan| (touches.bytes(row.account), row.account.hash);
        self.accounts.intern_all(&touches.rows, keyed, &mut self.row_account)?;
        let accounts = std::mem::take(&mut self.row_account);
        for (rows, accounts) in
            touches.rows.chunks(TOGETHER).zip(accounts[first..].chunks(TOGETHER))
        {
            self.add_handles(touches, rows, accounts);
        }
        self.row_account = accounts;
        for row in &touches.rows {
            self.identity(touches.bytes(row.identity), row);
        }
        self.row_time.extend(touches.rows.iter().map(|row| row.time));
        self.row_content.extend(touches.rows.iter().map(|row| row.content));
        self.row_end.extend(touches.rows.iter().map(|row| base + row.objects_end));
        self.places.append(&touches.places);
        self.unresolved_links += touches.unresolved_links;
        let texts: Vec<&str> = touches
            .near
            .iter()
            .map(|(_, text)| std::str::from_utf8(&touches.text[text.clone()]).unwrap_or_default())
            .collect();
        self.near.add(&texts, touches.near.iter().map(|(row, _)| first as u32 + row));
        for (row, text) in &touches.meant {
            let text = std::str::from_utf8(&touches.text[text.clone()]).unwrap_or_default();
            self.meant.add(text, first as u32 + row);
        }
        Ok(())
    }

    /// Notes the handles of `rows`, whose accounts are in `accounts`.
    fn add_handles(&mut self, touches: &Touches, rows: &[RowSpan], accounts: &[u32]) {
        for (row, account) in rows.iter().zip(accounts) {
            if *account as usize == self.platforms.len() {
                self.platforms.push(row.platform);
                self.handles.push(None);
            }
        }
        // Nearly every row says what is known. To see that first for all of them takes one wait for
        // memory, not one for each.
        let mut known = [false; TOGETHER];
        for ((row, account), known) in rows.iter().zip(accounts).zip(&mut known) {
            let handle = self.handles[*account as usize].as_ref();
            *known = handle.is_some_and(|(_, text)| text.as_bytes() == touches.bytes(row.handle));
        }
        let all_known = known[..rows.len()].iter().all(|known| *known);
        for (row, account) in rows.iter().zip(accounts) {
            match &mut self.handles[*account as usize] {
                Some((time, _)) if all_known => *time = row.time.max(*time),
                handle => latest(handle, row.time, touches.bytes(row.handle)),
            }
        }
    }

    fn identity(&mut self, text: &[u8], row: &RowSpan) {
        let last = self.identity_hash.len().wrapping_sub(1);
        let repeats = self.identity_hash.last() == Some(&row.identity.hash)
            && self.identities.bytes(last as u32) == text;
        if !repeats {
            self.identities.push(text);
            self.post_from.push(row.post_from);
            self.identity_hash.push(row.identity.hash);
            self.identity_row.push(self.row_identity.len() as u32);
        }
        self.row_identity.push(self.identity_hash.len() as u32 - 1);
    }

    /// The rows of an identity, which stand one after the other.
    pub(crate) fn rows_of(&self, identity: u32) -> std::ops::Range<u32> {
        let next = self.identity_row.get(identity as usize + 1).copied();
        self.identity_row[identity as usize]..next.unwrap_or(self.rows() as u32)
    }

    /// Whether each row has an identity of its own, so that there is no need to look for its rows.
    pub(crate) fn no_row_repeats_the_last(&self) -> bool {
        self.identity_row.len() == self.rows()
    }

    /// What `row` is known by, and its hash.
    pub(crate) fn known_by(&self, row: u32) -> (u64, &[u8]) {
        let identity = self.row_identity[row as usize];
        (self.identity_hash[identity as usize], self.identities.bytes(identity))
    }

    /// Whatever is added from now on is background: ordinary accounts that show what strangers do,
    /// and are not looked for themselves. An account with rows before is no background.
    pub fn begin_background(&mut self) {
        self.background_from.get_or_insert(self.row_time.len());
    }

    /// Whether each account, by number, is background alone.
    pub(crate) fn background(&self) -> Vec<bool> {
        let from = self.background_from.unwrap_or(self.row_account.len());
        let mut background = vec![from < self.row_account.len(); self.accounts.len()];
        for account in &self.row_account[..from] {
            background[*account as usize] = false;
        }
        background
    }

    /// Whether there are posts, and not traces alone.
    pub fn has_posts(&self) -> bool {
        self.trace_rows.iter().any(|(_, are_traces)| !are_traces)
    }

    /// How many rows were added.
    pub fn rows(&self) -> usize {
        self.row_time.len()
    }

    /// The touches of `row`.
    pub(crate) fn touches_of(&self, row: u32) -> &[u32] {
        let row = row as usize;
        let start = if row == 0 { 0 } else { self.row_end[row - 1] };
        &self.touched[start as usize..self.row_end[row] as usize]
    }

    /// Whether `row` is a trace.
    pub(crate) fn is_trace(&self, row: u32) -> bool {
        let range = self.trace_rows.partition_point(|(first, _)| *first <= row);
        range > 0 && self.trace_rows[range - 1].1
    }

    /// The key of the post that `row` stands for.
    pub(crate) fn post_key(&self, row: u32) -> &str {
        let identity = self.row_identity[row as usize];
        let text = self.identities.get(identity);
        text.get(self.post_from[identity as usize] as usize..).unwrap_or_default()
    }
}

/// The handle of the latest post counts; of one instant, the last by the alphabet.
fn latest(known: &mut Option<(i64, String)>, time: i64, handle: &[u8]) {
    if handle.is_empty() {
        return;
    }
    let text = || std::str::from_utf8(handle).unwrap_or_default();
    match known {
        None => *known = Some((time, text().to_owned())),
        Some(known) if (time, handle) > (known.0, known.1.as_bytes()) => {
            known.0 = time;
            if known.1.as_bytes() != handle {
                text().clone_into(&mut known.1);
            }
        }
        Some(_) => {}
    }
}
