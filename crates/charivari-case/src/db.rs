//! The database: one connection, driven without the caller knowing of it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::query::Query;
use sqlx::sqlite::SqliteSynchronous;
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteJournalMode, SqliteRow};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row, Sqlite, SqliteConnection};
use tokio::runtime::Runtime;

use crate::{Error, Result};

/// A statement with what is bound to it.
pub(crate) type Statement = Query<'static, Sqlite, SqliteArguments>;

/// How a database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A new file, in one piece, for a case that is being made.
    New,
    /// No file at all, to compare with.
    Memory,
    /// Read and write.
    Write,
    /// Read only, beside writers.
    Read,
    /// Read only, where nobody can write.
    Still,
}

/// A connection with the runtime that drives it.
#[derive(Debug)]
pub(crate) struct Db {
    runtime: Runtime,
    connection: Option<SqliteConnection>,
    /// The directory of the case, for messages.
    dir: PathBuf,
}

/// A statement of fixed text.
pub(crate) fn sql(text: &'static str) -> Statement {
    sqlx::query(text)
}

/// A statement whose text was put together from the program's own parts, never from data.
pub(crate) fn sql_of(text: String) -> Statement {
    sqlx::query(AssertSqlSafe(text))
}

impl Db {
    /// Opens `file`, the database of the case in `dir`.
    pub(crate) fn open(dir: &Path, file: &Path, mode: Mode, wait: Duration) -> Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .map_err(|error| Error::Database { path: dir.to_path_buf(), met: error.to_string() })?;
        let mut options = SqliteConnectOptions::new()
            .filename(file)
            .busy_timeout(wait)
            .foreign_keys(true)
            .create_if_missing(mode == Mode::New)
            .pragma("trusted_schema", "OFF")
            .disable_statement_logging();
        match mode {
            Mode::New => options = options.journal_mode(SqliteJournalMode::Delete),
            Mode::Memory => options = options.in_memory(true),
            Mode::Write => options = options.journal_mode(SqliteJournalMode::Wal),
            Mode::Read => options = options.read_only(true),
            Mode::Still => options = options.read_only(true).immutable(true),
        }
        if matches!(mode, Mode::New | Mode::Write) {
            options = options.synchronous(SqliteSynchronous::Full);
        }
        let opened = runtime.block_on(options.connect());
        let connection = opened.map_err(|error| fault(dir, &error))?;
        Ok(Self { runtime, connection: Some(connection), dir: dir.to_path_buf() })
    }

    /// Runs a statement and says how many rows it changed.
    pub(crate) fn run(&mut self, statement: Statement) -> Result<u64> {
        let Self { runtime, connection, dir } = self;
        let connection = connection.as_mut().ok_or_else(|| closed(dir))?;
        let done = runtime.block_on(statement.execute(connection));
        Ok(done.map_err(|error| fault(dir, &error))?.rows_affected())
    }

    /// Runs several statements of the program's own.
    pub(crate) fn run_all(&mut self, text: String) -> Result<()> {
        let Self { runtime, connection, dir } = self;
        let connection = connection.as_mut().ok_or_else(|| closed(dir))?;
        let done = runtime.block_on(sqlx::raw_sql(AssertSqlSafe(text)).execute(connection));
        done.map_err(|error| fault(dir, &error)).map(|_| ())
    }

    /// All rows of a statement.
    pub(crate) fn rows(&mut self, statement: Statement) -> Result<Vec<SqliteRow>> {
        let Self { runtime, connection, dir } = self;
        let connection = connection.as_mut().ok_or_else(|| closed(dir))?;
        let rows = runtime.block_on(statement.fetch_all(connection));
        rows.map_err(|error| fault(dir, &error))
    }

    /// The first row of a statement, if it has one.
    pub(crate) fn row(&mut self, statement: Statement) -> Result<Option<SqliteRow>> {
        Ok(self.rows(statement)?.into_iter().next())
    }

    /// The whole number in the first column of the first row; 0 where there is none.
    pub(crate) fn number(&mut self, statement: Statement) -> Result<i64> {
        let row = self.row(statement)?;
        row.map_or(Ok(0), |row| Ok(integer_or_none(&row, 0)?.unwrap_or(0)))
    }

    /// Closes the connection, which moves what stands in the write-ahead log into the database.
    pub(crate) fn close(&mut self) -> Result<()> {
        let Some(connection) = self.connection.take() else { return Ok(()) };
        let closed = self.runtime.block_on(connection.close());
        closed.map_err(|error| fault(&self.dir, &error))
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        // Nothing is lost where this fails: the next to open the database finishes it.
        let _ = self.close();
    }
}

fn closed(dir: &Path) -> Error {
    Error::Database { path: dir.to_path_buf(), met: "the connection is closed".to_owned() }
}

/// What a failure of the database means to the analyst.
fn fault(dir: &Path, error: &sqlx::Error) -> Error {
    let path = dir.to_path_buf();
    let met = error.to_string();
    let code = match error {
        sqlx::Error::Database(inner) => inner.code().and_then(|code| code.parse::<u32>().ok()),
        _ => None,
    };
    // The primary result code of SQLite is the low byte.
    match code.map(|code| code & 0xff) {
        Some(13) => Error::Full { path, met },
        // A disk that is full or a quota show as failed writes, too.
        Some(10) => Error::Unwritable { path, met },
        Some(3 | 8 | 14) => Error::ReadOnly { path, met },
        Some(11 | 26) => Error::NotADatabase { path: dir.join(crate::DATABASE), met },
        Some(5 | 6) => Error::Held {
            path,
            holder: "another program that has the database open".to_owned(),
            waited: crate::WAIT.as_secs(),
        },
        _ => Error::Database { path, met },
    }
}

/// A text column.
pub(crate) fn text(row: &SqliteRow, column: usize) -> Result<String> {
    row.try_get(column).map_err(|error| Error::damaged("a row", error))
}

/// A text column that may be empty.
pub(crate) fn text_or_none(row: &SqliteRow, column: usize) -> Result<Option<String>> {
    row.try_get(column).map_err(|error| Error::damaged("a row", error))
}

/// A column of whole numbers.
pub(crate) fn integer(row: &SqliteRow, column: usize) -> Result<i64> {
    row.try_get(column).map_err(|error| Error::damaged("a row", error))
}

/// A column of whole numbers that may be empty.
pub(crate) fn integer_or_none(row: &SqliteRow, column: usize) -> Result<Option<i64>> {
    row.try_get(column).map_err(|error| Error::damaged("a row", error))
}

/// A column of whole numbers that are not negative.
pub(crate) fn count(row: &SqliteRow, column: usize) -> Result<u64> {
    u64::try_from(integer(row, column)?).map_err(|error| Error::damaged("a row", error))
}

/// A column of bytes.
pub(crate) fn bytes(row: &SqliteRow, column: usize) -> Result<Vec<u8>> {
    row.try_get(column).map_err(|error| Error::damaged("a row", error))
}
