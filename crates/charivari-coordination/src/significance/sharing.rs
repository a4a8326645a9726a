//! Who shared what, account by account: the layout on which pairs of accounts are compared.

use crate::columns::Traces;

/// The traces of shared objects by account, and each account's by object, rarest object first.
///
/// An *entry* is one account's part in one object. The rarest object comes first because, where two
/// posts have several objects in common, the rarest speaks for all of them: they are one
/// coincidence.
pub(crate) struct Sharing {
    /// Where each account's entries begin, by rank; one more than there are accounts.
    pub account_start: Vec<u32>,
    /// The account of each entry.
    pub entry_account: Vec<u32>,
    /// The object of each entry, numbered by popularity: ascending within an account.
    pub entry_object: Vec<u32>,
    /// Where each entry's traces begin; one more than there are entries.
    pub entry_start: Vec<u32>,
    /// The time of each trace, ascending within an entry.
    pub time: Vec<i64>,
    /// The post of each trace.
    pub post: Vec<u32>,
    /// The place here of each trace of [`Traces`].
    pub place_of_trace: Vec<u32>,
    /// The number in [`Traces`] of each object, by popularity.
    pub object: Vec<u32>,
    /// How many traces each object has, by popularity.
    pub traces: Vec<u32>,
    /// How many accounts share each object, by popularity.
    pub sharers: Vec<u32>,
    /// How many pairs of traces of different accounts each object has, by popularity.
    pub pairs: Vec<u64>,
}

impl Sharing {
    pub(crate) fn of(traces: &Traces) -> Self {
        let object = by_popularity(traces);
        let accounts = traces.accounts();
        let mut next = starts(accounts, &traces.account);
        let account_traces = next.clone();
        let total = traces.time.len();
        let (mut time, mut post) = (vec![0; total], vec![0; total]);
        let (mut at, mut objects) = (vec![0_u32; total], vec![0_u32; total]);
        for (popularity, number) in object.iter().enumerate() {
            for trace in traces.range(*number as usize) {
                let place = &mut next[traces.account[trace] as usize];
                time[*place as usize] = traces.time[trace];
                post[*place as usize] = traces.post[trace];
                objects[*place as usize] = popularity as u32;
                at[trace] = *place;
                *place += 1;
            }
        }
        let mut sharing = Self {
            account_start: Vec::with_capacity(accounts + 1),
            entry_account: Vec::new(),
            entry_object: Vec::new(),
            entry_start: Vec::new(),
            time,
            post,
            place_of_trace: at,
            traces: object.iter().map(|o| traces.range(*o as usize).len() as u32).collect(),
            sharers: vec![0; object.len()],
            pairs: Vec::new(),
            object,
        };
        sharing.cut(&account_traces, &objects);
        sharing.pairs = super::nearness::pairs(&sharing, |entry| {
            u64::from(sharing.len(entry)) * u64::from(sharing.others(entry))
        });
        sharing
    }

    /// Cuts each account's traces into entries.
    fn cut(&mut self, account_traces: &[u32], objects: &[u32]) {
        for (account, range) in account_traces.windows(2).enumerate() {
            self.account_start.push(self.entry_object.len() as u32);
            for place in range[0]..range[1] {
                let object = objects[place as usize];
                if place == range[0] || object != objects[place as usize - 1] {
                    self.entry_account.push(account as u32);
                    self.entry_object.push(object);
                    self.entry_start.push(place);
                    self.sharers[object as usize] += 1;
                }
            }
        }
        self.account_start.push(self.entry_object.len() as u32);
        self.entry_start.push(objects.len() as u32);
    }

    pub(crate) fn entries(&self) -> usize {
        self.entry_object.len()
    }

    pub(crate) fn accounts(&self) -> usize {
        self.account_start.len().saturating_sub(1)
    }

    pub(crate) fn entries_of(&self, account: u32) -> std::ops::Range<usize> {
        let account = account as usize;
        self.account_start[account] as usize..self.account_start[account + 1] as usize
    }

    pub(crate) fn traces_of(&self, entry: usize) -> std::ops::Range<usize> {
        self.entry_start[entry] as usize..self.entry_start[entry + 1] as usize
    }

    /// How many traces an entry has.
    pub(crate) fn len(&self, entry: usize) -> u32 {
        self.entry_start[entry + 1] - self.entry_start[entry]
    }

    /// The traces that others have on the object of an entry.
    pub(crate) fn others(&self, entry: usize) -> u32 {
        self.traces[self.entry_object[entry] as usize] - self.len(entry)
    }

    /// Calls `shared` with the two entries of each object that both accounts share, rarest first.
    pub(crate) fn shared(&self, a: u32, b: u32, mut shared: impl FnMut(usize, usize)) {
        let (mut left, mut right) = (self.entries_of(a), self.entries_of(b));
        while left.start < left.end && right.start < right.end {
            let (x, y) = (self.entry_object[left.start], self.entry_object[right.start]);
            if x == y {
                shared(left.start, right.start);
            }
            left.start += usize::from(x <= y);
            right.start += usize::from(y <= x);
        }
    }

    /// The accounts of each object, ascending, with how often each shared it, as starts and members.
    pub(crate) fn accounts_by_object(&self) -> (Vec<u32>, Vec<(u32, u32)>) {
        let start = starts(self.object.len(), &self.entry_object);
        let mut next = start.clone();
        let mut accounts = vec![(0, 0); self.entries()];
        for (entry, object) in self.entry_object.iter().enumerate() {
            let place = &mut next[*object as usize];
            accounts[*place as usize] = (self.entry_account[entry], self.len(entry));
            *place += 1;
        }
        (start, accounts)
    }
}

impl Sharing {
    /// The entries of each object, ascending, as starts and members.
    pub(crate) fn entries_by_object(&self) -> (Vec<u32>, Vec<u32>) {
        let start = starts(self.object.len(), &self.entry_object);
        let mut next = start.clone();
        let mut entries = vec![0; self.entries()];
        for (entry, object) in self.entry_object.iter().enumerate() {
            let place = &mut next[*object as usize];
            entries[*place as usize] = entry as u32;
            *place += 1;
        }
        (start, entries)
    }
}

/// The objects from the rarest to the most popular.
fn by_popularity(traces: &Traces) -> Vec<u32> {
    let mut objects: Vec<u32> = (0..traces.objects() as u32).collect();
    objects.sort_by_key(|object| traces.range(*object as usize).len());
    objects
}

/// Where the members of each of `count` classes begin when they are put side by side.
fn starts(count: usize, classes: &[u32]) -> Vec<u32> {
    let mut starts = vec![0_u32; count + 1];
    for class in classes {
        starts[*class as usize + 1] += 1;
    }
    for class in 0..count {
        starts[class + 1] += starts[class];
    }
    starts
}
