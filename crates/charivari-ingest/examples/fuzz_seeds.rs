//! Writes small packed and columnar files into the folder named: seeds for the fuzz targets.
//!
//! The golden cases are plain text, and a fuzzer does not find its way into a ZIP directory or a
//! Parquet footer by itself. All data is invented.

use std::error::Error;
use std::io::{Cursor, Write};
use std::path::Path;

use arrow_array::RecordBatch;
use charivari_ingest::{Input, Options, read};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

const POSTS: &str = "platform,post_id,account_id,handle,time,text,hashtags,links,likes\n\
     x,p1,a1,ada_invented,2023-01-06T10:13:20.5Z,\"Hafen, #Regatta\",Regatta,https://example.org/a,1\n\
     x,p2,a2,bo_invented,1673000001,zwei,,,\n";

const TRACES: &str = "object_id,account_id,content_id,timestamp_share\n\
     o1,a1,c1,1673000000.5\no1,a2,c2,1673000001\n";

const USERS: &str = "userid,user_display_name,user_screen_name,user_profile_description,\
     account_creation_date,follower_count\n990000001,Ada,ada_invented,\"All, of it\",2014-05-06,7\n";

type Made = Result<Vec<u8>, Box<dyn Error>>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder to write to")?;
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)?;
    let uncompressed = Compression::UNCOMPRESSED;
    let files = [
        ("posts.csv.gz", gzip(POSTS.as_bytes())?),
        ("posts.csv.zst", zstd::bulk::compress(POSTS.as_bytes(), 3)?),
        ("posts.csv.gz.zst", zstd::bulk::compress(&gzip(POSTS.as_bytes())?, 3)?),
        (
            "two.zip",
            archive(&[("a.csv", POSTS.as_bytes()), ("b.csv.gz", &gzip(TRACES.as_bytes())?)])?,
        ),
        ("posts.utf-16.csv", utf16(POSTS)),
        ("posts.parquet", parquet(POSTS, "posts", uncompressed)?),
        ("posts.snappy.parquet", parquet(POSTS, "posts", Compression::SNAPPY)?),
        ("traces.parquet", parquet(TRACES, "traces", uncompressed)?),
        (
            "traces.zstd.parquet",
            parquet(TRACES, "traces", Compression::ZSTD(ZstdLevel::default()))?,
        ),
        ("traces.lz4.parquet", parquet(TRACES, "", Compression::LZ4_RAW)?),
        ("accounts.parquet", parquet(USERS, "accounts", uncompressed)?),
        ("bomb.gz", gzip(&vec![b'0'; 8 << 20])?),
    ];
    for (name, bytes) in files {
        std::fs::write(folder.join(name), bytes)?;
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> Made {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn archive(members: &[(&str, &[u8])]) -> Made {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default())?;
        writer.write_all(bytes)?;
    }
    Ok(writer.finish()?.into_inner())
}

fn utf16(text: &str) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(u16::to_le_bytes).collect()
}

/// The table that reading `csv` gives, as Parquet whose metadata names it `kind`.
fn parquet(csv: &str, kind: &str, compression: Compression) -> Made {
    let mut tables: Vec<RecordBatch> = Vec::new();
    let input = [Input::memory("seed.csv", csv.to_owned())];
    read(
        &input,
        &Options::default(),
        1,
        &(),
        |batch| batch,
        |batch| {
            let found = [batch.posts, batch.traces, batch.accounts];
            tables.extend(found.into_iter().flatten().filter(|table| table.num_rows() > 0));
        },
    )?;
    let table = tables.first().ok_or("the seed held nothing")?;
    let metadata = vec![KeyValue::new("charivari.table".to_owned(), kind.to_owned())];
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .set_key_value_metadata(Some(metadata).filter(|_| !kind.is_empty()))
        .build();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, table.schema(), Some(properties))?;
    writer.write(table)?;
    writer.close()?;
    Ok(bytes)
}
