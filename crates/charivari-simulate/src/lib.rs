//! Invented crowds and planted groups, from a seed.
//!
//! Detectors have to be tested on data whose truth is known, and a program has to be shown on data
//! that harm nobody. This crate makes both: [`crowd`] draws honest accounts, with heavy-tailed
//! activity, days and nights, interests and bursts of news; [`plant`] draws groups that act
//! together; a [`script::Script`] holds who does what when, and performing it gives a
//! [`world::World`] of posts; [`export`] writes those in the shapes of real exports, with a table of
//! the truth beside them. [`demo`] is one such world with a story; [`bulk`] is a stream
//! of millions of posts for benchmarks; [`society`] is a crowd of any size with planted groups of every
//! tactic, for method checks; [`customers`] is a magazine's table of customers with its history, and a
//! leak made of it; [`mail`] is a campaign of menacing messages beside an honest newsletter;
//! [`pictures`] draws profile pictures.
//!
//! Invariants: the same seed gives the same bytes, on every machine; nothing here knows how any
//! detector works; every account, name, text and address is invented, addresses are under
//! `.example` or `example.org`, and what is written says that it is synthetic.

pub mod bulk;
pub mod clock;
pub mod crowd;
pub mod customers;
pub mod demo;
pub mod export;
pub mod mail;
pub mod pictures;
pub mod plant;
pub mod profiles;
pub mod random;
pub mod script;
pub mod society;
pub mod text;
pub mod world;
