//! The reading thread: it reads, digests and unpacks, while the caller's thread cuts rows.

use std::collections::VecDeque;
use std::io::{self, Read as _};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread::Scope;

use super::window::Blocks;
use crate::unpack::Plain;

/// Blocks that wait at most for the caller; each is as long as the options say.
const WAITING: usize = 4;

/// Blocks as another thread reads them.
pub(crate) struct Feed {
    /// Blocks that were looked at already and are given first.
    first: VecDeque<Vec<u8>>,
    blocks: Receiver<io::Result<Vec<u8>>>,
    used: Sender<Vec<u8>>,
}

impl Feed {
    /// Starts reading `plain` in blocks of `size` bytes.
    pub(crate) fn start<'scope>(
        scope: &'scope Scope<'scope, '_>,
        plain: Plain,
        size: usize,
    ) -> Self {
        let (sender, blocks) = sync_channel(WAITING);
        let (used, room) = channel();
        scope.spawn(move || read_all(plain, size.max(1), &sender, &room));
        Self { first: VecDeque::new(), blocks, used }
    }

    /// The first `size` bytes, or all there are; they are given again.
    pub(crate) fn head(&mut self, size: usize) -> io::Result<Vec<u8>> {
        let mut head = Vec::new();
        while head.len() < size {
            let Ok(block) = self.blocks.recv() else { break };
            let block = block?;
            head.extend_from_slice(&block);
            self.first.push_back(block);
        }
        Ok(head)
    }

    /// Leaves out the first `count` bytes of what was looked at.
    pub(crate) fn leave_out(&mut self, mut count: usize) {
        while count > 0 {
            let Some(block) = self.first.front_mut() else { return };
            let some = count.min(block.len());
            block.drain(..some);
            count -= some;
            if block.is_empty() {
                self.first.pop_front();
            }
        }
    }
}

impl Blocks for Feed {
    fn next(&mut self, block: &mut Vec<u8>) -> io::Result<bool> {
        let read = match self.first.pop_front() {
            Some(first) => Ok(first),
            None => match self.blocks.recv() {
                Ok(read) => read,
                Err(_) => return Ok(false),
            },
        };
        // Who reads may have ended and want no more room.
        let _ = self.used.send(std::mem::replace(block, read?));
        Ok(true)
    }
}

/// Reads on until the end, an error, or until nobody takes any more.
fn read_all(
    mut plain: Plain,
    size: usize,
    sender: &SyncSender<io::Result<Vec<u8>>>,
    room: &Receiver<Vec<u8>>,
) {
    loop {
        let mut block = room.try_recv().unwrap_or_default();
        // Room that was used is as long already, so that nothing has to be made zero.
        block.resize(size, 0);
        let read = fill(&mut plain, &mut block);
        if !block.is_empty() && sender.send(Ok(block)).is_err() {
            return;
        }
        match read {
            Ok(0) => return,
            Ok(_) => {}
            Err(error) => {
                // Nobody may be left to hear of it.
                let _ = sender.send(Err(error));
                return;
            }
        }
    }
}

/// Fills a block, and cuts it to what was read; how much that is.
fn fill(plain: &mut Plain, block: &mut Vec<u8>) -> io::Result<usize> {
    let mut filled = 0;
    let mut ended = Ok(());
    while filled < block.len() && ended.is_ok() {
        match plain.read(&mut block[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => ended = Err(error),
        }
    }
    block.truncate(filled);
    ended.map(|()| filled)
}
