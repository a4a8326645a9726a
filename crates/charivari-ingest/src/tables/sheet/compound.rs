//! Compound files (MS-CFB), as far as a spreadsheet needs them: one stream, read in place.
//!
//! Nothing of a stream is copied but the part that is asked for, and a chain of sectors that meets
//! itself is damage: no chain has more sectors than the file.

use bytes::Bytes;

/// Numbers of sectors from here on are none.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
const END: u32 = 0xFFFF_FFFE;

/// Streams up to this length lie in the small sectors of another stream.
const SMALL: u64 = 4_096;
const SMALL_SECTOR: usize = 64;

/// A file with its table of sectors.
pub(super) struct Compound {
    bytes: Bytes,
    sector: usize,
    /// Which sector follows each one.
    next: Vec<u32>,
    directory: Chain,
    first_small: u32,
}

/// The sectors of a stream, in order.
struct Chain(Vec<u32>);

/// A stream of the file.
pub(super) struct Stream {
    bytes: Bytes,
    /// Where each piece lies in the file; all pieces are as long as a sector.
    pieces: Vec<usize>,
    piece: usize,
    length: u64,
}

/// An entry of the directory: its name, its first sector and its length.
struct Entry {
    name: String,
    first: u32,
    length: u64,
}

impl Compound {
    /// Reads the tables of the file; nothing where they are damaged.
    pub(super) fn open(bytes: &Bytes) -> Option<Self> {
        let sector = match u16_at(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let mut file = Self {
            bytes: bytes.clone(),
            sector,
            next: Vec::new(),
            directory: Chain(Vec::new()),
            first_small: u32_at(bytes, 60)?,
        };
        for table in file.tables()? {
            let at = file.place(table)?;
            for entry in 0..sector / 4 {
                file.next.push(u32_at(bytes, at + 4 * entry)?);
            }
        }
        file.directory = file.chain(u32_at(bytes, 48)?)?;
        Some(file)
    }

    /// How many sectors the file has room for.
    fn sectors(&self) -> usize {
        self.bytes.len().div_ceil(self.sector)
    }

    /// The sectors that hold the table of sectors: 109 in the header, the others in a chain.
    fn tables(&self) -> Option<Vec<u32>> {
        let mut all = Vec::new();
        let most = self.sectors();
        let mut take = |at: usize, count: usize| {
            for entry in 0..count {
                let sector = u32_at(&self.bytes, at + 4 * entry)?;
                if sector < FIRST_MARK {
                    all.push(sector);
                }
            }
            Some(())
        };
        take(76, 109)?;
        let mut more = u32_at(&self.bytes, 68)?;
        let mut seen = 0;
        while more < FIRST_MARK {
            seen += 1;
            let at = self.place(more).filter(|_| seen <= most)?;
            take(at, self.sector / 4 - 1)?;
            more = u32_at(&self.bytes, at + self.sector - 4)?;
        }
        (all.len() <= most).then_some(all)
    }

    /// Where a sector lies; nothing where it is behind the end. The last one may be cut.
    fn place(&self, sector: u32) -> Option<usize> {
        let at = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        (sector < FIRST_MARK && at < self.bytes.len()).then_some(at)
    }

    fn chain(&self, first: u32) -> Option<Chain> {
        follow(first, &self.next, self.sectors()).map(Chain)
    }

    /// The stream of this name; nothing where there is none or it is damaged.
    pub(super) fn stream(&self, name: &str) -> Option<Stream> {
        let entry = self.entries().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        if entry.length >= SMALL {
            let chain = self.chain(entry.first)?;
            return self.of_chain(&chain, entry.length);
        }
        let root = self.entries().next()?;
        let large = self.chain(root.first)?;
        let table = self.chain(self.first_small)?;
        let table = self.of_chain(&table, (table.0.len() * self.sector) as u64)?;
        let mut next = Vec::new();
        let mut four = Vec::new();
        for at in (0..table.length).step_by(4) {
            table.read(at, 4, &mut four)?;
            next.push(u32_at(&four, 0)?);
        }
        let small = follow(entry.first, &next, next.len())?;
        let each = self.sector / SMALL_SECTOR;
        let place = |sector: u32| {
            let (of, within) = (sector as usize / each, sector as usize % each);
            self.place(*large.0.get(of)?).map(|at| at + within * SMALL_SECTOR)
        };
        let pieces: Vec<usize> = small.into_iter().map(place).collect::<Option<_>>()?;
        let length = entry.length.min((pieces.len() * SMALL_SECTOR) as u64);
        Some(Stream { bytes: self.bytes.clone(), pieces, piece: SMALL_SECTOR, length })
    }

    fn of_chain(&self, chain: &Chain, length: u64) -> Option<Stream> {
        let pieces: Vec<usize> =
            chain.0.iter().map(|&sector| self.place(sector)).collect::<Option<_>>()?;
        let length = length.min((pieces.len() * self.sector) as u64);
        Some(Stream { bytes: self.bytes.clone(), pieces, piece: self.sector, length })
    }

    /// The entries of the directory, the root first.
    fn entries(&self) -> impl Iterator<Item = Entry> {
        let each = self.sector / 128;
        let places = self.directory.0.iter().filter_map(|&sector| self.place(sector));
        let places = places.flat_map(move |at| (0..each).map(move |entry| at + entry * 128));
        places.filter_map(|at| {
            let name = self.bytes.get(at..at + 64)?;
            let units =
                name.chunks_exact(2).map(|pair| u16::from(pair[0]) | u16::from(pair[1]) << 8);
            let name = char::decode_utf16(units.take_while(|&unit| unit != 0));
            Some(Entry {
                name: name.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
                first: u32_at(&self.bytes, at + 116)?,
                // The upper half of the length is not set in files with small sectors.
                length: u64::from(u32_at(&self.bytes, at + 120)?),
            })
        })
    }
}

/// The numbers of a chain; nothing where it leaves its table or meets itself.
fn follow(first: u32, next: &[u32], most: usize) -> Option<Vec<u32>> {
    let mut all = Vec::new();
    let mut sector = first;
    while sector != END {
        if all.len() >= most {
            return None;
        }
        all.push(sector);
        sector = *next.get(sector as usize)?;
    }
    Some(all)
}

impl Stream {
    /// How many bytes the stream has.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Fills `into` with `count` bytes from `at` on; nothing where the stream has them not.
    pub(super) fn read(&self, at: u64, count: usize, into: &mut Vec<u8>) -> Option<()> {
        into.clear();
        if at.checked_add(count as u64)? > self.length {
            return None;
        }
        let mut at = at as usize;
        while into.len() < count {
            let within = at % self.piece;
            let start = *self.pieces.get(at / self.piece)? + within;
            let length = (self.piece - within).min(count - into.len());
            into.extend_from_slice(self.bytes.get(start..start + length)?);
            at += length;
        }
        Some(())
    }
}

/// Two bytes as a number, the lower one first.
pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

/// Four bytes as a number, the lowest one first.
pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}
